"""`linli places`: the streets that walking distances follow."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from linli.cli.language import gettext as _
from linli.cli.language import ngettext
from linli.cli.ready import django_ready, operator

if TYPE_CHECKING:
    from linli.records.places.models import StreetNetwork
    from linli.records.places.on_streets import Named, OnStreets
    from linli.records.places.streets import Ready

_SHOWN = 20  # of each kind of buildings; --json tells all


@click.group(help=_("Areas, buildings and the streets between them."))
def places() -> None:
    """Hold the commands of places."""


@places.command(
    short_help=_("Load the streets that people walk."),
    help=_(
        "Load the streets that people walk, and say how the buildings lie on them: OpenStreetMap (.osm, .osm.pbf), "
        "GeoJSON or a table of edges (.csv). They replace the streets before. Without FILE: say it of those loaded."
    ),
)
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--attribution", default="", help=_("Whose data it is, shown wherever it is used; OpenStreetMap's is."))
@click.option("--json", "as_json", is_flag=True, help=_("Answer as JSON."))
def streets(file: Path | None, attribution: str, as_json: bool) -> None:
    """Load streets, or look at those that are loaded."""
    django_ready()
    from linli.records.places import actions, queries
    from linli.records.places.on_streets import on_streets

    if file is not None:
        actions.load_streets(by=operator(), streets=_ready(file, attribution))
    kept, found = queries.streets(), on_streets()
    if kept is None or found is None:
        raise click.ClickException(
            _("No streets are loaded: walking is measured by straight line. Load some: linli places streets FILE")
        )
    if as_json:
        click.echo(json.dumps(_as_object(kept, found), ensure_ascii=False))
        return
    click.echo("\n".join(_lines(kept, found)))


def _ready(file: Path, attribution: str) -> Ready:
    from linli.domain.walking.streets import StreetsError
    from linli.domain.walking.streets.reading import MOST_BYTES
    from linli.records.places.streets import ready
    from linli.words.streets import refusal_words

    try:
        if file.stat().st_size > MOST_BYTES:
            raise StreetsError("too_large", most=MOST_BYTES // 2**20)
        return ready(name=file.name, content=file.read_bytes(), attribution=attribution)
    except StreetsError as error:
        raise click.ClickException(f"{file.name}: {refusal_words(error.code, error.values)}") from error
    except OSError as error:
        raise click.ClickException(_("{file} cannot be read.").format(file=file)) from error


def _lines(kept: StreetNetwork, found: OnStreets) -> list[str]:
    pieces = ngettext("{count} piece", "{count} pieces", kept.piece_count).format(count=kept.piece_count)
    told = _("{file}: {nodes} nodes, {edges} stretches of street, {km} km, {pieces}").format(
        file=kept.file_name, nodes=kept.node_count, edges=kept.edge_count, km=round(kept.metres / 1000), pieces=pieces
    )
    lines = [told, *([kept.attribution] if kept.attribution else [])]
    if kept.piece_count > 1:
        share = found.pieces_m[0] / max(kept.metres, 1)
        lines.append(_("The largest piece has {share} of the length.").format(share=f"{share:.1%}"))
    lines.append(_("Buildings on the network: {count}").format(count=found.on_network))
    lines += _named(_("Cut off, no street joins them to the largest piece: {count}"), found.cut_off)
    lines += _named(_("No street near, measured by straight line: {count}"), found.far_off)
    lines += _named(_("Without a position: {count}"), found.unplaced)
    if found.pairs:
        words = {
            "buildings": _("Of pairs of buildings within {radius} m by straight line, {share} are farther by street."),
            "crossings": _("Of pairs of crossings within {radius} m by straight line, {share} are farther by street."),
        }[found.between]
        lines.append(words.format(radius=round(found.radius_m), share=f"{found.farther / found.pairs:.0%}"))
    return lines


def _named(heading: str, buildings: Sequence[Named]) -> list[str]:
    if not buildings:
        return []
    lines = [heading.format(count=len(buildings)), *(f"  {one.code}\t{one.name}" for one in buildings[:_SHOWN])]
    if len(buildings) > _SHOWN:
        lines.append("  " + _("and {count} more; --json names all").format(count=len(buildings) - _SHOWN))
    return lines


def _as_object(kept: StreetNetwork, found: OnStreets) -> dict[str, Any]:
    return {
        "file": kept.file_name,
        "form": kept.form,
        "sha256": kept.sha256,
        "attribution": kept.attribution,
        "nodes": kept.node_count,
        "edges": kept.edge_count,
        "km": round(kept.metres / 1000, 3),
        "pieces": kept.piece_count,
        "largest_piece_km": round(found.pieces_m[0] / 1000, 3),
        "box": [kept.west, kept.south, kept.east, kept.north],
        "buildings": {
            "on_network": found.on_network,
            "cut_off": [{"code": one.code, "name": one.name} for one in found.cut_off],
            "far_off": [{"code": one.code, "name": one.name} for one in found.far_off],
            "unplaced": [{"code": one.code, "name": one.name} for one in found.unplaced],
        },
        "circle": {
            "radius_m": found.radius_m,
            "between": found.between,
            "pairs": found.pairs,
            "farther": found.farther,
            "share": round(found.farther / found.pairs, 4) if found.pairs else None,
        },
    }
