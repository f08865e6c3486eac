"""A schedule's rules for one antigen on one day written into flat arrays."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from linli.domain.calendar import Period, day_of
from linli.domain.eligibility.chart.skips import in_force
from linli.domain.eligibility.conditions import (
    CompletedCondition,
    Condition,
    ConditionalSkip,
    CountCondition,
    IntervalCondition,
)
from linli.domain.eligibility.crowd import tables as t
from linli.domain.eligibility.dated import Dated
from linli.domain.eligibility.paths import Kind
from linli.domain.eligibility.patients import SEXES
from linli.domain.eligibility.schedule import Interval, Schedule, Series, TargetDose

_COMPARE = {"greater than": t.GREATER, "equal to": t.EQUAL, "less than": t.LESS}
_CONTEXT = {"evaluation": t.EVALUATION, "forecast": t.FORECAST, "both": t.EVALUATION | t.FORECAST}


def flatten(schedule: Schedule, antigen: str, on: int) -> t.Ints:
    """Tables of the series of an antigen for everybody, as they are in force on a day."""
    return t.pack(_Flattened(schedule, antigen, on).tables())


def groups_of(schedule: Schedule, antigen: str) -> tuple[str, ...]:
    """Codes of the series groups of the tables, in the order of their numbers."""
    series = schedule.series_of_antigen.get(antigen, ())
    return tuple(sorted({one.path.group for one in series if one.kind is not Kind.RISK}))


class _Flattened:
    """Rows collected while the series are walked through."""

    def __init__(self, schedule: Schedule, antigen: str, on: int) -> None:
        self.schedule, self.antigen, self.on = schedule, antigen, on
        self.series = [one for one in schedule.series_of_antigen[antigen] if one.kind is not Kind.RISK]
        self.groups = groups_of(schedule, antigen)
        self.place: dict[str, int] = {}
        self.periods: dict[Period, int] = {}
        self.rows: dict[int, list[list[int]]] = {table: [] for table in range(len(t.WIDTHS))}
        for row in schedule.associations:
            if row.antigen == antigen:
                self.place[row.vaccine] = len(self.place)
                self.rows[t.ASSOCIATIONS].append([self.age(row.begin_age), self.age(row.end_age)])

    def tables(self) -> dict[int, list[list[int]]]:
        rows = self.rows
        for one in self.series:
            first = len(rows[t.DOSES])
            for place, dose in enumerate(one.doses):
                self._dose(dose, one.doses[place + 1 :])
            self._series(one, first)
        self._conflicts()
        self._vaccines()
        immunities = self.schedule.antigen_of_name[self.antigen].birth_immunities
        rows[t.HEAD] = [
            [
                max((day_of(row.born_before) for row in immunities if not row.country), default=t.EVER),
                len(self.series),
                len(self.place),
                len(self.schedule.vaccines),
                int(bool(rows[t.CONFLICTS])),
                len(self.periods),
            ]
        ]
        # Last, because every row above may have named another period.
        rows[t.PERIODS] = [[period.months, period.days] for period in self.periods]
        return rows

    def age(self, period: Period | None) -> int:
        return -1 if period is None else self.periods.setdefault(period, len(self.periods))

    def _series(self, one: Series, first: int) -> None:
        path = one.path
        self.rows[t.SERIES].append(
            [
                first,
                len(self.rows[t.DOSES]),
                sum(1 << SEXES.index(sex) for sex in one.genders),
                int(one.kind is Kind.EVALUATION_ONLY),
                self.groups.index(path.group),
                self._group_bits(path.equivalent),
                int(path.default),
                int(path.product),
                path.preference,
                self.age(path.minimum_start),
                self.age(path.maximum_start),
                int(any(self._outdoes(other, one) for other in self.series)),
            ]
        )

    def _outdoes(self, other: Series, one: Series) -> bool:
        """Whether another series is the default wherever this one has no valid dose (SELECTSCORE-2, table 8-3)."""
        same = other is not one and other.path.group == one.path.group
        return same and other.path.default and one.genders <= other.genders and other.path.minimum_start is None

    def _dose(self, dose: TargetDose, later: Sequence[TargetDose]) -> None:
        rows = self.rows
        ages = len(rows[t.AGES])
        for row in dose.ages:
            periods = (row.absolute_minimum, row.minimum, row.earliest_recommended, row.latest_recommended, row.maximum)
            rows[t.AGES].append([*_dates(row), *map(self.age, periods)])
        open_ = (ages + place for place, row in enumerate(dose.ages) if in_force(row, self.on))
        intervals = len(rows[t.INTERVALS])
        rows[t.INTERVALS].extend(map(self._interval, (*dose.intervals, *dose.allowable_intervals)))
        skips = len(rows[t.SKIPS])
        for skip in dose.skips:
            self._skip(skip)
        later_from = len(rows[t.LATER])
        waits = dict.fromkeys(row.minimum for one in later for row in one.intervals if self._adds(row))
        rows[t.LATER].extend([period.months, period.days] for period in waits if period is not None)
        waiting = self._waits(dose)
        self._products(dose)
        rows[t.DOSES].append(
            [
                dose.number,
                int(dose.recurring),
                _or(dose.season_start, t.EVER),
                _or(dose.season_end, t.NEVER),
                next(open_, -1),
                *(ages, len(rows[t.AGES])),
                *(intervals, intervals + len(dose.intervals), len(rows[t.INTERVALS])),
                *(skips, len(rows[t.SKIPS])),
                *(later_from, len(rows[t.LATER])),
                int(waiting),
            ]
        )

    def _products(self, dose: TargetDose) -> None:
        for code in self.place:
            first = len(self.rows[t.USES])
            for use in (*dose.preferable, *dose.allowable):
                if use.vaccine == code:
                    self.rows[t.USES].append([self.age(use.begin_age), self.age(use.end_age)])
            self.rows[t.PRODUCTS].append([first, len(self.rows[t.USES]), int(code in dose.inadvertent)])

    def _skip(self, skip: ConditionalSkip) -> None:
        rows = self.rows
        begin = len(rows[t.SETS])
        for one in skip.sets:
            start = len(rows[t.CONDITIONS])
            rows[t.CONDITIONS].extend(map(self._condition, one.conditions))
            rows[t.SETS].append([*_dates(one), int(one.every), start, len(rows[t.CONDITIONS])])
        rows[t.SKIPS].append([_CONTEXT[skip.context], int(skip.every), begin, len(rows[t.SETS])])

    def _adds(self, row: Interval) -> bool:
        previous = row.from_target is None and not row.from_recent and row.from_observation is None
        return previous and row.minimum is not None and in_force(row, self.on)

    def _interval(self, row: Interval) -> list[int]:
        kind, which = t.PREVIOUS, 0
        if row.from_target is not None:
            kind, which = t.TARGET, row.from_target
        elif row.from_recent:
            kind, which = t.RECENT_DOSE, len(self.rows[t.RECENT]) // len(self.schedule.vaccines)
            self.rows[t.RECENT].extend([int(code in row.from_recent)] for code in self.schedule.vaccine_codes)
        elif row.from_observation is not None:
            kind = t.OBSERVED
        lengths = (row.absolute_minimum, row.minimum, row.earliest_recommended, row.latest_recommended)
        flags = [kind, which, int(in_force(row, self.on)), int(row.priority)]
        return [*_dates(row), *flags, *(part for period in lengths for part in _parts(period))]

    def _condition(self, row: Condition) -> list[int]:
        values = [t.AGE, -1, -1, t.EVER, t.NEVER, 0, 0, 0, -1, 0, 0, 0]
        if isinstance(row, IntervalCondition):
            values[t.CONDITION] = t.INTERVAL
            values[t.LENGTH : t.LENGTH_DAYS + 1] = _parts(row.interval)
        elif isinstance(row, CompletedCondition):
            values[t.CONDITION], values[t.GROUPS] = t.COMPLETED, self._group_bits(row.groups)
        else:
            values[t.BEGIN_AGE], values[t.END_AGE] = self.age(row.begin_age), self.age(row.end_age)
        if isinstance(row, CountCondition):
            values[t.CONDITION] = t.DOSE_COUNT
            values[t.START], values[t.STOP] = _or(row.start_on, t.EVER), _or(row.end_on, t.NEVER)
            values[t.COMPARE], values[t.COUNT] = _COMPARE[row.compare], row.count
            values[t.VALID_ONLY] = int(row.valid_only)
            if row.vaccines:
                values[t.WHICH] = len(self.rows[t.COUNTED]) // len(self.place)
                self.rows[t.COUNTED].extend([int(code in row.vaccines)] for code in self.place)
        return values

    def _group_bits(self, codes: Iterable[str]) -> int:
        return sum(1 << place for place, code in enumerate(self.groups) if code in codes)

    def _conflicts(self) -> None:
        for code in self.place:
            disturbing = self.schedule.conflicts_of_vaccine.get(code, {})
            for previous in self.schedule.vaccine_codes:
                row = disturbing.get(previous)
                self.rows[t.CONFLICT_OF].append([-1 if row is None else len(self.rows[t.CONFLICTS])])
                if row is not None:
                    periods = (row.begin, row.minimum_end or row.end, row.end)
                    self.rows[t.CONFLICTS].append([part for period in periods for part in _parts(period)])

    def _waits(self, dose: TargetDose) -> bool:
        """The longest wait after each earlier vaccine, for any preferable vaccine of a dose."""
        waits: dict[str, Period] = {}
        for use in dose.preferable:
            for previous, row in self.schedule.conflicts_of_vaccine.get(use.vaccine, {}).items():
                waits[previous] = max(waits.get(previous, row.end), row.end, key=lambda one: (one.months, one.days))
        for code in self.schedule.vaccine_codes:
            self.rows[t.WAIT_OF].append([len(self.rows[t.WAITS]) if code in waits else -1])
            if code in waits:
                self.rows[t.WAITS].append(_parts(waits[code]))
        return bool(waits)

    def _vaccines(self) -> None:
        """Vaccines that can matter: of the antigen, in conflict with it, or that an interval counts from."""
        count = len(self.schedule.vaccines)
        recent, waits, conflicts = (
            np.array(self.rows[table], np.int32).reshape(-1, count) for table in (t.RECENT, t.WAIT_OF, t.CONFLICT_OF)
        )
        matters = (recent > 0).any(axis=0) | (waits >= 0).any(axis=0) | (conflicts >= 0).any(axis=0)
        for code, other in zip(self.schedule.vaccine_codes, np.atleast_1d(matters).tolist(), strict=True):
            self.rows[t.VACCINES].append([int(other or code in self.place), self.place.get(code, -1)])


def _dates(row: Dated) -> list[int]:
    return [_or(row.effective_on, t.EVER), _or(row.cessation_on, t.NEVER)]


def _or(day: Any, otherwise: int) -> int:
    return otherwise if day is None else day_of(day)


def _parts(period: Period | None) -> list[int]:
    return [t.NO_PERIOD, 0] if period is None else [period.months, period.days]
