"""The coverage board: one pass over the people of an area gives it, its parts and its buildings."""

from __future__ import annotations

import functools
import operator
from collections import Counter, defaultdict
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from django.db.models import AutoField, Case, ExpressionWrapper, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Length

from linli.domain.coverage import Coverage
from linli.records.doses.models import Forecast
from linli.records.doses.queries import STATES, groups, standings
from linli.records.people.models import Employer
from linli.records.people.queries import DENOMINATORS
from linli.records.places.models import Area, Building
from linli.records.programme.models import Programme
from linli.records.retention.queries import tallied

COUNTED = tuple(field.name for field in fields(Coverage))
# Whoever is in each of the first groups and in none of the second is in this one: the database need not ask again.
BOTH: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "first_offered": [(("first", "offered"), ())],
    "full_offered": [(("full", "offered"), ())],
    "told_only": [(("first",), ("first_proven",)), (("full",), ("full_proven",))],
    "dropped": [(("finish_past",), ("full",))],
}
MARKED = tuple(name for name in COUNTED if name != "people" and name not in STATES and name not in BOTH)
TO_BE_CALLED = ("entering", "last_days")  # nobody who was forgotten
# Stairs and doors are written as text; the shorter number comes first, so that 2 stands before 10.
STAIRS = (
    Length("person__living_door__stair").asc(nulls_last=True),
    F("person__living_door__stair").asc(nulls_last=True),
)
DOORS = (
    F("person__living_door__floor").asc(nulls_last=True),
    Length("person__living_door__number").asc(nulls_last=True),
    F("person__living_door__number").asc(nulls_last=True),
)


@dataclass(frozen=True, slots=True)
class Standing:
    """A place and its coverage; without a place: those in no known one."""

    place: Area | Building | Employer | None
    coverage: Coverage


@dataclass(frozen=True, slots=True)
class Board:
    """Coverage of a place on a day: in all, by the areas below it, by its buildings, by the employers in a building."""

    total: Coverage
    areas: list[Standing]
    buildings: list[Standing]
    employers: list[Standing]


def board(*, area: Area, programme: Programme, on: date, of: str) -> Board:
    """Coverage of an area, of each area directly below and of each building, over one denominator."""
    below = {found.pk: found for found in Area.objects.filter(path__startswith=area.path).defer("outline")}
    by_place = _counted(where(area, of), programme, on, (f"person__{of}_area", f"person__{of}_building"))
    children = {found.path: found for found in below.values() if found.parent_id == area.pk}
    depth = area.path.count("/") + 1
    by_child: dict[str, Coverage] = defaultdict(Coverage)
    by_building: dict[int, Coverage] = defaultdict(Coverage)
    for (area_id, building_id), coverage in by_place.items():
        child = "".join(f"{code}/" for code in below[area_id or 0].path.split("/")[:depth])
        by_child[child] += coverage
        if building_id is not None:
            by_building[building_id] += coverage
    buildings = Building.objects.filter(area__path__startswith=area.path).defer("outline").order_by("code")
    for building in buildings:
        building.area = below[building.area_id]
    return Board(
        total=sum(by_place.values(), Coverage()),
        areas=[Standing(child, by_child[path]) for path, child in sorted(children.items())],
        buildings=[Standing(building, by_building[building.pk]) for building in buildings],
        employers=[],
    )


def building_board(*, building: Building, programme: Programme, on: date, of: str) -> Board:
    """Coverage of one building; for those `working` there also by employer, the largest first."""
    by_employer = _counted(where(building, of), programme, on, ("person__employer",))
    total = sum(by_employer.values(), Coverage())
    if of != "working":
        return Board(total, [], [], [])
    names = Employer.objects.in_bulk([key for (key,) in by_employer if key is not None])
    parts = [Standing(names.get(key or 0), coverage) for (key,), coverage in by_employer.items()]
    parts.sort(key=lambda part: (part.place is None, -part.coverage.people, str(part.place)))
    return Board(total, [], [], parts)


def coverage(*, place: Area | Building, programme: Programme, on: date, of: str) -> Coverage:
    """Coverage of an area or building as a whole."""
    return _counted(where(place, of), programme, on, ()).get((), Coverage())


def has_shapes(area: Area) -> bool:
    """Whether any building of an area can be drawn on a map."""
    drawn = Q(outline__isnull=False) | Q(lon__isnull=False, lat__isnull=False)
    return Building.objects.filter(drawn, area__path__startswith=area.path).exists()


def stair_by_stair(rows: QuerySet[Forecast], *, by_employer: bool = False) -> QuerySet[Forecast]:
    """The people of a building's due list in the order of a walk: stair, floor, door, name; or employer by employer."""
    walk = (F("person__employer__name").asc(nulls_last=True),) if by_employer else (*STAIRS, *DOORS)
    return rows.order_by(*walk, "person__name", "person_id")


def where(place: Area | Building, of: str) -> Q:
    """The condition on `standings` for those `living`, `registered` or `working` in an area or building."""
    if of not in DENOMINATORS:
        raise ValueError(of)
    if isinstance(place, Building):
        return Q(**{f"person__{of}_building": place})
    return Q(**{f"person__{of}_area__in": Area.objects.filter(path__startswith=place.path)})


def _counted(place: Q, programme: Programme, on: date, by: tuple[str, ...]) -> dict[tuple[int | None, ...], Coverage]:
    # Each row comes as place, state and one number with a bit for each further condition: a database that groups would
    # sort all rows first, and repeat the ladder of states for every count.
    conditions = groups(programme=programme, on=on)
    marks = _marks(conditions)
    counted: dict[tuple[int | None, ...], dict[str, int]] = defaultdict(lambda: dict.fromkeys(COUNTED, 0))
    for is_past, rows in enumerate((standings(programme=programme, on=on), tallied(programme=programme, on=on))):
        seen = rows.filter(place).annotate(marks=marks).values_list(*by, "state", "marks").order_by()
        found: Counter[tuple[Any, ...]] = Counter(seen.iterator(chunk_size=10_000))
        for (*key, state, marked), count in found.items():
            counts = counted[tuple(key)]
            if state == "moved":
                counts["moved"] += count
                continue
            counts["people"] += count
            if state in counts:  # complete is counted as full
                counts[state] += count
            for name in _names(marked):
                counts[name] += 0 if is_past and name in TO_BE_CALLED else count
    return {key: Coverage(**counts) for key, counts in counted.items()}


@functools.lru_cache(maxsize=4096)
def _names(marks: int) -> tuple[str, ...]:
    """The groups that somebody with these marks is in."""
    marked = {name for bit, name in enumerate(MARKED) if marks >> bit & 1}
    derived = {
        name for name, ways in BOTH.items() if any(marked.issuperset(a) and marked.isdisjoint(b) for a, b in ways)
    }
    return (*marked, *derived)


def _marks(conditions: dict[str, Q]) -> Combinable:
    bits: list[Combinable] = [
        Case(When(conditions[name], then=Value(1 << bit)), default=Value(0), output_field=IntegerField())
        for bit, name in enumerate(MARKED)
    ]
    # Django turns each integer of an expression into an integer again, but not one of a key: a tenth of the time.
    return ExpressionWrapper(functools.reduce(operator.add, bits), output_field=AutoField())
