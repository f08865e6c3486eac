"""Which person of the register a row of a list means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from linli.domain.identity.duplicates.names import LATIN, SAME, VARIANT, compare, name_of
from linli.domain.sheets import PersonRow
from linli.records.keys.sealing import lookup
from linli.records.people.models import Listing, Person, Source
from linli.records.people.queries import by_document, by_name_and_birth, by_name_and_phone, chunks, documents

PROBABLE = "probably_known"


@dataclass(frozen=True, slots=True)
class Match:
    """A person's id, or None for a new one; a doubt code with values where a human must say.

    Taken without asking is a sound document with the same name and birth date, and a row of a source that has listed
    this very person before. Any other agreement, however strong, is `probably_known`.
    """

    person: int | None
    doubt: str = ""
    params: Mapping[str, str] | None = None
    candidates: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a candidate."""

    name: str
    birth_date: object
    phone: str  # as a look-up hash
    buildings: frozenset[int]
    is_listed: bool  # by the source whose list is matched


def match_all(rows: Sequence[tuple[PersonRow, frozenset[int]]], *, source: Source) -> list[Match]:
    """Match a source's rows, each with the buildings it names, against the register; a few queries for each chunk."""
    by_number = by_document((row.document.kind, row.document.number) for row, _ in rows if row.document)
    unmatched = [row for row, _ in rows if not (row.document and (row.document.kind, row.document.number) in by_number)]
    alike = by_name_and_birth((row.name, row.birth_date) for row in unmatched if _may_be_named(row))
    called = by_name_and_phone((row.name, row.phone) for row in unmatched if row.phone and _may_be_named(row))
    found = (person for people in (*alike.values(), *called.values()) for person in people)
    candidates = sorted({*by_number.values(), *found})
    known, papers = _known(candidates, source), documents(candidates)
    matches = []
    for row, buildings in rows:
        person = by_number.get((row.document.kind, row.document.number)) if row.document else None
        if person is not None:
            matches.append(_by_document(row, person, known[person]))
        else:
            people = alike.get((row.name, row.birth_date), []) if _may_be_named(row) else []
            phoned = called.get((row.name, row.phone), []) if _may_be_named(row) else []
            matches.append(_by_name(row, buildings, people, phoned, known, papers))
    return matches


def _may_be_named(row: PersonRow) -> bool:
    """Whether a row can be matched without its document: by its birth date, or when it has neither (a staff list)."""
    return row.birth_date is not None or row.document is None


def _by_document(row: PersonRow, person: int, known: Known) -> Match:
    if row.birth_date and known.birth_date and row.birth_date != known.birth_date:
        return Match(person, "birth_date_conflicts", {"known": str(known.birth_date)}, (person,))
    if row.name and known.name and not same_name(row.name, known.name):
        return Match(person, "name_conflicts", {"known": known.name}, (person,))
    return Match(person)


def _by_name(
    row: PersonRow,
    buildings: frozenset[int],
    people: Sequence[int],
    phoned: Sequence[int],
    known: Mapping[int, Known],
    papers: Mapping[int, list[tuple[str, str]]],
) -> Match:
    """Equal name and birth date prove nothing alone: phone or building must agree too, and no paper may contradict.

    `people` have the row's name and birth date (none, where the row has none), `phoned` its name and phone. Where one
    side has no birth date, the phone must agree; the building is enough only if one of the two has no phone.
    """
    possible = [person for person in people if not _contradicts(row, papers.get(person, ()))]
    near = [person for person in possible if buildings & known[person].buildings]
    if row.birth_date is None:
        near = [person for person in near if not (row.phone and known[person].phone)]
        possible = []
    same_phone = [
        person
        for person in phoned
        if (row.birth_date is None or known[person].birth_date in (None, row.birth_date))
        and not _contradicts(row, papers.get(person, ()))
    ]
    sure = list(dict.fromkeys([*same_phone, *near]))
    if len(sure) == 1:
        return Match(sure[0]) if known[sure[0]].is_listed else Match(sure[0], PROBABLE, candidates=(sure[0],))
    if sure or possible:
        return Match(None, "maybe_known", {"count": str(len(sure or possible))}, tuple(sure or possible))
    return Match(None)


def _contradicts(row: PersonRow, papers: Sequence[tuple[str, str]]) -> bool:
    """Whether the row's document and a known one of the same kind differ: then they are two people."""
    document = row.document
    if document is None or not papers:
        return False
    hashed = lookup(document.number)
    same_kind = [number for kind, number in papers if kind == document.kind]
    return bool(same_kind) and hashed not in same_kind


def same_name(one: str, other: str) -> bool:
    """Whether two written names can be one person: equal but for spaces, case and variant characters, or in pinyin."""
    if one == other:
        return True
    return compare(name_of(one), name_of(other)) in (SAME, VARIANT, LATIN)


def _known(people: Sequence[int], source: Source) -> dict[int, Known]:
    columns = (
        "id",
        "name",
        "birth_date",
        "phone_hash",
        "living_building_id",
        "registered_building_id",
        "working_building_id",
    )
    listed: set[int] = set()
    for chunk in chunks(people):
        listed |= set(Listing.objects.filter(source=source, person_id__in=chunk).values_list("person_id", flat=True))
    return {
        person: Known(name, birth, phone, frozenset(key for key in buildings if key), person in listed)
        for chunk in chunks(people)
        for person, name, birth, phone, *buildings in Person.objects.filter(id__in=chunk).values_list(*columns)
    }
