"""Vaccines that disturb each other (chapter 6.7, tables 6-23 and 6-24; CALCDTCONFLICT-1 to -3)."""

from __future__ import annotations

from collections.abc import Iterator

from linli.domain.calendar import reach
from linli.domain.eligibility.chart.history import Record
from linli.domain.eligibility.chart.state import Finding, SeriesState
from linli.domain.eligibility.reasons import Code
from linli.domain.eligibility.schedule import TargetDose


def conflict(state: SeriesState, record: Record) -> Finding | None:
    """The earlier dose of any antigen that a dose was given too soon after, if there is one."""
    rows = state.chart.schedule.conflicts_of_vaccine.get(record.vaccine)
    if rows is None:
        return None
    failed = {judged.record.place for judged in state.evaluations if not judged.valid}
    for earlier in state.chart.records:
        if earlier.day >= record.day:
            break
        row = rows.get(earlier.vaccine)
        if row is None:
            continue
        period = row.end if earlier.place in failed or row.minimum_end is None else row.minimum_end
        end = reach(earlier.day, period)
        if reach(earlier.day, row.begin) <= record.day < end:
            return Finding(Code.LIVE_CONFLICT, end, earlier.day, period)
    return None


def conflict_ends(state: SeriesState, target: TargetDose) -> Iterator[Finding]:
    """Days on which a wait after an earlier dose ends, for any preferable vaccine of the next target dose."""
    other = state.chart.last_other
    for rule in state.chart.schedule.conflicts if other is not None else ():
        yield Finding(Code.EARLIEST_OTHER_VACCINE, reach(other or 0, rule.interval), other, rule.interval)
    for use in target.preferable:
        rows = state.chart.schedule.conflicts_of_vaccine.get(use.vaccine, {})
        for earlier in state.chart.records if rows else ():
            row = rows.get(earlier.vaccine)
            if row is not None:
                yield Finding(Code.EARLIEST_CONFLICT, reach(earlier.day, row.end), earlier.day, row.end)
