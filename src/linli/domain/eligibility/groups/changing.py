"""Days on which the answer for a person changes although nothing happened to them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np

from linli.domain.calendar import LAST_DAY, NO_DAY, Days, Period, add, day_of
from linli.domain.eligibility.conditions import AgeCondition, ConditionalSkip, IntervalCondition
from linli.domain.eligibility.paths import Kind
from linli.domain.eligibility.patients import Patients
from linli.domain.eligibility.schedule import Schedule, TargetDose


class Changes(NamedTuple):
    """Ages reached, times since a dose and days of the calendar at which an answer may change.

    Everywhere else the day of the assessment is only compared with dates that the answer itself carries.
    """

    ages: tuple[Period, ...]
    intervals: tuple[Period, ...]
    days: tuple[date, ...]


def changes(schedule: Schedule) -> Changes:
    """Where the rules of a schedule ask about the day of the assessment; series for people at risk are left out.

    They ask about it in conditional skips of a forecast (tables 6-6 and 6-8), in the maximum age and the end of a
    season (table 7-10), in the minimum age to start (table 8-3), and in rows that are in force on some days only.
    """
    ages, intervals, days = set[Period](), set[Period](), set(schedule.change_dates)
    for series in schedule.series:
        if series.kind is Kind.RISK:
            continue
        ages |= _known(series.path.minimum_start)
        for dose in series.doses:
            ages |= _known(*(row.maximum for row in dose.ages))
            if dose.season_end is not None:
                days.add(dose.season_end + timedelta(days=1))
            for condition in _asked(dose):
                if isinstance(condition, AgeCondition):
                    ages |= _known(condition.begin_age, condition.end_age)
                else:
                    intervals.add(condition.interval)
            days |= set(_set_days(dose.skips))
    return Changes(_ordered(ages), _ordered(intervals), tuple(sorted(days)))


def change_days(found: Changes, patients: Patients) -> tuple[np.ndarray[tuple[int], np.dtype[np.int64]], Days]:
    """Each (person, day) on which an answer may change by itself, in no order and with repetitions."""
    people = np.arange(len(patients), dtype=np.int64)
    born = people[patients.birth != NO_DAY]
    dated = np.flatnonzero(patients.given_on != NO_DAY)
    owner = patients.owner()[dated].astype(np.int64)
    person = [*(born for _ in found.ages), *(owner for _ in found.intervals), *(people for _ in found.days)]
    day = [
        *(add(patients.birth[born], age) for age in found.ages),
        *(add(patients.given_on[dated], interval) for interval in found.intervals),
        *(np.full(len(people), day_of(day), np.int32) for day in found.days),
    ]
    if not day:
        return np.empty(0, np.int64), np.empty(0, np.int32)
    persons, days = np.concatenate(person), np.concatenate(day)
    real = days < LAST_DAY
    return persons[real], days[real]


def _asked(dose: TargetDose) -> Iterator[AgeCondition | IntervalCondition]:
    for skip in dose.skips:
        if skip.context != "evaluation":
            for one in skip.sets:
                yield from (row for row in one.conditions if isinstance(row, AgeCondition | IntervalCondition))


def _set_days(skips: tuple[ConditionalSkip, ...]) -> Iterator[date]:
    for one in (one for skip in skips for one in skip.sets):
        if one.effective_on is not None:
            yield one.effective_on
        if one.cessation_on is not None:
            yield one.cessation_on + timedelta(days=1)


def _known(*periods: Period | None) -> set[Period]:
    return {period for period in periods if period is not None}


def _ordered(periods: set[Period]) -> tuple[Period, ...]:
    return tuple(sorted(periods, key=lambda one: (one.months, one.days)))
