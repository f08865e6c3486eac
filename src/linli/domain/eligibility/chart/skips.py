"""Conditional skip: target doses this person does not need (chapter 6.2, tables 6-5 to 6-11)."""

from __future__ import annotations

from linli.domain.calendar import day_of, reach
from linli.domain.eligibility.chart.state import SeriesState
from linli.domain.eligibility.conditions import (
    AgeCondition,
    CompletedCondition,
    Condition,
    CountCondition,
    IntervalCondition,
)
from linli.domain.eligibility.dated import Dated
from linli.domain.eligibility.schedule import TargetDose


def in_force(row: Dated, day: int) -> bool:
    """Whether a dated row is used: on the day of a dose, or of the assessment (RELEVANT-1 and RELEVANT-2)."""
    return (row.effective_on is None or day_of(row.effective_on) <= day) and (
        row.cessation_on is None or day <= day_of(row.cessation_on)
    )


def skipped(state: SeriesState, target: TargetDose, context: str, *, reference: int, on: int) -> bool:
    """Whether a target dose can be skipped in the context of "evaluation" or "forecast".

    `reference` is the day of CONDSKIP-2, `on` the day rows must be in force; the doses judged so far are counted.
    """
    for skip in target.skips:
        if skip.context not in (context, "both"):
            continue
        met = [
            (all if one.every else any)(_met(state, condition, reference) for condition in one.conditions)
            for one in skip.sets
            if in_force(one, on)
        ]
        if met and (all(met) if skip.every else any(met)):
            return True
    return False


def _met(state: SeriesState, condition: Condition, reference: int) -> bool:
    if isinstance(condition, AgeCondition):
        return state.chart.aged(reference, condition.begin_age, condition.end_age)
    if isinstance(condition, CompletedCondition):
        return not state.completed.isdisjoint(condition.groups)
    if isinstance(condition, IntervalCondition):
        judged = state.evaluations
        return bool(judged) and reference >= reach(judged[-1].record.day, condition.interval)
    return _counted(state, condition)


def _counted(state: SeriesState, condition: CountCondition) -> bool:
    count = sum(
        (not condition.vaccines or judged.record.vaccine in condition.vaccines)
        and (judged.valid or not condition.valid_only)
        and state.chart.aged(judged.record.day, condition.begin_age, condition.end_age)
        and (condition.start_on is None or day_of(condition.start_on) <= judged.record.day)
        and (condition.end_on is None or judged.record.day < day_of(condition.end_on))
        for judged in state.evaluations
    )
    if condition.compare == "greater than":
        return count > condition.count
    return count < condition.count if condition.compare == "less than" else count == condition.count
