"""Everybody, one antigen: each person's history laid out, every series judged, the best of each group written down."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from linli.domain.calendar import NO_DAY, Days
from linli.domain.compiled import compiled
from linli.domain.eligibility.crowd import tables as t
from linli.domain.eligibility.crowd.automaton import (
    ALL,
    COUNTS,
    DAYS,
    FIRST_SERIES,
    INADVERTENT,
    MOST_DOSES,
    NONE,
    NOT_VALID,
    REACHED,
    RECORD_DAYS,
    RECORD_OF,
    RECORD_PLACES,
    RECORD_ROWS,
    RECORDS,
    ROWS_OF_SERIES,
    STATUSES,
    TODAY,
    VACCINES,
    aged,
)
from linli.domain.eligibility.crowd.forecasting import COMPLETE, STATUS, WIDTH, forecast
from linli.domain.eligibility.crowd.months import FIRST_DAYS, HIGHEST, LOWEST, month_of, moved
from linli.domain.eligibility.crowd.selecting import Bools, answer, may_start, prioritize
from linli.domain.eligibility.crowd.tables import Ints, at
from linli.domain.eligibility.patients import Patients

ABSENT = -1
SERIES = WIDTH
"""Column of the series that was best, after those of its answer; `ABSENT` where the group has none."""
_SEXES = 3
_LONGEST = 130 * 366
"""Age in days up to which compiled code judges a person."""


@dataclass(frozen=True)
class AntigenAnswer:
    """What the best series of each series group says: `groups` is (group, column, person).

    `last_on` is each person's last dose of the antigen (n,), `dose_status` how each dose was judged by the series group
    for which it counts most (m,), `ABSENT` where it is none of the antigen; `left` are people left to the chart.
    """

    groups: NDArray[np.int32]
    last_on: Days
    dose_status: NDArray[np.int8]
    left: Bools

    @classmethod
    def of_nobody(cls, groups: int, people: int, doses: int) -> AntigenAnswer:
        """An answer that says nothing yet."""
        return cls(
            groups=np.full((groups, SERIES + 1, people), NONE, np.int32),
            last_on=np.full(people, NO_DAY, np.int32),
            dose_status=np.full(doses, ABSENT, np.int8),
            left=np.zeros(people, np.bool_),
        )


def judge_antigen(rules: Ints, patients: Patients, groups: int, on: Days) -> AntigenAnswer:
    """Judge everybody for one antigen, each on a day of their own (n,) on which the rules are in force.

    `groups` is the number of its series groups.
    """
    found = AntigenAnswer.of_nobody(groups, len(patients), len(patients.given_on))
    series, ages = at(rules, t.HEAD, 0, t.SERIES_COUNT), at(rules, t.HEAD, 0, t.PERIOD_COUNT)
    person = np.zeros((FIRST_SERIES + ROWS_OF_SERIES * series, max(MOST_DOSES, ages)), np.int64)
    _judge_all(
        rules,
        person,
        patients.birth,
        patients.sex,
        patients.offsets,
        patients.given_on,
        patients.vaccine,
        on,
        found.groups,
        found.last_on,
        found.dose_status,
        found.left,
    )
    return found


@compiled
def _judge_all(
    rules: Ints,
    person: Ints,
    births: Days,
    sexes: NDArray[np.int8],
    offsets: NDArray[np.int64],
    given_on: Days,
    vaccine: NDArray[np.int16],
    days: Days,
    groups: NDArray[np.int32],
    last_on: Days,
    dose_status: NDArray[np.int8],
    left: Bools,
) -> None:
    series = at(rules, t.HEAD, 0, t.SERIES_COUNT)
    open_, pool = np.zeros(series, np.bool_), np.zeros(series, np.bool_)
    points, first = np.zeros(series, np.int64), np.zeros(groups.shape[0], np.int64)
    if len(births) == 0:
        return
    # People without a dose that matters differ by birth, sex and day alone: the first of a kind answers for others.
    oldest, newest = max(int(days.min()) - _LONGEST, LOWEST), min(int(days.max()), HIGHEST)
    like = np.full(max(newest - oldest + 1, 0) * _SEXES, -1, np.int64)
    for i in range(len(births)):
        birth, sex, on = int(births[i]), int(sexes[i]), int(days[i])
        known = on <= HIGHEST and oldest <= birth <= on <= birth + _LONGEST
        if not known or not _lay_out(rules, person, birth, on, offsets[i], offsets[i + 1], given_on, vaccine):
            left[i] = True
            continue
        kind = (birth - oldest) * _SEXES + sex
        if person[COUNTS, ALL] == 0 and like[kind] >= 0 and days[like[kind]] == on:
            for group in range(groups.shape[0]):
                for column in range(groups.shape[1]):
                    groups[group, column, i] = groups[group, column, like[kind]]
            continue
        _reach_ages(rules, person, birth)
        _find_records(rules, person)
        done = 0
        for s in range(series):
            open_[s] = (at(rules, t.SERIES, s, t.SEXES) >> sex) & 1 == 1
            if open_[s]:
                forecast(rules, person, s, FIRST_SERIES + ROWS_OF_SERIES * s, birth, done)
                if answer(person, s, STATUS) == COMPLETE:
                    done |= 1 << at(rules, t.SERIES, s, t.GROUP)
                open_[s] = may_start(rules, person, s)
        for group in range(len(first)):
            first[group] = prioritize(rules, person, group, open_, pool, points)
        _write(rules, person, first, groups, dose_status, i)
        if person[COUNTS, RECORDS] > 0:
            last_on[i] = person[RECORD_DAYS, person[COUNTS, RECORDS] - 1]
        if person[COUNTS, ALL] == 0:
            like[kind] = i


@compiled
def _lay_out(
    rules: Ints,
    person: Ints,
    birth: int,
    on: int,
    start: int,
    stop: int,
    given_on: Days,
    vaccine: NDArray[np.int16],
) -> bool:
    """Doses that matter in the order of their days; False where there are too many."""
    count = 0
    for dose in range(start, stop):
        which, day = int(vaccine[dose]), int(given_on[dose])
        if which < 0 or at(rules, t.VACCINES, which, t.RELEVANT) == 0 or not birth <= day <= on:
            continue
        if count == MOST_DOSES:
            return False
        place = count
        while place > 0 and person[DAYS, place - 1] > day:
            person[DAYS, place] = person[DAYS, place - 1]
            person[VACCINES, place] = person[VACCINES, place - 1]
            person[RECORD_ROWS, place] = person[RECORD_ROWS, place - 1]
            place -= 1
        person[DAYS, place] = day
        person[VACCINES, place] = which
        person[RECORD_ROWS, place] = dose
        count += 1
    person[COUNTS, ALL], person[COUNTS, TODAY] = count, on
    return True


@compiled
def _reach_ages(rules: Ints, person: Ints, birth: int) -> None:
    month = month_of(birth)
    day = birth - FIRST_DAYS[month]
    for age in range(at(rules, t.HEAD, 0, t.PERIOD_COUNT)):
        months, days = at(rules, t.PERIODS, age, t.MONTHS), at(rules, t.PERIODS, age, t.DAYS)
        person[REACHED, age] = moved(month, day, months, days)


@compiled
def _find_records(rules: Ints, person: Ints) -> None:
    """Which of the doses that matter are of the antigen, at the age they were given (chapter 4.2)."""
    records = 0
    for j in range(person[COUNTS, ALL]):
        place = at(rules, t.VACCINES, person[VACCINES, j], t.PLACE)
        person[RECORD_OF, j] = -1
        if place < 0:
            continue
        begin, end = at(rules, t.ASSOCIATIONS, place, t.BEGIN), at(rules, t.ASSOCIATIONS, place, t.END)
        if aged(person, person[DAYS, j], begin, end):
            person[RECORD_OF, j] = records
            person[RECORD_DAYS, records] = person[DAYS, j]
            person[RECORD_PLACES, records] = place
            person[RECORD_ROWS, records] = person[RECORD_ROWS, j]
            records += 1
    person[COUNTS, RECORDS] = records


@compiled
def _write(
    rules: Ints, person: Ints, first: Ints, groups: NDArray[np.int32], dose_status: NDArray[np.int8], i: int
) -> None:
    """Keep the best series of each group (table 8-14; no series here is a risk series)."""
    for group in range(len(first)):
        chosen = first[group]
        groups[group, SERIES, i] = ABSENT
        if chosen < 0:
            continue
        if answer(person, chosen, STATUS) != COMPLETE:
            beside = False
            for other in range(len(first)):
                if first[other] >= 0 and (at(rules, t.SERIES, chosen, t.EQUIVALENT) >> other) & 1 == 1:
                    beside = beside or answer(person, first[other], STATUS) == COMPLETE
            if beside or at(rules, t.SERIES, chosen, t.EVALUATION_ONLY) == 1:
                continue
        for column in range(WIDTH):
            groups[group, column, i] = answer(person, chosen, column)
        groups[group, SERIES, i] = chosen
        _write_doses(person, FIRST_SERIES + ROWS_OF_SERIES * chosen + STATUSES, dose_status)


@compiled
def _write_doses(person: Ints, statuses: int, dose_status: NDArray[np.int8]) -> None:
    """How each dose was judged; of several series groups the one for which it counts speaks."""
    for k in range(person[COUNTS, RECORDS]):
        status, dose = person[statuses, k], person[RECORD_ROWS, k]
        found = NOT_VALID if status == INADVERTENT else status
        if dose_status[dose] < 0 or found < dose_status[dose]:
            dose_status[dose] = found
