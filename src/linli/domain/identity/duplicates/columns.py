"""What the finder looks at: columns with one entry a person, and each person made ready to be compared."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date

from linli.domain.identity.duplicates.births import Birth, birth_of
from linli.domain.identity.duplicates.names import Name, name_of
from linli.domain.identity.duplicates.numbers import Number, birth_in, resident_id


@dataclass(frozen=True, slots=True)
class People:
    """Columns, one entry a person; whatever is not known is empty or None.

    `names` as written, several if sources differ; `sexes` M, F or empty; `documents` pairs of kind (DOCUMENT_KINDS) and
    number; `phones` numbers or hashes of them, only compared for equality; `places` pairs of a building's and a door's
    id, the door 0 if not known, wherever the person lives, is registered or works.
    """

    names: Sequence[Collection[str]]
    births: Sequence[date | None]
    sexes: Sequence[str]
    documents: Sequence[Collection[tuple[str, str]]]
    phones: Sequence[Collection[str]]
    places: Sequence[Collection[tuple[int, int]]]

    def __post_init__(self) -> None:
        columns = (self.names, self.births, self.sexes, self.documents, self.phones, self.places)
        if len({len(column) for column in columns}) != 1:
            raise ValueError("columns of people must be of one length")

    def __len__(self) -> int:
        return len(self.births)


@dataclass(frozen=True, slots=True)
class Person:
    """One person made ready: resident ids apart from other papers, births told or inside an id."""

    names: tuple[Name, ...]
    births: tuple[Birth, ...]
    birth: date | None
    sex: str
    ids: tuple[Number, ...]
    papers: tuple[tuple[str, str], ...]
    phones: frozenset[str]
    doors: frozenset[int]
    buildings: frozenset[int]
    vague: frozenset[int]  # buildings where the door is not known


def prepare(people: People, *, progress: Callable[[int], None] | None = None) -> list[Person]:
    """Every person ready to be compared; `progress(done)` is called every thousand."""
    ready = []
    for index in range(len(people)):
        if progress is not None and index % 1000 == 0:
            progress(index)
        ready.append(_person(people, index))
    return ready


def _person(people: People, index: int) -> Person:
    ids, papers = [], []
    for kind, number in people.documents[index]:
        if found := resident_id(kind, number):
            ids.append(found)
        else:
            papers.append((kind, number))
    told = people.births[index]
    days = dict.fromkeys(day for day in (told, *(birth_in(number.text) for number in ids)) if day is not None)
    places = people.places[index]
    return Person(
        tuple(name_of(name) for name in dict.fromkeys(people.names[index]) if name),
        tuple(birth_of(day) for day in days),
        told,
        people.sexes[index],
        tuple(ids),
        tuple(papers),
        frozenset(people.phones[index]),
        frozenset(door for _, door in places if door),
        frozenset(building for building, _ in places),
        frozenset(building for building, door in places if not door),
    )
