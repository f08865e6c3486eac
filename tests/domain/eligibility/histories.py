"""Invented people for the engine's tests: one at a time from texts, or many by chance with a seed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import numpy as np

from linli.domain.calendar import NO_DAY, as_days
from linli.domain.eligibility import Patients, match_products
from linli.reference import schedule

CN = schedule("covid-19-cn-2021")


class Dose(NamedTuple):
    given_on: date | None
    product: str
    supply_ended: bool = False


class Person(NamedTuple):
    birth: date | None
    doses: Sequence[Dose] = ()


def read_doses(text: str) -> list[Dose]:
    """Doses as cases write them: "2021-06-01 BIBP; 2021-06-22 Ad5-nCoV supply_ended"; "?" is no date."""
    doses = []
    for part in filter(None, text.split(";")):
        day, product = part.strip().split(" ", 1)
        name = product.removesuffix(" supply_ended")
        doses.append(Dose(None if day == "?" else date.fromisoformat(day), name, supply_ended=name != product))
    return doses


def patients(people: Sequence[Person]) -> Patients:
    doses = [dose for person in people for dose in person.doses]
    return Patients(
        birth=as_days([person.birth for person in people]),
        sex=np.zeros(len(people), np.int8),
        offsets=np.cumsum([0, *(len(person.doses) for person in people)]),
        given_on=as_days([dose.given_on for dose in doses]),
        vaccine=match_products(CN, [dose.product for dose in doses]),
        supply_ended=np.array([dose.supply_ended for dose in doses], np.bool_),
    )


def crowd(count: int, seed: int) -> tuple[Patients, np.ndarray]:
    """People of all ages with up to six doses of any kind, so close that every rule is met, and a day for each."""
    chance = np.random.default_rng(seed)
    birth = as_days(np.datetime64("2021-06-20") - chance.integers(0, 95 * 365, count).astype("timedelta64[D]"))
    teens = chance.random(count) < 0.3
    birth[teens] = as_days(
        np.datetime64("2003-06-20") + chance.integers(-700, 700, teens.sum()).astype("timedelta64[D]")
    )
    birth[chance.random(count) < 0.01] = NO_DAY
    counts = chance.integers(0, 7, count)
    offsets = np.concatenate([[0], np.cumsum(counts)])
    total = int(offsets[-1])
    first = np.repeat(chance.integers(18_500, 18_980, count), counts)
    gaps = chance.choice([0, 0, 1, 13, 14, 15, 20, 21, 22, 28, 40, 55, 56, 57, 70, 183, 200], total)
    given_on = (first + gaps + chance.integers(-1, 2, total) * chance.integers(0, 30, total)).astype(np.int32)
    given_on[chance.random(total) < 0.01] = NO_DAY
    favourite = np.repeat(chance.integers(0, 6, count), counts)
    vaccine = np.where(chance.random(total) < 0.6, favourite, chance.integers(-3, 6, total)).astype(np.int16)
    supply_ended = chance.random(total) < 0.1
    on = chance.integers(18_450, 19_250, count).astype(np.int32)
    return Patients(birth, np.zeros(count, np.int8), offsets, given_on, vaccine, supply_ended), on
