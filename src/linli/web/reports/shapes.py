"""The shapes of a board's map as GeoJSON, from the register alone."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _

from linli.records.accounts.queries import Right
from linli.records.places.models import Area, Building
from linli.records.programme.queries import NoDriveError, current
from linli.records.reports.queries import Standing, board
from linli.web import rights
from linli.web.reports.asked import Asked, asked, name_of
from linli.web.shell.days import number, percent_between
from linli.words.figures import OUT_OF

MOST = 1500  # more buildings than a map can show apart: the areas below are coloured instead
HALF_SIDE_M = 8.0  # a building of which only a point is known is drawn as a small square
METRES_A_DEGREE = 111_320.0

Geometry = dict[str, Any]


@rights.needs(Right.FIGURES)
def buildings(request: HttpRequest, public_id: str) -> JsonResponse:
    """The buildings of an area with their first-dose coverage; in a large area the areas below."""
    area = rights.area(request, public_id, Right.FIGURES)
    question = asked(request, area)
    try:
        found = board(area=area, programme=current(), on=question.on, of=question.of)
    except NoDriveError:
        return _collection([])
    shown = found.buildings if len(found.buildings) <= MOST or not found.areas else found.areas
    shapes = _shapes(area, shown)
    return _collection(
        [
            _feature(shapes[place.pk], _properties(one, place, question))
            for one in shown
            if isinstance(place := one.place, Area | Building) and place.pk in shapes
        ]
    )


@rights.needs(Right.FIGURES)
def areas(request: HttpRequest, public_id: str) -> JsonResponse:
    """The outlines of the areas below, or of the area itself where none is drawn."""
    area = rights.area(request, public_id, Right.FIGURES)
    below = [child for child in Area.objects.filter(parent=area).order_by("code") if child.outline]
    shown = below or [place for place in [area] if place.outline]
    return _collection([_feature(place.outline, {"name": name_of(place)}) for place in shown])


def _shapes(area: Area, shown: Sequence[Standing]) -> dict[int, Geometry]:
    if shown and isinstance(shown[0].place, Area):
        return {pk: shape for pk, shape in Area.objects.filter(parent=area).values_list("pk", "outline") if shape}
    found = Building.objects.filter(area__path__startswith=area.path).values_list("pk", "outline", "lon", "lat")
    drawn = {pk: outline or _square(lon, lat) for pk, outline, lon, lat in found}
    return {pk: shape for pk, shape in drawn.items() if shape}


def _square(lon: float | None, lat: float | None) -> Geometry | None:
    if lon is None or lat is None:
        return None
    north = HALF_SIDE_M / METRES_A_DEGREE
    east = north / max(0.01, math.cos(math.radians(lat)))
    corners = [(-east, -north), (east, -north), (east, north), (-east, north), (-east, -north)]
    return {"type": "Polygon", "coordinates": [[[lon + x, lat + y] for x, y in corners]]}


def _properties(one: Standing, place: Area | Building, question: Asked) -> dict[str, Any]:
    coverage = one.coverage
    share = coverage.first_share
    out_of = str(OUT_OF[question.of]).format(part=number(coverage.first), whole=number(coverage.people))
    text = (
        _("First dose {share}: {out_of}").format(share=percent_between(coverage.first_between), out_of=out_of)
        if coverage.people
        else ""
    )
    return {
        "name": name_of(place),
        "share": None if share is None else round(share, 4),
        "text": text,
        "href": question.board(place),
    }


def _feature(shape: Geometry | None, properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Feature", "geometry": shape, "properties": properties}


def _collection(features: list[dict[str, Any]]) -> JsonResponse:
    return JsonResponse({"type": "FeatureCollection", "features": features}, content_type="application/geo+json")
