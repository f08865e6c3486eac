"""What every row of a schedule carries: names, where it was read, and the days it is in force."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Source:
    """Where a value was read, and its mark: "src" read there, "mem" from memory, "der" worked out."""

    text: str
    mark: str


@dataclass(frozen=True, slots=True)
class Names:
    """What people call a thing, in Chinese and in English."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A row in force from ``effective_on`` to ``cessation_on``, both inclusive; None has no end on that side."""

    effective_on: date | None = None
    cessation_on: date | None = None
    source: Source
