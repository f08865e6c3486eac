"""Comparing two document numbers: equal, one digit off, two digits swapped, a digit lost, or different.

A resident id has a check digit, so two sound ones never differ in one place only: whoever mistypes one and computes the
check digit anew (or writes fifteen digits, which have none) makes a sound number that differs in two.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from rapidfuzz.distance import OSA, Hamming

from linli.domain.identity.document import RESIDENCE_PERMIT, RESIDENT_ID
from linli.domain.identity.refusal import IdentityError
from linli.domain.identity.resident_id import check_digit, expand, read_resident_id

SAME: Final = "same_id"
ONE_DIGIT: Final = "id_one_digit"
ONE_DIGIT_ORDER: Final = "id_one_digit_order"  # in the order code, where twins and others born that day differ too
SOUND_ONE_DIGIT: Final = "id_one_digit_sound"  # both numbers sound
SOUND_ORDER: Final = "id_near"  # both sound, one digit of the order code apart: as likely two people of one birthday
TRANSPOSED: Final = "id_transposed"
DIGIT_LOST: Final = "id_digit_lost"
DIFFERENT: Final = "different_id"
DOUBTFUL: Final = "different_id_unsound"
SAME_PAPER: Final = "same_document"
NEAR_PAPER: Final = "document_near"
OTHER_PAPER: Final = "different_document"
BEST_FIRST: Final = (
    SAME,
    SAME_PAPER,
    DIGIT_LOST,
    TRANSPOSED,
    ONE_DIGIT,
    SOUND_ONE_DIGIT,
    ONE_DIGIT_ORDER,
    NEAR_PAPER,
    SOUND_ORDER,
    DOUBTFUL,
    OTHER_PAPER,
    DIFFERENT,
)
RANK: Final = {level: rank for rank, level in enumerate(BEST_FIRST)}
ID_KINDS: Final = (RESIDENT_ID, RESIDENCE_PERMIT)
FULL, ORDER = 18, range(14, 17)


@dataclass(frozen=True, slots=True)
class Number:
    """A resident id, or what was meant to be one; `checks`: its check digit fits."""

    text: str
    checks: bool


def resident_id(kind: str, number: str) -> Number | None:
    """The number where it is, or was meant to be, a resident id, in eighteen digits if it has fifteen."""
    text = _as_resident_id(kind, number)
    checks = len(text) == FULL and text[:17].isdigit() and check_digit(text[:17]) == text[17]
    return Number(text, checks) if text else None


def _as_resident_id(kind: str, number: str) -> str:
    if len(number) == 15 and number.isdigit() and kind in (*ID_KINDS, "other"):
        return expand(number)
    body = number[:-1]
    looks_like_one = (
        FULL - 1 <= len(number) <= FULL + 1 and body.isdigit() and (number[-1].isdigit() or number[-1] == "X")
    )
    return number if looks_like_one and (kind in ID_KINDS or kind == "other") else ""


def is_sound(number: str) -> bool:
    """Whether a resident id has a real birthday and its right check digit."""
    try:
        return len(number) == FULL and read_resident_id(number).number == number
    except IdentityError:
        return False


def birth_in(number: str) -> date | None:
    """The birth date inside a resident id, where there is one."""
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14])) if len(number) == FULL else None
    except ValueError:
        return None


def compare_ids(one: Number, other: Number) -> str:
    """How like two resident ids are."""
    left, right = one.text, other.text
    if left == right:
        return SAME
    if len(left) == len(right) == FULL:
        if Hamming.distance(left, right, score_cutoff=2) <= 2:
            wrong = [place for place in range(FULL) if left[place] != right[place]]
            if level := _few_wrong(left, right, wrong):
                return level
    elif OSA.distance(left, right, score_cutoff=1) == 1:
        return DIGIT_LOST
    return DIFFERENT if one.checks and other.checks else DOUBTFUL


def _few_wrong(one: str, other: str, wrong: list[int]) -> str:
    first, last = wrong[0], wrong[-1]
    if first == last:
        return ONE_DIGIT_ORDER if first in ORDER else ONE_DIGIT
    if last == first + 1 and one[first] == other[last] and one[last] == other[first]:
        return TRANSPOSED
    if last == FULL - 1:
        return SOUND_ORDER if first in ORDER else SOUND_ONE_DIGIT
    return ""


def compare_papers(one: tuple[str, str], other: tuple[str, str]) -> str:
    """How like two other documents (kind, number) are; empty where their kinds say nothing of each other."""
    if one[1] == other[1]:
        return SAME_PAPER
    if one[0] != other[0]:
        return ""
    return NEAR_PAPER if OSA.distance(one[1], other[1], score_cutoff=1) == 1 else OTHER_PAPER
