"""The coverage board: one query for an area, its parts and its buildings."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, fields
from datetime import date

from django.db.models import Count, Q

from linli.domain.coverage import Coverage
from linli.records.doses.queries import groups, standings
from linli.records.people.models import Employer
from linli.records.people.queries import DENOMINATORS
from linli.records.places.models import Area, Building
from linli.records.programme.models import Programme

COUNTED = tuple(field.name for field in fields(Coverage))


@dataclass(frozen=True, slots=True)
class Standing:
    """A place and its coverage."""

    place: Area | Building | Employer
    coverage: Coverage


@dataclass(frozen=True, slots=True)
class Board:
    """Coverage of an area on a day: in all, by the areas below it, by its buildings."""

    total: Coverage
    areas: list[Standing]
    buildings: list[Standing]


def board(*, area: Area, programme: Programme, on: date, of: str) -> Board:
    """Coverage of an area, of each area directly below and of each building, over those `living`, `registered` or `working`."""
    if of not in DENOMINATORS:
        raise ValueError(of)
    inside = Area.objects.filter(path__startswith=area.path)
    by_place = _counted(Q(**{f"person__{of}_area__in": inside}), programme, on, (f"person__{of}_area", f"person__{of}_building"))
    below = {found.pk: found for found in inside}
    children = sorted((found for found in below.values() if found.parent_id == area.pk), key=lambda found: found.code)
    by_child: dict[int, Coverage] = defaultdict(Coverage)
    by_building: dict[int, Coverage] = defaultdict(Coverage)
    total = Coverage()
    for (area_id, building_id), coverage in by_place.items():
        total += coverage
        path = below[area_id].path
        child = next((found for found in children if path.startswith(found.path)), None)
        if child is not None:
            by_child[child.pk] += coverage
        if building_id is not None:
            by_building[building_id] += coverage
    buildings = Building.objects.filter(area__in=inside).select_related("area").order_by("code")
    return Board(
        total,
        [Standing(child, by_child[child.pk]) for child in children],
        [Standing(building, by_building[building.pk]) for building in buildings],
    )


def building_board(*, building: Building, programme: Programme, on: date, of: str) -> Board:
    """Coverage of one building; for those working there also by employer (in `areas`' place: `Board.areas` is empty)."""
    if of not in DENOMINATORS:
        raise ValueError(of)
    by_employer = _counted(Q(**{f"person__{of}_building": building}), programme, on, ("person__employer",))
    total = sum(by_employer.values(), Coverage())
    names = Employer.objects.in_bulk([key for (key,) in by_employer if key is not None])
    parts = [Standing(names[key], coverage) for (key,), coverage in by_employer.items() if key is not None]
    return Board(total, [], sorted(parts, key=lambda part: str(part.place)) if of == "working" else [])


def _counted(
    where: Q, programme: Programme, on: date, by: tuple[str, ...]
) -> dict[tuple[int | None, ...], Coverage]:
    conditions = groups(programme=programme, on=on)
    rows = standings(programme=programme, on=on).filter(where).values(*by)
    counts = {f"n_{name}": Count("pk", filter=conditions[name]) for name in COUNTED if name != "people"}
    found = rows.annotate(n_people=Count("pk"), **counts).order_by()
    return {tuple(row[key] for key in by): Coverage(*(row[f"n_{name}"] for name in COUNTED)) for row in found}


