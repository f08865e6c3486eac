"""From which day an interval counts (CALCDTINT-1, -2, -8 and -9)."""

from __future__ import annotations

from linli.domain.eligibility.chart.state import SeriesState
from linli.domain.eligibility.dated import Source
from linli.domain.eligibility.histories import DoseStatus
from linli.domain.eligibility.schedule import Interval

FROM_PREVIOUS = Interval(source=Source("CALCDTINT-1", "src"))
"""The plainest interval there is."""
_COUNTED = (DoseStatus.VALID, DoseStatus.NOT_VALID)


def reference_day(state: SeriesState, interval: Interval, *, before: int | None = None) -> int | None:
    """Day an interval is counted from; None where there is nothing to count from.

    `before` is the day of the dose being judged: a vaccine of any antigen counts only if it was given earlier.
    """
    if interval.from_target is not None:
        return state.day_of_target(interval.from_target)
    if interval.from_recent:
        return _most_recent(state, interval.from_recent, before)
    if interval.from_observation is not None:
        return state.chart.observed.get(interval.from_observation)
    for judged in reversed(state.evaluations):
        if judged.status in _COUNTED and not judged.inadvertent:
            return judged.record.day
    return None


def _most_recent(state: SeriesState, vaccines: tuple[str, ...], before: int | None) -> int | None:
    inadvertent = {judged.record.place for judged in state.evaluations if judged.inadvertent}
    days = [
        record.day
        for record in state.chart.records
        if record.vaccine in vaccines and record.place not in inadvertent and (before is None or record.day < before)
    ]
    return max(days, default=None)
