"""The people of a building by name, in the order of a walk: stair, floor, door."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.records.doses.models import Forecast
from linli.records.places.models import Building
from linli.records.programme.models import Programme
from linli.records.reports.queries import Due, DueFilter, due_rows, with_engine
from linli.records.reports.queries.board import stair_by_stair
from linli.web.reports.asked import Asked, name_of
from linli.web.shell.days import day, days_left, plain_day
from linli.words.places import door_words

CLOSED = ("refused", "contraindicated", "moved")  # nothing is offered to them


@dataclass(frozen=True, slots=True)
class Resident:
    """One person of the list: name, age, state, and what comes next."""

    name: str
    href: str
    age: int | None
    state: str
    detail: str
    next: str


@dataclass(frozen=True, slots=True)
class Place:
    """A door, or an employer, and the people behind it."""

    name: str
    people: list[Resident]


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of the people of a building."""

    page: Page[Forecast]
    places: list[Place]
    public_ids: list[str]


def listed(building: Building, *, programme: Programme, asked: Asked, number: str, size: int) -> Listed:
    """A page of those who live, are registered or work in a building."""
    want = DueFilter(on=asked.on, group="people", of=asked.of, building=building)
    rows = due_rows(programme=programme, paths=asked.names, want=want)
    page = Paginator(stair_by_stair(rows, by_employer=asked.of == "working"), size).get_page(number)
    found = with_engine(list(page), programme=programme, on=asked.on)
    grouped = groupby(found, key=lambda due: _place(due, building, asked.of))
    places = [Place(name, [_resident(due, asked) for due in people]) for name, people in grouped]
    return Listed(page, places, [due.row.person.public_id for due in found])


def _place(due: Due, building: Building, of: str) -> str:
    person = due.row.person
    if of == "working":
        return name_of(person.employer) if person.employer else _("No employer named")
    if person.living_building_id != building.pk:
        return _("Lives elsewhere")
    if person.living_door is None:
        return _("No door named")
    return door_words(person.living_door.stair, person.living_door.number)


def _resident(due: Due, asked: Asked) -> Resident:
    person = due.row.person
    born = person.birth_date
    age = (
        None if born is None else asked.on.year - born.year - ((asked.on.month, asked.on.day) < (born.month, born.day))
    )
    return Resident(
        name=person.name or _("Name not known"),
        href=reverse("people:person", args=[person.public_id]),
        age=age,
        state=due.state,
        detail=_detail(due, asked),
        next=_("dose {number}").format(number=due.next_dose) if due.next_dose and due.state not in CLOSED else "",
    )


def _near(on: date, beside: date) -> str:
    return plain_day(on) if on.year == beside.year else day(on, beside=beside)


def _detail(due: Due, asked: Asked) -> str:
    """The one date that matters in this state."""
    if due.state == "overdue" and due.latest_on:
        return days_left(due.latest_on, on=asked.on)
    if due.state == "deferred":
        return _("from {day}").format(day=_near(due.row.until_on, asked.on))
    if due.state in ("waiting", "not_eligible") and due.earliest_on:
        return _("from {day}").format(day=_near(due.earliest_on, asked.on))
    if due.state == "due" and due.latest_on:
        return _("until {day}").format(day=_near(due.latest_on, asked.on))
    return ""
