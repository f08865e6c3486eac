"""Finding records that may be one person, the likeliest first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from math import log2
from typing import Final

from linli.domain.identity.duplicates import births, names, numbers, weights
from linli.domain.identity.duplicates.blocking import candidate_pairs
from linli.domain.identity.duplicates.columns import People, Person, prepare
from linli.domain.identity.duplicates.names import Name

LEAST: Final = -4.0  # log-odds from which a pair is worth a look: at the edge one in five is right, above nearly all
NAME_RANK: Final = {level: rank for rank, level in enumerate(weights.LEVELS)}
STEP: Final = 20_000


@dataclass(frozen=True, slots=True)
class Found:
    """Two people (`one` < `other`, indexes of the columns) that may be one.

    `score` is the logarithm (base 2) of the odds that they are one: 0 is even, each 1 doubles them. `reasons` are codes
    of REASONS, the weightiest first. `is_sure`: equal sound id, name and birth date, to be merged without asking.
    """

    one: int
    other: int
    score: float
    reasons: tuple[str, ...]
    is_sure: bool


def find(
    people: People,
    *,
    among: Collection[int] | None = None,
    least: float = LEAST,
    progress: Callable[[int, int], None] | None = None,
) -> list[Found]:
    """Pairs that may be one person with a score of at least `least`, the best first.

    `among`: only pairs with at least one of these indexes. `progress(done, total)` is called now and then.
    """
    ready = prepare(people)
    scales = Scales(ready)
    pairs = candidate_pairs(ready, among=among)
    found = []
    for done, (one, other) in enumerate(pairs):
        if progress is not None and done % STEP == 0:
            progress(done, len(pairs))
        if (pair := scales.weigh(one, other, least=least)) is not None:
            found.append(pair)
    if progress is not None:
        progress(len(pairs), len(pairs))
    return sorted(found, key=lambda pair: (-pair.score, pair.one, pair.other))


class Scales:
    """Weighs pairs of some people, who also say how common each name, phone and place is."""

    def __init__(self, people: Sequence[Person]) -> None:
        self.people = people
        self.size = max(len(people), weights.FEWEST)
        self.priors = [log2(weights.PRIORS[kind] / self.size) for kind in ("same", "household", "twins")]
        self.count: Counter[object] = Counter()
        self.cohorts: Counter[str] = Counter()
        for person in people:
            cohort = _cohort(person)
            self.cohorts[cohort] += 1
            self.count.update({key for name in person.names for key in _name_keys(name, cohort)})
            self.count.update(person.phones)
            self.count.update(("door", door) for door in person.doors)
            self.count.update(("building", building) for building in person.buildings)
            self.count.update(("birth", birth.digits) for birth in person.births)

    def weigh(self, one: int, other: int, *, least: float) -> Found | None:
        """The pair, its score and reasons; None where neither a name nor a number is alike, or the score is too low."""
        left, right = self.people[one], self.people[other]
        level, alike = _best_names(left, right)
        number = _numbers(left, right)
        if level == names.DIFFERENT and numbers.RANK.get(number, 99) > numbers.RANK[numbers.SOUND_ONE_DIGIT]:
            return None
        seen: list[tuple[str, float]] = []
        if alike:
            seen.append((level, min(self._name_chance(level, *two, left, right) for two in alike)))
        if birth := births.compare(left.births, right.births):
            seen.append((birth, self._birth_chance(left, right) if birth == births.SAME else 0.0))
        if number:
            seen.append((number, 0.0))
        seen.extend(self._shared(left, right))
        if left.sex and right.sex:
            seen.append((weights.SAME_SEX if left.sex == right.sex else weights.OTHER_SEX, 0.0))
        same, household, twins = self.priors
        strangers = 0.0
        for code, counted in seen:
            chance = weights.LEVELS[code]
            unrelated = counted if chance.strangers is None else chance.strangers
            same += chance.same
            strangers += unrelated
            household += chance.household
            twins += chance.twins
        score = same - log2(2**strangers + 2**household + 2**twins)
        is_sure = number == numbers.SAME and _is_sure(left, right)
        if score < least and not is_sure:
            return None
        return Found(one, other, round(score, 2), _reasons(seen), is_sure)

    def _shared(self, left: Person, right: Person) -> list[tuple[str, float]]:
        """Phones and places in common, or that there are none."""
        seen: list[tuple[str, float]] = []
        if left.phones and right.phones:
            shared = left.phones & right.phones
            chance = min((self._share(phone) for phone in shared), default=0.0)
            seen.append((weights.SAME_PHONE if shared else weights.OTHER_PHONE, chance))
        if not left.buildings or not right.buildings:
            return seen
        if doors := left.doors & right.doors:
            seen.append((weights.SAME_DOOR, min(self._share(("door", door)) for door in doors)))
        elif buildings := left.buildings & right.buildings:
            vague = buildings & (left.vague | right.vague)
            chance = min(self._share(("building", building)) for building in buildings)
            seen.append((weights.MAYBE_DOOR if vague else weights.SAME_BUILDING, chance))
        else:
            seen.append((weights.OTHER_PLACE, 0.0))
        return seen

    def _share(self, key: object) -> float:
        """Logarithm of the share of people with this key beside the two, at least half a person."""
        return log2(max(self.count[key] - 2, 0.5) / self.size)

    def _birth_chance(self, left: Person, right: Person) -> float:
        days = {birth.digits for birth in left.births} & {birth.digits for birth in right.births}
        return min(self._share(("birth", day)) for day in days)

    def _name_chance(self, level: str, one: Name, other: Name, left: Person, right: Person) -> float:
        """How common a name like this is, among all or among those born in the same ten years: where it is commoner."""
        if level == names.DIFFERENT:
            return 0.0
        if level in (names.ONE_CHARACTER, names.OTHER_SURNAME) and one.is_latin:
            return log2(1e-5)
        cohort = _cohort(left)
        keys = _shared_keys(level, one, other)
        everybody = max(max(self.count[key] - 2, 0.5) for key in keys) / self.size
        born = max(max(self.count[cohort, key] - 2, 0.25) for key in keys) / max(self.cohorts[cohort], 1000)
        return log2(min(max(everybody, born if cohort == _cohort(right) else 0.0), 1.0))


def _reasons(seen: Sequence[tuple[str, float]]) -> tuple[str, ...]:
    """What was seen, the weightiest first."""
    weighty = []
    for code, counted in seen:
        chance = weights.LEVELS[code]
        if code not in weights.SILENT:
            weighty.append(((counted if chance.strangers is None else chance.strangers) - chance.same, code))
    return tuple(code for _, code in sorted(weighty))


def _cohort(person: Person) -> str:
    return person.births[0].digits[:3] if person.births else ""


def _name_keys(name: Name, cohort: str) -> list[object]:
    keys: list[object] = [("name", name.form), ("sound", name.sound), ("rough", name.rough)]
    keys += [("pattern", pattern) for pattern in name.patterns()]
    return keys + [(cohort, key) for key in keys]


def _shared_keys(level: str, one: Name, other: Name) -> list[tuple[str, str]]:
    """The keys by which to count people with a name like these two."""
    if level in (names.SAME, names.VARIANT):
        return [("name", one.form)]
    if level in (names.SAME_SOUND, names.LATIN, names.NEAR_LATIN):
        return [("sound", (other if one.is_latin else one).sound)]
    if level == names.NEAR_SOUND:
        return [("rough", one.rough)]
    shared = set(one.patterns()) & set(other.patterns())
    return [("pattern", pattern) for pattern in (shared or {*one.patterns(), *other.patterns()})]


def _best_names(left: Person, right: Person) -> tuple[str, list[tuple[Name, Name]]]:
    """How like the names of two people are at best, and the names that are; without names nothing is known."""
    if len(left.names) == len(right.names) == 1:
        return names.compare(left.names[0], right.names[0]), [(left.names[0], right.names[0])]
    levels = {(one, other): names.compare(one, other) for one in left.names for other in right.names}
    best = min(levels.values(), key=NAME_RANK.__getitem__, default="")
    return best, [two for two, level in levels.items() if level == best]


def _numbers(left: Person, right: Person) -> str:
    """The likest of the documents of two people; empty where they have none to compare."""
    if len(left.ids) == len(right.ids) == 1 and not (left.papers and right.papers):
        return numbers.compare_ids(left.ids[0], right.ids[0])
    levels = [numbers.compare_ids(one, other) for one in left.ids for other in right.ids]
    if left.papers and right.papers:
        levels += [numbers.compare_papers(one, other) for one in left.papers for other in right.papers]
    return min(filter(None, levels), key=numbers.RANK.__getitem__, default="")


def _is_sure(left: Person, right: Person) -> bool:
    """Equal sound id, name and birth date: nothing else is merged without asking."""
    if left.birth is None or left.birth != right.birth or (left.sex and right.sex and left.sex != right.sex):
        return False
    written = {name.written for name in left.names} & {name.written for name in right.names}
    return bool(written) and any(numbers.is_sound(number.text) for number in set(left.ids) & set(right.ids))
