"""Calendar arithmetic for compiled code: months by a table of first days that fits the fastest memory."""

from __future__ import annotations

from datetime import date

import numpy as np

from linli.domain.calendar import day_of
from linli.domain.compiled import compiled

FIRST_YEAR, LAST_YEAR = 1880, 2400
LOWEST, HIGHEST = day_of(date(FIRST_YEAR, 1, 1)), day_of(date(LAST_YEAR - 1, 12, 31))
"""Days the table knows; a period never leads further than a person of these years lives."""
_MONTHS = (LAST_YEAR - FIRST_YEAR) * 12
FIRST_DAYS = np.array(
    [day_of(date(FIRST_YEAR + month // 12, month % 12 + 1, 1)) for month in range(_MONTHS)], dtype=np.int64
)


@compiled
def month_of(day: int) -> int:
    """Index of the month a day lies in."""
    month = int((day - LOWEST) * 0.032854)  # a little less than one month each 30.44 days: never too far
    month = min(max(month, 0), _MONTHS - 2)
    while FIRST_DAYS[month + 1] <= day:
        month += 1
    while FIRST_DAYS[month] > day:
        month -= 1
    return month


@compiled
def moved(month: int, day_of_month: int, months: int, days: int) -> int:
    """Day reached from the n-th day (from 0) of a month after some months, then some days (CALCDT-1 to CALCDT-6)."""
    place = min(max(month + months, 0), _MONTHS - 2)
    day = FIRST_DAYS[place] + day_of_month
    if day > FIRST_DAYS[place + 1]:
        day = FIRST_DAYS[place + 1]
    return int(day + days)


@compiled
def after(day: int, months: int, days: int) -> int:
    """Day reached from a day after some months, then some days."""
    if months == 0:
        return day + days
    month = month_of(day)
    return moved(month, day - FIRST_DAYS[month], months, days)
