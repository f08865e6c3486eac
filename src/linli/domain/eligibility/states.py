"""The status of a person on a day, from dates that were stored."""

from __future__ import annotations

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from linli.domain.calendar import NO_DAY, Days
from linli.domain.eligibility.gates import inside


class Status(IntEnum):
    """What a person is to a programme on a day, in the order of the ladder: the first that fits."""

    COMPLETE = 0
    NOT_ELIGIBLE = 1
    WAITING = 2
    OVERDUE = 3
    DUE = 4

    @property
    def text(self) -> str:
        return self.name.lower()


def state_on(
    on: Days,
    *,
    completed_on: Days,
    valid_doses: NDArray[np.integer],
    eligible_on: Days,
    eligible_until: Days,
    earliest_on: Days,
    latest_on: Days,
    wait_until: Days,
) -> NDArray[np.int8]:
    """Status of each person on a day (n,), from what `assess` gave on an earlier day with the same facts and rules.

    Holds until a new fact of the person or a day of `Schedule.change_dates`. All arrays are (n,); `on` may be one day.
    """
    complete = completed_on != NO_DAY
    barred = (valid_doses == 0) & ~inside(eligible_on, eligible_until, on)
    status = np.full(len(completed_on), Status.DUE, np.int8)
    status[(latest_on != NO_DAY) & (latest_on < on)] = Status.OVERDUE
    status[np.maximum(earliest_on, wait_until) > on] = Status.WAITING
    status[barred] = Status.NOT_ELIGIBLE
    status[complete] = Status.COMPLETE
    return status
