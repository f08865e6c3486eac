"""Reading the register of residents, households and employers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple, TypeVar

from django.db.models import Case, F, Q, TextField, Value, When
from django.db.models.functions import Cast

from linli.records.keys.sealing import lookup, tail_lookup, unseal
from linli.records.people.models import Document, Employer, Household, Listing, Name, Person, Phone, Source, Stay
from linli.records.places.models import Area

T = TypeVar("T")

CHUNK = 5000
TAIL = 4  # the digits of a phone by whose end it is found
DENOMINATORS = ("living", "registered", "working")


class Fact(NamedTuple):
    """One thing a source says: what, by whom, when."""

    row: Any
    source: str
    on: date


def root(person: Person) -> Person:
    """The record a person was merged into, through all merges; the person itself where there was none."""
    while person.merged_into_id is not None:
        person = Person.objects.get(pk=person.merged_into_id)
    return person


def signposts(person: Person) -> list[Person]:
    """The records that were merged into a person, directly or through another; a query for each step of the chain."""
    found: list[Person] = []
    step = [person.pk]
    while step:
        merged = list(Person.objects.filter(merged_into__in=step))
        found += merged
        step = [row.pk for row in merged]
    return found


def in_areas(paths: Sequence[str]) -> Q:
    """People who live, are registered or work in one of the subtrees: those a worker there may see."""
    seen = Q(pk__in=[])
    for path in paths:
        areas = Area.objects.filter(path__startswith=path)
        seen |= Q(living_area__in=areas) | Q(registered_area__in=areas) | Q(working_area__in=areas)
    return seen


def named(search: str, *, of: str = "") -> Q:
    """People with a text in their name, or with a phone: the whole number, or its last four digits.

    `of` leads from the row that is asked for to its person ("person__").
    """
    found = Q(**{f"{of}name__icontains": search})
    if digits := re.sub(r"[\s-]", "", search):
        found |= Q(**{f"{of}phone_hash__in": [lookup(search), lookup(digits)]})
        if len(digits) == TAIL and digits.isdigit():
            found |= Q(**{f"{of}phone_tail_hash": tail_lookup(digits)})
    return found


def by_document(numbers: Iterable[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """Person ids by document (kind, number)."""
    found: dict[tuple[str, str], int] = {}
    wanted = {(kind, lookup(number)): (kind, number) for kind, number in numbers}
    for chunk in chunks([hashed for _, hashed in wanted]):
        rows = Document.objects.filter(number_hash__in=chunk).values_list("kind", "number_hash", "person_id")
        found |= {wanted[kind, hashed or ""]: person for kind, hashed, person in rows if (kind, hashed) in wanted}
    return found


def by_name_and_birth(pairs: Iterable[tuple[str, date | None]]) -> dict[tuple[str, date | None], list[int]]:
    """Person ids by shown name and birth date; several people may share both. Someone merged counts as the kept one."""
    found: dict[tuple[str, date | None], list[int]] = defaultdict(list)
    wanted = set(pairs)
    columns = ("name", "birth_date", "id", "merged_into_id")
    for chunk in chunks(sorted({name for name, _ in wanted})):
        for name, birth, person, kept in Person.objects.filter(name__in=chunk).values_list(*columns):
            if (name, birth) in wanted and (kept or person) not in found[name, birth]:
                found[name, birth].append(kept or person)
    return found


def by_name_and_phone(pairs: Iterable[tuple[str, str]]) -> dict[tuple[str, str], list[int]]:
    """Person ids by a name and a phone that any source gives them."""
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    wanted = set(pairs)
    numbers = {lookup(phone): phone for _, phone in wanted}
    for chunk in chunks(sorted(numbers)):
        phones: dict[int, set[str]] = defaultdict(set)
        for person, hashed in Phone.objects.filter(value_hash__in=chunk).values_list("person_id", "value_hash"):
            phones[person].add(numbers[hashed])
        for people in chunks(sorted(phones)):
            names = Name.objects.filter(person_id__in=people).values_list("person_id", "value").distinct()
            for person, name in names.order_by("person_id"):
                for phone in phones[person]:
                    if (name, phone) in wanted:
                        found[name, phone].append(person)
    return found


def documents(people: Iterable[int]) -> dict[int, list[tuple[str, str]]]:
    """The documents of some people: kind, and the look-up hash of the number."""
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    columns = ("person_id", "kind", "number_hash")
    for chunk in chunks(list(people)):
        for person, kind, hashed in Document.objects.filter(person_id__in=chunk).values_list(*columns):
            found[person].append((kind, hashed))
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
    """What each source says of a person, the believed first: names, phones, the three stays; and that it lists them.

    Two queries: one for what is a word and its source, one for the stays.
    """
    order = ("source__rank", "-on", "-id")
    columns = ("what", "text", "source__name", "source__rank", "on", "id")
    of = {"person": person}
    names = Name.objects.filter(**of).annotate(what=Value("name"), text=F("value"))
    # Sealed as it lies in the table: one query of several tables knows only one way to read a column.
    phones = Phone.objects.filter(**of).annotate(what=Value("phone"), text=Cast("value", TextField()))
    covers = Case(When(covers_doses=True, then=Value("covers")), default=Value(""))
    listings = Listing.objects.filter(**of).annotate(what=Value("listing"), text=covers)
    told: dict[str, list[Fact]] = {"name": [], "phone": [], "listing": []}
    parts = [rows.values_list(*columns) for rows in (names, phones, listings)]
    for what, text, source, _rank, on, _id in parts[0].union(*parts[1:], all=True).order_by(*order):
        told[what].append(Fact(_said(what, text, source, on), source, on))
    stays = Stay.objects.filter(**of).select_related("area", "building", "door", "employer", "source")
    believed = [Fact(row, row.source.name, row.on) for row in stays.order_by(*order)]
    return told | {kind: [fact for fact in believed if fact.row.kind == kind] for kind in Stay.Kind.values}


def _said(what: str, text: str, source: str, on: date) -> Name | Phone | Listing:
    """The row of a fact that was read in one query with those of other tables."""
    if what == "name":
        return Name(value=text, on=on)
    if what == "phone":
        return Phone(value=unseal(text), on=on)
    return Listing(source=Source(name=source), on=on, covers_doses=bool(text))


@dataclass
class Said:
    """What one source said last of some people: by person id, or (person id, kind of stay).

    A phone is its look-up hash and the sealed number, which is opened only where it is shown.
    """

    names: dict[int, str] = field(default_factory=dict)
    phones: dict[int, tuple[str, str]] = field(default_factory=dict)
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
        phones = Phone.objects.filter(**of).annotate(token=Cast("value", TextField())).order_by("on", "id")
        said.phones |= {
            key: (hashed, token) for key, hashed, token in phones.values_list("person_id", "value_hash", "token")
        }
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


def chunks(values: Sequence[T], size: int = CHUNK) -> Iterator[Sequence[T]]:
    """A sequence in pieces small enough for one query."""
    for start in range(0, len(values), size):
        yield values[start : start + size]
