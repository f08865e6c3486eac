"""Write a list for Excel, so that no cell of it can ever be computed."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from io import StringIO
from typing import Final

from linli.domain.sheets.xlsx_writing import BLANKS, LIVE, UNPRINTABLE, Value, clean, write_xlsx

__all__ = ["LIVE", "Value", "clean", "kept", "neutral", "write_csv", "write_xlsx"]

APOSTROPHES: Final = ("'", "\u2018", "\u2019", "`")
SAFE_NUMBER = re.compile(r"0|[1-9][0-9]{0,10}")
# The letters and signs of numbers, dates, times, amounts and shares, in the languages of an office.
VALUE_LIKE = re.compile(
    r"[\s\d.,:/()%+\-\u2010-\u2015eE$\uffe5¥€£年月日号时分秒点上下午星期周一二三四五六七八九十〇零天]*"
    r"(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*)?"
    r"[\s\d.,:/()%+\-eE]*(?:am|pm|a|p)?\s*",
    re.IGNORECASE,
)
LONGEST_VALUE: Final = 64
TRUTHS: Final = frozenset({"true", "false"})


def neutral(text: str) -> str:
    """Text that a spreadsheet shows and does not compute: an apostrophe goes before a formula's first sign."""
    text = UNPRINTABLE.sub("", text)
    return f"'{text}" if text.lstrip(BLANKS).startswith(LIVE) else text


def kept(text: str) -> str:
    """Text that a spreadsheet neither computes nor takes for a number or a date, so that it comes back as it went.

    Excel makes 12 of "012", 5 March of "3-5" and 1.2E+17 of an ID: an apostrophe goes before these too, and one before
    a text that begins with an apostrophe itself.
    """
    text = clean(text)
    shown = text.strip()
    if text.lstrip(BLANKS).startswith(LIVE) or shown.startswith(APOSTROPHES) or shown.lower() in TRUTHS:
        return f"'{text}"
    has_digit = any(character.isdigit() for character in shown)
    return f"'{text}" if has_digit and not SAFE_NUMBER.fullmatch(shown) and _is_value_like(shown) else text


def _is_value_like(shown: str) -> bool:
    """Whether Excel might take a text for a number, a date, a time or an amount; no long one has a word in it."""
    if len(shown) > LONGEST_VALUE:
        return not any(character.isalpha() for character in shown)
    return VALUE_LIKE.fullmatch(shown) is not None


def write_csv(rows: Iterable[Sequence[Value]], *, written: Callable[[str], str] = neutral) -> bytes:
    """CSV as Excel opens it by a double click: UTF-8 with its mark, CR LF, dates as ISO text, texts neutralised.

    Excel rounds an 18-digit id in a CSV unless its texts are written as `kept`.
    """
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for row in rows:
        writer.writerow([_csv_value(value, written) for value in row])
    return out.getvalue().encode("utf-8-sig")


def _csv_value(value: Value, written: Callable[[str], str]) -> str | int | float:
    if isinstance(value, str):
        return written(value)
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    return value
