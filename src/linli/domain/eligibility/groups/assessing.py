"""The answer for a vaccine group in the words of a programme: one entry a person, one a dose."""

from __future__ import annotations

from datetime import date
from functools import reduce
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from linli.domain.calendar import NO_DAY, Days, day_of
from linli.domain.eligibility.assess import Assessment
from linli.domain.eligibility.chart import SeriesStatus
from linli.domain.eligibility.crowd import GroupAnswer, is_compiled, judge_crowd
from linli.domain.eligibility.crowd.standing import standing
from linli.domain.eligibility.histories import DoseStatus
from linli.domain.eligibility.paths import Kind
from linli.domain.eligibility.patients import Patients
from linli.domain.eligibility.reasons import Code
from linli.domain.eligibility.schedule import Schedule
from linli.domain.eligibility.states import Status

UNTOLD = -1
"""Reason of a dose that compiled code judged: `explain` tells it."""
_FEW, _FEW_UNCOMPILED = 64, 2_000
"""People up to whom the chart answers sooner than machine code, and than the compiler that has to make it first."""


def assess_group(schedule: Schedule, patients: Patients, *, on: date | Days) -> Assessment:
    """What `assess` says, for the schedule of a vaccine group. A person without a birth date is not eligible.

    Dates and counts of a group with a season are this season's. `latest_on` is CDSi's past-due date. A group has no
    gate as a programme has, so `eligible_on` and `wait_until` are empty, and so are the days by which a second and the
    last dose should have been given.
    """
    days = np.full(len(patients), day_of(on), np.int32) if isinstance(on, date) else np.asarray(on, np.int32)
    if days.shape != (len(patients),):
        raise ValueError(f"{len(patients)} people and {days.shape} days do not fit")
    if not schedule.series:
        raise ValueError(f"vaccine group {schedule.group} has no series")
    few = _FEW if is_compiled() else _FEW_UNCOMPILED
    answer = judge_crowd(schedule, patients, on=days, few=few)[schedule.group]
    status, reason = standing(answer, patients, on=days)
    unborn = patients.birth == NO_DAY
    status[unborn], reason[unborn] = Status.NOT_ELIGIBLE, Code.BIRTH_UNKNOWN
    counted = _Counted(schedule, patients, answer)
    complete = answer.status == SeriesStatus.COMPLETE
    open_ = answer.status == SeriesStatus.NOT_COMPLETE
    valid = answer.valid_doses
    if counted.season_from is not None:
        valid = np.where(open_, np.maximum(answer.next_dose - 1, 0), counted.all.total).astype(np.int8)
    none = np.full(len(patients), NO_DAY, np.int32)
    return Assessment(
        on=days,
        status=status,
        reason=reason,
        next_dose=np.where(complete, 0, np.where(open_, answer.next_dose, valid + 1)).astype(np.int8),
        valid_doses=valid,
        earliest_on=answer.earliest,
        recommended_on=answer.recommended,
        latest_on=answer.past_due,
        series=np.full(len(patients), -1, np.int8),
        first_product=counted.first_product,
        eligible_on=none,
        eligible_until=none,
        wait_until=none,
        first_on=counted.day_of(1, valid),
        second_on=counted.day_of(2, valid),
        second_latest_on=none,
        finish_by_on=none,
        completed_on=np.where(complete, counted.last, np.int32(NO_DAY)),
        dose_status=_dose_status(patients, answer, days),
        dose_reason=np.full(len(patients.given_on), UNTOLD, np.int16),
        dose_number=counted.number,
    )


def warm_up(schedule: Schedule) -> None:
    """Let the compiler make the code that judges many people of a group; half a minute once, nothing after that."""
    if is_compiled():
        return
    one = Patients(
        birth=np.array([day_of(date(2000, 1, 1))], np.int32),
        sex=np.zeros(1, np.int8),
        offsets=np.array([0, 1], np.int64),
        given_on=np.array([day_of(date(2010, 1, 1))], np.int32),
        vaccine=np.zeros(1, np.int16),
        supply_ended=np.zeros(1, np.bool_),
    )
    judge_crowd(schedule, one, on=date(2020, 1, 1), few=0)


def season_start(schedule: Schedule) -> date | None:
    """First day of the season that counts, where everybody's series of the group have one."""
    doses = [dose for one in schedule.series if one.kind is Kind.STANDARD for dose in one.doses]
    starts = [dose.season_start for dose in doses if dose.season_start is not None]
    return min(starts) if starts else None


class _Counted:
    """Doses that count, this season's where there is one."""

    def __init__(self, schedule: Schedule, patients: Patients, answer: GroupAnswer) -> None:
        start = season_start(schedule)
        self.season_from = None if start is None else day_of(start)
        self.patients, self.owner_of_dose = patients, patients.owner()
        self.all = self._ranked(answer.dose_status)
        self.of_antigen = [self._ranked(statuses) for statuses in answer.of_antigen.values()]

    def _ranked(self, statuses: NDArray[np.int8]) -> _Ranked:
        counts = statuses == DoseStatus.VALID
        if self.season_from is not None:
            counts &= self.patients.given_on >= self.season_from
        places = np.flatnonzero(counts)
        owner = self.owner_of_dose[places]
        order = np.lexsort((places, self.patients.given_on[places], owner))
        places, owner = places[order], owner[order]
        count = np.bincount(owner, minlength=len(self.patients))
        rank = np.arange(len(owner)) - (np.cumsum(count) - count)[owner] + 1
        return _Ranked(places, owner, rank, count)

    @property
    def number(self) -> NDArray[np.int8]:
        """Number of each dose that counts, 0 for the others (m,)."""
        found = np.zeros(len(self.patients.given_on), np.int8)
        found[self.all.places] = np.minimum(self.all.rank, 127)
        return found

    def day_of(self, number: int, valid: NDArray[np.int8]) -> Days:
        """Day on which each person had a number of doses against every antigen of the group (n,)."""
        days = [self._day_of(number, one) for one in self.of_antigen]
        enough = reduce(np.logical_and, (day != NO_DAY for day in days)) & (valid >= number)
        found: Days = np.where(enough, reduce(np.maximum, days), np.int32(NO_DAY))
        return found

    def _day_of(self, number: int, ranked: _Ranked) -> Days:
        found = np.full(len(self.patients), NO_DAY, np.int32)
        which = ranked.rank == number
        found[ranked.owner[which]] = self.patients.given_on[ranked.places[which]]
        return found

    @property
    def last(self) -> Days:
        """Day of each person's last dose that counts (n,)."""
        found = np.full(len(self.patients), NO_DAY, np.int32)
        found[self.all.owner] = self.patients.given_on[self.all.places]
        return found

    @property
    def first_product(self) -> NDArray[np.int16]:
        """Vaccine of each person's first dose that counts, or -1 (n,)."""
        found = np.full(len(self.patients), -1, np.int16)
        which = self.all.rank == 1
        found[self.all.owner[which]] = self.patients.vaccine[self.all.places[which]]
        return found


class _Ranked(NamedTuple):
    """Places of doses that count by person and day, whose each is, which number it has, and how many each has (n,)."""

    places: NDArray[np.intp]
    owner: NDArray[np.int32]
    rank: NDArray[np.int64]
    total: NDArray[np.int64]


def _dose_status(patients: Patients, answer: GroupAnswer, on: Days) -> NDArray[np.int8]:
    """A dose that is none of the group's is another antigen's; one without a use or with a later day is told apart."""
    late = patients.given_on > on[patients.owner()]
    unknown = (patients.given_on == NO_DAY) | (patients.vaccine == -1)
    other = np.where(late, DoseStatus.AFTER_THE_DAY, np.where(unknown, DoseStatus.IGNORED, DoseStatus.OTHER_ANTIGEN))
    return np.where(answer.dose_status >= 0, answer.dose_status, other).astype(np.int8)
