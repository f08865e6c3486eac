"""Periods such as "18 years", "8 weeks + 1 day" and "4 months - 4 days", and adding them to days.

Source: CDC, Logic Specification for ACIP Recommendations 4.6, table 3-6 (CALCDT-1 to CALCDT-6).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from linli.domain.calendar.days import FIRST_DAY, LAST_DAY, NO_DAY, Days, day_of

_TERM = re.compile(r"\s*([+-]?)\s*(\d{1,6})\s*(year|month|week|day)s?\b", re.IGNORECASE)
_TABLE_FIRST = day_of(date(1900, 1, 1))
_TABLE_LAST = day_of(date(2100, 12, 31))
_MONTH_FIRST, _MONTH_LAST = (1 - 1970) * 12, (10_000 - 1970) * 12 - 1


class PeriodError(ValueError):
    """A text that is no period."""


@dataclass(frozen=True, slots=True)
class Period:
    """A length of time in calendar months and days; weeks are seven days and years twelve months."""

    months: int = 0
    days: int = 0

    def __str__(self) -> str:
        years, months = divmod(self.months, 12) if self.months % 12 == 0 else (0, self.months)
        terms = [(years, "year"), (months, "month"), (self.days, "day")]
        text = "".join(
            f" {'-' if count < 0 else '+'} {abs(count)} {unit}{'' if abs(count) == 1 else 's'}"
            for count, unit in terms
            if count
        )
        return text.removeprefix(" + ").strip() or "0 days"

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read a period as CDSi writes it; a sign before a term joins it to the term before. Raises PeriodError."""
        at, months, days = 0, 0, 0
        while at < len(text.rstrip()):
            term = _TERM.match(text, at)
            if term is None or (at > 0) != bool(term[1]):
                raise PeriodError(f"not a period: {text!r}")
            count = int(term[2]) * (-1 if term[1] == "-" else 1)
            unit = term[3].lower()
            months += count * {"year": 12, "month": 1}.get(unit, 0)
            days += count * {"week": 7, "day": 1}.get(unit, 0)
            at = term.end()
        if at == 0:
            raise PeriodError(f"not a period: {text!r}")
        return cls(months, days)


def add(days: Days, period: Period) -> Days:
    """Day reached from each day after a period: months first, then days.

    Months and years keep the day of the month; a date that does not exist moves forward to the first of the next month
    (CALCDT-5: 31 March + 6 months is 1 October). ``NO_DAY`` stays ``NO_DAY``; a result before year 1 or after year 9999
    stops at the first or last date there is.
    """
    days = np.asarray(days, np.int32)
    if not period.months:
        return _shift(days, period.days)
    table = _table(period.months)
    place = np.clip(days, _TABLE_FIRST, _TABLE_LAST) - np.int32(_TABLE_FIRST)
    moved = table[place]
    outside = (days < _TABLE_FIRST) | (days > _TABLE_LAST)
    if outside.any():
        moved = np.where(outside, _add_months(np.where(days == NO_DAY, 0, days), period.months), moved)
        moved = np.where(days == NO_DAY, np.int32(NO_DAY), moved)
    return _shift(moved, period.days) if period.days else moved


def _shift(days: Days, count: int) -> Days:
    moved = np.clip(days.astype(np.int64) + count, FIRST_DAY, LAST_DAY).astype(np.int32)
    return np.where(days == NO_DAY, np.int32(NO_DAY), moved)


@lru_cache(maxsize=512)
def _table(months: int) -> Days:
    """Every day of 1900 to 2100 moved by a number of months: one look-up a person instead of calendar arithmetic."""
    table = _add_months(np.arange(_TABLE_FIRST, _TABLE_LAST + 1, dtype=np.int32), months)
    table.flags.writeable = False
    return table


def _add_months(days: NDArray[np.int32], months: int) -> Days:
    dates = days.astype(np.int64).astype("datetime64[D]")
    month = dates.astype("datetime64[M]")
    day_of_month = (dates - month.astype("datetime64[D]")).astype(np.int64)
    # Months outside the calendar are clipped before the day of the month is put back, so that nothing wraps around.
    wanted = month.astype(np.int64) + months
    number = np.clip(wanted, _MONTH_FIRST, _MONTH_LAST)
    start = number.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    next_start = (number + 1).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    moved = np.minimum(start + day_of_month, next_start)
    moved = np.where(wanted < _MONTH_FIRST, FIRST_DAY, np.where(wanted > _MONTH_LAST, LAST_DAY, moved))
    inside: Days = np.clip(moved, FIRST_DAY, LAST_DAY).astype(np.int32)
    return inside
