"""What is asked of each kind of list that goes out to Excel and comes back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from django.db.models import Q

from linli.domain.sheets import Value
from linli.records.places.models import Area


@dataclass(frozen=True, slots=True)
class Met:
    """What a record's id leads to now: the row's id (none: it was struck), and by which way if not straight.

    `via` is `merged` (the person was merged into another record), `corrected` (the dose was), `struck` or empty.
    """

    pk: int | None
    via: str = ""


class Keeper(Protocol):
    """One kind of list: what it holds of an area, what its cells say, where the ids of a copy lead now."""

    @property
    def reading(self) -> tuple[str, ...]:
        """The columns for reading, worded in words/copies.py."""

    def of_area(self, area: Area) -> Sequence[Any]:
        """Everything of an area's subtree, in the order in which it goes out."""

    def load(self, keys: Sequence[int]) -> Mapping[int, Any]:
        """Rows by id."""

    def cells(self, found: Sequence[Any], *, language: str) -> list[tuple[Value, ...]]:
        """The cells that may be changed, for each row in the order of COPY_FIELDS."""

    def more(self, found: Sequence[Any], *, language: str, on: date) -> list[tuple[Value, ...]]:
        """The cells for reading, for each row in the order of `reading`; a status is its code."""

    def meet(self, records: Sequence[str], *, paths: Sequence[str]) -> dict[str, Met]:
        """Where ids lead; those that do not exist or lie outside the subtrees are left out alike."""

    def people(self, found: Sequence[Any]) -> list[str]:
        """Public ids of the people whose names a copy of these rows shows."""


def within(paths: Iterable[str], column: str) -> Q:
    """Rows whose area, by its path in a column, lies in one of the subtrees."""
    found = Q(pk__in=[])
    for path in paths:
        found |= Q(**{f"{column}__startswith": path})
    return found


def is_everything(paths: Iterable[str]) -> bool:
    """Whether the subtrees are the whole tree: what belongs to no area is seen by those alone."""
    return any(path.count("/") == 1 for path in paths)
