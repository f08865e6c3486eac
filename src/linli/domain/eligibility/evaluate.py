"""Evaluation: does each dose that was given count, and for which target dose?

All people move in lockstep: round k judges everybody's k-th dose, group by group of people who wait for the same target
dose of the same series.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from linli.domain.calendar import NO_DAY, Days
from linli.domain.eligibility.judge import Given, judge
from linli.domain.eligibility.patients import Patients
from linli.domain.eligibility.products import EXEMPT_VACCINE, OTHER_VACCINE, UNKNOWN_VACCINE
from linli.domain.eligibility.reasons import Code
from linli.domain.eligibility.schedule import Schedule

Index = NDArray[np.intp]


class DoseStatus(IntEnum):
    """What a dose is to the programme; CDSi's evaluation statuses and three for doses that are not evaluated."""

    VALID = 0
    NOT_VALID = 1
    EXTRANEOUS = 2
    OTHER_ANTIGEN = 3
    AFTER_THE_DAY = 4
    IGNORED = 5


@dataclass
class Doses:
    """How each dose was judged, aligned to the doses of the patients (m,)."""

    status: NDArray[np.int8]
    code: NDArray[np.int8]
    number: NDArray[np.int8]


@dataclass
class Histories:
    """Where each person with a dose of the programme stands (p,); `satisfied` is (target doses, p)."""

    person: Index
    birth: Days
    on: Days
    count: NDArray[np.int64]
    series: NDArray[np.int8]
    step: NDArray[np.int8]
    first_vaccine: NDArray[np.int16]
    satisfied: Days
    previous: Days
    last_given: Days
    last_code: NDArray[np.int8]
    completed_on: Days

    def groups(self, among: Index | None = None) -> Iterator[tuple[int, int, Index]]:
        """(series, step, people) of those who wait for the same target dose; people whose series is -1 are left out."""
        series = self.series if among is None else self.series[among]
        step = self.step if among is None else self.step[among]
        yield from split(series, step)


def split(series: NDArray[np.int8], step: NDArray[np.int8]) -> Iterator[tuple[int, int, Index]]:
    """Places of each pair of series and step that occurs, in order."""
    key = series.astype(np.int16) * 64 + step
    for value in np.flatnonzero(np.bincount(np.maximum(key, -1) + 1)):
        if value == 0:
            continue
        yield int(value - 1) // 64, int(value - 1) % 64, np.flatnonzero(key == value - 1)


def evaluate(schedule: Schedule, patients: Patients, on: Days) -> tuple[Doses, Histories]:
    """Judge every dose given up to each person's day `on` (n,)."""
    owner = patients.owner()
    order = _order(patients, owner)
    given, vaccine = patients.given_on, patients.vaccine
    doses = _unevaluated(patients, on[owner])
    open_ = np.flatnonzero(doses.status == DoseStatus.VALID) if order is None else order[doses.status[order] == 0]
    person, start, count = _runs(owner[open_])
    histories = _begin(schedule, patients, on, person, count)
    series_of = np.array([schedule.series_of_platform[row.platform] for row in schedule.vaccines], np.int8)
    active = np.arange(len(person))
    round_ = 0
    while len(active):
        dose = open_[start[active] + round_]
        series = np.where(histories.series[active] < 0, series_of[vaccine[dose]], histories.series[active])
        for chosen, step, places in split(series, histories.step[active]):
            people, which = active[places], dose[places]
            satisfied = histories.satisfied[:, people]
            facts = Given(
                on=given[which],
                vaccine=vaccine[which],
                supply_ended=patients.supply_ended[which],
                birth=histories.birth[people],
                previous=histories.previous[people],
                satisfied=satisfied,
                first_vaccine=histories.first_vaccine[people],
            )
            code = judge(schedule, chosen, step, facts)
            _record(histories, people, facts, code, chosen, step, len(schedule.series[chosen].doses))
            doses.code[which] = code
            doses.status[which] = _STATUS[code]
            doses.number[which] = np.where(_STATUS[code] == DoseStatus.VALID, step + 1, 0)
        round_ += 1
        active = active[count[active] > round_]
    _mark_near_other(schedule, patients, owner, on, doses)
    return doses, histories


def last_other_vaccine(patients: Patients, on: Days) -> Days:
    """Day of each person's last vaccine of another programme up to the day (n,)."""
    last = np.full(len(patients), NO_DAY, np.int32)
    other = np.flatnonzero(patients.vaccine == OTHER_VACCINE)
    if len(other):
        owner = patients.owner()[other]
        given = np.where(patients.given_on[other] <= on[owner], patients.given_on[other], np.int32(NO_DAY))
        np.maximum.at(last, owner, given)
    return last


def _status_of(code: Code) -> DoseStatus:
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


_STATUS = np.full(128, DoseStatus.IGNORED, np.int8)
for _code in Code:
    _STATUS[_code] = _status_of(_code)


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
    return np.lexsort((patients.supply_ended, vaccine, given, owner))


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
    return Doses(status=_STATUS[code], code=code, number=np.zeros(len(code), np.int8))


def _runs(owner: NDArray[np.int32]) -> tuple[Index, Index, NDArray[np.int64]]:
    """(person, first place, count) of each run of equal owners."""
    if not len(owner):
        none = np.zeros(0, np.intp)
        return none, none, np.zeros(0, np.int64)
    start = np.flatnonzero(np.concatenate(([True], owner[1:] != owner[:-1])))
    count = np.diff(np.concatenate((start, [len(owner)])))
    return owner[start].astype(np.intp), start, count


def _begin(schedule: Schedule, patients: Patients, on: Days, person: Index, count: NDArray[np.int64]) -> Histories:
    longest = max(len(series.doses) for series in schedule.series)
    size = len(person)
    return Histories(
        person=person,
        birth=patients.birth[person],
        on=on[person],
        count=count,
        series=np.full(size, -1, np.int8),
        step=np.zeros(size, np.int8),
        first_vaccine=np.full(size, -1, np.int16),
        satisfied=np.full((longest, size), NO_DAY, np.int32),
        previous=np.full(size, NO_DAY, np.int32),
        last_given=np.full(size, NO_DAY, np.int32),
        last_code=np.zeros(size, np.int8),
        completed_on=np.full(size, NO_DAY, np.int32),
    )


def _record(
    histories: Histories, people: Index, given: Given, code: NDArray[np.int8], series: int, step: int, length: int
) -> None:
    """Move each person on by the dose just judged."""
    status = _STATUS[code]
    histories.last_given[people] = given.on
    histories.last_code[people] = code
    # CALCDTINT-1: valid and not valid doses are "the previous dose"; one before birth is a slip of the pen.
    counts = (status <= DoseStatus.NOT_VALID) & (code != Code.BEFORE_BIRTH)
    histories.previous[people[counts]] = given.on[counts]
    if step == length:
        return
    valid = status == DoseStatus.VALID
    moved = people[valid]
    histories.satisfied[step, moved] = given.on[valid]
    histories.step[moved] = step + 1
    if step == 0:
        histories.series[moved] = series
        histories.first_vaccine[moved] = given.vaccine[valid]
    if step + 1 == length:
        histories.completed_on[moved] = given.on[valid]


def _mark_near_other(schedule: Schedule, patients: Patients, owner: NDArray[np.int32], on: Days, doses: Doses) -> None:
    """Say of each valid dose given within the conflict interval of another vaccine that it was."""
    other = np.flatnonzero(doses.code == Code.OTHER_ANTIGEN)
    if not len(other):
        return
    has_other = np.zeros(len(patients), np.bool_)
    has_other[owner[other]] = True
    valid = np.flatnonzero((doses.status == DoseStatus.VALID) & has_other[owner])
    if not len(valid):
        return
    # One number for person and day, so that one search finds the neighbours of every dose.
    others = np.sort((owner[other].astype(np.int64) << 32) + patients.given_on[other])
    mine = (owner[valid].astype(np.int64) << 32) + patients.given_on[valid]
    gap = max((conflict.interval.days for conflict in schedule.conflicts), default=0)
    place = np.searchsorted(others, mine)
    before = mine - others[np.maximum(place - 1, 0)]
    after = others[np.minimum(place, len(others) - 1)] - mine
    near = ((place > 0) & (before < gap)) | ((place < len(others)) & (after < gap))
    doses.code[valid[near]] = Code.NEAR_OTHER_VACCINE
