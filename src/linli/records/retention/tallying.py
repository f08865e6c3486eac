"""From people to tallies: what may stay of somebody, under each denominator apart."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import astuple, fields
from datetime import date
from typing import Any, NamedTuple

from linli.domain.coarsening import Course, Inside, coarse, month_ends, stand_ins, within
from linli.domain.eligibility import offered_births
from linli.records.doses.models import Forecast
from linli.records.people.models import Person
from linli.records.people.queries import DENOMINATORS, chunks
from linli.records.places.models import Area
from linli.records.programme.models import Drive, Programme
from linli.records.programme.queries import rules_of

FEWEST = 10  # a building, employer or area is named only where so many are counted
COURSE = tuple(field.name for field in fields(Course))
COUNTS = ("recorded_doses", "valid_doses", "next_dose", "is_barred", "register_state")
SPAN = ("programme_id", *COURSE, *COUNTS)


class Place(NamedTuple):
    """Where somebody is counted under one denominator."""

    of: str
    area: int
    building: int | None
    employer: int | None


class Stands(NamedTuple):
    """One tally and its spans, as tuples of `SPAN`; equal ones cannot be told apart."""

    place: Place
    birth_date: date | None
    is_covered: bool
    spans: tuple[tuple[Any, ...], ...]


def tallies(people: Sequence[int], *, drives: Sequence[Drive], on: date) -> Iterator[list[Stands]]:
    """What may stay of some people, piece by piece; within a piece in an order that tells nothing."""
    shown = _Places(people)
    ends = list(month_ends(min(drive.starts_on for drive in drives), on))
    births = stand_ins(shown.births, _inside(drives, ends))
    for chunk in chunks(people):
        courses = _courses(chunk, ends)
        found = [
            Stands(place, births.get(birth) if birth else None, covered, courses[person])
            for person, birth, covered, places in shown.of(chunk)
            for place in places
        ]
        yield sorted(found, key=repr)


class _Places:
    """Where people are counted, small groups joined with their surroundings."""

    def __init__(self, people: Sequence[int]) -> None:
        self.parents = dict(Area.objects.values_list("id", "parent_id"))
        self.births: set[date] = set()
        by_building: Counter[tuple[str, int]] = Counter()
        by_employer: Counter[tuple[str, int, int]] = Counter()
        by_area: Counter[tuple[str, int]] = Counter()
        for chunk in chunks(people):
            for _, birth, _, places in self._read(chunk):
                self.births |= {birth} if birth else set()
                for of, area, building, employer in places:
                    by_building[of, building or 0] += 1
                    by_employer[of, building or 0, employer or 0] += 1
                    while area:
                        by_area[of, area] += 1
                        area = self.parents[area] or 0
        self.buildings = {key for key, count in by_building.items() if count >= FEWEST}
        self.employers = {key for key, count in by_employer.items() if count >= FEWEST}
        self.areas = {key for key, count in by_area.items() if count >= FEWEST}

    def of(self, people: Sequence[int]) -> Iterator[tuple[int, date | None, bool, list[Place]]]:
        """Id, birth date, whether covered, and each place where they are counted."""
        for person, birth, covered, places in self._read(people):
            yield person, birth, covered, [self._joined(place) for place in places]

    def _joined(self, place: Place) -> Place:
        of, area, building, employer = place
        while (of, area) not in self.areas and self.parents[area] is not None:
            area, building = self.parents[area] or area, None
        building = building if (of, building) in self.buildings else None
        return Place(of, area, building, employer if (of, building or 0, employer or 0) in self.employers else None)

    @staticmethod
    def _read(people: Sequence[int]) -> Iterator[tuple[int, date | None, bool, list[Place]]]:
        columns = [f"{of}_{what}_id" for of in DENOMINATORS for what in ("area", "building")]
        rows = Person.objects.filter(id__in=people).order_by("id")
        for person, birth, covered, employer, *ids in rows.values_list(
            "id", "birth_date", "is_covered", "employer_id", *columns
        ):
            pairs = zip(DENOMINATORS, ids[::2], ids[1::2], strict=True)
            places = [
                Place(of, area, house, employer if of == "working" else None) for of, area, house in pairs if area
            ]
            yield person, birth, covered, places


def _inside(drives: Sequence[Drive], ends: Sequence[date]) -> Inside:
    """On which last days of months, from the first drive on, a birth date lies inside the gates of each schedule."""
    rules = [rules_of(edition) for edition in sorted({drive.programme.edition for drive in drives})]
    rules = [one for one in rules if not one.group]  # a vaccine group keeps its offers with its spans
    gates = [offered_births(one, on=end) for one in rules for end in ends]

    def inside(birth: date) -> int:
        return sum(any(after < birth <= by for after, by in gate) << place for place, gate in enumerate(gates))

    return inside


def _courses(people: Sequence[int], ends: Sequence[date]) -> dict[int, tuple[tuple[Any, ...], ...]]:
    of_groups = set(Programme.objects.exclude(group="").values_list("id", flat=True))
    found: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    rows = Forecast.objects.filter(person_id__in=people).order_by("person_id", "programme_id", "since_on")
    for person, programme, *values in rows.values_list("person_id", "programme_id", *COURSE, *COUNTS):
        whole = Course(*values[: len(COURSE)])
        if programme in of_groups and ends:  # its rows turn at birthdays
            whole = within(whole, first=ends[0], last=ends[-1])
        course = coarse(whole)
        if course is not None:
            found[person].append((programme, *astuple(course), *values[len(COURSE) :]))
    return defaultdict(tuple, {person: tuple(spans) for person, spans in found.items()})
