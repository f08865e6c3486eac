"""Which pairs of people are worth comparing: those that share at least one key of several kinds.

Each pass forgives other mistakes, so that a pair is missed only if every pass misses it. 40,000 people make 800 million
pairs; the passes together propose a few hundred thousand.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterator, Sequence
from typing import Final

from linli.domain.identity.duplicates.columns import Person
from linli.domain.identity.duplicates.numbers import FULL

Keys = Callable[[Person], Iterator[Hashable]]
# More people than this under one key (a dormitory's phone, 1 January as every unknown birthday) must share the sound of
# the surname too, and beyond that they prove nothing.
MOST: Final = 300


def candidate_pairs(people: Sequence[Person], *, among: Collection[int] | None = None) -> list[tuple[int, int]]:
    """Pairs of indexes, the lower first, each once and in order; `among`: only pairs with at least one of these."""
    found: set[tuple[int, int]] = set()
    wanted = None if among is None else frozenset(among)
    for keys in (_numbers, _near_numbers, _phones, _births, _doors, _names):
        for members in _groups(people, keys):
            _add(found, members, people, wanted)
    odd = frozenset(index for index, person in enumerate(people) if any(len(id_.text) != FULL for id_ in person.ids))
    for members in _groups(people, _halves) if odd else ():
        _pair(found, members, odd)
    if wanted is not None and odd:
        found = {pair for pair in found if not wanted.isdisjoint(pair)}
    return sorted(found)


def _groups(people: Sequence[Person], keys: Keys) -> Iterator[list[int]]:
    """Indexes, in rising order, of those who share a key."""
    groups: dict[Hashable, list[int]] = defaultdict(list)
    for index, person in enumerate(people):
        for key in set(keys(person)):
            groups[key].append(index)
    return (members for members in groups.values() if len(members) > 1)


def _add(
    found: set[tuple[int, int]], members: list[int], people: Sequence[Person], wanted: frozenset[int] | None
) -> None:
    if len(members) > MOST:
        groups: dict[str, list[int]] = defaultdict(list)
        for index in members:
            for key in {name.rough[:3] for name in people[index].names}:
                groups[key].append(index)
        for group in groups.values():
            if len(group) <= MOST:
                _pair(found, group, wanted)
        return
    _pair(found, members, wanted)


def _pair(found: set[tuple[int, int]], members: list[int], wanted: frozenset[int] | None) -> None:
    if wanted is None:
        found.update((one, other) for place, one in enumerate(members) for other in members[place + 1 :])
        return
    for mine in members:
        if mine in wanted:
            found.update((min(mine, other), max(mine, other)) for other in members if other != mine)


def _numbers(person: Person) -> Iterator[Hashable]:
    for id_ in person.ids:
        yield id_.text
    for _, number in person.papers:
        yield number
        yield number[:-1], "begin"
        yield number[1:], "end"


def _near_numbers(person: Person) -> Iterator[Hashable]:
    """Resident ids that agree but for the region, the year, month and day, or the order code."""
    for number in (id_.text for id_ in person.ids):
        if len(number) == FULL:
            region, year, day, order = number[:6], number[6:10], number[10:14], number[14:17]
            yield year, day, order
            yield region, day, order
            yield region, year, order
            yield region, year, day, ""


def _halves(person: Person) -> Iterator[Hashable]:
    """Halves of resident ids: one half is whole where a digit was lost or doubled."""
    for id_ in person.ids:
        yield id_.text[:9], "begin"
        yield id_.text[-9:], "end"


def _phones(person: Person) -> Iterator[Hashable]:
    yield from person.phones


def _births(person: Person) -> Iterator[Hashable]:
    for birth in person.births:
        yield birth.digits


def _doors(person: Person) -> Iterator[Hashable]:
    yield from person.doors


def _names(person: Person) -> Iterator[Hashable]:
    """One sound of the name, with the year, the day, a birthday of either calendar, or a building."""
    for name in person.names:
        for sound in {name.sound, name.turned}:
            for birth in person.births:
                yield sound, birth.digits[:4]
                yield sound, birth.digits[4:]
                if birth.lunar:
                    yield sound, "lunar", birth.digits
                    yield sound, "lunar", birth.lunar
            for building in person.buildings:
                yield sound, building
