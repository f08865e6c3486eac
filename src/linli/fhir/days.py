"""FHIR's dates, which may be a year or a month alone, or carry a time and its zone."""

from __future__ import annotations

import calendar
from datetime import date

FIRST, LAST = 1850, 2199
"""Years that a birth or a day of assessment may lie in."""


def whole_day(text: object) -> date | None:
    """The day of a date or time as it was written, wherever its clock stood; None where only a year or month is."""
    if not isinstance(text, str) or len(text) < 10:
        return None
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def last_day(text: object) -> date | None:
    """The last day that a date names: of its month, or of its year, where no day is given."""
    if not isinstance(text, str) or not text[:4].isdigit():
        return None
    if len(text) >= 10:
        return whole_day(text)
    year = int(text[:4])
    month = int(text[5:7]) if text[5:7].isdigit() else 12
    return date(year, month, calendar.monthrange(year, month)[1]) if year and 1 <= month <= 12 else None


def in_reach(day: date) -> bool:
    """Whether a schedule can be counted from a day."""
    return FIRST <= day.year <= LAST
