"""Conditional skip: target doses a person does not need.

Source: CDC, Logic Specification for ACIP Recommendations 4.6, chapter 6.2 (CALCDTSKIP-3 to -5, CONDSKIP-1 and -2).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from linli.domain.calendar import NO_DAY, Days, add, day_of
from linli.domain.eligibility.conditions import (
    AgeCondition,
    CompletedCondition,
    Condition,
    CountCondition,
    IntervalCondition,
)
from linli.domain.eligibility.rows import Ages, Mask, in_force
from linli.domain.eligibility.schedule import Schedule, TargetDose


@dataclass
class Earlier:
    """One earlier dose of each person of a group (g,); `there` is False for people without it."""

    there: Mask
    given_on: Days
    vaccine: NDArray[np.int16]
    valid: Mask


@dataclass
class Moment:
    """What a skip is decided from (g,).

    `reference` is the day of CONDSKIP-2, `on` the day rows must be in force, `earlier` the doses so far.
    """

    reference: Days
    on: Days
    birth: Days
    last_given: Days
    earlier: Callable[[], Iterable[Earlier]]


def skipped(schedule: Schedule, target: TargetDose, context: str, moment: Moment) -> Mask:
    """Who does not need a target dose, in the context of "evaluation" of a dose given or of "forecast"."""
    out = np.zeros(len(moment.on), np.bool_)
    for skip in target.skips:
        if skip.context not in (context, "both"):
            continue
        some = np.zeros(len(out), np.bool_)
        every = np.ones(len(out), np.bool_)
        asked = np.zeros(len(out), np.bool_)
        for row, mask in in_force(skip.sets, moment.on):
            met = [_met(schedule, condition, moment) for condition in row.conditions]
            fits = np.logical_and.reduce(met) if row.every else np.logical_or.reduce(met)
            some |= mask & fits
            every &= ~mask | fits
            asked |= mask
        out |= asked & (every if skip.every else some)
    return out


def _met(schedule: Schedule, condition: Condition, moment: Moment) -> Mask:
    if isinstance(condition, AgeCondition):
        return _aged(condition, Ages(moment.birth), moment.reference)
    if isinstance(condition, IntervalCondition):
        passed: Mask = moment.reference >= add(moment.last_given, condition.interval)
        return passed & np.not_equal(moment.last_given, NO_DAY)
    if isinstance(condition, CompletedCondition):
        raise ValueError("a programme of one series a person has no other series to be complete")
    return _counted(schedule, condition, moment)


def _aged(condition: AgeCondition | CountCondition, ages: Ages, day: Days) -> Mask:
    fits: Mask = ages.birth != NO_DAY
    if condition.begin_age is not None:
        fits = fits & (day >= ages.reach(condition.begin_age))
    if condition.end_age is not None:
        fits = fits & (day < ages.reach(condition.end_age))
    return fits


def _counted(schedule: Schedule, condition: CountCondition, moment: Moment) -> Mask:
    codes = [schedule.vaccine_codes.index(code) for code in condition.vaccines] or range(len(schedule.vaccines))
    start = NO_DAY if condition.start_on is None else day_of(condition.start_on)
    end = np.iinfo(np.int32).max if condition.end_on is None else day_of(condition.end_on)
    ages, count = Ages(moment.birth), np.zeros(len(moment.on), np.int32)
    for dose in moment.earlier():
        fits = dose.there & np.isin(dose.vaccine, codes) & (dose.given_on >= start) & (dose.given_on < end)
        if condition.begin_age is not None or condition.end_age is not None:
            fits &= _aged(condition, ages, dose.given_on)
        count += fits & (dose.valid | (not condition.valid_only))
    if condition.compare == "greater than":
        return count > condition.count
    return count < condition.count if condition.compare == "less than" else count == condition.count
