"""Days and periods as vaccination schedules write them, for one date or for millions.

A day is an `int32`: days since 1 January 1970. `NO_DAY` (the lowest `int32`) stands for "no date"; because it is the
lowest value, `numpy.maximum` of several candidate days ignores the absent ones.
"""

from __future__ import annotations

from linli.domain.calendar.days import FIRST_DAY, LAST_DAY, NO_DAY, Days, as_days, date_of, dates_of, day_of
from linli.domain.calendar.periods import Period, PeriodError, add
from linli.domain.calendar.reach import reach

__all__ = [
    "FIRST_DAY",
    "LAST_DAY",
    "NO_DAY",
    "Days",
    "Period",
    "PeriodError",
    "add",
    "as_days",
    "date_of",
    "dates_of",
    "day_of",
    "reach",
]
