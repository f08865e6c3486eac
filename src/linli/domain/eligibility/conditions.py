"""Conditional skip as a schedule writes it: conditions in sets (tables 6-4 to 6-11)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from linli.domain.calendar import Period
from linli.domain.eligibility.dated import Dated


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeCondition:
    """Met from an age (inclusive) to an age (exclusive)."""

    begin_age: Period | None = None
    end_age: Period | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IntervalCondition:
    """Met when a time has passed since the previous dose administered."""

    interval: Period


@dataclass(frozen=True, slots=True, kw_only=True)
class CountCondition:
    """Met when earlier doses of some vaccines, at some ages and days, are more, as many or fewer than a count."""

    vaccines: tuple[str, ...]
    begin_age: Period | None = None
    end_age: Period | None = None
    start_on: date | None = None
    end_on: date | None = None
    compare: str
    count: int
    valid_only: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletedCondition:
    """Met when some series of one of the series groups of the same antigen is complete (table 6-7)."""

    groups: tuple[str, ...]


Condition = AgeCondition | IntervalCondition | CountCondition | CompletedCondition


@dataclass(frozen=True, slots=True, kw_only=True)
class SkipSet(Dated):
    """Conditions that are met together (`every`) or one by one."""

    conditions: tuple[Condition, ...]
    every: bool


@dataclass(frozen=True, slots=True)
class ConditionalSkip:
    """When a target dose is not needed; `context` is "evaluation", "forecast" or "both"."""

    context: str
    sets: tuple[SkipSet, ...]
    every: bool
