"""Searching the register for records that may be one person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date

from linli.domain.identity.duplicates import People
from linli.domain.identity.duplicates import find as find_alike
from linli.records.people.models import Document, Listing, Name, Person, Phone, Source, Stay


@dataclass(frozen=True, slots=True)
class Likely:
    """Two people (ids, `one` the lower) that may be one, see `domain.identity.duplicates.Found`."""

    one: int
    other: int
    score: float
    reasons: tuple[str, ...]
    is_sure: bool


def search(
    *, people: Collection[int] | None = None, progress: Callable[[int, int], None] | None = None
) -> list[Likely]:
    """Everybody compared with everybody, or `people` (ids) with everybody: pairs that may be one person, best first.

    Reads the whole register in six queries and opens every document; 40,000 people take some seconds.
    """
    ids, columns = _columns()
    place = {person: index for index, person in enumerate(ids)}
    among = None if people is None else {place[person] for person in people if person in place}
    if among is not None and not among:
        return []
    found = find_alike(columns, among=among, progress=progress)
    return [Likely(ids[pair.one], ids[pair.other], pair.score, pair.reasons, pair.is_sure) for pair in found]


def listed(*, source: Source, on: date) -> list[int]:
    """The people (ids) whom the list of a source named last on a day: after an import, those to look for."""
    return list(
        Listing.objects.filter(source=source, on=on, person__merged_into=None).values_list("person_id", flat=True)
    )


def _columns() -> tuple[list[int], People]:
    """Everybody who was not merged into somebody else, in the order of their ids."""
    rows = list(Person.objects.filter(merged_into=None).order_by("id").values_list("id", "name", "birth_date", "sex"))
    names: dict[int, list[str]] = defaultdict(list)
    for person, name, _, _ in rows:
        names[person].append(name)
    for person, name in Name.objects.values_list("person_id", "value").distinct():
        names[person].append(name)
    documents: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for person, kind, number in Document.objects.values_list("person_id", "kind", "number"):
        documents[person].append((kind, number))
    phones: dict[int, list[str]] = defaultdict(list)
    for person, hashed in Phone.objects.exclude(value_hash="").values_list("person_id", "value_hash").distinct():
        phones[person].append(hashed)
    places: dict[int, list[tuple[int, int]]] = defaultdict(list)
    stays = Stay.objects.exclude(building=None).values_list("person_id", "building_id", "door_id").distinct()
    for person, building, door in stays:
        if building is not None:
            places[person].append((building, door or 0))
    ids = [person for person, *_ in rows]
    return ids, People(
        names=[names[person] for person in ids],
        births=[birth for _, _, birth, _ in rows],
        sexes=[sex for *_, sex in rows],
        documents=[documents[person] for person in ids],
        phones=[phones[person] for person in ids],
        places=[places[person] for person in ids],
    )
