"""Writing down what lists tell of people: facts as rows, the believed ones shown on the person."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from linli.records import bulk
from linli.records.journal.actions import Who, action, write
from linli.records.journal.models import new_id
from linli.records.keys.sealing import lookup, seal, tail_lookup
from linli.records.people.actions.showing import PLACES, SHOWN, _show_best, _shown_columns
from linli.records.people.models import Document, Household, Listing, Name, Person, Phone, Source, Stay
from linli.records.people.queries import STAY, by_document, chunks, household_ids, last_said

Seal = Callable[[str], tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class StayTold:
    """Where a list says that a person is registered, lives or works (ids of our places; none: elsewhere)."""

    kind: str
    area: int | None = None
    building: int | None = None
    door: int | None = None
    household: str | None = None
    employer: int | None = None
    elsewhere: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What one row of a list tells of one person; `person` is the id of the person it was matched with."""

    person: int | None
    name: str
    birth_date: date | None
    sex: str
    document: tuple[str, str] | None = None
    phone: str = ""
    stays: tuple[StayTold, ...] = ()


@action
def record(
    *, by: Who, source: Source, on: date, covers_doses: bool, told: Sequence[Told], at: datetime | None = None
) -> list[int]:
    """Write down what a list of `source`, true `on` a day, tells; gives the person id of each, in order.

    A fact equal to what the same source said last makes no row. Everything is done in bulk: the number of queries grows
    with the batches, not with the people.
    """
    households = _household_ids(told)
    phone = functools.cache(_sealed_phone)  # a phone goes to its own row and onto the person; sealing takes a while
    ids = _add_people(told, households, covers_doses, phone)
    new = {person for row, person in zip(told, ids, strict=True) if row.person is None}
    told = [replace(row, person=person) for row, person in zip(told, ids, strict=True)]
    _add_documents(told)
    touched = _list_people(ids, source, on, covers_doses)
    touched |= _correct(told)
    touched |= _add_facts(told, households, source, on, phone)
    if touched - new:
        _show_best(people=sorted(touched - new))
    public_ids = [public_id for chunk in chunks(sorted(touched)) for public_id in _public_ids(chunk)]
    detail = {"source": source.code, "people": len(ids), "changed": len(touched)}
    write(by=by, verb="people.record", detail=detail, subjects=[("person", key) for key in public_ids], at=at)
    return ids


def _sealed_phone(text: str) -> tuple[str, str, str]:
    """The columns of a phone: sealed, and the look-up hashes of the whole and of its last four digits."""
    return seal(text), lookup(text), tail_lookup(text)


def _add_people(told: Sequence[Told], households: dict[tuple[int, str], int], covers: bool, phone: Seal) -> list[int]:
    """Ids of the people in order; of new ones what the row tells is shown at once: nobody says otherwise."""
    fresh = {new_id(): row for row in told if row.person is None}
    rows = (
        (key, row.birth_date, row.sex, row.name, *phone(row.phone), covers, *_shown(row, households))
        for key, row in fresh.items()
    )
    bulk.insert(Person, ("public_id", *SHOWN), rows)
    ids: dict[str, int] = {}
    for chunk in chunks(list(fresh)):
        ids |= dict(Person.objects.filter(public_id__in=chunk).values_list("public_id", "id"))
    made = iter(ids[key] for key in fresh)
    return [next(made) if row.person is None else row.person for row in told]


def _shown(row: Told, households: dict[tuple[int, str], int]) -> list[int | None]:
    """The columns `PLACES` of a new person."""
    shown: dict[str, int | None] = dict.fromkeys(PLACES)
    for stay in row.stays:
        shown |= _shown_columns(stay.kind, _place(stay, households))
    return list(shown.values())


def _household_ids(told: Iterable[Told]) -> dict[tuple[int, str], int]:
    wanted = {(s.door, s.household or "") for row in told for s in row.stays if s.kind == "living" and s.door}
    bulk.insert(Household, ("door_id", "label"), sorted(wanted), unique=("door_id", "label"))
    return household_ids(door for door, _ in wanted)


def _add_documents(told: Iterable[Told]) -> None:
    wanted = {(kind, number): row.person for row in told if row.document for kind, number in (row.document,)}
    known = by_document(wanted)
    rows = [
        (person, kind, seal(number), lookup(number))
        for (kind, number), person in wanted.items()
        if (kind, number) not in known
    ]
    # A number that is there already belongs to this person: the row was matched by it.
    bulk.insert(Document, ("person_id", "kind", "number", "number_hash"), rows, unique=("kind", "number_hash"))


def _list_people(ids: Sequence[int], source: Source, on: date, covers_doses: bool) -> set[int]:
    known: dict[int, Listing] = {}
    for chunk in chunks(ids):
        known |= {row.person_id: row for row in Listing.objects.filter(source=source, person_id__in=chunk)}
    rows, touched = [], set()
    for person in dict.fromkeys(ids):
        listing = known.get(person)
        newest = max(on, listing.on) if listing else on
        covers = covers_doses or (listing is not None and listing.covers_doses)
        if listing is None or (listing.on, listing.covers_doses) != (newest, covers):
            rows.append((person, source.pk, newest, covers))
            if listing is None or listing.covers_doses != covers:
                touched.add(person)
    bulk.insert(
        Listing,
        ("person_id", "source_id", "on", "covers_doses"),
        rows,
        unique=("person_id", "source_id"),
        update=("on", "covers_doses"),
    )
    return touched


def _correct(told: Iterable[Told]) -> set[int]:
    """Fill in a birth date or sex that was not known. One that differs is in doubt and never comes here unseen."""
    wanted = {row.person: row for row in told if row.person is not None}
    changed: list[Person] = []
    for chunk in chunks(sorted(wanted)):
        for person in Person.objects.filter(id__in=chunk).only("id", "birth_date", "sex"):
            row = wanted[person.pk]
            birth, sex = row.birth_date or person.birth_date, row.sex or person.sex
            if (birth, sex) != (person.birth_date, person.sex):
                person.birth_date, person.sex = birth, sex
                changed.append(person)
    Person.objects.bulk_update(changed, ["birth_date", "sex"], batch_size=500)
    return {person.pk for person in changed}


def _add_facts(
    told: Sequence[Told], households: dict[tuple[int, str], int], source: Source, on: date, phone: Seal
) -> set[int]:
    said = last_said(people=[row.person for row in told if row.person is not None], source=source, on=on)
    names, phones, stays = [], [], []
    for row in told:
        person = row.person
        assert person is not None  # noqa: S101  # set in `record`, the only caller
        if row.name and said.names.get(person) != row.name:
            names.append((person, row.name, source.pk, on))
            said.names[person] = row.name  # two rows of a list may tell of one person
        sealed = phone(row.phone)
        if row.phone and said.phones.get(person, ("", ""))[0] != sealed[1]:
            phones.append((person, *sealed, source.pk, on))
            said.phones[person] = (sealed[1], sealed[0])
        for stay in row.stays:
            place = _place(stay, households)
            if said.stays.get((person, stay.kind)) != place:
                stays.append((person, stay.kind, *place, source.pk, on))
                said.stays[person, stay.kind] = place
    bulk.insert(Name, ("person_id", "value", "source_id", "on"), names)
    bulk.insert(Phone, ("person_id", "value", "value_hash", "tail_hash", "source_id", "on"), phones)
    bulk.insert(Stay, ("person_id", "kind", *STAY, "source_id", "on"), stays)
    return {row[0] for rows in (names, phones, stays) for row in rows}


def _place(stay: StayTold, households: dict[tuple[int, str], int]) -> tuple[Any, ...]:
    """The columns `STAY` of a stay row."""
    at_home = stay.kind == Stay.Kind.LIVING and stay.door is not None
    household = households.get((stay.door or 0, stay.household or "")) if at_home else None
    return (stay.area, stay.building, stay.door, household, stay.employer, stay.elsewhere)


def _public_ids(people: Sequence[int]) -> list[str]:
    return list(Person.objects.filter(id__in=people).values_list("public_id", flat=True))
