"""The rules one dose is judged by, for a group of people who wait for the same target dose."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from linli.domain.calendar import NO_DAY, Days, add
from linli.domain.eligibility.reasons import Code
from linli.domain.eligibility.rows import Ages, Mask, in_force
from linli.domain.eligibility.schedule import Interval, Schedule, TargetDose


@dataclass
class Given:
    """One dose of each person of a group (g,) and what came before it; `satisfied` is (target doses, g)."""

    on: Days
    vaccine: NDArray[np.int16]
    supply_ended: NDArray[np.bool_]
    birth: Days
    previous: Days
    satisfied: Days
    first_vaccine: NDArray[np.int16]


def reference_day(interval: Interval, previous: Days, satisfied: Days) -> Days:
    """Day an interval is counted from (CALCDTINT-1, CALCDTINT-2); `NO_DAY` where there is none."""
    return previous if interval.from_target is None else satisfied[interval.from_target - 1]


def judge(schedule: Schedule, series: int, step: int, given: Given) -> NDArray[np.int8]:
    """Code of each dose (g,), judged against target dose `step` (from 0) of a series.

    Later writes win: notes on doses that count first, then the rules in the order of CDSi's evaluation, the most basic
    last.
    """
    doses = schedule.series[series].doses
    if step == len(doses):
        return np.full(len(given.on), Code.AFTER_COMPLETE, np.int8)
    code = np.full(len(given.on), Code.VALID, np.int8)
    target, ages = doses[step], Ages(given.birth)
    young, old, covered = _age(target, given, ages)
    code[~covered] = Code.BEFORE_PROGRAMME
    _interval(target, given, code)
    _product(schedule, series, target, given, ages, code)
    code[old] = Code.TOO_OLD
    code[young] = Code.TOO_YOUNG
    code[given.on == given.previous] = Code.SAME_DAY
    code[given.on < given.birth] = Code.BEFORE_BIRTH
    return code


def _age(target: TargetDose, given: Given, ages: Ages) -> tuple[Mask, Mask, Mask]:
    """(too young, too old, offered to anybody) on the day of each dose."""
    young, old, covered = (np.zeros(len(given.on), np.bool_) for _ in range(3))
    for row, mask in in_force(target.ages, given.on):
        if row.offered:
            covered |= mask
        if row.absolute_minimum is not None:
            young |= mask & (given.on < ages.reach(row.absolute_minimum))
        if row.maximum is not None:
            old |= mask & (given.on >= ages.reach(row.maximum)) & (given.birth != NO_DAY)
    return young, old, covered | (len(target.ages) == 0)


def _interval(target: TargetDose, given: Given, code: NDArray[np.int8]) -> None:
    latest, soonest = np.full((2, len(given.on)), NO_DAY, np.int32)
    close = np.zeros(len(given.on), np.bool_)
    for row, mask in in_force(target.intervals, given.on):
        start = reference_day(row, given.previous, given.satisfied)
        mask = mask & (start != NO_DAY)
        if row.absolute_minimum is not None:
            close |= mask & (given.on < add(start, row.absolute_minimum))
        if row.minimum is not None:
            soonest = np.where(mask, np.maximum(soonest, add(start, row.minimum)), soonest)
        if row.latest_recommended is not None:
            latest = np.where(mask, np.maximum(latest, add(start, row.latest_recommended) - 1), latest)
    code[(latest != NO_DAY) & (given.on > np.maximum(latest, soonest))] = Code.LATE
    code[given.on < soonest] = Code.SHORT_INTERVAL
    code[close] = Code.TOO_CLOSE


def _product(
    schedule: Schedule, series: int, target: TargetDose, given: Given, ages: Ages, code: NDArray[np.int8]
) -> None:
    """Mark other makers and platforms; a dose that is too close keeps that reason only if its product counts."""
    codes = schedule.vaccine_codes
    allowed = np.zeros(len(given.on), np.bool_)
    for use in (*target.preferable, *target.allowable):
        mask = given.vaccine == codes.index(use.vaccine)
        if use.begin_age is not None:
            mask &= given.on >= ages.reach(use.begin_age)
        if use.end_age is not None:
            mask &= (given.on < ages.reach(use.end_age)) | (given.birth == NO_DAY)
        allowed |= mask
    platform = schedule.series[series].platform
    same = np.array([vaccine.platform == platform for vaccine in schedule.vaccines], np.bool_)[given.vaccine]
    begun = given.first_vaccine >= 0
    code[(code == Code.VALID) & allowed & begun & (given.vaccine != given.first_vaccine)] = Code.OTHER_MAKER
    if not schedule.platform_binds:
        code[~allowed] = Code.NOT_ALLOWED
        return
    code[same & ~allowed] = Code.NOT_ALLOWED
    code[~same & ~given.supply_ended] = Code.OTHER_PLATFORM
    code[~same & given.supply_ended & (code < Code.BEFORE_BIRTH)] = Code.SUPPLY_ENDED
