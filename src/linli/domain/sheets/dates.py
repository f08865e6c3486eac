"""Dates as people write them into lists."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

YEAR_FIRST = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?")
COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
YEAR_LAST = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4})")
SHORT_YEAR = re.compile(
    r"'?\d{1,2}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*'?\d{1,2}\s*[日号]?|\d{1,2}[-\s][A-Za-z]{3,9}[-\s]\d{2}|\d{6}"
)
SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
DAY_MONTH_WORD = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[-\s/]*([A-Za-z]{3,9})\.?,?[-\s/]*(\d{4})")
MONTH_WORD_DAY = re.compile(r"([A-Za-z]{3,9})\.?[-\s]*(\d{1,2})(?:st|nd|rd|th)?,?[-\s]+(\d{4})")
TIME = re.compile(
    r"(?:[T\s]\s*|(?<=[日号]))(?:上午|下午)?\d{1,2}(?:[:时点]\d{0,2}[分]?(?::?\d{1,2}(?:\.\d+)?秒?)?)\s*(?:[AaPp][Mm])?\s*(?:Z|[+-]\d{2}:?\d{2})?$"
)
WEEKDAY = re.compile(r"\s*\(?(?:星期|周)[一二三四五六日天]\)?$")
NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTHS: Final = {name: number for number, name in enumerate(NAMES, 1)}
# Excel counts days from here; its first two months carry a leap day that never was, so early serials are not dates.
EXCEL_ZERO = date(1899, 12, 30)
FIRST_SERIAL, LAST_SERIAL = 10_000, 73_050
FIRST_YEAR, LAST_YEAR = 1850, 2199


class DateError(ValueError):
    """Text that is no date, with bad_date, impossible_date, ambiguous_date or two_digit_year."""

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


def read_date(text: str) -> date:
    """The day that a cell means; a time of day behind it is dropped.

    Takes 2021-6-1, 2021/06/01, 2021.6.1, 20210601, 2021年6月1日, 13/6/2021 and 6/13/2021 (only one way to read them),
    1 Jun 2021, and Excel's day numbers. Raises DateError.
    """
    text = WEEKDAY.sub("", TIME.sub("", text.strip())).strip()
    if found := YEAR_FIRST.fullmatch(text) or COMPACT.fullmatch(text):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := YEAR_LAST.fullmatch(text):
        return _year_last(int(found[1]), int(found[2]), int(found[3]))
    if found := DAY_MONTH_WORD.fullmatch(text):
        return _day(int(found[3]), _month(found[2]), int(found[1]))
    if found := MONTH_WORD_DAY.fullmatch(text):
        return _day(int(found[3]), _month(found[1]), int(found[2]))
    if (found := SERIAL.fullmatch(text)) and FIRST_SERIAL <= int(found[1]) <= LAST_SERIAL:
        return EXCEL_ZERO + timedelta(days=int(found[1]))
    raise DateError("two_digit_year" if SHORT_YEAR.fullmatch(text) else "bad_date")


def may_mean(text: str, day: date) -> bool:
    """Whether a cell can be read as this day, in whatever order and with however few digits a program wrote it."""
    try:
        return read_date(text) == day
    except DateError as refused:
        if refused.code == "ambiguous_date":
            return day.isoformat() in refused.params.values()
        if refused.code != "two_digit_year":
            return False
    words: list[str] = re.findall(r"[a-z]{3}|\d+", text.lower())
    said = sorted(str(MONTHS.get(word, word)).lstrip("0") or "0" for word in words)
    if len(said) == 1:
        return words[0] == f"{day:%y%m%d}"
    return bool(said == sorted(str(part) for part in (day.year % 100, day.month, day.day)))


def _year_last(first: int, second: int, year: int) -> date:
    if first <= 12 and second <= 12 and first != second:
        readings = sorted({_day(year, first, second), _day(year, second, first)})
        raise DateError("ambiguous_date", first=readings[0].isoformat(), second=readings[1].isoformat())
    return _day(year, first, second) if second > 12 else _day(year, second, first)


def _month(word: str) -> int:
    month = MONTHS.get(word[:3].lower())
    if month is None:
        raise DateError("bad_date")
    return month


def _day(year: int, month: int, day: int) -> date:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise DateError("bad_date")
    try:
        return date(year, month, day)
    except ValueError:
        raise DateError("impossible_date") from None
