"""Comparing two birth dates: equal, mistyped, day and month swapped, or a birthday of the Chinese calendar."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from datetime import date
from typing import Final

from linli.domain.calendar.lunar import lunar

SAME: Final = "same_birth"
SWAPPED: Final = "birth_day_month_swapped"
ONE_DIGIT: Final = "birth_one_digit"
TRANSPOSED: Final = "birth_transposed"
LUNAR: Final = "birth_lunar"
PLACEHOLDER: Final = "birth_year_only"
SAME_DAY: Final = "birth_other_year"
SAME_YEAR: Final = "same_birth_year"
DIFFERENT: Final = "different_birth"
BEST_FIRST: Final = (SAME, LUNAR, SWAPPED, TRANSPOSED, ONE_DIGIT, PLACEHOLDER, SAME_DAY, SAME_YEAR, DIFFERENT)
RANK: Final = {level: rank for rank, level in enumerate(BEST_FIRST)}


@dataclass(frozen=True, slots=True)
class Birth:
    """A birth date as it is typed, eight digits; `lunar` the same day in the Chinese calendar, typed the same way."""

    digits: str
    lunar: str


@functools.lru_cache(maxsize=100_000)
def birth_of(day: date) -> Birth:
    """A birth date as it is compared."""
    chinese = lunar(day)
    return Birth(f"{day.year:04d}{day:%m%d}", "{:04d}{:02d}{:02d}".format(*chinese) if chinese else "")


def compare(one: tuple[Birth, ...], other: tuple[Birth, ...]) -> str:
    """How like the birth dates known of two people are, at best; empty where one has none."""
    if len(one) == len(other) == 1:
        return _two(one[0], other[0])
    levels = [_two(left, right) for left in one for right in other]
    return min(levels, key=RANK.__getitem__) if levels else ""


def _two(one: Birth, other: Birth) -> str:
    left, right = one.digits, other.digits
    if left == right:
        return SAME
    if left == other.lunar or right == one.lunar:
        return LUNAR
    if left[:4] != right[:4]:
        return _other_year(left, right)
    if left[4:6] == right[6:] and left[6:] == right[4:6]:
        return SWAPPED
    wrong = _wrong(left, right)
    if len(wrong) == 1:
        return ONE_DIGIT
    if _is_swap(left, right, wrong):
        return TRANSPOSED
    return PLACEHOLDER if "0101" in (left[4:], right[4:]) else SAME_YEAR


def _other_year(left: str, right: str) -> str:
    wrong = _wrong(left, right)
    if len(wrong) == 1:
        return ONE_DIGIT
    if _is_swap(left, right, wrong):
        return TRANSPOSED
    # "0101" stands where only the year was known.
    return SAME_DAY if left[4:] == right[4:] != "0101" else DIFFERENT


def _wrong(left: str, right: str) -> list[int]:
    return [place for place in range(8) if left[place] != right[place]]


def _is_swap(left: str, right: str, wrong: list[int]) -> bool:
    if len(wrong) != 2 or wrong[1] != wrong[0] + 1:
        return False
    first, second = wrong
    return left[first] == right[second] and left[second] == right[first]
