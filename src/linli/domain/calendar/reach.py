"""One day moved by one period: the same arithmetic as `add`, for one person at a time."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from linli.domain.calendar.days import FIRST_DAY, LAST_DAY, NO_DAY
from linli.domain.calendar.periods import Period

_EPOCH = date(1970, 1, 1).toordinal()
_FIRST_MONTH, _LAST_MONTH = 12, 10_000 * 12 - 1


@lru_cache(maxsize=1 << 16)
def reach(day: int, period: Period) -> int:
    """Day reached from a day after a period (CALCDT-1 to CALCDT-6); ``NO_DAY`` stays ``NO_DAY``."""
    if day == NO_DAY:
        return NO_DAY
    if period.months:
        day = _add_months(day, period.months)
    return min(max(day + period.days, FIRST_DAY), LAST_DAY)


def _add_months(day: int, months: int) -> int:
    start = date.fromordinal(day + _EPOCH)
    month = start.year * 12 + start.month - 1 + months
    if month < _FIRST_MONTH:
        return FIRST_DAY
    if month > _LAST_MONTH:
        return LAST_DAY
    moved = date(month // 12, month % 12 + 1, 1).toordinal() - _EPOCH + start.day - 1
    if month == _LAST_MONTH:
        return min(moved, LAST_DAY)
    following = month + 1
    return min(moved, date(following // 12, following % 12 + 1, 1).toordinal() - _EPOCH)
