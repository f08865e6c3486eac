"""The tables of a board: one row a place, sorted as the address asks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from linli.domain.coverage import Coverage
from linli.records.people.models import Employer
from linli.records.places.models import Area, Building
from linli.records.reports.queries import Standing
from linli.web.reports.asked import Asked, name_of
from linli.words.states import AREA_KINDS, BUILDING_KINDS

SORTS: dict[str, Callable[[Coverage], float | None]] = {
    "people": lambda coverage: coverage.people,
    "first": lambda coverage: coverage.first_share,
    "full": lambda coverage: coverage.full_share,
    "due": lambda coverage: coverage.due,
    "overdue": lambda coverage: coverage.overdue,
    "unknown": lambda coverage: coverage.unknown,
}
GROUPS = ("people", "first", "full", "due", "overdue", "unknown")


@dataclass(frozen=True, slots=True)
class Row:
    """A place, its coverage, its board and the names behind its figures (empty without the right)."""

    name: str
    detail: str
    href: str
    coverage: Coverage
    people: dict[str, str]


def area_rows(standings: Iterable[Standing], asked: Asked, sort: str) -> list[Row]:
    """The areas below."""
    return [
        Row(name_of(place), str(AREA_KINDS[place.kind]), asked.board(place), one.coverage, _people(asked, place))
        for one in ordered(standings, sort)
        if isinstance(place := one.place, Area)
    ]


def building_rows(standings: Iterable[Standing], asked: Asked) -> list[Row]:
    """Some buildings, in the order given."""
    return [
        Row(name_of(place), _where(place), asked.board(place), one.coverage, _people(asked, place))
        for one in standings
        if isinstance(place := one.place, Building)
    ]


def employer_rows(standings: Iterable[Standing], building: Building, asked: Asked, sort: str) -> list[Row]:
    """The employers in a building; those who name none come as one row without names."""
    return [
        Row(
            name_of(place) if isinstance(place, Employer) else "",
            place.floor if isinstance(place, Employer) else "",
            "",
            one.coverage,
            _people(asked, building, place) if isinstance(place, Employer) else {},
        )
        for one in ordered(standings, sort)
        for place in [one.place]
    ]


def ordered(standings: Iterable[Standing], sort: str) -> list[Standing]:
    """Places as the address asks (`first`, `-first`), those without the figure last; otherwise as they came."""
    rows = list(standings)
    figure = SORTS.get(sort.removeprefix("-"))
    if figure is None:
        return rows[::-1] if sort == "-name" else rows
    known = [row for row in rows if figure(row.coverage) is not None]
    known.sort(key=lambda row: figure(row.coverage) or 0, reverse=sort.startswith("-"))
    return known + [row for row in rows if figure(row.coverage) is None]


def _where(building: Building) -> str:
    return f"{BUILDING_KINDS[building.kind]} · {name_of(building.area)}"


def _people(asked: Asked, place: Area | Building, employer: Employer | None = None) -> dict[str, str]:
    return {group: asked.people(group, place, employer) for group in GROUPS}
