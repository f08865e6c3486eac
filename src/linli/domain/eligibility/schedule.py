"""A schedule: the dated rules of one vaccination programme in the vocabulary of CDC's CDSi logic specification.

Every row that can change during a programme carries the days it is in force (both inclusive) and where it was read.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from linli.domain.calendar import Period


@dataclass(frozen=True, slots=True)
class Source:
    """Where a value was read, and its mark: "src" read there, "mem" from memory, "der" worked out."""

    text: str
    mark: str


@dataclass(frozen=True, slots=True)
class Names:
    """What people call a thing, in Chinese and in English."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A row in force from ``effective_on`` to ``cessation_on``, both inclusive; None has no end on that side."""

    effective_on: date | None = None
    cessation_on: date | None = None
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Age(Dated):
    """Ages at which a target dose may be given.

    `maximum` is CDSi's maximum age (first age at which the dose no longer counts). `offered_below` is the first age at
    which a drive does not offer a first dose yet, and `offered` is False while it offers none at all; both limit the
    offer and never the validity of a dose that was given.
    """

    absolute_minimum: Period | None = None
    minimum: Period | None = None
    earliest_recommended: Period | None = None
    latest_recommended: Period | None = None
    maximum: Period | None = None
    offered_below: Period | None = None
    offered: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval(Dated):
    """Time since the previous dose administered, or since the dose that satisfied target dose `from_target`."""

    from_target: int | None = None
    absolute_minimum: Period | None = None
    minimum: Period | None = None
    earliest_recommended: Period | None = None
    latest_recommended: Period | None = None


@dataclass(frozen=True, slots=True)
class VaccineUse:
    """A vaccine that may satisfy a target dose, from an age (inclusive) to an age (exclusive)."""

    vaccine: str
    begin_age: Period | None = None
    end_age: Period | None = None


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


Condition = AgeCondition | IntervalCondition | CountCondition


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


@dataclass(frozen=True, slots=True)
class TargetDose:
    """One dose a series asks for."""

    number: int
    ages: tuple[Age, ...]
    intervals: tuple[Interval, ...]
    preferable: tuple[VaccineUse, ...]
    allowable: tuple[VaccineUse, ...] = ()
    skips: tuple[ConditionalSkip, ...] = ()


@dataclass(frozen=True, slots=True)
class Series:
    """One way to be protected: target doses in order, all of one platform."""

    code: str
    names: Names
    platform: str
    doses: tuple[TargetDose, ...]


@dataclass(frozen=True, slots=True)
class Vaccine:
    """A product: its code, its CVX codes, and the names lists write for it."""

    code: str
    names: Names
    platform: str
    maker: Names
    cvx: tuple[str, ...]
    aliases: tuple[str, ...]
    offered_from: date | None
    offered_until: date | None
    source: Source


@dataclass(frozen=True, slots=True)
class Conflict:
    """How long to wait after any other vaccine but `except_cvx`; it moves the forecast and undoes no dose given."""

    interval: Period
    except_cvx: tuple[str, ...]
    source: Source


@dataclass(frozen=True)
class Schedule:
    """The rules of one programme as they stood over time."""

    code: str
    version: str
    names: Names
    in_force_from: date
    source: Source
    vaccines: tuple[Vaccine, ...]
    series: tuple[Series, ...]
    conflicts: tuple[Conflict, ...] = ()
    platform_binds: bool = True
    """The platform of the first valid dose fixes the series; another one counts only when supply ended."""
    platforms: dict[str, Names] = field(default_factory=dict)

    @cached_property
    def change_dates(self) -> tuple[date, ...]:
        """Days on which an answer can change although nothing happened to the person, in order."""
        days: set[date] = set()
        rows = [row for series in self.series for dose in series.doses for row in (*dose.ages, *dose.intervals)]
        for row in rows:
            if row.effective_on is not None:
                days.add(row.effective_on)
            if row.cessation_on is not None:
                days.add(row.cessation_on + timedelta(days=1))
        return tuple(sorted(days))

    @cached_property
    def vaccine_codes(self) -> tuple[str, ...]:
        """Product codes; a vaccine's index in `Patients` is its place here."""
        return tuple(vaccine.code for vaccine in self.vaccines)

    @cached_property
    def series_of_platform(self) -> dict[str, int]:
        """Index of the series of each platform."""
        return {series.platform: index for index, series in enumerate(self.series)}
