"""Reading the register of residents, households and employers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple, TypeVar

from django.db.models import Q, QuerySet

from linli.records.people.models import Document, Employer, Household, Listing, Name, Person, Phone, Source, Stay
from linli.records.places.models import Area

T = TypeVar("T")

CHUNK = 5000
DENOMINATORS = ("living", "registered", "working")


class Fact(NamedTuple):
    """One thing a source says: what, by whom, when."""

    row: Any
    source: str
    on: date


def denominator(*, area: Area, of: str) -> QuerySet[Person]:
    """The people counted in an area: those `living`, `registered` or `working` there."""
    if of not in DENOMINATORS:
        raise ValueError(of)
    return Person.objects.filter(**{f"{of}_area__in": Area.objects.filter(path__startswith=area.path)})


def in_areas(paths: Sequence[str]) -> Q:
    """People who live, are registered or work in one of the subtrees: those a worker there may see."""
    seen = Q(pk__in=[])
    for path in paths:
        areas = Area.objects.filter(path__startswith=path)
        seen |= Q(living_area__in=areas) | Q(registered_area__in=areas) | Q(working_area__in=areas)
    return seen


def by_document(numbers: Iterable[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """Person ids by document (kind, number)."""
    found: dict[tuple[str, str], int] = {}
    wanted = set(numbers)
    for chunk in chunks([number for _, number in wanted]):
        rows = Document.objects.filter(number__in=chunk).values_list("kind", "number", "person_id")
        found |= {(kind, number): person for kind, number, person in rows if (kind, number) in wanted}
    return found


def by_name_and_birth(pairs: Iterable[tuple[str, date | None]]) -> dict[tuple[str, date | None], list[int]]:
    """Person ids by shown name and birth date; several people may share both."""
    found: dict[tuple[str, date | None], list[int]] = defaultdict(list)
    wanted = set(pairs)
    for chunk in chunks(sorted({name for name, _ in wanted})):
        for name, birth, person in Person.objects.filter(name__in=chunk).values_list("name", "birth_date", "id"):
            if (name, birth) in wanted:
                found[name, birth].append(person)
    return found


def by_name_and_phone(pairs: Iterable[tuple[str, str]]) -> dict[tuple[str, str], list[int]]:
    """Person ids by a name and a phone that any source gives them."""
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    wanted = set(pairs)
    for chunk in chunks(sorted({phone for _, phone in wanted})):
        phones: dict[int, set[str]] = defaultdict(set)
        for person, phone in Phone.objects.filter(value__in=chunk).values_list("person_id", "value"):
            phones[person].add(phone)
        for people in chunks(sorted(phones)):
            names = Name.objects.filter(person_id__in=people).values_list("person_id", "value").distinct()
            for person, name in names.order_by("person_id"):
                for phone in phones[person]:
                    if (name, phone) in wanted:
                        found[name, phone].append(person)
    return found


def documents(people: Iterable[int]) -> dict[int, list[tuple[str, str]]]:
    """The documents (kind, number) of some people."""
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for chunk in chunks(list(people)):
        for person, kind, number in Document.objects.filter(person_id__in=chunk).values_list(
            "person_id", "kind", "number"
        ):
            found[person].append((kind, number))
    return found


def employers() -> dict[str, Employer]:
    """Every employer by its code and by its name."""
    found: dict[str, Employer] = {}
    for employer in Employer.objects.all():
        found[employer.name] = employer
        if employer.code:
            found[employer.code] = employer
    return found


def facts(person: Person) -> dict[str, list[Fact]]:
    """What each source says of a person, the believed first: names, phones and the three stays."""
    told: dict[str, list[Fact]] = {
        "name": _ordered(Name.objects.filter(person=person)),
        "phone": _ordered(Phone.objects.filter(person=person)),
    }
    stays = Stay.objects.filter(person=person).select_related("area", "building", "door", "employer")
    for kind in Stay.Kind.values:
        told[kind] = _ordered(stays.filter(kind=kind))
    return told


@dataclass
class Said:
    """What one source said last of some people: by person id, or (person id, kind of stay)."""

    names: dict[int, str] = field(default_factory=dict)
    phones: dict[int, str] = field(default_factory=dict)
    stays: dict[tuple[int, str], tuple[Any, ...]] = field(default_factory=dict)
    listings: dict[int, Listing] = field(default_factory=dict)


STAY = ("area_id", "building_id", "door_id", "household_id", "employer_id", "elsewhere")


def last_said(*, people: Sequence[int], source: Source, on: date) -> Said:
    """What a source said last of each person up to a day; a stay is a tuple of the columns in `STAY`.

    Later facts are left out: a list of May that comes after one of June is compared with what was known in May, so that
    it changes nothing when it comes twice.
    """
    said = Said()
    for chunk in chunks(people):
        of = {"source": source, "person_id__in": chunk, "on__lte": on}
        said.names |= dict(Name.objects.filter(**of).order_by("on", "id").values_list("person_id", "value"))
        said.phones |= dict(Phone.objects.filter(**of).order_by("on", "id").values_list("person_id", "value"))
        for person, kind, *stay in (
            Stay.objects.filter(**of).order_by("on", "id").values_list("person_id", "kind", *STAY)
        ):
            said.stays[person, kind] = tuple(stay)
        said.listings |= {row.person_id: row for row in Listing.objects.filter(source=source, person_id__in=chunk)}
    return said


def household_ids(doors: Iterable[int]) -> dict[tuple[int, str], int]:
    """Households by (door id, label)."""
    found: dict[tuple[int, str], int] = {}
    for chunk in chunks(sorted(set(doors))):
        rows = Household.objects.filter(door_id__in=chunk).values_list("door_id", "label", "id")
        found |= {(door, label): household for door, label, household in rows}
    return found


def _ordered(rows: QuerySet[Any]) -> list[Fact]:
    believed = rows.select_related("source").order_by("source__rank", "-on", "-id")
    return [Fact(row, row.source.name, row.on) for row in believed]


def chunks(values: Sequence[T], size: int = CHUNK) -> Iterator[Sequence[T]]:
    """A sequence in pieces small enough for one query."""
    for start in range(0, len(values), size):
        yield values[start : start + size]
