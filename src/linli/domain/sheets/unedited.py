"""Whether a cell still says what it said when it went out, whatever the programs on its way made of it."""

from __future__ import annotations

import functools
import re
import unicodedata
from datetime import date
from decimal import Decimal
from typing import Final

from linli.domain.identity.characters import INVISIBLE
from linli.domain.sheets.dates import may_mean
from linli.domain.sheets.writing import APOSTROPHES, clean

ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
NUMBER = re.compile(r"[+-]?\d{1,18}(?:\.\d{1,20})?(?:[eE][+-]?\d{1,2})?")
ROUNDED = re.compile(r"\d(?:\.\d+)?[eE]\+\d\d")
CODED = re.compile("_x([0-9A-Fa-f]{4})_")
CLOSE: Final = Decimal("1e-9")
# Excel saves a plain CSV in the encoding of the computer and writes this for what it cannot hold.
LOST: Final = "?"
NARROW_ENCODING: Final = "gbk"


def is_as_written(base: str, cell: str) -> bool:
    """Whether a cell was left alone: `base` as it was written, `cell` as it was read.

    Spaces and width do not count, nor an apostrophe in front, the way a date or number is written, digits that Excel
    has rounded away, and rare characters that Excel lost when it saved a CSV.
    """
    if cell == base:
        return True
    before, after = _folded(base), _folded(cell)
    if before == after or (after.startswith(APOSTROPHES) and after[1:].strip() == before):
        return True
    if before.startswith(APOSTROPHES) and before[1:].strip() == after:
        return True  # taken for the mark of a text and eaten
    if CODED.search(before) and _folded(CODED.sub(lambda mark: chr(int(mark[1], 16)), before)) == after:
        return True  # text that looks like Excel's mark for a character was taken for one
    if ISO_DAY.fullmatch(before):
        return may_mean(after, date.fromisoformat(before))
    if NUMBER.fullmatch(before) and NUMBER.fullmatch(after):
        return _same_number(before, after)
    return LOST in after and bool(re.fullmatch(_narrowed(base), after.removeprefix("'").strip()))


def _folded(text: str) -> str:
    if text.isascii():
        return " ".join(clean(text).split())
    return " ".join(unicodedata.normalize("NFKC", INVISIBLE.sub("", clean(text))).split())


def _same_number(before: str, after: str) -> bool:
    """Equal numbers; but a door "012" that became "12" was changed by somebody or is to be looked at."""
    if _has_leading_zero(before) != _has_leading_zero(after):
        return False
    one, other = Decimal(before), Decimal(after)
    return one == other or (bool(ROUNDED.fullmatch(after)) and abs(one - other) <= CLOSE * abs(one))


def _has_leading_zero(text: str) -> bool:
    digits = text.lstrip("+-")
    return len(digits) > 1 and digits[0] == "0" and digits[1].isdigit()


def _narrowed(text: str) -> str:
    """A pattern of what is left of a text in GBK: a question mark for each character that it cannot hold.

    One outside the first plane counts as one or as two, as the program counts.
    """
    parts: list[str] = []
    fewest = most = 0
    for character in " ".join(clean(text).split()):
        if _is_lost(character):
            fewest, most = fewest + 1, most + (2 if ord(character) > 0xFFFF else 1)
            continue
        if most:
            # One count for a whole run: a count for each character would be tried in every combination.
            parts.append(rf"\?{{{fewest},{most}}}")
            fewest = most = 0
        parts.append(re.escape(unicodedata.normalize("NFKC", character)))
    return "".join(parts) + (rf"\?{{{fewest},{most}}}" if most else "")


@functools.lru_cache(maxsize=4096)
def _is_lost(character: str) -> bool:
    try:
        character.encode(NARROW_ENCODING)
    except UnicodeEncodeError:
        return True
    return False
