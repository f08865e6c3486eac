"""Writing down what lists tell of people: facts as rows, the believed ones shown on the person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from linli.records.journal.actions import Who, action, write
from linli.records.people.models import Document, Employer, Household, Listing, Name, Person, Phone, Source, Stay
from linli.records.people.queries import chunks, household_ids, last_said

BATCH = 2000
SHOWN = (
    "name",
    "phone",
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
    write(by=by, verb="people.know_employers", detail={"new": len(fresh), "changed": len(known)}, subjects=subjects, at=at)


@action
def record(
    *, by: Who, source: Source, on: date, covers_doses: bool, told: Sequence[Told], at: datetime | None = None
) -> list[int]:
    """Write down what a list of `source`, true `on` a day, tells; gives the person id of each, in order.

    A fact equal to what the same source said last makes no row. Everything is done in bulk: the number of queries grows
    with the batches, not with the people.
    """
    ids = _add_people(told)
    households = _household_ids(told)
    told = [replace(row, person=person) for row, person in zip(told, ids, strict=True)]
    _add_documents(told)
    touched = _list_people(ids, source, on, covers_doses)
    touched |= _correct(told)
    touched |= _add_facts(told, households, source, on)
    if touched:
        show_best(people=sorted(touched))
    public_ids = [public_id for chunk in chunks(sorted(touched)) for public_id in _public_ids(chunk)]
    detail = {"source": source.code, "people": len(ids), "changed": len(touched)}
    write(by=by, verb="people.record", detail=detail, subjects=[("person", key) for key in public_ids], at=at)
    return ids


def _add_people(told: Sequence[Told]) -> list[int]:
    fresh = [
        Person(birth_date=row.birth_date, sex=row.sex, name=row.name, phone=row.phone)
        for row in told
        if row.person is None
    ]
    made = iter(Person.objects.bulk_create(fresh, batch_size=BATCH))
    return [next(made).pk if row.person is None else row.person for row in told]


def _household_ids(told: Iterable[Told]) -> dict[tuple[int, str], int]:
    wanted = {(s.door, s.household or "") for row in told for s in row.stays if s.kind == "living" and s.door}
    Household.objects.bulk_create(
        [Household(door_id=door, label=label) for door, label in sorted(wanted)], ignore_conflicts=True, batch_size=BATCH
    )
    return household_ids(door for door, _ in wanted)


def _add_documents(told: Iterable[Told]) -> None:
    rows = [Document(person_id=row.person, kind=row.document[0], number=row.document[1]) for row in told if row.document]
    # A number that is there already belongs to this person: the row was matched by it.
    Document.objects.bulk_create(rows, ignore_conflicts=True, batch_size=BATCH)


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
            rows.append(Listing(person_id=person, source=source, on=newest, covers_doses=covers))
            if listing is None or listing.covers_doses != covers:
                touched.add(person)
    Listing.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["person", "source"],
        update_fields=["on", "covers_doses"],
        batch_size=BATCH,
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


def _add_facts(
    told: Sequence[Told], households: dict[tuple[int, str], int], source: Source, on: date
) -> set[int]:
    said = last_said(people=[row.person for row in told if row.person is not None], source=source)
    new_names, new_phones, new_stays = [], [], []
    for row in told:
        person = row.person
        assert person is not None  # noqa: S101  # set in `record`, the only caller
        if row.name and said.names.get(person) != row.name:
            new_names.append(Name(person_id=person, value=row.name, source=source, on=on))
        if row.phone and said.phones.get(person) != row.phone:
            new_phones.append(Phone(person_id=person, value=row.phone, source=source, on=on))
        for stay in row.stays:
            at_home = stay.kind == Stay.Kind.LIVING and stay.door is not None
            household = households.get((stay.door, stay.household or "")) if at_home else None
            place = (stay.area, stay.building, stay.door, household, stay.employer, stay.elsewhere)
            if said.stays.get((person, stay.kind)) != place:
                new_stays.append(_stay(person, stay, household, source, on))
    Name.objects.bulk_create(new_names, batch_size=BATCH)
    Phone.objects.bulk_create(new_phones, batch_size=BATCH)
    Stay.objects.bulk_create(new_stays, batch_size=BATCH)
    return {row.person_id for rows in (new_names, new_phones, new_stays) for row in rows}


def _stay(person: int, stay: StayTold, household: int | None, source: Source, on: date) -> Stay:
    return Stay(
        person_id=person,
        kind=stay.kind,
        area_id=stay.area,
        building_id=stay.building,
        door_id=stay.door,
        household_id=household,
        employer_id=stay.employer,
        elsewhere=stay.elsewhere,
        source=source,
        on=on,
    )


def show_best(*, people: Sequence[int]) -> None:
    """Copy the believed facts onto the person: newest of the best source. A rebuild of all gives the same."""
    for chunk in chunks(people):
        shown = {person.pk: person for person in Person.objects.filter(id__in=chunk)}
        for person in shown.values():
            person.is_covered = False
            for column in SHOWN:
                setattr(person, column if column in ("name", "phone") else f"{column}_id", "" if column in ("name", "phone") else None)
        worst_first = ("-source__rank", "on", "id")
        for key, value in Name.objects.filter(person_id__in=chunk).order_by(*worst_first).values_list("person_id", "value"):
            shown[key].name = value
        for key, value in Phone.objects.filter(person_id__in=chunk).order_by(*worst_first).values_list("person_id", "value"):
            shown[key].phone = value
        for stay in Stay.objects.filter(person_id__in=chunk).order_by(*worst_first):
            _show_stay(shown[stay.person_id], stay)
        for key in Listing.objects.filter(person_id__in=chunk, covers_doses=True).values_list("person_id", flat=True):
            shown[key].is_covered = True
        # An upsert by id: far fewer statements than one UPDATE with a CASE for each column.
        Person.objects.bulk_create(
            list(shown.values()),
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=[*SHOWN, "is_covered"],
            batch_size=1000,
        )


def _show_stay(person: Person, stay: Stay) -> None:
    if stay.kind == Stay.Kind.LIVING:
        person.living_area_id, person.living_building_id = stay.area_id, stay.building_id
        person.living_door_id, person.household_id = stay.door_id, stay.household_id
    elif stay.kind == Stay.Kind.REGISTERED:
        person.registered_area_id, person.registered_building_id = stay.area_id, stay.building_id
    else:
        person.working_area_id, person.working_building_id = stay.area_id, stay.building_id
        person.employer_id = stay.employer_id


def _public_ids(people: Sequence[int]) -> list[str]:
    return list(Person.objects.filter(id__in=people).values_list("public_id", flat=True))
