"""Age gates: from when until when a schedule offers each person a first dose."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from linli.domain.calendar import NO_DAY, Days
from linli.domain.eligibility.rows import Ages, Mask, in_force
from linli.domain.eligibility.schedule import Schedule

_NEVER = np.iinfo(np.int32).max


@dataclass
class Gate:
    """First day inside the gate in force and first day outside again (n,); `NO_DAY` where there is none."""

    eligible_on: Days
    eligible_until: Days
    open: Mask

    def inside(self, on: Days) -> Mask:
        """Whether each person is inside the gate on a day."""
        return inside(self.eligible_on, self.eligible_until, on)


def inside(eligible_on: Days, eligible_until: Days, on: Days) -> Mask:
    """Whether days lie inside a gate; a gate without a first day lets nobody in, one without a last day has no end."""
    begun: Mask = (eligible_on != NO_DAY) & (eligible_on <= on)
    not_over: Mask = (eligible_until == NO_DAY) | (on < eligible_until)
    return np.logical_and(begun, not_over)


def gate(schedule: Schedule, birth: Days, on: Days) -> Gate:
    """The gate in force on each person's day: from the lowest minimum age of any series to the highest upper age."""
    ages = Ages(birth)
    low = np.full(len(birth), _NEVER, np.int32)
    high = np.full(len(birth), NO_DAY, np.int32)
    opened = np.zeros(len(birth), np.bool_)
    for series in schedule.series:
        for row, mask in in_force([row for row in series.doses[0].ages if row.offered], on):
            start = birth if row.minimum is None else ages.reach(row.minimum)
            upper = row.offered_below or row.maximum
            end = np.int32(_NEVER) if upper is None else ages.reach(upper)
            low = np.where(mask, np.minimum(low, start), low)
            high = np.where(mask, np.maximum(high, end), high)
            opened |= mask
    known = opened & (birth != NO_DAY)
    none = np.int32(NO_DAY)
    return Gate(
        eligible_on=np.where(known, low, none),
        eligible_until=np.where(known & (high != _NEVER), high, none),
        open=opened,
    )
