"""How a forecast stands on a day in our own words: the ladder of `Status`, and why."""

from __future__ import annotations

from collections.abc import Mapping

from linli.domain.eligibility.chart.forecasting import SeriesStatus
from linli.domain.eligibility.chart.grouping import GroupForecast
from linli.domain.eligibility.chart.state import Evaluation
from linli.domain.eligibility.histories import DoseStatus
from linli.domain.eligibility.reasons import Code
from linli.domain.eligibility.states import Status

CLOSED: dict[SeriesStatus, tuple[Status, Code]] = {
    SeriesStatus.COMPLETE: (Status.COMPLETE, Code.COMPLETE),
    SeriesStatus.IMMUNE: (Status.NOT_ELIGIBLE, Code.IMMUNE),
    SeriesStatus.CONTRAINDICATED: (Status.NOT_ELIGIBLE, Code.CONTRAINDICATED),
    SeriesStatus.NOT_RECOMMENDED: (Status.NOT_ELIGIBLE, Code.NOT_RECOMMENDED),
    SeriesStatus.AGED_OUT: (Status.NOT_ELIGIBLE, Code.AGED_OUT),
}
"""Statuses that ask for no further dose."""
WAITS = {
    Code.EARLIEST_AGE: Code.WAIT_AGE,
    Code.EARLIEST_INTERVAL: Code.WAIT_INTERVAL,
    Code.EARLIEST_LAST_DOSE: Code.WAIT_INTERVAL,
    Code.EARLIEST_CONFLICT: Code.WAIT_OTHER_VACCINE,
    Code.EARLIEST_OTHER_VACCINE: Code.WAIT_OTHER_VACCINE,
    Code.EARLIEST_SEASON: Code.WAIT_SEASON,
}
"""What a person waits for, by the rule that gave the earliest day."""


def standing(forecast: GroupForecast | None, judged: Mapping[int, Evaluation], on: int) -> tuple[Status, Code]:
    """Status and reason on a day; `judged` is how each dose was judged. Without a forecast nothing is offered."""
    if forecast is None:
        return Status.NOT_ELIGIBLE, Code.NOT_OPEN
    if forecast.status in CLOSED:
        return CLOSED[forecast.status]
    earliest, late = forecast.earliest or 0, forecast.past_due
    if earliest > on:
        return Status.WAITING, WAITS[forecast.why or Code.EARLIEST_AGE]
    if late is not None and late < on:
        return Status.OVERDUE, Code.PAST_LATEST
    last = max(judged.values(), key=lambda one: (one.record.day, one.record.place), default=None)
    if last is not None and last.status is DoseStatus.NOT_VALID:
        return Status.DUE, Code.REPEAT_DOSE
    return Status.DUE, Code.NEXT_DOSE if forecast.valid_doses else Code.FIRST_DOSE
