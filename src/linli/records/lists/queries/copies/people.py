"""People as a copy shows them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.db.models import F, QuerySet

from linli.domain.sheets import Value
from linli.domain.sheets.copies import written_word
from linli.records.doses.queries import standings
from linli.records.lists.queries.copies.keeper import Met
from linli.records.lists.queries.copies.words import PlaceWords
from linli.records.people.models import Household, Person
from linli.records.people.queries import chunks, in_areas
from linli.records.places.models import Area, Door
from linli.records.programme.queries import NoDriveError, current

PLACE = ("living_building__code", "living_door__stair", "living_door__number")


class People:
    """Those who live, are registered or work in an area."""

    reading = ("age", "registered", "state")

    def of_area(self, area: Area) -> Sequence[Person]:
        """By building and door, as somebody walks there."""
        place = [F(column).asc(nulls_last=True) for column in PLACE]
        return list(_standing(in_=[area.path]).order_by(*place, "name", "pk"))

    def load(self, keys: Sequence[int]) -> Mapping[int, Person]:
        """People by id."""
        return {person.pk: person for chunk in chunks(keys) for person in Person.objects.filter(pk__in=chunk)}

    def cells(self, found: Sequence[Person], *, language: str) -> list[tuple[Value, ...]]:
        """Name, sex, birth date, phone, then where they live and work."""
        words = _words(found, language)
        doors = _doors(found)
        labels = _labels(found)
        nowhere = ("", "")
        return [
            (
                person.name,
                written_word("sex", person.sex, language),
                person.birth_date,
                person.phone,
                words.area(person.living_area_id),
                words.building(person.living_building_id),
                *doors.get(person.living_door_id or 0, nowhere),
                labels.get(person.household_id or 0, ""),
                words.employer(person.employer_id),
                words.building(person.working_building_id),
            )
            for person in found
        ]

    def more(self, found: Sequence[Person], *, language: str, on: date) -> list[tuple[Value, ...]]:
        """Age, where they are registered, and how they stand under the schedule in force."""
        words = _words(found, language)
        states = _states(found, on)
        return [
            (
                _age(person.birth_date, on),
                words.building(person.registered_building_id) or words.area(person.registered_area_id),
                states.get(person.pk, ""),
            )
            for person in found
        ]

    def meet(self, records: Sequence[str], *, paths: Sequence[str]) -> dict[str, Met]:
        """A record that was merged leads to the one that was kept."""
        leads: dict[str, int] = {}
        via: dict[str, str] = {}
        for chunk in chunks(records):
            rows = Person.objects.filter(public_id__in=chunk).values_list("public_id", "pk", "merged_into_id")
            for record, key, kept in rows:
                leads[record] = kept or key
                if kept:
                    via[record] = "merged"
        self._follow(leads, via)
        seen = seen_people(leads.values(), paths=paths)
        return {record: Met(key, via.get(record, "")) for record, key in leads.items() if key in seen}

    def people(self, found: Sequence[Person]) -> list[str]:
        """Everybody of the copy."""
        return [person.public_id for person in found]

    def _follow(self, leads: dict[str, int], via: Mapping[str, str]) -> None:
        """To the end of chains of merges: somebody kept may have been merged in turn."""
        open_ends = {leads[record] for record in via}
        while open_ends:
            rows = Person.objects.filter(pk__in=open_ends, merged_into__isnull=False)
            next_ones = dict(rows.values_list("pk", "merged_into_id"))
            for record in via:
                leads[record] = next_ones.get(leads[record]) or leads[record]
            open_ends = {kept for kept in next_ones.values() if kept}


def seen_people(keys: Iterable[int], *, paths: Sequence[str]) -> set[int]:
    """Which of some people, by id, a worker of these subtrees may see."""
    found: set[int] = set()
    for chunk in chunks(sorted(set(keys))):
        found |= set(_standing(in_=paths).filter(pk__in=chunk).values_list("pk", flat=True))
    return found


def _standing(*, in_: Sequence[str]) -> QuerySet[Person]:
    return Person.objects.filter(in_areas(in_), merged_into=None)


def _words(found: Sequence[Person], language: str) -> PlaceWords:
    words = PlaceWords(language)
    words.know(
        areas=(key for one in found for key in (one.living_area_id, one.registered_area_id)),
        buildings=(
            key
            for one in found
            for key in (one.living_building_id, one.working_building_id, one.registered_building_id)
        ),
        employers=(one.employer_id for one in found),
    )
    return words


def _doors(found: Sequence[Person]) -> dict[int, tuple[str, str]]:
    wanted = sorted({one.living_door_id for one in found if one.living_door_id})
    return {
        key: (stair, number)
        for chunk in chunks(wanted)
        for key, stair, number in Door.objects.filter(pk__in=chunk).values_list("pk", "stair", "number")
    }


def _labels(found: Sequence[Person]) -> dict[int, str]:
    wanted = sorted({one.household_id for one in found if one.household_id})
    return {
        key: label
        for chunk in chunks(wanted)
        for key, label in Household.objects.filter(pk__in=chunk).exclude(label="").values_list("pk", "label")
    }


def _states(found: Sequence[Person], on: date) -> dict[int, str]:
    try:
        programme = current()
    except NoDriveError:
        return {}
    rows = standings(programme=programme, on=on)
    return {
        key: state
        for chunk in chunks([person.pk for person in found])
        for key, state in rows.filter(person__in=chunk).values_list("person_id", "state")  # type: ignore[misc]  # annotated
    }


def _age(birth: date | None, on: date) -> int | None:
    if birth is None:
        return None
    return max(0, on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day)))
