"""Invented doses: a drive as Shanghai's ran in the first half of 2021, up to the evening before a day.

Priority groups from January, 60 to 75 from 25 March, everybody of 18 and over in the weeks that follow; second doses
mostly within their window, some late, a few too close or of another platform; Ad5-nCoV from 13 May. The sources of
these days are those of `reference/covid-19-cn-2021.toml`; shares and weeks are guesses.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from linli.demo.families import Floats, Ints, Rng
from linli.demo.residents import NEITHER, People

PRODUCTS = ("BIBP", "WIBP", "CoronaVac", "KCONVAC", "Ad5-nCoV", "ZF2001", "141", "33", "176")
BIBP, WIBP, CORONAVAC, KCONVAC, AD5, ZF2001, INFLUENZA, PNEUMOCOCCAL, RABIES = range(9)
OTHER_PROGRAMMES = INFLUENZA  # this one and those after it are not against COVID-19

PRIORITY, SIXTIES, VERY_OLD, EVERYBODY, TOO_YOUNG = range(5)
# First days of first doses, and how they spread over the weeks that follow.
BEGINS = (date(2021, 1, 4), date(2021, 3, 25), date(2021, 4, 12), date(2021, 3, 29))
WEEKS: tuple[tuple[float, ...], ...] = (
    (4, 8, 9, 7, 4, 1, 3, 6, 7, 8, 9),
    (5, 9, 10, 9, 8, 6, 8, 7, 8, 8, 7, 6, 2),
    (5, 7, 8, 6, 7, 8, 8, 8, 7, 6),
    (6, 9, 11, 11, 9, 7, 9, 9, 9, 8, 7, 5),
)
STARTS = {AD5: date(2021, 5, 13), KCONVAC: date(2021, 5, 20), ZF2001: date(2021, 3, 22), WIBP: date(2021, 3, 15)}
SHARES = {BIBP: 0.40, CORONAVAC: 0.40, WIBP: 0.08, KCONVAC: 0.09, AD5: 0.11, ZF2001: 0.06}


@dataclass(frozen=True)
class Doses:
    """Doses given, one array entry a dose, ordered by person and day: the person's place, day, product, number."""

    person: Ints
    given_on: NDArray[np.datetime64]
    product: Ints
    number: Ints

    def __len__(self) -> int:
        return len(self.person)


Drawn = tuple[Ints, Ints, Ints, Ints]  # person, day since 1970, product, number


def doses(people: People, on: date, rng: Rng) -> Doses:
    """The doses of all these people before the day."""
    first = _first_doses(people, on, rng)
    drawn = [first, *_further(first, _day(on), rng), *_others(people, on, rng)]
    person, day, product, number = (np.concatenate(column) for column in zip(*drawn, strict=True))
    known = day < _day(on)
    order = np.lexsort((product[known], day[known], person[known]))
    person, day, product, number = (column[known][order] for column in (person, day, product, number))
    # Nobody is given two vaccines on one day; the one against COVID-19 stays.
    alone = np.append(True, (person[1:] != person[:-1]) | (day[1:] != day[:-1]))
    person, day, product, number = (column[alone] for column in (person, day, product, number))
    return Doses(person, day.astype("datetime64[D]"), product, number)


def _first_doses(people: People, on: date, rng: Rng) -> Drawn:
    group = _groups(people, on, rng)
    willing = rng.random(len(people)) < _willing(people, group)
    person = np.flatnonzero(willing & (group != TOO_YOUNG))
    day = np.zeros(len(person), np.int64)
    for which, (begins, weeks) in enumerate(zip(BEGINS, WEEKS, strict=True)):
        mine = np.flatnonzero(group[person] == which)
        weights = np.array(weeks, float)
        week = rng.choice(len(weeks), len(mine), p=weights / weights.sum())
        day[mine] = _day(begins) + week * 7 + rng.integers(0, 7, len(mine))
    # Nobody is given one before the day they turn 18.
    adult = people.birth[person].astype(np.int64) + 6575
    day = np.maximum(day, adult)
    return person, day, _products(day, people.age[person], rng), np.ones(len(person), np.int64)


def _groups(people: People, on: date, rng: Rng) -> Ints:
    age = people.age - (_day(on) - _day(date(2021, 5, 1))) / 365.2425
    priority = (age < 60) & (rng.random(len(age)) < np.where(people.belongs == NEITHER, 0.07, 0.12))
    return np.select(
        [people.age < 18, priority, age < 60, age < 76], [TOO_YOUNG, PRIORITY, EVERYBODY, SIXTIES], VERY_OLD
    )


def _willing(people: People, group: Ints) -> Floats:
    share = np.array([1.0, 0.62, 0.40, 0.72, 0.0])[group]
    share = np.where((group == VERY_OLD) & (people.age > 84), 0.24, share)
    return np.where((people.belongs == NEITHER) & (group == EVERYBODY), 0.80, share)


def _products(day: Ints, age: Floats, rng: Rng) -> Ints:
    """A product on offer that day; only the large two in the first months."""
    weights = np.zeros((len(day), len(SHARES)))
    for product, share in SHARES.items():
        offered = day >= _day(STARTS.get(product, date(2021, 1, 1)))
        weights[:, product] = np.where(offered, share, 0.0)
    weights[:, AD5] *= np.where(age < 60, 1.0, 0.4)
    edges = np.cumsum(weights, axis=1)
    drawn = rng.random(len(day)) * edges[:, -1]
    chosen: Ints = (edges <= drawn[:, None]).sum(axis=1)
    return chosen


def _further(first: Drawn, today: int, rng: Rng) -> list[Drawn]:
    """Second doses of the inactivated vaccines, and second and third ones of ZF2001."""
    person, day, product, _ = first
    inactivated = np.flatnonzero(product <= KCONVAC)
    gap, chosen = _second(day[inactivated], product[inactivated], rng)
    further = [(person[inactivated], day[inactivated] + gap, chosen, np.full(len(gap), 2))]
    # Two doses less than 14 days apart need another one; one person in two has come for it.
    redo = np.flatnonzero((gap < 14) & (rng.random(len(gap)) < 0.5))
    again = day[inactivated][redo] + gap[redo] + 21 + rng.integers(0, 5, len(redo))
    further.append((person[inactivated][redo], again, chosen[redo], np.full(len(redo), 3)))
    subunit = np.flatnonzero(product == ZF2001)
    second = day[subunit] + 28 + _lateness(len(subunit), rng)
    third = second + 28 + _lateness(len(subunit), rng)
    for number, when in ((2, second), (3, third)):
        further.append((person[subunit], when, product[subunit], np.full(len(subunit), number)))
    return [tuple(column[row[1] < today] for column in row) for row in further]  # type: ignore[misc]  # four stay four


def _second(day: Ints, product: Ints, rng: Rng) -> tuple[Ints, Ints]:
    """Days to the second dose and its product; late winter's pairs are often 14 to 20 days apart."""
    count = len(day)
    gap = 21 + _lateness(count, rng)
    winter = (day < _day(date(2021, 3, 25))) & (rng.random(count) < 0.3)
    gap = np.where(winter, 14 + rng.integers(0, 7, count), gap)
    odd = rng.random(count)
    gap = np.where(odd < 0.003, rng.integers(8, 14, count), gap)
    large = np.where(rng.random(count) < 0.5, BIBP, CORONAVAC)
    chosen = np.where(rng.random(count) < 0.08, large, product)
    other_platform = (odd > 0.996) & (day + gap >= _day(STARTS[AD5]))
    return gap, np.where(other_platform, np.where(rng.random(count) < 0.6, AD5, ZF2001), chosen)


def _lateness(count: int, rng: Rng) -> Ints:
    """Days after the earliest one: most come within a week, one in eight after the window or not yet."""
    kind = rng.choice(4, count, p=[0.56, 0.23, 0.10, 0.11])
    spread = [rng.integers(low, high, count) for low, high in ((0, 6), (6, 16), (16, 36), (36, 160))]
    return np.choose(kind, spread)


def _others(people: People, on: date, rng: Rng) -> list[Drawn]:
    """Other vaccines: after influenza and pneumococcal ones there is a wait of 14 days, after rabies none."""
    today, count = _day(on), len(people)
    old = people.age >= 60
    flu = np.flatnonzero(rng.random(count) < np.where(old, 0.11, 0.035))
    autumn = _day(date(2020, 10, 8)) + rng.integers(0, 75, len(flu))
    recent = np.flatnonzero(rng.random(count) < 0.0012)
    lately = today - rng.integers(1, 20, len(recent))
    lungs = np.flatnonzero(old & (rng.random(count) < 0.045))
    ago = np.where(rng.random(len(lungs)) < 0.25, rng.integers(1, 22, len(lungs)), rng.integers(22, 700, len(lungs)))
    bitten = np.flatnonzero(rng.random(count) < 0.0025)
    bite = today - rng.integers(1, 60, len(bitten))
    drawn: list[Drawn] = [
        (flu, autumn, np.full(len(flu), INFLUENZA), np.ones(len(flu), np.int64)),
        (recent, lately, np.full(len(recent), INFLUENZA), np.ones(len(recent), np.int64)),
        (lungs, today - ago, np.full(len(lungs), PNEUMOCOCCAL), np.ones(len(lungs), np.int64)),
    ]
    for number, days in enumerate((0, 3, 7, 14, 28)):
        drawn.append((bitten, bite + days, np.full(len(bitten), RABIES), np.full(len(bitten), number + 1)))
    born = people.birth.astype(np.int64)
    return [tuple(column[row[1] > born[row[0]]] for column in row) for row in drawn]  # type: ignore[misc]  # four stay four


def _day(on: date) -> int:
    return (on - date(1970, 1, 1)).days
