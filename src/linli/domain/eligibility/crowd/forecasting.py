"""Dates of the next dose and the status of each series, over flat arrays (chapter 7)."""

from __future__ import annotations

from linli.domain.compiled import compiled
from linli.domain.eligibility.chart.forecasting import SeriesStatus
from linli.domain.eligibility.crowd import tables as t
from linli.domain.eligibility.crowd.automaton import (
    ALL,
    ANSWER,
    COUNTS,
    DAYS,
    NONE,
    REACHED,
    RECORD_DAYS,
    RECORDS,
    SATISFIED_DAYS,
    TODAY,
    VACCINES,
    aged,
    evaluate,
    reference_day,
    skipped,
)
from linli.domain.eligibility.crowd.months import after
from linli.domain.eligibility.crowd.tables import Ints, at
from linli.domain.eligibility.reasons import Code

STATUS, EARLIEST, RECOMMENDED, PAST_DUE, LATEST, NUMBER, VALID_DOSES, STEP, PRIORITY, WHY = range(10)
"""Columns of a series' answer."""
WIDTH = 10
NOT_COMPLETE, COMPLETE, IMMUNE, CONTRAINDICATED, NOT_RECOMMENDED, AGED_OUT = (int(status) for status in SeriesStatus)
_BY_AGE, _BY_INTERVAL = int(Code.EARLIEST_AGE), int(Code.EARLIEST_INTERVAL)
_BY_CONFLICT, _BY_SEASON = int(Code.EARLIEST_CONFLICT), int(Code.EARLIEST_SEASON)
_BY_LAST_DOSE = int(Code.EARLIEST_LAST_DOSE)


@compiled
def forecast(rules: Ints, person: Ints, series: int, base: int, birth: int, done: int) -> None:
    """Evaluate a series and write its forecast into the person's answers (figure 7-1)."""
    step, satisfied = evaluate(rules, person, series, base, done)
    on, last = person[COUNTS, TODAY], at(rules, t.SERIES, series, t.LAST_DOSE)
    records, answer = person[COUNTS, RECORDS], base + ANSWER
    for column in (EARLIEST, RECOMMENDED, PAST_DUE, LATEST):
        person[answer, column] = NONE
    person[answer, PRIORITY] = person[answer, WHY] = 0
    person[answer, VALID_DOSES] = satisfied
    if satisfied == 0 and at(rules, t.SERIES, series, t.BESIDE_DEFAULT) == 1:
        person[answer, STATUS] = NOT_RECOMMENDED
        return
    status, reference, validating = NOT_COMPLETE, on, False
    while step < last:
        # Asked on the day of the assessment, then once more on the earliest date (chapter 7.6).
        if skipped(rules, person, base, step, t.FORECAST, reference, on, records, done):
            step, reference, validating = step + 1, on, False
            continue
        if validating:
            person[answer, EARLIEST] = reference
            _fill(rules, person, base, step, satisfied)
            break
        status = _status(rules, step, birth, on)
        if status != NOT_COMPLETE:
            break
        reference, validating = _earliest(rules, person, base, step, satisfied), True
        row = at(rules, t.DOSES, step, t.AGE_IN_FORCE)
        maximum = at(rules, t.AGES, row, t.MAXIMUM_AGE) if row >= 0 else -1
        if reference == NONE or not aged(person, max(on, reference), -1, maximum):
            status = AGED_OUT  # without an earliest date nobody can finish before any age
            break
    person[answer, STEP] = step
    person[answer, NUMBER] = 0
    if step == last:
        status = COMPLETE if satisfied > 0 else NOT_RECOMMENDED
    else:
        person[answer, NUMBER] = _number(rules, person, base, step, satisfied)
    person[answer, STATUS] = status


@compiled
def _status(rules: Ints, dose: int, birth: int, on: int) -> int:
    """Table 7-10 as far as it asks about immunity and season."""
    if birth < at(rules, t.HEAD, 0, t.IMMUNE_BEFORE):
        return IMMUNE
    return NOT_RECOMMENDED if on > at(rules, t.DOSES, dose, t.SEASON_END) else NOT_COMPLETE


@compiled
def _number(rules: Ints, person: Ints, base: int, dose: int, satisfied: int) -> int:
    """FORECASTDN-1."""
    start, count = at(rules, t.DOSES, dose, t.SEASON_START), 1
    for k in range(satisfied):
        if person[base + SATISFIED_DAYS, k] >= start:
            count += 1
    return count


@compiled
def _earliest(rules: Ints, person: Ints, base: int, dose: int, satisfied: int) -> int:
    """FORECASTDTCAN-1, or NONE where there is no date at all; which rule gave the day goes into the answer."""
    records, season = person[COUNTS, RECORDS], at(rules, t.DOSES, dose, t.SEASON_START)
    day, why = NONE, 0
    if records > 0:
        day, why = person[RECORD_DAYS, records - 1], _BY_LAST_DOSE
    if season != t.EVER and season >= day:
        day, why = season, _BY_SEASON
    row = at(rules, t.DOSES, dose, t.AGE_IN_FORCE)
    minimum = at(rules, t.AGES, row, t.MINIMUM_AGE) if row >= 0 else -1
    if minimum >= 0 and person[REACHED, minimum] >= day:
        day, why = person[REACHED, minimum], _BY_AGE
    if at(rules, t.DOSES, dose, t.WAITING) == 1:
        vaccines = dose * at(rules, t.HEAD, 0, t.VACCINE_COUNT)
        for j in range(person[COUNTS, ALL]):
            wait = at(rules, t.WAIT_OF, vaccines + person[VACCINES, j], 0)
            if wait >= 0:
                end = after(person[DAYS, j], at(rules, t.WAITS, wait, t.MONTHS), at(rules, t.WAITS, wait, t.DAYS))
                if end >= day:
                    day, why = end, _BY_CONFLICT
    for row in range(at(rules, t.DOSES, dose, t.INTERVALS_FROM), at(rules, t.DOSES, dose, t.INTERVALS_TO)):
        end = _interval_end(rules, person, base, row, satisfied, t.MINIMUM)
        if end != NONE and end >= day:
            day, why = end, _BY_INTERVAL
    person[base + ANSWER, WHY] = why
    return day


@compiled
def _interval_end(rules: Ints, person: Ints, base: int, row: int, satisfied: int, column: int) -> int:
    """Day an interval in force ends, by the column of its months; NONE where there is none."""
    months = at(rules, t.INTERVALS, row, column)
    if at(rules, t.INTERVALS, row, t.IN_FORCE) == 0 or months == t.NO_PERIOD:
        return NONE
    since = reference_day(rules, person, base, row, person[COUNTS, RECORDS], t.NEVER, satisfied)
    return NONE if since == NONE else after(since, months, at(rules, t.INTERVALS, row, column + 1))


@compiled
def _fill(rules: Ints, person: Ints, base: int, dose: int, satisfied: int) -> None:
    """FORECASTDT-2 to -6 and FORECASTPRIORITY-1."""
    answer = base + ANSWER
    earliest, recommended, late, rows, hurried = person[answer, EARLIEST], NONE, NONE, 0, 0
    for row in range(at(rules, t.DOSES, dose, t.INTERVALS_FROM), at(rules, t.DOSES, dose, t.INTERVALS_TO)):
        if at(rules, t.INTERVALS, row, t.IN_FORCE) == 1:
            rows += 1
            hurried += at(rules, t.INTERVALS, row, t.HURRIED)
        recommended = max(recommended, _interval_end(rules, person, base, row, satisfied, t.RECOMMENDED))
        late = max(late, _interval_end(rules, person, base, row, satisfied, t.LATEST))
    row = at(rules, t.DOSES, dose, t.AGE_IN_FORCE)
    if row >= 0:
        best, limit = at(rules, t.AGES, row, t.RECOMMENDED_AGE), at(rules, t.AGES, row, t.LATEST_AGE)
        oldest = at(rules, t.AGES, row, t.MAXIMUM_AGE)
        if best >= 0:
            recommended = person[REACHED, best]
        if limit >= 0:
            late = person[REACHED, limit]
        if oldest >= 0:
            person[answer, LATEST] = person[REACHED, oldest] - 1
    person[answer, RECOMMENDED] = max(earliest, recommended)
    if late != NONE:
        person[answer, PAST_DUE] = max(earliest, late - 1)
    person[answer, PRIORITY] = 1 if 0 < rows == hurried else 0
