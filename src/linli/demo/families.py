"""Invented households: who lives together, how old they are and whose name they bear.

The mix gives the age pyramid of an old central district, 35 to 40 per cent of it 60 or older.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Rng = np.random.Generator
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

HEAD, SPOUSE, CHILD, PARENT, PARENT_SPOUSE, GRANDCHILD, SHARER = range(7)
# Whose surname: that of the house, one's own, or one's own again (a mother-in-law's).
OWN_NAME = (SPOUSE, PARENT_SPOUSE, SHARER)


@dataclass(frozen=True)
class Members:
    """People of many households, one array entry a person, ordered by household."""

    household: Ints
    kind: Ints  # of the household: place in KINDS
    role: Ints
    age: Floats  # years
    female: NDArray[np.bool_]


# A role with its sex (True a woman, None by chance) and its age in years; NaN: there is no such person.
Slots = list[tuple[int, bool | None, Floats]]


def elder_age(count: int, rng: Rng) -> Floats:
    """Ages of 60 and over, thinning out to a hundred."""
    decade = rng.choice([60, 65, 70, 75, 80, 85, 90, 95], count, p=[0.27, 0.26, 0.165, 0.095, 0.09, 0.075, 0.035, 0.01])
    return np.asarray(decade + rng.random(count) * 5, float)


def _between(low: float, high: float, count: int, rng: Rng) -> Floats:
    return np.asarray(rng.uniform(low, high, count), float)


def _maybe(share: float, ages: Floats, rng: Rng) -> Floats:
    return np.where(rng.random(len(ages)) < share, ages, np.nan)


def _younger(ages: Floats, rng: Rng) -> Floats:
    younger = ages - rng.normal(1.8, 2.2, len(ages))
    return np.where(younger < 21, 21 + 3 * rng.random(len(ages)), younger)


def _child_of(ages: Floats, rng: Rng) -> Floats:
    child = ages - rng.normal(28.0, 3.5, len(ages)).clip(20, 42)
    return np.where(child < 0, np.nan, child)


def _single_elder(count: int, rng: Rng) -> Slots:
    return [(HEAD, None, elder_age(count, rng) + rng.integers(0, 4, count))]


def _elder_couple(count: int, rng: Rng) -> Slots:
    head = np.minimum(elder_age(count, rng), 93 + rng.random(count))
    return [(HEAD, False, head), (SPOUSE, True, _younger(head, rng))]


def _elder_and_child(count: int, rng: Rng) -> Slots:
    head = elder_age(count, rng)
    return [(HEAD, None, head), (CHILD, None, _child_of(head, rng))]


def _three_generations(count: int, rng: Rng) -> Slots:
    head = _between(30, 50, count, rng)
    parent = head + rng.normal(28, 3, count)
    wife = _younger(head, rng)
    return [
        (HEAD, False, head),
        (SPOUSE, True, wife),
        (CHILD, None, _maybe(0.9, _child_of(wife, rng), rng)),
        (PARENT, False, _maybe(0.75, parent, rng)),
        (PARENT_SPOUSE, True, _younger(parent, rng)),
    ]


def _couple_with_children(count: int, rng: Rng) -> Slots:
    head = _between(29, 54, count, rng)
    wife = _younger(head, rng)
    first = _child_of(wife, rng)
    return [
        (HEAD, False, head),
        (SPOUSE, True, wife),
        (CHILD, None, first),
        (CHILD, None, _maybe(0.14, np.where(first > 3, first - rng.uniform(2, 6, count), np.nan), rng)),
    ]


def _couple(count: int, rng: Rng) -> Slots:
    head = _between(25, 62, count, rng)
    return [(HEAD, False, head), (SPOUSE, True, _younger(head, rng))]


def _single(count: int, rng: Rng) -> Slots:
    return [(HEAD, None, _between(21, 60, count, rng))]


def _sharers(count: int, rng: Rng) -> Slots:
    return [
        (HEAD, None, _between(20, 36, count, rng)),
        (SHARER, None, _between(20, 36, count, rng)),
        (SHARER, None, _maybe(0.6, _between(19, 34, count, rng), rng)),
        (SHARER, None, _maybe(0.3, _between(19, 30, count, rng), rng)),
    ]


def _couple_with_grown_child(count: int, rng: Rng) -> Slots:
    head = _between(48, 68, count, rng)
    wife = _younger(head, rng)
    return [(HEAD, False, head), (SPOUSE, True, wife), (CHILD, None, _child_of(wife, rng))]


# Share of the households, share registered elsewhere, share registered here but living elsewhere, members.
KINDS: tuple[tuple[float, float, float, Callable[[int, Rng], Slots]], ...] = (
    (0.165, 0.05, 0.06, _single_elder),
    (0.19, 0.05, 0.09, _elder_couple),
    (0.09, 0.07, 0.11, _elder_and_child),
    (0.05, 0.10, 0.12, _three_generations),
    (0.13, 0.26, 0.22, _couple_with_children),
    (0.10, 0.36, 0.17, _couple),
    (0.12, 0.45, 0.16, _single),
    (0.065, 0.88, 0.00, _sharers),
    (0.09, 0.10, 0.20, _couple_with_grown_child),
)
SINGLE, SHARED = 6, 7


def members(people: int, rng: Rng) -> Members:
    """Exactly so many people, in households drawn by KINDS; the last household may be cut short."""
    shares = np.array([kind[0] for kind in KINDS])
    kinds = rng.choice(len(KINDS), max(people, 1), p=shares / shares.sum())  # more households than needed: cut below
    columns: list[tuple[Ints, Ints, Ints, Floats, NDArray[np.bool_], Ints]] = []
    for kind, (_, _, _, draw) in enumerate(KINDS):
        households = np.flatnonzero(kinds == kind)
        for slot, (role, sex, age) in enumerate(draw(len(households), rng)):
            there = ~np.isnan(age)
            count = int(there.sum())
            female = rng.random(count) < 0.5 if sex is None else np.full(count, sex)
            if kind == 0:
                female = rng.random(count) < 0.66  # women outlive their husbands
            full = np.full(count, 1)
            columns.append((households[there], full * kind, full * role, age[there], female, full * slot))
    household, kind_of, role_of, age_of, female_of, slot_of = map(np.concatenate, zip(*columns, strict=True))
    order = np.lexsort((slot_of, household))[:people]
    _, renumbered = np.unique(household[order], return_inverse=True)
    return Members(renumbered.astype(np.int64), kind_of[order], role_of[order], age_of[order], female_of[order])
