"""Words for what is wrong with a placement file."""

from __future__ import annotations

from linli.cli.language import gettext as _
from linli.domain.placement.files.numbers import BadFileError


def file_words(error: BadFileError) -> str:
    """What is wrong, in the terminal's language."""
    words = {
        "number": _("%(word)s is not a number"),
        "short": _("the file ends before it says vertices, edges and p"),
        "head": _("the file begins with whole numbers from 1: vertices, edges and p"),
        "edges": _("the first line says %(needed)s edges of three numbers each, but %(found)s follow"),
        "vertex": _("edge %(edge)s names a vertex that is not a whole number from 1 to %(vertices)s"),
        "negative": _("edge %(edge)s costs %(cost)s: a distance cannot be negative"),
        "pieces": _("the network is in pieces: vertex %(vertex)s cannot be reached from vertex 1"),
        "section": _("there is no line %(section)s"),
        "kind": _("EDGE_WEIGHT_TYPE is %(kind)s; only EUC_2D is read"),
        "size": _("DIMENSION is %(size)s, not a whole number from 1"),
        "points": _("DIMENSION says %(needed)s points, but %(found)s follow"),
        "point": _("line %(number)s of the points is not: its number, x, y"),
    }
    values = {
        key: f"{value:.10g}" if isinstance(value, float) else value if value != "" else "''"
        for key, value in error.values.items()
    }
    return words[error.code] % values
