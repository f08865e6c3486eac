"""Invented people of a real age pyramid who have the doses of their age, for the groups of the CDC schedule."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from linli.domain.calendar import day_of
from linli.domain.eligibility import Patients, Schedule
from linli.domain.eligibility.chart import Observed

ON = date(2025, 11, 20)
YEAR, MONTH = 365, 30
# Census of China, 1 November 2020, in thousandths of the people by five years of age, rounded; mark: mem.
PYRAMID = [55, 64, 60, 52, 53, 65, 88, 70, 66, 81, 86, 72, 52, 52, 35, 22, 14, 13]
WITH_OBSERVATION = 0.0005
OBSERVATIONS = ("007", "015", "154", "160", "080")


class Given(NamedTuple):
    """A dose that some of those born in some years have at an age: with a chance, within some days after it."""

    cvx: str
    age: int
    chance: float
    within: int = 90
    oldest: int = 200 * YEAR


CHILD = 33 * YEAR
PLANS: dict[str, Sequence[Given]] = {
    "HPV": [
        Given("165", 11 * YEAR, 0.75, 700, 30 * YEAR),
        Given("165", 12 * YEAR, 0.6, 700, 30 * YEAR),
        Given("165", 16 * YEAR, 0.1, 900, 40 * YEAR),
    ],
    "HepB": [
        Given("08", 0, 0.95, 3, CHILD),
        Given("08", 2 * MONTH, 0.93, 30, CHILD),
        Given("08", 6 * MONTH, 0.92, 90, CHILD),
        Given("43", 30 * YEAR, 0.3, 9000),
        Given("43", 30 * YEAR + 40, 0.25, 9000),
        Given("189", 45 * YEAR, 0.05, 5000),
    ],
    "MMR": [Given("03", YEAR, 0.93, 90, 60 * YEAR), Given("03", 4 * YEAR, 0.9, 300, 50 * YEAR)],
    "Influenza": [
        *(Given("150", 6 * MONTH + year * YEAR, 0.45, 120, 20 * YEAR) for year in range(10)),
        *(Given("150", (25 + 6 * step) * YEAR, 0.35, 1500) for step in range(10)),
    ],
    "COVID-19": [
        Given("208", 8 * YEAR, 0.6, 9000),
        Given("208", 8 * YEAR + 28, 0.55, 9000),
        Given("309", 30 * YEAR, 0.25, 9000),
        Given("309", 65 * YEAR, 0.3, 900),
    ],
}
EVERYTHING: Sequence[Given] = [
    *(given for plan in PLANS.values() for given in plan),
    *(Given("20", age * MONTH, 0.93, 40, 30 * YEAR) for age in (2, 4, 6, 16)),
    Given("20", 4 * YEAR + 60, 0.9, 200, 30 * YEAR),
    Given("115", 11 * YEAR, 0.8, 300, 32 * YEAR),
    *(Given("138", (25 + 11 * step) * YEAR, 0.4, 3000) for step in range(5)),
    *(Given("10", age * MONTH, 0.93, 40, 40 * YEAR) for age in (2, 4, 12, 50)),
    *(Given("48", age * MONTH, 0.9, 40, 20 * YEAR) for age in (2, 4, 6, 13)),
    *(Given("133", age * MONTH, 0.9, 40, 12 * YEAR) for age in (2, 4, 6, 13)),
    *(Given("116", age * MONTH, 0.8, 20, 12 * YEAR) for age in (2, 4, 6)),
    *(Given("21", age, 0.9, 100, 25 * YEAR) for age in (YEAR, 4 * YEAR + 30)),
    *(Given("83", age, 0.85, 100, 20 * YEAR) for age in (YEAR + 10, 2 * YEAR)),
    *(Given("114", age, 0.8, 200, 25 * YEAR) for age in (11 * YEAR + 60, 16 * YEAR)),
    *(Given("187", 50 * YEAR + age, 0.25, 3000) for age in (0, 90)),
    Given("216", 65 * YEAR, 0.5, 900),
]


def invented(schedule: Schedule, plan: Sequence[Given], count: int, seed: int) -> Patients:
    """People with the doses of a plan, each person's in order of days."""
    chance = np.random.default_rng(seed)
    band = chance.choice(len(PYRAMID), count, p=np.array(PYRAMID) / sum(PYRAMID))
    age = (band * 5 * YEAR + chance.integers(0, 5 * YEAR, count)).astype(np.int32)
    birth = (day_of(ON) - age).astype(np.int32)
    index = {code: place for place, code in enumerate(schedule.vaccine_codes)}
    people, days, vaccines = [], [], []
    for given in plan:
        has = np.flatnonzero((age > given.age) & (age < given.oldest) & (chance.random(count) < given.chance))
        people.append(has.astype(np.int32))
        days.append((birth[has] + given.age + chance.integers(0, given.within, len(has))).astype(np.int32))
        vaccines.append(np.full(len(has), index[given.cvx], np.int16))
    person, day, vaccine = np.concatenate(people), np.concatenate(days), np.concatenate(vaccines)
    known = day <= day_of(ON)
    person, day, vaccine = person[known], day[known], vaccine[known]
    order = np.argsort((person.astype(np.int64) << 32) + day, kind="stable")
    offsets = np.zeros(count + 1, np.int64)
    np.cumsum(np.bincount(person, minlength=count), out=offsets[1:])
    sex = chance.integers(1, 3, count).astype(np.int8)
    return Patients(birth, sex, offsets, day[order], vaccine[order], np.zeros(len(order), np.bool_))


def observed(count: int, seed: int) -> dict[int, tuple[Observed, ...]]:
    """Observations of the few who have one."""
    chance = np.random.default_rng(seed + 1)
    who: NDArray[np.intp] = np.flatnonzero(chance.random(count) < WITH_OBSERVATION)
    codes = chance.choice(len(OBSERVATIONS), len(who))
    return {int(index): (Observed(OBSERVATIONS[code]),) for index, code in zip(who, codes, strict=True)}
