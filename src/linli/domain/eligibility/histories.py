"""Histories: where each person with a dose of the programme stands while their doses are judged in order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from linli.domain.calendar import NO_DAY, Days
from linli.domain.eligibility.patients import Patients, dose_order
from linli.domain.eligibility.products import EXEMPT_VACCINE, OTHER_VACCINE, UNKNOWN_VACCINE
from linli.domain.eligibility.reasons import Code
from linli.domain.eligibility.schedule import Schedule
from linli.domain.eligibility.skip import Earlier

Index = NDArray[np.intp]


class DoseStatus(IntEnum):
    """What a dose is to the programme; CDSi's evaluation statuses (table 3-1) and three for doses not evaluated."""

    VALID = 0
    NOT_VALID = 1
    EXTRANEOUS = 2
    OTHER_ANTIGEN = 3
    AFTER_THE_DAY = 4
    IGNORED = 5
    SUBSTANDARD = 6


@dataclass
class Doses:
    """How each dose was judged, aligned to the doses of the patients (m,)."""

    status: NDArray[np.int8]
    code: NDArray[np.int8]
    number: NDArray[np.int8]


@dataclass
class Histories:
    """Where each person with a dose of the programme stands (p,).

    `dose` are the places of all their doses in order, each person's from `start` on; `valid` counts those that did,
    `step` the target doses satisfied or skipped, and `satisfied` is the day of each (target doses, p).
    """

    person: Index
    birth: Days
    on: Days
    patients: Patients
    judged: Doses
    dose: Index
    start: Index
    count: NDArray[np.int64]
    valid: NDArray[np.int8]
    series: NDArray[np.int8]
    step: NDArray[np.int8]
    first_vaccine: NDArray[np.int16]
    satisfied: Days
    previous: Days
    last_given: Days
    last_code: NDArray[np.int8]
    completed_on: Days

    def at(self, series: int, step: int) -> Index:
        """People who wait for a target dose of a series (from 0); after the last one, those who are complete."""
        return np.flatnonzero((self.series == series) & (self.step == step))

    def earlier(self, people: Index, before: NDArray[np.int64]) -> Iterator[Earlier]:
        """The first doses of some people, as many of each as `before` says."""
        for place in range(int(before.max(initial=0))):
            there = before > place
            dose = self.dose[self.start[people] + np.where(there, place, 0)]
            valid = self.judged.status[dose] == DoseStatus.VALID
            yield Earlier(there, self.patients.given_on[dose], self.patients.vaccine[dose], valid)

    def pass_over(self, people: Index, step: int, length: int) -> None:
        """Move people on who do not need a target dose; the last one passed over completes the series."""
        self.step[people] = step + 1
        if step + 1 == length:
            self.completed_on[people] = self.satisfied[:, people].max(axis=0)


def begin(schedule: Schedule, patients: Patients, owner: NDArray[np.int32], on: Days) -> Histories:
    """Everybody with a dose of the programme up to their day `on` (n,), before any dose is judged."""
    order = _order(patients, owner)
    judged = _unevaluated(patients, on[owner])
    open_ = judged.status == DoseStatus.VALID
    dose = np.flatnonzero(open_) if order is None else order[open_[order]]
    person, start, count = _runs(owner[dose])
    longest = max(len(series.doses) for series in schedule.series)
    size = len(person)
    return Histories(
        person=person,
        birth=patients.birth[person],
        on=on[person],
        patients=patients,
        judged=judged,
        dose=dose,
        start=start,
        count=count,
        valid=np.zeros(size, np.int8),
        series=np.full(size, -1, np.int8),
        step=np.zeros(size, np.int8),
        first_vaccine=np.full(size, -1, np.int16),
        satisfied=np.full((longest, size), NO_DAY, np.int32),
        previous=np.full(size, NO_DAY, np.int32),
        last_given=np.full(size, NO_DAY, np.int32),
        last_code=np.zeros(size, np.int8),
        completed_on=np.full(size, NO_DAY, np.int32),
    )


def _order(patients: Patients, owner: NDArray[np.int32]) -> Index | None:
    """Doses by person and day, then by product, so that the order of a list never matters; None if they are already."""
    given, vaccine = patients.given_on, patients.vaccine
    if len(given) < 2:
        return None
    same = owner[1:] == owner[:-1]
    later = given[1:] > given[:-1]
    tied = given[1:] == given[:-1]
    if (~same | later).all():
        return None
    if (~same | later | (tied & (vaccine[1:] > vaccine[:-1]))).all():
        return None
    return dose_order(owner, given, vaccine, patients.supply_ended)


def _unevaluated(patients: Patients, on: Days) -> Doses:
    """Doses as they are before evaluation: those that will be evaluated are still valid."""
    code = np.full(len(patients.given_on), Code.VALID, np.int8)
    other = patients.vaccine < 0
    if other.any():
        code[patients.vaccine == UNKNOWN_VACCINE] = Code.UNKNOWN_PRODUCT
        code[patients.vaccine == OTHER_VACCINE] = Code.OTHER_ANTIGEN
        code[patients.vaccine == EXEMPT_VACCINE] = Code.OTHER_ANTIGEN_EXEMPT
    code[patients.given_on > on] = Code.AFTER_THE_DAY
    code[patients.given_on == NO_DAY] = Code.NO_DATE
    return Doses(status=STATUS[code], code=code, number=np.zeros(len(code), np.int8))


def _runs(owner: NDArray[np.int32]) -> tuple[Index, Index, NDArray[np.int64]]:
    """(person, first place, count) of each run of equal owners."""
    if not len(owner):
        none = np.zeros(0, np.intp)
        return none, none, np.zeros(0, np.int64)
    start = np.flatnonzero(np.concatenate(([True], owner[1:] != owner[:-1])))
    count = np.diff(np.concatenate((start, [len(owner)])))
    return owner[start].astype(np.intp), start, count


def _status_of(code: Code) -> DoseStatus:
    if code is Code.SUBSTANDARD:
        return DoseStatus.SUBSTANDARD
    if code < Code.BEFORE_BIRTH:
        return DoseStatus.VALID
    if code < Code.AFTER_COMPLETE:
        return DoseStatus.NOT_VALID
    if code < Code.OTHER_ANTIGEN:
        return DoseStatus.EXTRANEOUS
    return {
        Code.OTHER_ANTIGEN: DoseStatus.OTHER_ANTIGEN,
        Code.OTHER_ANTIGEN_EXEMPT: DoseStatus.OTHER_ANTIGEN,
        Code.AFTER_THE_DAY: DoseStatus.AFTER_THE_DAY,
    }.get(code, DoseStatus.IGNORED)


STATUS = np.full(128, DoseStatus.IGNORED, np.int8)
for _code in Code:
    STATUS[_code] = _status_of(_code)
