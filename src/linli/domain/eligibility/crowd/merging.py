"""Antigens of everybody merged into the forecast of a vaccine group (chapter 9), and the one forecast that speaks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from linli.domain.calendar import NO_DAY, Days
from linli.domain.eligibility.crowd.forecasting import (
    AGED_OUT,
    COMPLETE,
    CONTRAINDICATED,
    EARLIEST,
    IMMUNE,
    LATEST,
    NOT_COMPLETE,
    NOT_RECOMMENDED,
    NUMBER,
    PAST_DUE,
    PRIORITY,
    RECOMMENDED,
    STATUS,
    VALID_DOSES,
    WHY,
)
from linli.domain.eligibility.crowd.people import ABSENT, SERIES
from linli.domain.eligibility.reasons import Code

_LAST_DOSE = int(Code.EARLIEST_LAST_DOSE)
_FAR = np.iinfo(np.int32).max
_LADDER = (COMPLETE, NOT_COMPLETE, NOT_RECOMMENDED, AGED_OUT, CONTRAINDICATED)
"""Statuses of table 9-4, the strongest last; immune counts only where all are."""


@dataclass(frozen=True)
class GroupAnswer:
    """What everybody needs of a vaccine group: one entry a person (n,), and one a dose (m,).

    `status` is a `SeriesStatus`, -1 where no series is for this person; days are `NO_DAY` unless a dose is still to be
    given; `why` is the code of the rule that gave the earliest day. `dose_status` is -1 where a dose is none of the
    group's, and `of_antigen` is the same for each antigen of the group alone. `by_chart` tells who was judged by the
    chart and not by arrays.
    """

    status: NDArray[np.int8]
    earliest: Days
    recommended: Days
    past_due: Days
    latest: Days
    next_dose: NDArray[np.int8]
    valid_doses: NDArray[np.int8]
    why: NDArray[np.int16]
    series: NDArray[np.int16]
    dose_status: NDArray[np.int8]
    of_antigen: dict[str, NDArray[np.int8]]
    by_chart: NDArray[np.bool_]


def merged(parts: list[NDArray[np.int32]], last_on: Days, *, full: bool) -> NDArray[np.int32]:
    """One forecast from the answers of a group's antigens for one series group, as columns (column, n).

    `parts` are the columns of each antigen; `last_on` is each person's last dose of any of them.
    """
    if len(parts) == 1:
        return parts[0]
    stack = np.stack(parts)
    present = stack[:, SERIES] != ABSENT
    found = stack[present.argmax(axis=0), :, np.arange(stack.shape[2])].T.copy()
    found[STATUS] = _status(stack[:, STATUS], present)
    found[SERIES] = np.where(present.any(axis=0), found[SERIES], ABSENT)
    open_ = present & (stack[:, EARLIEST] != NO_DAY) & (found[STATUS] == NOT_COMPLETE)
    some = open_.any(axis=0)
    soonest = _least(stack[:, EARLIEST], open_)
    latest = np.where(open_, stack[:, EARLIEST], NO_DAY).max(axis=0)
    hurried = (open_ & (stack[:, PRIORITY] == 1)).any(axis=0)
    earliest = np.where(hurried, np.maximum(soonest, last_on), latest)
    found[EARLIEST] = np.where(some, earliest, NO_DAY)
    for column in (RECOMMENDED, PAST_DUE):
        known = open_ & (stack[:, column] != NO_DAY)
        day = np.maximum(_least(stack[:, column], known), earliest)
        found[column] = np.where(known.any(axis=0), day, NO_DAY)
    known = open_ & (stack[:, LATEST] != NO_DAY)
    found[LATEST] = np.where(known.any(axis=0), _least(stack[:, LATEST], known), NO_DAY)
    numbers = np.where(open_, stack[:, NUMBER], _FAR if full else 0)
    found[NUMBER] = np.where(some, numbers.min(axis=0) if full else numbers.max(axis=0), 0)
    found[VALID_DOSES] = np.where(present, stack[:, VALID_DOSES], _FAR).min(axis=0)
    own = open_ & (stack[:, EARLIEST] == earliest)
    found[WHY] = np.where(own.any(axis=0), stack[own.argmax(axis=0), WHY, np.arange(stack.shape[2])], _LAST_DOSE)
    return found


def first_live(forecasts: list[NDArray[np.int32]]) -> NDArray[np.int32]:
    """Of the forecasts of several series groups the first that is not aged out, or else the first (column, n)."""
    found = forecasts[0]
    for other in forecasts[1:]:
        gone = (found[SERIES] == ABSENT) | ((found[STATUS] == AGED_OUT) & (other[STATUS] != AGED_OUT))
        found = np.where(gone & (other[SERIES] != ABSENT), other, found)
    return found


def answer_of(
    columns: NDArray[np.int32],
    dose_status: NDArray[np.int8],
    of_antigen: dict[str, NDArray[np.int8]],
    left: NDArray[np.bool_],
) -> GroupAnswer:
    """Columns as an answer: no days but where a dose is still to be given."""
    absent = columns[SERIES] == ABSENT
    status = np.where(absent, ABSENT, columns[STATUS]).astype(np.int8)
    open_ = status == NOT_COMPLETE

    def days(column: int) -> Days:
        return np.where(open_, columns[column], np.int32(NO_DAY))

    return GroupAnswer(
        status=status,
        earliest=days(EARLIEST),
        recommended=days(RECOMMENDED),
        past_due=days(PAST_DUE),
        latest=days(LATEST),
        next_dose=np.where(open_, columns[NUMBER], 0).astype(np.int8),
        valid_doses=np.where(absent, 0, columns[VALID_DOSES]).astype(np.int8),
        why=np.where(open_, columns[WHY], 0).astype(np.int16),
        series=columns[SERIES].astype(np.int16),
        dose_status=dose_status,
        of_antigen=of_antigen,
        by_chart=left,
    )


def _status(statuses: NDArray[np.int32], present: NDArray[np.bool_]) -> NDArray[np.int32]:
    """Table 9-4."""
    found = np.full(statuses.shape[1], COMPLETE, np.int32)
    found[(~present | (statuses == IMMUNE)).all(axis=0)] = IMMUNE
    for status in _LADDER[1:]:
        found[(present & (statuses == status)).any(axis=0)] = status
    return found


def _least(days: NDArray[np.int32], mask: NDArray[np.bool_]) -> NDArray[np.int32]:
    least: NDArray[np.int32] = np.where(mask, days, np.int32(_FAR)).min(axis=0)
    return least
