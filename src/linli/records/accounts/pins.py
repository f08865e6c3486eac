"""PINs of six digits, and those that are tried first."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

LENGTH = 6
# What people in China take when asked for six digits, beside steps, repeats and dates.
TRIED_FIRST = frozenset(
    {"520131", "521314", "131452", "147258", "258369", "159357", "168168", "666888", "888666", "112233", "332211"}
)


def is_pin(typed: str) -> bool:
    """Whether this is six digits at all."""
    return re.fullmatch(rf"[0-9]{{{LENGTH}}}", typed) is not None


def is_obvious(pin: str) -> bool:
    """Whether a PIN is among the first that somebody would try: steps, repeats, a date, a favourite.

    Five tries end a device, so what matters is that a finder's first five guesses are worth nothing.
    """
    return (
        pin in TRIED_FIRST
        or len(set(pin)) <= 2
        or _is_stair(pin)
        or pin == pin[:3] * 2
        or pin == pin[:2] * 3
        or _is_date(pin)
    )


def _is_stair(pin: str) -> bool:
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    return steps in ({1}, {9})


def _is_date(pin: str) -> bool:
    """A birthday as people write it short (YYMMDD, DDMMYY, MMDDYY), or a year and a month (YYYYMM)."""
    first, middle, last = pin[:2], pin[2:4], pin[4:]
    days = ((first, middle, last), (last, middle, first), (last, first, middle))
    is_month = pin[:2] in ("19", "20") and 1 <= int(last) <= 12
    return is_month or any(_is_day(int(year), int(month), int(day)) for year, month, day in days)


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(2000 + year, month, day)  # the century hardly matters: only 29 February asks for it
    except ValueError:
        return False
    return True
