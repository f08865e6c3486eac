"""A file in, a layout out, with the clock that the solver itself has not."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import click

from linli.cli.language import gettext as _
from linli.cli.placement.patience import Patience
from linli.cli.placement.words import file_words
from linli.domain.placement import Layout, PlacementError, Status, is_compiled, p_median
from linli.domain.placement.asking import CountError
from linli.domain.placement.files.numbers import BadFileError
from linli.domain.placement.files.orlib import read_orlib
from linli.domain.placement.files.tsplib import read_tsplib
from linli.domain.placement.layout import Numbers

SMALL = b"7 9 3 1 2 6 2 3 6 3 4 1 4 5 5 5 6 6 6 7 8 7 1 6 1 4 3 3 4 5"
"""A network that needs every part of the solver: it is solved to have them loaded."""


class FileError(ValueError):
    """A file that cannot be solved; the message says why."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A layout with the seconds that reading and solving took, loading the solver left out."""

    layout: Layout
    points: int
    p: int
    seconds: float

    def as_json(self) -> str:
        """One object."""
        return json.dumps(
            {
                "objective": _plain(self.layout.objective),
                "bound": _plain(self.layout.bound),
                "gap": self.layout.gap,
                "seconds": round(self.seconds, 3),
                "sites": [int(site) + 1 for site in self.layout.sites],
                "status": str(self.layout.status),
                "points": self.points,
                "p": self.p,
            }
        )

    def as_text(self) -> str:
        """Some lines for a person."""
        values = {
            "objective": f"{self.layout.objective:,.2f}",
            "bound": f"{self.layout.bound:,.2f}",
            "gap": f"{100 * self.layout.gap:.3f}",
            "seconds": f"{self.seconds:.2f}",
            "sites": ", ".join(str(site + 1) for site in self.layout.sites),
        }
        if self.layout.status == Status.OPTIMAL:
            first = _("Walking %(objective)s, proven to be the least there is; %(seconds)s s") % values
        else:
            first = (
                _("Walking %(objective)s; no layout has less than %(bound)s (gap %(gap)s%%); %(seconds)s s") % values
            )
        return "\n".join([first, _("Sites: %(sites)s") % values])


def solve_file(path: Path, *, kind: str, p: int | None, seconds: float | None, seed: int) -> Answer:
    """Choose p sites for the demand in a file. Raises FileError."""
    _load_solver()
    began = perf_counter()
    distances, count = _read(path, kind, p)
    try:
        with Patience(began, seconds) as patience:
            layout = p_median(distances, p=count, seed=seed, stop=patience.is_over, progress=patience.show)
    except CountError as error:
        values = {"p": error.count, "venues": error.venues}
        raise FileError(_("p is %(p)s, but there are %(venues)s venues: give a p from 1 to that") % values) from error
    except PlacementError as error:
        raise FileError(f"{path}: {error}") from error
    return Answer(layout, len(distances), count, perf_counter() - began)


def _load_solver() -> None:
    """Load the machine code, so that the seconds told are those of the work; make it where this is the first time."""
    if not is_compiled():
        click.echo(_("The solver is compiled, once: this takes about half a minute."), err=True)
    distances, count = read_orlib(SMALL)
    p_median(distances, p=count)


def _read(path: Path, kind: str, p: int | None) -> tuple[Numbers, int]:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise FileError(_("%(file)s: cannot be read: %(error)s") % {"file": path, "error": error.strerror}) from error
    try:
        if kind == "orlib":
            distances, count = read_orlib(content)
            return distances, count if p is None else p
        distances = read_tsplib(content)
    except BadFileError as error:
        raise FileError(f"{path}: {file_words(error)}") from error
    if p is None:
        raise FileError(_("%(file)s says nothing of p: give --p") % {"file": path})
    return distances, p


def _plain(value: float) -> float | int:
    return int(value) if value == int(value) else value
