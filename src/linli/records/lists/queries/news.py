"""What a row of a people list adds to what is known: the basis of new, changed and same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Protocol

from linli.domain.sheets import PersonRow
from linli.records.doses.models import Dose
from linli.records.keys.sealing import lookup, unseal
from linli.records.lists.models import List
from linli.records.lists.queries.ground import Ground
from linli.records.lists.queries.stays import LIVING, Place
from linli.records.people.models import Employer, Person
from linli.records.people.queries import Said, chunks, documents, employers, household_ids, last_said
from linli.records.places.queries import door_ids
from linli.records.programme.models import Vaccine


class Placed(Protocol):
    """A row whose person and places are known."""

    @property
    def row(self) -> PersonRow: ...
    @property
    def person(self) -> int | None: ...
    @property
    def places(self) -> tuple[Place, ...]: ...


@dataclass(frozen=True, slots=True)
class KnownDose:
    """A dose of the register: product code, day and the number a list gave it."""

    product: str
    given_on: date
    number: int | None
    is_struck: bool  # corrected since: the same told again is not news, and contradicts nothing


@dataclass(frozen=True)
class Register:
    """What the register holds of the people and places of one list."""

    said: Said
    papers: Mapping[int, list[tuple[str, str]]]  # kind and look-up hash
    doses: Mapping[int, list[KnownDose]]
    doors: Mapping[tuple[int, str, str], int]
    households: Mapping[tuple[int, str], int]
    employers: Mapping[str, Employer]
    programme_of_product: Mapping[str, int]
    ground: Ground
    births: Mapping[int, tuple[date | None, str]]  # birth date and sex

    @cached_property
    def door_words(self) -> dict[int, tuple[str, str]]:
        """Stair and number of a door of this list's buildings."""
        return {door: (stair, number) for (_, stair, number), door in self.doors.items()}

    @cached_property
    def employer_names(self) -> dict[int, str]:
        """What an employer is called."""
        return {employer.pk: employer.name for employer in self.employers.values()}


def register(plans: Sequence[Placed], *, of: List, ground: Ground) -> Register:
    """Read in bulk all that the rows of one list are compared with."""
    people = sorted({plan.person for plan in plans if plan.person is not None})
    doors = door_ids({place.building for plan in plans for place in plan.places if place.building and place.door})
    doses: dict[int, list[KnownDose]] = defaultdict(list)
    for chunk in chunks(people):
        columns = ("person_id", "vaccine__code", "given_on", "number", "is_struck")
        for person, *dose in Dose.objects.filter(person_id__in=chunk).values_list(*columns):
            doses[person].append(KnownDose(*dose))
    return Register(
        said=last_said(people=people, source=of.source, on=of.as_of),
        papers=documents(people),
        doses=doses,
        doors=doors,
        households=household_ids(doors.values()),
        employers=employers(),
        programme_of_product=dict(Vaccine.objects.exclude(programme=None).values_list("code", "programme_id")),
        ground=ground,
        births={
            person: (born, sex)
            for chunk in chunks(people)
            for person, born, sex in Person.objects.filter(id__in=chunk).values_list("id", "birth_date", "sex")
        },
    )


def news_of(
    row: PersonRow, person: int | None, places: Sequence[Place], *, held: Register, of: List
) -> list[dict[str, Any]]:
    """Each thing that applying the row would write: field, what this source said before, what it says now."""
    news: list[dict[str, Any]] = []
    said = held.said
    key = person or 0
    if row.name and said.names.get(key) != row.name:
        news.append(_news("name", said.names.get(key), row.name))
    born, sex = held.births.get(key, (None, ""))
    if person is not None and row.birth_date and row.birth_date != born:
        news.append(_news("birth_date", born.isoformat() if born else "", row.birth_date.isoformat()))
    if person is not None and row.sex and not sex:
        news.append(_news("sex", "", row.sex))
    hashed, token = said.phones.get(key, ("", ""))
    if row.phone and hashed != lookup(row.phone):
        news.append(_news("phone", unseal(token), row.phone))
    if row.document and (row.document.kind, lookup(row.document.number)) not in held.papers.get(key, ()):
        news.append(_news("document", None, row.document.number))
    for place in places:
        before = said.stays.get((key, place.kind))
        if before != stay_columns(place, held):
            news.append(
                _news(place.kind, _stay_words(before, held) if before else "", _place_words(place, held.ground))
            )
    known = {(dose.product, dose.given_on) for dose in held.doses.get(key, ())}
    for dose in row.doses:
        if (dose.product, dose.given_on) not in known:
            news.append(_news("dose", "", f"{dose.given_on} {dose.product}"))
    listing = said.listings.get(key)
    if person is not None and (listing is None or (of.covers_doses and not listing.covers_doses)):
        news.append(_news("source", None, of.source.name))
    return news


def stay_columns(place: Place, held: Register) -> tuple[Any, ...]:
    """The columns of a stay row as they would be written; -1 for a door, household or employer not there yet."""
    door = held.doors.get((place.building or 0, place.stair, place.door), -1) if place.door else None
    household = None
    if door is not None and place.kind == LIVING:
        household = held.households.get((door, place.household), -1)
    employer = held.employers.get(place.employer) if place.employer else None
    employer_id = employer.pk if employer else (-1 if place.employer else None)
    return (place.area, place.building, door, household, employer_id, place.elsewhere)


def _place_words(place: Place, ground: Ground) -> str:
    """A stay as the preview shows it."""
    return place.elsewhere or _joined(ground.name(place.area, place.building), place.stair, place.door, place.employer)


def _stay_words(columns: tuple[Any, ...], held: Register) -> str:
    """The same of a stay that is in the register."""
    area, building, door, _, employer, elsewhere = columns
    stair, number = held.door_words.get(door, ("", ""))
    return elsewhere or _joined(held.ground.name(area, building), stair, number, held.employer_names.get(employer, ""))


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _news(field: str, old: str | None, new: str) -> dict[str, Any]:
    return {"field": field, "old": old or "", "new": new}
