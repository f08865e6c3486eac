"""Does each dose count, and for which target dose (chapters 4.4 and 6)?"""

from __future__ import annotations

from collections.abc import Sequence

from linli.domain.calendar import reach
from linli.domain.eligibility.chart.conflicts import conflict
from linli.domain.eligibility.chart.history import Chart, Record
from linli.domain.eligibility.chart.intervals import FROM_PREVIOUS, reference_day
from linli.domain.eligibility.chart.skips import in_force, skipped
from linli.domain.eligibility.chart.state import Evaluation, Finding, SeriesState
from linli.domain.eligibility.histories import DoseStatus
from linli.domain.eligibility.reasons import Code
from linli.domain.eligibility.schedule import Interval, Series, TargetDose, VaccineUse

__all__ = ["Evaluation", "evaluate"]

_VALID = Finding(Code.VALID)


def evaluate(chart: Chart, series: Series, completed: frozenset[str]) -> SeriesState:
    """Judge every dose of the antigen against the series, in order of days (figure 4-6)."""
    state = SeriesState(chart, series, completed)
    for record in chart.records_of(series.antigen):
        judged = _evaluate(state, record)
        state.evaluations.append(judged)
        if judged.valid and state.target is not None:
            state.satisfy(state.target, record.day)
    return state


def _evaluate(state: SeriesState, record: Record) -> Evaluation:
    target = state.target
    if target is not None and record.substandard:
        return Evaluation(record, DoseStatus.SUBSTANDARD, Finding(Code.SUBSTANDARD), target.number)
    while target is not None and skipped(state, target, "evaluation", reference=record.day, on=record.day):
        state.step += 1
        target = state.target
    if target is None:
        return Evaluation(record, DoseStatus.EXTRANEOUS, Finding(Code.AFTER_COMPLETE), 0)
    finding = _judge(state, target, record)
    return Evaluation(record, _status(finding.code), finding, target.number)


def _status(code: Code) -> DoseStatus:
    """Table 6-31: too old is extraneous, every other failure is not valid."""
    if code < Code.BEFORE_BIRTH:
        return DoseStatus.VALID
    return DoseStatus.EXTRANEOUS if code is Code.TOO_OLD else DoseStatus.NOT_VALID


def _judge(state: SeriesState, target: TargetDose, record: Record) -> Finding:
    """The first rule a dose fails, in the order of chapter 6; else why it counts."""
    if state.chart.schedule.platform_binds and reference_day(state, FROM_PREVIOUS) == record.day:
        return Finding(Code.SAME_DAY)
    if record.vaccine in target.inadvertent:
        return Finding(Code.INADVERTENT)
    age = _age(state, target, record)
    if age.code >= Code.BEFORE_BIRTH:
        return age
    interval = _intervals(state, target, record)
    if interval.code >= Code.BEFORE_BIRTH:
        return interval
    disturbed = conflict(state, record)
    if disturbed is not None:
        return disturbed
    fits = any(_fits(state.chart, use, record) for use in (*target.preferable, *target.allowable))
    if not fits and not (record.supply_ended and state.satisfied and _of_another_platform(state, record)):
        return Finding(Code.OTHER_PLATFORM if _of_another_platform(state, record) else Code.NOT_ALLOWED)
    if not fits:
        return Finding(Code.SUPPLY_ENDED)
    return interval if interval.code is not Code.VALID else age


def _age(state: SeriesState, target: TargetDose, record: Record) -> Finding:
    """Table 6-15."""
    note = _VALID
    for row in target.ages:
        if not in_force(row, record.day):
            continue
        for period, code in ((row.absolute_minimum, Code.TOO_YOUNG), (row.minimum, Code.GRACE_AGE)):
            if period is not None and record.day < (day := state.chart.reaches(period)):
                note = Finding(code, day, state.chart.birth, period)
                break
        if note.code is Code.TOO_YOUNG:
            return note
        if row.maximum is not None and record.day >= (day := state.chart.reaches(row.maximum)):
            return Finding(Code.TOO_OLD, day, state.chart.birth, row.maximum)
    return note


def _intervals(state: SeriesState, target: TargetDose, record: Record) -> Finding:
    """Tables 6-18 and 6-21: all preferable intervals, or else all allowable ones."""
    note = _soonest(state, target.intervals, record)
    if note.code is not Code.TOO_CLOSE:
        return note
    allowed = [row for row in target.allowable_intervals if in_force(row, record.day)]
    if allowed and _soonest(state, allowed, record).code is not Code.TOO_CLOSE:
        return Finding(Code.ALLOWABLE_INTERVAL, note.limit, note.since, note.period)
    return note


def _soonest(state: SeriesState, rows: Sequence[Interval], record: Record) -> Finding:
    """Whether a dose keeps every interval; the one it misses by most speaks."""
    found = [_VALID]
    for row in rows:
        since = reference_day(state, row, before=record.day) if in_force(row, record.day) else None
        if since is None:
            continue
        for period, code in ((row.absolute_minimum, Code.TOO_CLOSE), (row.minimum, Code.SHORT_INTERVAL)):
            if period is not None and record.day < (day := reach(since, period)):
                found.append(Finding(code, day, since, period))
                break
    return max(found, key=lambda finding: (finding.code is Code.TOO_CLOSE, finding.limit or 0))


def _fits(chart: Chart, use: VaccineUse, record: Record) -> bool:
    """Tables 6-26 and 6-29; a product that was not written down is taken for the one that is asked for."""
    return (
        use.vaccine == record.vaccine
        and chart.aged(record.day, use.begin_age, use.end_age)
        and (not use.maker or not record.maker or use.maker == record.maker)
        and (not use.trade_name or not record.trade_name or use.trade_name.casefold() == record.trade_name.casefold())
    )


def _of_another_platform(state: SeriesState, record: Record) -> bool:
    """Whether a programme of one platform a person sees a vaccine of another one."""
    schedule = state.chart.schedule
    return schedule.platform_binds and schedule.platform_of_vaccine.get(record.vaccine) != state.series.platform
