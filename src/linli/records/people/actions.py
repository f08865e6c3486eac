"""Writing down what lists tell of people: facts as rows, the believed ones shown on the person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from linli.records import bulk
from linli.records.journal.actions import Who, action, write
from linli.records.journal.models import new_id
from linli.records.people.models import Document, Employer, Household, Listing, Name, Person, Phone, Source, Stay
from linli.records.people.queries import STAY, chunks, household_ids, last_said

BATCH = 2000
PLACES = (
    "household",
    "living_area",
    "living_building",
    "living_door",
    "registered_area",
    "registered_building",
    "working_area",
    "working_building",
    "employer",
)


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
def open_source(
    *, by: Who, code: str, name: str, rank: int = 50, covers_doses: bool = False, at: datetime | None = None
) -> Source:
    """Make a source of facts known, or change how far it is believed."""
    values = {"name": name, "rank": rank, "covers_doses": covers_doses}
    source, _ = Source.objects.update_or_create(code=code, defaults=values)
    write(by=by, verb="people.open_source", detail={"code": code, "rank": rank, "covers_doses": covers_doses}, at=at)
    return source


@action
def know_employers(*, by: Who, employers: Sequence[Employer], at: datetime | None = None) -> None:
    """Add employers, or change the building, floor and names of known ones."""
    fresh = [employer for employer in employers if employer.pk is None]
    known = [employer for employer in employers if employer.pk is not None]
    Employer.objects.bulk_create(fresh, batch_size=BATCH)
    Employer.objects.bulk_update(known, ["code", "name", "name_en", "building", "floor"], batch_size=BATCH)
    subjects = [("employer", employer.public_id) for employer in employers]
    write(
        by=by, verb="people.know_employers", detail={"new": len(fresh), "changed": len(known)}, subjects=subjects, at=at
    )


@action
def record(
    *, by: Who, source: Source, on: date, covers_doses: bool, told: Sequence[Told], at: datetime | None = None
) -> list[int]:
    """Write down what a list of `source`, true `on` a day, tells; gives the person id of each, in order.

    A fact equal to what the same source said last makes no row. Everything is done in bulk: the number of queries grows
    with the batches, not with the people.
    """
    households = _household_ids(told)
    ids = _add_people(told, households, covers_doses)
    new = {person for row, person in zip(told, ids, strict=True) if row.person is None}
    told = [replace(row, person=person) for row, person in zip(told, ids, strict=True)]
    _add_documents(told)
    touched = _list_people(ids, source, on, covers_doses)
    touched |= _correct(told)
    touched |= _add_facts(told, households, source, on)
    if touched - new:
        _show_best(people=sorted(touched - new))
    public_ids = [public_id for chunk in chunks(sorted(touched)) for public_id in _public_ids(chunk)]
    detail = {"source": source.code, "people": len(ids), "changed": len(touched)}
    write(by=by, verb="people.record", detail=detail, subjects=[("person", key) for key in public_ids], at=at)
    return ids


@action
def rebuild(*, by: Who, at: datetime | None = None) -> int:
    """Copy the believed facts onto every person anew, which changes nothing unless a copy was wrong."""
    everybody = list(Person.objects.order_by("id").values_list("id", flat=True))
    _show_best(people=everybody)
    write(by=by, verb="people.rebuild", detail={"people": len(everybody)}, at=at)
    return len(everybody)


def _add_people(told: Sequence[Told], households: dict[tuple[int, str], int], covers: bool) -> list[int]:
    """Ids of the people in order; of new ones what the row tells is shown at once: nobody says otherwise."""
    fresh = {new_id(): row for row in told if row.person is None}
    rows = (
        (key, row.birth_date, row.sex, row.name, row.phone, covers, *_shown(row, households))
        for key, row in fresh.items()
    )
    columns = ("public_id", "birth_date", "sex", "name", "phone", "is_covered", *(f"{column}_id" for column in PLACES))
    bulk.insert(Person, columns, rows)
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
    rows = ((row.person, *row.document) for row in told if row.document)
    # A number that is there already belongs to this person: the row was matched by it.
    bulk.insert(Document, ("person_id", "kind", "number"), rows, unique=("kind", "number"))


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
        for person in Person.objects.filter(id__in=chunk):
            row = wanted[person.pk]
            birth, sex = row.birth_date or person.birth_date, row.sex or person.sex
            if (birth, sex) != (person.birth_date, person.sex):
                person.birth_date, person.sex = birth, sex
                changed.append(person)
    Person.objects.bulk_update(changed, ["birth_date", "sex"], batch_size=500)
    return {person.pk for person in changed}


def _add_facts(told: Sequence[Told], households: dict[tuple[int, str], int], source: Source, on: date) -> set[int]:
    said = last_said(people=[row.person for row in told if row.person is not None], source=source, on=on)
    names, phones, stays = [], [], []
    for row in told:
        person = row.person
        assert person is not None  # noqa: S101  # set in `record`, the only caller
        if row.name and said.names.get(person) != row.name:
            names.append((person, row.name, source.pk, on))
            said.names[person] = row.name  # two rows of a list may tell of one person
        if row.phone and said.phones.get(person) != row.phone:
            phones.append((person, row.phone, source.pk, on))
            said.phones[person] = row.phone
        for stay in row.stays:
            place = _place(stay, households)
            if said.stays.get((person, stay.kind)) != place:
                stays.append((person, stay.kind, *place, source.pk, on))
                said.stays[person, stay.kind] = place
    bulk.insert(Name, ("person_id", "value", "source_id", "on"), names)
    bulk.insert(Phone, ("person_id", "value", "source_id", "on"), phones)
    bulk.insert(Stay, ("person_id", "kind", *STAY, "source_id", "on"), stays)
    return {row[0] for rows in (names, phones, stays) for row in rows}


def _place(stay: StayTold, households: dict[tuple[int, str], int]) -> tuple[Any, ...]:
    """The columns `STAY` of a stay row."""
    at_home = stay.kind == Stay.Kind.LIVING and stay.door is not None
    household = households.get((stay.door or 0, stay.household or "")) if at_home else None
    return (stay.area, stay.building, stay.door, household, stay.employer, stay.elsewhere)


def _show_best(*, people: Sequence[int]) -> None:
    """Copy the believed facts onto people: newest of the best source. A rebuild of all gives the same."""
    worst_first = ("-source__rank", "on", "id")
    columns = ("birth_date", "sex", "name", "phone", "is_covered", *(f"{column}_id" for column in PLACES))
    for chunk in chunks(people):
        of = {"person_id__in": chunk}
        shown: dict[int, dict[str, Any]] = {key: dict.fromkeys(PLACES) for key in chunk}
        names = dict(Name.objects.filter(**of).order_by(*worst_first).values_list("person_id", "value"))
        phones = dict(Phone.objects.filter(**of).order_by(*worst_first).values_list("person_id", "value"))
        for person, kind, *place in (
            Stay.objects.filter(**of).order_by(*worst_first).values_list("person_id", "kind", *STAY)
        ):
            shown[person] |= _shown_columns(kind, tuple(place))
        covered = set(Listing.objects.filter(**of, covers_doses=True).values_list("person_id", flat=True))
        fixed = Person.objects.filter(id__in=chunk).values_list("id", "public_id", "birth_date", "sex")
        rows = (
            (key, public_id, birth, sex, names.get(key, ""), phones.get(key, ""), key in covered, *shown[key].values())
            for key, public_id, birth, sex in fixed
        )
        # An upsert by id: one statement for all, where an UPDATE would need one for each person.
        bulk.insert(Person, ("id", "public_id", *columns), rows, unique=("id",), update=columns[2:])


def _shown_columns(kind: str, place: tuple[Any, ...]) -> dict[str, Any]:
    """The columns of a person that a stay fills; `place` are the columns `STAY`."""
    area, building, door, household, employer, _ = place
    if kind == Stay.Kind.LIVING:
        return {"living_area": area, "living_building": building, "living_door": door, "household": household}
    if kind == Stay.Kind.REGISTERED:
        return {"registered_area": area, "registered_building": building}
    return {"working_area": area, "working_building": building, "employer": employer}


def _public_ids(people: Sequence[int]) -> list[str]:
    return list(Person.objects.filter(id__in=people).values_list("public_id", flat=True))
