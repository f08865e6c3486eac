"""One antigen, one person after the other: evaluation and conditional skips over flat arrays (chapter 6).

The same rules as in the chart, without its reasons; tests hold both against each other on histories made by chance.
The person at hand is one array: a row of counts, of ages reached, of the doses that matter and of those of the antigen
among them, then four rows for each series, the first of which is called `base`.
"""

from __future__ import annotations

from linli.domain.compiled import compiled
from linli.domain.eligibility.crowd import tables as t
from linli.domain.eligibility.crowd.months import after
from linli.domain.eligibility.crowd.tables import Ints, at

NONE = -(1 << 31)
VALID, NOT_VALID, EXTRANEOUS, INADVERTENT = range(4)
MOST_DOSES = 64
"""Doses of one person that can matter for one antigen; whoever has more is judged by the chart."""

COUNTS, REACHED, DAYS, VACCINES, RECORD_OF, RECORD_DAYS, RECORD_PLACES, RECORD_ROWS, FIRST_SERIES = range(9)
ALL, RECORDS, TODAY = range(3)  # COUNTS: doses that matter, doses of the antigen; and the day of the assessment
STATUSES, SATISFIED, SATISFIED_DAYS, ANSWER = range(4)
ROWS_OF_SERIES = 4


@compiled
def aged(person: Ints, day: int, begin: int, end: int) -> bool:
    """Whether a day lies from one age (inclusive) to another (exclusive)."""
    return (begin < 0 or person[REACHED, begin] <= day) and (end < 0 or day < person[REACHED, end])


@compiled
def in_force(rules: Ints, table: int, row: int, day: int) -> bool:
    """Whether a dated row is used on a day."""
    return at(rules, table, row, t.SINCE) <= day <= at(rules, table, row, t.UNTIL)


@compiled
def skipped(
    rules: Ints, person: Ints, base: int, dose: int, context: int, reference: int, on: int, upto: int, done: int
) -> bool:
    """Tables 6-6 to 6-11; `upto` doses of the antigen are counted, `done` are the groups with a complete series."""
    for skip in range(at(rules, t.DOSES, dose, t.SKIPS_FROM), at(rules, t.DOSES, dose, t.SKIPS_TO)):
        if at(rules, t.SKIPS, skip, t.CONTEXT) & context == 0:
            continue
        asked, some, every = False, False, True
        for one in range(at(rules, t.SKIPS, skip, t.SETS_FROM), at(rules, t.SKIPS, skip, t.SETS_TO)):
            if not in_force(rules, t.SETS, one, on):
                continue
            asked = True
            all_ = at(rules, t.SETS, one, t.EVERY_CONDITION) == 1
            met = all_
            for row in range(at(rules, t.SETS, one, t.CONDITIONS_FROM), at(rules, t.SETS, one, t.CONDITIONS_TO)):
                if _met(rules, person, base, row, reference, upto, done) != all_:
                    met = not all_
                    break
            some = some or met
            every = every and met
        if asked and (every if at(rules, t.SKIPS, skip, t.EVERY_SET) == 1 else some):
            return True
    return False


@compiled
def _met(rules: Ints, person: Ints, base: int, row: int, reference: int, upto: int, done: int) -> bool:
    kind = at(rules, t.CONDITIONS, row, t.CONDITION)
    if kind == t.AGE:
        begin, end = at(rules, t.CONDITIONS, row, t.BEGIN_AGE), at(rules, t.CONDITIONS, row, t.END_AGE)
        return aged(person, reference, begin, end)
    if kind == t.COMPLETED:
        return (at(rules, t.CONDITIONS, row, t.GROUPS) & done) != 0
    if kind == t.INTERVAL:
        months, days = at(rules, t.CONDITIONS, row, t.LENGTH), at(rules, t.CONDITIONS, row, t.LENGTH_DAYS)
        return upto > 0 and reference >= after(person[RECORD_DAYS, upto - 1], months, days)
    return _counted(rules, person, base, row, upto)


@compiled
def _counted(rules: Ints, person: Ints, base: int, row: int, upto: int) -> bool:
    begin, end = at(rules, t.CONDITIONS, row, t.BEGIN_AGE), at(rules, t.CONDITIONS, row, t.END_AGE)
    start, stop = at(rules, t.CONDITIONS, row, t.START), at(rules, t.CONDITIONS, row, t.STOP)
    which, places = at(rules, t.CONDITIONS, row, t.WHICH), at(rules, t.HEAD, 0, t.PLACES)
    valid_only, count = at(rules, t.CONDITIONS, row, t.VALID_ONLY) == 1, 0
    for k in range(upto):
        day = person[RECORD_DAYS, k]
        if valid_only and person[base + STATUSES, k] != VALID:
            continue
        if which >= 0 and at(rules, t.COUNTED, which * places + person[RECORD_PLACES, k], 0) == 0:
            continue
        if start <= day < stop and aged(person, day, begin, end):
            count += 1
    compare, wanted = at(rules, t.CONDITIONS, row, t.COMPARE), at(rules, t.CONDITIONS, row, t.COUNT)
    if compare == t.GREATER:
        return count > wanted
    return count == wanted if compare == t.EQUAL else count < wanted


@compiled
def reference_day(rules: Ints, person: Ints, base: int, interval: int, upto: int, before: int, satisfied: int) -> int:
    """Day an interval is counted from (CALCDTINT-1, -2, -8), or NONE; nobody here has an observation."""
    kind, which = at(rules, t.INTERVALS, interval, t.FROM), at(rules, t.INTERVALS, interval, t.FROM_WHICH)
    if kind == t.PREVIOUS:
        for k in range(upto - 1, -1, -1):
            if person[base + STATUSES, k] <= NOT_VALID:
                return int(person[RECORD_DAYS, k])
    elif kind == t.TARGET:
        for k in range(satisfied - 1, -1, -1):
            if person[base + SATISFIED, k] == which:
                return int(person[base + SATISFIED_DAYS, k])
    elif kind == t.RECENT_DOSE:
        vaccines = which * at(rules, t.HEAD, 0, t.VACCINE_COUNT)
        for j in range(person[COUNTS, ALL] - 1, -1, -1):
            if person[DAYS, j] >= before or at(rules, t.RECENT, vaccines + person[VACCINES, j], 0) == 0:
                continue
            record = person[RECORD_OF, j]
            if not (0 <= record < upto and person[base + STATUSES, record] == INADVERTENT):
                return int(person[DAYS, j])
    return NONE


@compiled
def evaluate(rules: Ints, person: Ints, series: int, base: int, done: int) -> tuple[int, int]:
    """Judge every dose of the antigen against a series (figure 4-6): the target dose waited for, doses that count."""
    step, last = at(rules, t.SERIES, series, t.FIRST_DOSE), at(rules, t.SERIES, series, t.LAST_DOSE)
    satisfied = 0
    for k in range(person[COUNTS, RECORDS]):
        day = person[RECORD_DAYS, k]
        while step < last and skipped(rules, person, base, step, t.EVALUATION, day, day, k, done):
            step += 1
        if step == last:
            person[base + STATUSES, k] = EXTRANEOUS
            continue
        status = _judge(rules, person, base, step, k, satisfied)
        person[base + STATUSES, k] = status
        if status == VALID:
            person[base + SATISFIED, satisfied] = at(rules, t.DOSES, step, t.DOSE_NUMBER)
            person[base + SATISFIED_DAYS, satisfied] = day
            satisfied += 1
            if at(rules, t.DOSES, step, t.RECURRING) == 0:
                step += 1
    return step, satisfied


@compiled
def _judge(rules: Ints, person: Ints, base: int, dose: int, k: int, satisfied: int) -> int:
    day, place = person[RECORD_DAYS, k], person[RECORD_PLACES, k]
    product = dose * at(rules, t.HEAD, 0, t.PLACES) + place
    if at(rules, t.PRODUCTS, product, t.INADVERTENT_USE) == 1:
        return INADVERTENT
    for row in range(at(rules, t.DOSES, dose, t.AGES_FROM), at(rules, t.DOSES, dose, t.AGES_TO)):
        if in_force(rules, t.AGES, row, day):
            if not aged(person, day, at(rules, t.AGES, row, t.ABSOLUTE_AGE), -1):
                return NOT_VALID
            if not aged(person, day, -1, at(rules, t.AGES, row, t.MAXIMUM_AGE)):
                return EXTRANEOUS
    # Whatever else fails, the status is the same: what is cheapest to ask comes first.
    if not _fits(rules, person, product, day):
        return NOT_VALID
    first, last = at(rules, t.DOSES, dose, t.INTERVALS_FROM), at(rules, t.DOSES, dose, t.INTERVALS_TO)
    if _missed(rules, person, base, first, last, k, satisfied) == 1:
        allowable = at(rules, t.DOSES, dose, t.ALLOWABLE_TO)
        if _missed(rules, person, base, last, allowable, k, satisfied) != 0:
            return NOT_VALID
    if at(rules, t.HEAD, 0, t.DISTURBED) == 1 and _in_conflict(rules, person, base, k):
        return NOT_VALID
    return VALID


@compiled
def _fits(rules: Ints, person: Ints, product: int, day: int) -> bool:
    """Tables 6-26 and 6-29."""
    for use in range(at(rules, t.PRODUCTS, product, t.USES_FROM), at(rules, t.PRODUCTS, product, t.USES_TO)):
        if aged(person, day, at(rules, t.USES, use, t.BEGIN), at(rules, t.USES, use, t.END)):
            return True
    return False


@compiled
def _missed(rules: Ints, person: Ints, base: int, first: int, last: int, k: int, satisfied: int) -> int:
    """1 where an interval in force is missed, 0 where all are kept, -1 where none is in force."""
    day, found = person[RECORD_DAYS, k], -1
    for row in range(first, last):
        if not in_force(rules, t.INTERVALS, row, day):
            continue
        found = 0
        months = at(rules, t.INTERVALS, row, t.ABSOLUTE)
        if months != t.NO_PERIOD:
            since = reference_day(rules, person, base, row, k, day, satisfied)
            if since != NONE and day < after(since, months, at(rules, t.INTERVALS, row, t.ABSOLUTE + 1)):
                return 1
    return found


@compiled
def _in_conflict(rules: Ints, person: Ints, base: int, k: int) -> bool:
    day = person[RECORD_DAYS, k]
    places = person[RECORD_PLACES, k] * at(rules, t.HEAD, 0, t.VACCINE_COUNT)
    for j in range(person[COUNTS, ALL]):
        earlier = person[DAYS, j]
        if earlier >= day:
            break
        row = at(rules, t.CONFLICT_OF, places + person[VACCINES, j], 0)
        if row < 0:
            continue
        record = person[RECORD_OF, j]
        failed = 0 <= record < k and person[base + STATUSES, record] != VALID
        column = t.CONFLICT_END if failed else t.CONFLICT_SHORT
        end = after(earlier, at(rules, t.CONFLICTS, row, column), at(rules, t.CONFLICTS, row, column + 1))
        months, days = at(rules, t.CONFLICTS, row, t.CONFLICT_BEGIN), at(rules, t.CONFLICTS, row, t.CONFLICT_BEGIN + 1)
        if after(earlier, months, days) <= day < end:
            return True
    return False
