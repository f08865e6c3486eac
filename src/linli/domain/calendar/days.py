"""One day as a number: conversions between dates and days since 1970."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

Days = NDArray[np.int32]

NO_DAY = int(np.iinfo(np.int32).min)
FIRST_DAY = date.min.toordinal() - date(1970, 1, 1).toordinal()
LAST_DAY = date.max.toordinal() - date(1970, 1, 1).toordinal()
_EPOCH = date(1970, 1, 1).toordinal()


def day_of(value: date | None) -> int:
    """Number of a date's day; ``NO_DAY`` for none."""
    return NO_DAY if value is None else value.toordinal() - _EPOCH


def date_of(day: int | np.integer[Any]) -> date | None:
    """Date of a day's number; none for ``NO_DAY``."""
    return None if day == NO_DAY else date.fromordinal(int(day) + _EPOCH)


def dates_of(days: Days) -> list[date | None]:
    """Dates of many days' numbers."""
    return [date_of(day) for day in days.tolist()]


def as_days(values: Iterable[date | None] | NDArray[Any]) -> Days:
    """Days from dates, from ``datetime64`` (``NaT`` is no date) or from whole numbers taken as they are.

    A day outside the years 1 to 9999 is no date.
    """
    if not isinstance(values, np.ndarray):
        return np.array([day_of(value) for value in values], np.int32)
    if values.dtype.kind == "M":
        numbers = values.astype("datetime64[D]").astype(np.int64)
    elif values.dtype.kind in "iu":
        numbers = values.astype(np.int64) if values.dtype != np.int32 else values
    elif values.dtype.kind == "O":
        return np.array([day_of(value) for value in values.tolist()], np.int32)
    else:
        raise TypeError(f"days must be dates or whole numbers, not {values.dtype}")
    inside = (numbers >= FIRST_DAY) & (numbers <= LAST_DAY)
    return np.where(inside, numbers, NO_DAY).astype(np.int32, copy=False)
