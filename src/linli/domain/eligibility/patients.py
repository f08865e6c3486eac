"""People and their doses as arrays: what the engine reads."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from linli.domain.calendar import FIRST_DAY, Days
from linli.domain.eligibility.paths import FEMALE, MALE, UNKNOWN
from linli.domain.eligibility.products import EXEMPT_VACCINE

SEXES = (UNKNOWN, MALE, FEMALE)
"""Sexes by the numbers that `Patients.sex` carries."""
_MOST_PEOPLE, _MOST_VACCINES = 1 << 25, 1 << 14


@dataclass(frozen=True)
class Patients:
    """People with their doses, one after the other.

    Shapes: `birth`, `sex` (n,); `offsets` (n + 1,); `given_on`, `vaccine`, `supply_ended` (m,). The doses of person i
    stand at `offsets[i]:offsets[i + 1]`, in any order. Days are days since 1970 (`NO_DAY` is none); sex is 0 unknown,
    1 male, 2 female; `vaccine` is an index into the schedule's vaccines or one of `UNKNOWN_VACCINE`, `OTHER_VACCINE`,
    `EXEMPT_VACCINE`; `supply_ended` says that a dose was recorded as of another platform because supply ended.
    Raises ValueError where shapes do not fit.
    """

    birth: Days
    sex: NDArray[np.int8]
    offsets: NDArray[np.int64]
    given_on: Days
    vaccine: NDArray[np.int16]
    supply_ended: NDArray[np.bool_]

    def __post_init__(self) -> None:
        count, doses = len(self.birth), len(self.given_on)
        if len(self.sex) != count or self.offsets.shape != (count + 1,):
            raise ValueError(f"{count} births, {len(self.sex)} sexes and {len(self.offsets)} offsets do not fit")
        if len(self.vaccine) != doses or len(self.supply_ended) != doses:
            raise ValueError(f"{doses} dates, {len(self.vaccine)} vaccines, {len(self.supply_ended)} marks do not fit")
        if self.offsets[0] != 0 or self.offsets[-1] != doses or (np.diff(self.offsets) < 0).any():
            raise ValueError("offsets must rise from 0 to the number of doses")

    def __len__(self) -> int:
        return len(self.birth)

    def take(self, people: NDArray[np.integer]) -> tuple[Patients, NDArray[np.int64]]:
        """The people at some indices (k,), repeated where they are, with all their doses, and the places of these."""
        counts = np.diff(self.offsets)[people]
        offsets = np.zeros(len(people) + 1, np.int64)
        np.cumsum(counts, out=offsets[1:])
        dose = np.arange(offsets[-1]) - np.repeat(offsets[:-1] - self.offsets[people], counts)
        taken = Patients(
            birth=self.birth[people],
            sex=self.sex[people],
            offsets=offsets,
            given_on=self.given_on[dose],
            vaccine=self.vaccine[dose],
            supply_ended=self.supply_ended[dose],
        )
        return taken, dose

    def owner(self) -> NDArray[np.int32]:
        """Index of the person of each dose (m,)."""
        return np.repeat(np.arange(len(self), dtype=np.int32), np.diff(self.offsets))


def patients_of(
    *,
    birth: Days,
    person: NDArray[np.integer],
    given_on: Days,
    vaccine: NDArray[np.int16],
    sex: NDArray[np.int8] | None = None,
    supply_ended: NDArray[np.bool_] | None = None,
) -> tuple[Patients, NDArray[np.intp]]:
    """People from dose rows in any order: `person` (m,) is the index of each dose's person in `birth`.

    Also returns the row each dose of the result came from (m,): dose k of the result is row `rows[k]` of the input.
    """
    count = len(birth)
    marks = np.zeros(len(person), np.bool_) if supply_ended is None else supply_ended
    sexes = np.zeros(count, np.int8) if sex is None else sex
    offsets = np.zeros(count + 1, np.int64)
    np.cumsum(np.bincount(person, minlength=count), out=offsets[1:])
    if len(person) < 2 or bool((person[1:] >= person[:-1]).all()):
        return Patients(birth, sexes, offsets, given_on, vaccine, marks), np.arange(len(person))
    rows = dose_order(person, given_on, vaccine, marks)
    return Patients(birth, sexes, offsets, given_on[rows], vaccine[rows], marks[rows]), rows


def dose_order(
    person: NDArray[np.integer], given_on: Days, vaccine: NDArray[np.int16], supply_ended: NDArray[np.bool_]
) -> NDArray[np.intp]:
    """Places of doses by person and day, then by product, so that the order of a list never matters (m,)."""
    if len(person) and (person.max() >= _MOST_PEOPLE or vaccine.max() >= _MOST_VACCINES):
        return np.lexsort((supply_ended, vaccine, given_on, person))
    # All in one number, because one sort is three times as fast as a sort by four keys.
    day = np.maximum(given_on, FIRST_DAY - 1).astype(np.int64) - (FIRST_DAY - 1)
    product = (vaccine.astype(np.int64) - EXEMPT_VACCINE) * 2 + supply_ended
    return np.argsort((person.astype(np.int64) << 38) + (day << 16) + product, kind="stable")
