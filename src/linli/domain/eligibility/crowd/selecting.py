"""The best series of an antigen for one person, over flat arrays (chapter 8)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from linli.domain.compiled import compiled
from linli.domain.eligibility.crowd import tables as t
from linli.domain.eligibility.crowd.automaton import (
    ANSWER,
    COUNTS,
    FIRST_SERIES,
    NONE,
    RECORDS,
    ROWS_OF_SERIES,
    SATISFIED_DAYS,
    STATUSES,
    TODAY,
    VALID,
    aged,
)
from linli.domain.eligibility.crowd.forecasting import COMPLETE, EARLIEST, NOT_COMPLETE, STATUS, STEP, VALID_DOSES
from linli.domain.eligibility.crowd.months import after
from linli.domain.eligibility.crowd.tables import Ints, at

Bools = NDArray[np.bool_]

_FAR = 1 << 30
(
    MOST_DOSES_VALID,
    ALL_VALID_PRODUCT,
    COMPLETABLE,
    FEWEST_REMAINING,
    SOONEST_FINISH,
    EARLIEST_START,
    A_PRODUCT,
) = range(7)
QUESTIONS = np.array(
    [
        (0, MOST_DOSES_VALID, 1, 0, -1),
        (1, ALL_VALID_PRODUCT, 2, 2, -2),
        (1, COMPLETABLE, 3, 3, -3),
        (1, MOST_DOSES_VALID, 2, 0, -2),
        (1, FEWEST_REMAINING, 2, 0, -2),
        (1, SOONEST_FINISH, 1, 0, -1),
        (2, EARLIEST_START, 1, 0, -1),
        (2, COMPLETABLE, 1, 1, -1),
        (2, A_PRODUCT, -1, -1, 1),
    ],
    np.int64,
)
"""Tables 8-7, 8-9 and 8-11 (complete, in process, no valid dose): condition, points alone, shared, missing."""


@compiled
def answer(person: Ints, series: int, column: int) -> int:
    """One number of a series' forecast."""
    return int(person[FIRST_SERIES + ROWS_OF_SERIES * series + ANSWER, column])


@compiled
def prioritize(rules: Ints, person: Ints, group: int, open_: Bools, pool: Bools, points: Ints) -> int:
    """The prioritized series of a group (table 8-3, SELECTBEST-2), or -1; `open_` are the relevant series."""
    defaults, default, valid = 0, -1, False
    for s in range(len(open_)):
        pool[s] = open_[s] and at(rules, t.SERIES, s, t.GROUP) == group
        if pool[s]:
            valid = valid or answer(person, s, VALID_DOSES) > 0
            if at(rules, t.SERIES, s, t.DEFAULT) == 1:
                defaults += 1
                default = s
    scorable, first = 0, -1
    for s in range(len(open_)):
        pool[s] = pool[s] and _scorable(rules, person, s, valid, defaults)
        if pool[s]:
            scorable += 1
            first = s
    if scorable == 0:
        return default if defaults == 1 else -1
    return first if scorable == 1 else _among(rules, person, pool, points)


@compiled
def _among(rules: Ints, person: Ints, pool: Bools, points: Ints) -> int:
    """One of several scorable series."""
    complete, going, defaults = 0, 0, 0
    best_complete, best_going, best_default, best = -1, -1, -1, -1
    for s in range(len(pool)):
        if not pool[s]:
            continue
        if answer(person, s, STATUS) == COMPLETE:
            complete += 1
            best_complete = s
        elif answer(person, s, STATUS) == NOT_COMPLETE and answer(person, s, VALID_DOSES) > 0:
            going += 1
            best_going = s
        if at(rules, t.SERIES, s, t.DEFAULT) == 1:
            defaults += 1
            best_default = s
    if complete == 1:
        return best_complete
    if complete == 0 and going == 1:
        return best_going
    if complete == 0 and going == 0 and defaults == 1:
        return best_default
    _score(rules, person, pool, points, complete, going)
    for s in range(len(pool)):
        if pool[s] and (best < 0 or _better(rules, points, s, best)):
            best = s
    return best


@compiled
def may_start(rules: Ints, person: Ints, series: int) -> bool:
    """A series without a dose is not begun before its minimum age to start."""
    start = at(rules, t.SERIES, series, t.MINIMUM_START)
    return answer(person, series, VALID_DOSES) > 0 or aged(person, person[COUNTS, TODAY], start, -1)


@compiled
def _better(rules: Ints, points: Ints, one: int, other: int) -> bool:
    if points[one] != points[other]:
        return bool(points[one] > points[other])
    return at(rules, t.SERIES, one, t.PREFERENCE) < at(rules, t.SERIES, other, t.PREFERENCE)


@compiled
def _scorable(rules: Ints, person: Ints, series: int, valid: bool, defaults: int) -> bool:
    """SELECTSCORE-2, for series that are for everybody."""
    if at(rules, t.SERIES, series, t.EVALUATION_ONLY) == 1:
        return answer(person, series, STATUS) == COMPLETE
    if answer(person, series, VALID_DOSES) > 0:
        first = person[FIRST_SERIES + ROWS_OF_SERIES * series + SATISFIED_DAYS, 0]
        return aged(person, first, -1, at(rules, t.SERIES, series, t.MAXIMUM_START))
    return not valid and defaults == 0


@compiled
def _score(rules: Ints, person: Ints, pool: Bools, points: Ints, complete: int, going: int) -> None:
    """Tables 8-5, 8-7, 8-9 and 8-11: the pool is narrowed to the series that are scored."""
    any_valid = False
    for s in range(len(pool)):
        any_valid = any_valid or (pool[s] and answer(person, s, VALID_DOSES) > 0)
    points[:] = 0
    if complete == 0 and going == 0 and any_valid:
        return
    most, fewest, soonest, start = -1, _FAR, _FAR, _FAR
    for s in range(len(pool)):
        if not pool[s]:
            continue
        if complete > 0:
            pool[s] = answer(person, s, STATUS) == COMPLETE
        elif going > 0:
            pool[s] = answer(person, s, STATUS) == NOT_COMPLETE and answer(person, s, VALID_DOSES) > 0
        if not pool[s]:
            continue
        most = max(most, answer(person, s, VALID_DOSES))
        fewest = min(fewest, remaining(rules, person, s))
        if completable(rules, person, s):
            soonest = min(soonest, finish(rules, person, s))
        if answer(person, s, EARLIEST) != NONE:
            start = min(start, answer(person, s, EARLIEST))
    which = 0 if complete > 0 else 1 if going > 0 else 2
    for row in range(len(QUESTIONS)):
        if QUESTIONS[row, 0] == which:
            _award(rules, person, pool, points, row, _best_value(QUESTIONS[row, 1], most, fewest, soonest, start))


@compiled
def _best_value(question: int, most: int, fewest: int, soonest: int, start: int) -> int:
    """What a condition compares with: the best among the series that are scored."""
    if question == MOST_DOSES_VALID:
        return most
    if question == FEWEST_REMAINING:
        return fewest
    return soonest if question == SOONEST_FINISH else start


@compiled
def _award(rules: Ints, person: Ints, pool: Bools, points: Ints, row: int, value: int) -> None:
    """Points of one condition: where it is true for one series, for several, or not."""
    question, count = QUESTIONS[row, 1], 0
    for s in range(len(pool)):
        if pool[s] and _holds(rules, person, s, question, value):
            count += 1
    for s in range(len(pool)):
        if pool[s]:
            column = 4 if not _holds(rules, person, s, question, value) else 2 if count == 1 else 3
            points[s] += QUESTIONS[row, column]


@compiled
def _holds(rules: Ints, person: Ints, series: int, question: int, value: int) -> bool:
    if question == MOST_DOSES_VALID:
        return answer(person, series, VALID_DOSES) == value
    if question == ALL_VALID_PRODUCT:
        return at(rules, t.SERIES, series, t.PRODUCT) == 1 and _all_valid(person, series)
    if question == FEWEST_REMAINING:
        return remaining(rules, person, series) == value
    if question == EARLIEST_START:
        return answer(person, series, EARLIEST) == value
    if question == A_PRODUCT:
        return at(rules, t.SERIES, series, t.PRODUCT) == 1
    can_finish = completable(rules, person, series)
    return can_finish and (question == COMPLETABLE or finish(rules, person, series) == value)


@compiled
def _all_valid(person: Ints, series: int) -> bool:
    statuses = FIRST_SERIES + ROWS_OF_SERIES * series + STATUSES
    for k in range(person[COUNTS, RECORDS]):
        if person[statuses, k] != VALID:
            return False
    return bool(person[COUNTS, RECORDS] > 0)


@compiled
def remaining(rules: Ints, person: Ints, series: int) -> int:
    """Target doses not satisfied yet, the next one among them."""
    return at(rules, t.SERIES, series, t.LAST_DOSE) - answer(person, series, STEP)


@compiled
def finish(rules: Ints, person: Ints, series: int) -> int:
    """SELECTB-12."""
    earliest = answer(person, series, EARLIEST)
    if earliest == NONE:
        return 0
    day, step = earliest, answer(person, series, STEP)
    for row in range(at(rules, t.DOSES, step, t.LATER_FROM), at(rules, t.DOSES, step, t.LATER_TO)):
        day = max(day, after(earliest, at(rules, t.LATER, row, t.MONTHS), at(rules, t.LATER, row, t.DAYS)))
    return day


@compiled
def completable(rules: Ints, person: Ints, series: int) -> bool:
    """SELECTB-3."""
    if answer(person, series, EARLIEST) == NONE:
        return False
    row = at(rules, t.DOSES, at(rules, t.SERIES, series, t.LAST_DOSE) - 1, t.AGE_IN_FORCE)
    return row < 0 or aged(person, finish(rules, person, series), -1, at(rules, t.AGES, row, t.MAXIMUM_AGE))
