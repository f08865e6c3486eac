"""Forecast: when the next dose may be given, should be given, and was last on time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from linli.domain.calendar import NO_DAY, Days, add
from linli.domain.eligibility.histories import Histories
from linli.domain.eligibility.judge import reference_day
from linli.domain.eligibility.reasons import Code
from linli.domain.eligibility.rows import Ages, in_force
from linli.domain.eligibility.schedule import Schedule, TargetDose


@dataclass
class Forecast:
    """Dates of the next dose (g,) and the rule that gave the earliest one."""

    earliest_on: Days
    recommended_on: Days
    latest_on: Days
    wait_code: NDArray[np.int8]


@dataclass
class Known:
    """What a forecast is made from, for a group of people (g,); `satisfied` is (target doses, g)."""

    on: Days
    birth: Days
    previous: Days
    satisfied: Days
    last_given: Days
    other_until: Days


def forecast(target: TargetDose, known: Known) -> Forecast:
    """Dates of a target dose (CDSi tables 7-12 and 7-13).

    Earliest is the latest of the minimum age, the minimum intervals, the end of the wait after another vaccine and the
    last dose given; latest is the last day on time (FORECASTDT-3, FORECASTDT-6).
    """
    age, age_recommended, age_latest = _from_age(target, known)
    minimum, recommended, latest = _from_intervals(target, known)
    earliest = np.maximum(np.maximum(age, minimum), np.maximum(known.other_until, known.last_given))
    recommended = np.where(age_recommended != NO_DAY, age_recommended, recommended)
    latest = np.where(age_latest != NO_DAY, age_latest, latest)
    code = np.full(len(earliest), Code.WAIT_AGE, np.int8)
    code[earliest == known.other_until] = Code.WAIT_OTHER_VACCINE
    code[earliest == minimum] = Code.WAIT_INTERVAL
    return Forecast(
        earliest_on=earliest,
        recommended_on=np.maximum(earliest, recommended),
        latest_on=np.where(latest == NO_DAY, np.int32(NO_DAY), np.maximum(earliest, latest)),
        wait_code=code,
    )


def second_latest(schedule: Schedule, histories: Histories) -> Days:
    """Last day on time of the second dose as it stood after the first valid one (p,)."""
    latest = np.full(len(histories.person), NO_DAY, np.int32)
    for chosen, series in enumerate(schedule.series):
        doses, people = series.doses, np.flatnonzero(histories.series == chosen)
        if len(doses) > 1 and len(people):
            first = histories.satisfied[0, people]
            nothing = np.full(len(people), NO_DAY, np.int32)
            known = Known(
                on=histories.on[people],
                birth=histories.birth[people],
                previous=first,
                satisfied=first[None, :],
                last_given=first,
                other_until=nothing,
            )
            latest[people] = forecast(doses[1], known).latest_on
    return latest


def finish_by(schedule: Schedule, histories: Histories) -> Days:
    """Last day on time for the whole series, counted from the first valid dose (p,)."""
    latest = np.full(len(histories.person), NO_DAY, np.int32)
    for chosen, series in enumerate(schedule.series):
        people = np.flatnonzero(histories.series == chosen)
        first = histories.satisfied[0, people]
        for row, mask in in_force(series.doses[-1].intervals, histories.on[people]):
            if row.from_target == 1 and row.latest_recommended is not None:
                due = add(first, row.latest_recommended) - 1
                latest[people] = np.where(mask, np.maximum(latest[people], due), latest[people])
    return latest


def _from_age(target: TargetDose, known: Known) -> tuple[Days, Days, Days]:
    ages = Ages(known.birth)
    minimum, recommended, latest = _empty(known)
    for row, mask in in_force(target.ages, known.on):
        if row.minimum is not None:
            minimum = np.where(mask, ages.reach(row.minimum), minimum)
        if row.earliest_recommended is not None:
            recommended = np.where(mask, ages.reach(row.earliest_recommended), recommended)
        if row.latest_recommended is not None:
            due = ages.reach(row.latest_recommended)
            latest = np.where(mask & (due != NO_DAY), due - 1, latest)
    return minimum, recommended, latest


def _from_intervals(target: TargetDose, known: Known) -> tuple[Days, Days, Days]:
    minimum, recommended, latest = _empty(known)
    for row, mask in in_force(target.intervals, known.on):
        start = reference_day(row, known.previous, known.satisfied)
        mask = mask & (start != NO_DAY)
        if row.minimum is not None:
            minimum = np.where(mask, np.maximum(minimum, add(start, row.minimum)), minimum)
        if row.earliest_recommended is not None:
            recommended = np.where(mask, np.maximum(recommended, add(start, row.earliest_recommended)), recommended)
        if row.latest_recommended is not None:
            latest = np.where(mask, np.maximum(latest, add(start, row.latest_recommended) - 1), latest)
    return minimum, recommended, latest


def _empty(known: Known) -> tuple[Days, Days, Days]:
    minimum, recommended, latest = np.full((3, len(known.on)), NO_DAY, np.int32)
    return minimum, recommended, latest
