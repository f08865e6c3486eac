"""Whom a series is for and how it competes with others: CDSi's indications and select-series data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from linli.domain.calendar import Period

FEMALE, MALE, UNKNOWN = "female", "male", "unknown"
ANYBODY = frozenset({FEMALE, MALE, UNKNOWN})


class Kind(Enum):
    """What a series is for: everybody, people with an indication, or only to judge what was given."""

    STANDARD = "standard"
    RISK = "risk"
    EVALUATION_ONLY = "evaluation only"


@dataclass(frozen=True, slots=True)
class Indication:
    """An observation that makes a risk series relevant, from an age (inclusive) to an age (exclusive)."""

    observation: str
    text: str = ""
    begin_age: Period | None = None
    end_age: Period | None = None
    guidance: str = ""


@dataclass(frozen=True, slots=True)
class Pathway:
    """How a series stands among the others of its group.

    `priority` is a letter, A first; a lower `preference` is better; `equivalent` are groups that protect as well.
    """

    group: str = "1"
    group_name: str = ""
    equivalent: tuple[str, ...] = ()
    default: bool = False
    product: bool = False
    priority: str = "A"
    preference: int = 99
    minimum_start: Period | None = None
    maximum_start: Period | None = None
    guidance: tuple[str, ...] = ()
