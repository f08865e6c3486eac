"""The Chinese calendar beside the usual one: old people give their birthday in it, and lists take it for a usual date.

A year has twelve months of 29 or 30 days, some years a thirteenth after the month whose number it bears.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, timedelta
from typing import Final

FIRST_YEAR: Final = 1900
FIRST_DAY: Final = date(1900, 1, 31)  # the first day of the first month of 1900

# One number a year from 1900 to 2030: the lowest four bits are the month that comes twice (0: none), then one bit a
# month in order, set for 30 days. Made with sxtwl 2.0.7 (astronomical); lunar_python 1.4.8 gives the same every day.
_HEX: Final = """
16d28 07520 0ea50 164a5 064b0 0a9b0 15564 056a0 0b590 17522
07520 1b256 0b250 0a4b0 14ab5 02ad0 056b0 0b692 0da90 1d927
0e920 0d250 1a4d5 0a560 02b60 15b54 06d40 0ea90 1e922 0e920
0d266 052b0 0a570 12b65 0b5a0 06d40 0ec93 07490 16937 0a930
052b0 0a5b6 0aad0 056a0 1b554 0ba40 0b490 1a932 0a950 152d7
05360 0aad0 15aa5 05b20 0da50 1d4a3 0d4a0 0a958 0a970 05560
0ab56 0ad50 06d20 0ea54 0ea50 064a0 0c973 0a9b0 155a7 056a0
0b690 17525 0b520 0b250 164b4 0a4b0 14ab8 02ad0 056d0 0b696
0da90 0d920 1d254 0d250 1a4da 0a560 02b60 05b56 06d50 0ea90
1e925 0e920 0d260 0a563 0a570 14d68 035a0 06d50 16c95 07490
06930 152b4 052b0 0a5b0 155a2 056a0 1b557 0ba40 0b490 1a935
0a950 052d0 0aad4 0ab50 15aa9 05d20 0da50 1d4a6 0d4a0 0c950
152e4 05560 0ab50 15b22 06d20 0ea56 07250 064b0 0c975 0cab0
055a0
"""
YEARS: Final = tuple(int(number, 16) for number in _HEX.split())


def _months() -> tuple[list[date], list[tuple[int, int]]]:
    """The first day of every month with its year and number."""
    first_days, named, day = [], [], FIRST_DAY
    for year, bits in enumerate(YEARS, start=FIRST_YEAR):
        leap = bits & 15
        numbers = [number for month in range(1, 13) for number in ([month] * 2 if month == leap else [month])]
        for place, number in enumerate(numbers):
            first_days.append(day)
            named.append((year, number))
            day += timedelta(days=30 if bits >> 4 + place & 1 else 29)
    return first_days, named


_FIRST_DAYS, _NAMED = _months()
_LAST_DAY = _FIRST_DAYS[-1] + timedelta(days=28)


def lunar(day: date) -> tuple[int, int, int] | None:
    """Year, month and day of a date in the Chinese calendar; None before 31 January 1900 and after 2030.

    A month that comes twice has one number, as people say it.
    """
    if not FIRST_DAY <= day <= _LAST_DAY:
        return None
    place = bisect_right(_FIRST_DAYS, day) - 1
    year, month = _NAMED[place]
    return year, month, (day - _FIRST_DAYS[place]).days + 1
