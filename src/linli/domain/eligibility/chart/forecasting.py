"""When the next dose of a series may, should and must be given (chapter 7)."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum

from linli.domain.calendar import day_of, reach
from linli.domain.eligibility.antigens import Antigen
from linli.domain.eligibility.chart.conflicts import conflict_ends
from linli.domain.eligibility.chart.evaluating import evaluate
from linli.domain.eligibility.chart.history import Chart
from linli.domain.eligibility.chart.intervals import reference_day
from linli.domain.eligibility.chart.relevant import contraindication, forbidden_vaccines, immune
from linli.domain.eligibility.chart.skips import in_force, skipped
from linli.domain.eligibility.chart.state import Finding, SeriesState
from linli.domain.eligibility.reasons import Code
from linli.domain.eligibility.schedule import Age, Interval, Series, TargetDose


class SeriesStatus(IntEnum):
    """Where a person stands in a series (table 3-3)."""

    NOT_COMPLETE = 0
    COMPLETE = 1
    IMMUNE = 2
    CONTRAINDICATED = 3
    NOT_RECOMMENDED = 4
    AGED_OUT = 5

    @property
    def text(self) -> str:
        return self.name.lower()


@dataclass
class SeriesForecast:
    """The forecast of one series; days are None where there is none, and `why` says which rule gave each."""

    state: SeriesState
    status: SeriesStatus = SeriesStatus.NOT_COMPLETE
    target: TargetDose | None = None
    earliest: int | None = None
    recommended: int | None = None
    past_due: int | None = None
    latest: int | None = None
    priority: bool = False
    vaccines: tuple[str, ...] = ()
    why: list[Finding] = field(default_factory=list)

    @property
    def series(self) -> Series:
        return self.state.series

    @property
    def dose_number(self) -> int:
        """FORECASTDN-1: one more than the doses that count, this season's alone where doses are seasonal."""
        start = self.target.season_start if self.target else None
        if start is None:
            return len(self.state.satisfied) + 1
        first = day_of(start)
        return sum(day >= first for _, day in self.state.satisfied) + 1


@dataclass
class _Rows:
    """Rows of a target dose in force on the day of the chart, with the days they give."""

    age: Age | None
    intervals: list[tuple[Interval, int]]
    every_interval: list[Interval]

    def latest_of(self, kind: str, code: Code) -> Finding | None:
        """The latest of all days of one kind of interval."""
        found = [
            Finding(code, reach(since, period), since, period)
            for row, since in self.intervals
            if (period := getattr(row, kind)) is not None
        ]
        return max(found, key=lambda finding: finding.limit or 0, default=None)


def forecast(chart: Chart, antigen: Antigen, series: Series, completed: frozenset[str]) -> SeriesForecast:
    """Evaluate a series and forecast its next dose, past every target dose that can be skipped (figure 7-1)."""
    state = evaluate(chart, series, completed)
    while True:
        while (target := state.target) is not None and _skips(state, target, chart.on):
            state.step += 1
        made = SeriesForecast(state, target=target)
        if target is None:
            made.status = SeriesStatus.COMPLETE if state.satisfied else SeriesStatus.NOT_RECOMMENDED
            return made
        if not _needed(made, chart, antigen, target):
            return made
        rows = _rows(state, target)
        earliest = _earliest(state, target, rows)
        made.status = _status(chart, rows, earliest)
        if made.status is not SeriesStatus.NOT_COMPLETE or earliest is None:
            return made
        if _skips(state, target, earliest.limit or 0):  # chapter 7.6
            state.step += 1
            continue
        _fill(made, chart, antigen, rows, earliest)
        return made


def _skips(state: SeriesState, target: TargetDose, reference: int) -> bool:
    return skipped(state, target, "forecast", reference=reference, on=state.chart.on)


def _needed(made: SeriesForecast, chart: Chart, antigen: Antigen, target: TargetDose) -> bool:
    """Table 7-10 as far as it asks about the person."""
    if immune(chart, antigen):
        made.status = SeriesStatus.IMMUNE
        return False
    forbids = contraindication(chart, antigen, made.series)
    if forbids is not None:
        made.status = SeriesStatus.CONTRAINDICATED
        return False
    if target.season_end is not None and chart.on > day_of(target.season_end):
        made.status = SeriesStatus.NOT_RECOMMENDED
        return False
    return True


def _status(chart: Chart, rows: _Rows, earliest: Finding | None) -> SeriesStatus:
    """Table 7-10 as far as it asks about the maximum age; without an earliest date nobody can finish before it."""
    maximum = rows.age.maximum if rows.age else None
    if earliest is None:
        return SeriesStatus.AGED_OUT
    if maximum is None:
        return SeriesStatus.NOT_COMPLETE
    limit = chart.reaches(maximum)
    old = chart.on >= limit or (earliest.limit or 0) >= limit
    return SeriesStatus.AGED_OUT if old else SeriesStatus.NOT_COMPLETE


def _rows(state: SeriesState, target: TargetDose) -> _Rows:
    on = state.chart.on
    rows = [row for row in target.intervals if in_force(row, on)]
    return _Rows(
        age=next((row for row in target.ages if in_force(row, on)), None),
        intervals=[(row, since) for row in rows if (since := reference_day(state, row)) is not None],
        every_interval=rows,
    )


def _earliest(state: SeriesState, target: TargetDose, rows: _Rows) -> Finding | None:
    """FORECASTDTCAN-1; None where there is no date at all."""
    chart, found = state.chart, list[Finding]()
    if state.evaluations:
        found.append(Finding(Code.EARLIEST_LAST_DOSE, state.evaluations[-1].record.day))
    if target.season_start is not None:
        found.append(Finding(Code.EARLIEST_SEASON, day_of(target.season_start)))
    minimum = rows.age.minimum if rows.age else None
    if minimum is not None:
        found.append(Finding(Code.EARLIEST_AGE, chart.reaches(minimum), chart.birth, minimum))
    found.extend(conflict_ends(state, target))
    interval = rows.latest_of("minimum", Code.EARLIEST_INTERVAL)
    if interval is not None:
        found.append(interval)
    # Of rules that give the same day the one named last speaks.
    return max(reversed(found), key=lambda one: one.limit or 0, default=None)


def _fill(made: SeriesForecast, chart: Chart, antigen: Antigen, rows: _Rows, earliest: Finding) -> None:
    """FORECASTDT-1 to -6, FORECASTRECVAC-1 and FORECASTPRIORITY-1."""
    day, age = earliest.limit or 0, rows.age
    recommended = _by_age(chart, age, "earliest_recommended", Code.RECOMMENDED_AGE) or rows.latest_of(
        "earliest_recommended", Code.RECOMMENDED_INTERVAL
    )
    overdue = _by_age(chart, age, "latest_recommended", Code.LATEST_AGE) or rows.latest_of(
        "latest_recommended", Code.LATEST_INTERVAL
    )
    made.earliest, made.why = day, [earliest]
    if recommended is None or (recommended.limit or 0) <= day:
        recommended = Finding(Code.RECOMMENDED_EARLIEST, day)
    made.recommended = recommended.limit
    made.why.append(recommended)
    if overdue is not None:
        late = overdue._replace(limit=(overdue.limit or 0) - 1)
        if (late.limit or 0) < day:
            late = Finding(Code.LATEST_EARLIEST, day)
        made.past_due = late.limit
        made.why.append(late)
    if age is not None and age.maximum is not None:
        made.latest = chart.reaches(age.maximum) - 1
    rows_all = rows.every_interval
    made.priority = bool(rows_all) and all(row.priority for row in rows_all)
    forbidden = forbidden_vaccines(chart, antigen)
    made.vaccines = tuple(
        dict.fromkeys(
            use.vaccine
            for use in (made.target.preferable if made.target else ())
            if use.recommended
            and use.vaccine not in forbidden
            and any(chart.aged(one, use.begin_age, use.end_age) for one in (day, made.recommended or day))
        )
    )


def _by_age(chart: Chart, age: Age | None, kind: str, code: Code) -> Finding | None:
    period = getattr(age, kind) if age is not None else None
    return None if period is None else Finding(code, chart.reaches(period), chart.birth, period)
