"""A table of places by exclusive categories with all its sums: what is added up, and so what can be taken apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.int64]
# One sum of the table: a cell, and the cells that add up to it. Cells are numbered row by row.
Sum = tuple[int, list[int]]


class NoTableError(ValueError):
    """The places are no tree, or the counts do not fit them."""


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Numbers of people: a row a place, parents before children; columns are categories, groups of them, people."""

    parents: tuple[int | None, ...]
    groups: tuple[tuple[int, ...], ...]
    values: Counts

    @property
    def places(self) -> int:
        """How many places there are, the whole included."""
        return len(self.parents)

    @property
    def columns(self) -> int:
        """Categories, groups and people together."""
        return int(self.values.shape[1])

    @property
    def categories(self) -> int:
        """How many exclusive categories there are; each person is in one."""
        return self.columns - len(self.groups) - 1

    @property
    def people(self) -> Counts:
        """How many people each place has: the last column."""
        return self.values[:, -1]

    def members(self, column: int) -> tuple[int, ...]:
        """The categories that a column adds up."""
        if column < self.categories:
            return (column,)
        return self.groups[column - self.categories] if column < self.columns - 1 else tuple(range(self.categories))

    def heights(self) -> list[int]:
        """How many levels lie below each place."""
        found = [0] * self.places
        for place in range(self.places - 1, 0, -1):
            parent = self.parents[place] or 0
            found[parent] = max(found[parent], found[place] + 1)
        return found

    def sums(self) -> Iterator[Sum]:
        """Every sum: columns over their categories, places over those below (of groups and people they follow)."""
        for place in range(self.places):
            first = place * self.columns
            for column in range(self.categories, self.columns):
                yield first + column, [first + member for member in self.members(column)]
        for place in range(self.places):
            below = [child for child, parent in enumerate(self.parents) if parent == place]
            for category in range(self.categories if below else 0):
                yield place * self.columns + category, [child * self.columns + category for child in below]


def counted(
    parents: Sequence[int | None], counts: Sequence[Sequence[int]], *, groups: Sequence[Sequence[int]] = ()
) -> Table:
    """The table of a tree of places, from the counts of its lowest ones.

    `parents` names the row of each place's parent, `None` for the whole, which comes first; a parent stands before its
    children and has no counts of its own: people of a place who are in none below it are a place of their own.
    `groups` are sums of categories that are published too. Raises NoTableError.
    """
    rows = np.array(counts, dtype=np.int64)
    if not len(parents) or parents[0] is not None or any(p is None or p >= k for k, p in enumerate(parents) if k):
        raise NoTableError("one whole first, then each place after its parent")
    if rows.ndim != 2 or len(rows) != len(parents) or rows.shape[1] < 2:
        raise NoTableError("a row of counts for each place, over two categories or more")
    if (rows < 0).any() or rows[[parent for parent in parents if parent is not None]].any():
        raise NoTableError("counts are of the lowest places and never below nought")
    for place in range(len(parents) - 1, 0, -1):
        rows[parents[place]] += rows[place]
    sums = [rows[:, list(group)].sum(axis=1) for group in groups]
    values = np.column_stack([rows, *sums, rows.sum(axis=1)])
    return Table(tuple(parents), tuple(tuple(group) for group in groups), values)
