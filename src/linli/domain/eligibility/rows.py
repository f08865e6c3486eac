"""Dated rows of a schedule met by many days at once, and ages of many people reached."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from linli.domain.calendar import Days, Period, add, day_of
from linli.domain.eligibility.dated import Dated

_Row = TypeVar("_Row", bound=Dated)
Mask = NDArray[np.bool_]


def in_force(rows: Sequence[_Row], on: Days) -> Iterator[tuple[_Row, Mask]]:
    """Each row that is in force on any of the days, with the mask of the days it is in force on."""
    if not len(on):
        return
    first, last = int(on.min()), int(on.max())
    for row in rows:
        start = -(1 << 31) if row.effective_on is None else day_of(row.effective_on)
        end = (1 << 31) - 1 if row.cessation_on is None else day_of(row.cessation_on)
        if start > last or end < first:
            continue
        yield row, (on >= start) & (on <= end)


class Ages:
    """People's birth dates and the days they reach an age, each age reckoned once."""

    def __init__(self, birth: Days) -> None:
        self.birth = birth
        self._reached: dict[Period, Days] = {}

    def reach(self, age: Period) -> Days:
        """Day each person reaches an age (n,)."""
        if age not in self._reached:
            self._reached[age] = add(self.birth, age)
        return self._reached[age]
