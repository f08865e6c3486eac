"""A reader who knows nothing of the module under test: tries every table of the lowest places that fits the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np
from numpy.typing import NDArray

from linli.domain.suppression import Table

Mask = NDArray[np.bool_]
Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Line:
    """A shown number: which of the lowest cells it adds up, and its value."""

    cells: frozenset[int]
    value: int


def leaves(table: Table) -> list[int]:
    """Places with no place below."""
    return [place for place in range(table.places) if place not in table.parents]


def under(table: Table, place: int) -> list[int]:
    """The lowest places of a subtree."""
    found = []
    for leaf in leaves(table):
        at: int | None = leaf
        while at is not None and at != place:
            at = table.parents[at]
        if at == place:
            found.append(leaf)
    return found


def cells_of(table: Table, place: int, column: int) -> frozenset[int]:
    """The lowest cells behind one cell of the table, numbered leaf by leaf."""
    order = {leaf: at for at, leaf in enumerate(leaves(table))}
    return frozenset(
        order[leaf] * table.categories + member for leaf in under(table, place) for member in table.members(column)
    )


def every_table(table: Table, hidden: Mask) -> Iterator[tuple[int, ...]]:
    """All tables of the lowest cells, in whole people, that agree with every shown number."""
    shown = [
        Line(cells_of(table, place, column), int(table.values[place, column]))
        for place in range(table.places)
        for column in range(table.columns)
        if not hidden[place, column]
    ]
    size = len(leaves(table)) * table.categories
    touching = [[k for k, line in enumerate(shown) if cell in line.cells] for cell in range(size)]
    last = [max(line.cells) for line in shown]
    left = [line.value for line in shown]
    picked: list[int] = []

    def search(cell: int) -> Iterator[tuple[int, ...]]:
        if cell == size:
            yield tuple(picked)
            return
        assert touching[cell], "nothing bounds this cell"
        room = min(left[k] for k in touching[cell])
        for count in range(room + 1):
            if any(last[k] == cell and left[k] != count for k in touching[cell]):
                continue
            for k in touching[cell]:
                left[k] -= count
            picked.append(count)
            yield from search(cell + 1)
            picked.pop()
            for k in touching[cell]:
                left[k] += count

    yield from search(0)


def worked_out(table: Table, hidden: Mask) -> dict[tuple[int, int], tuple[int, int]]:
    """For each hidden cell the least and most over every table that fits."""
    behind = {(int(p), int(c)): sorted(cells_of(table, int(p), int(c))) for p, c in np.argwhere(hidden)}
    found: dict[tuple[int, int], tuple[int, int]] = {}
    for one in every_table(table, hidden):
        for cell, parts in behind.items():
            value = sum(one[part] for part in parts)
            low, high = found.get(cell, (value, value))
            found[cell] = (min(low, value), max(high, value))
    return found


class LeafProgramme:
    """The same as an integer programme over the lowest cells alone, written apart from the module under test."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.model = highspy.Highs()
        self.model.silent()
        self._people = self.model.addIntegrals(len(leaves(table)) * table.categories)

    def total(self, place: int, column: int) -> Any:
        """One cell of the table as a sum of the lowest ones."""
        return self.model.qsum([self._people[cell] for cell in sorted(cells_of(self.table, place, column))])

    def between(self, place: int, column: int, low: float, high: float) -> None:
        """What a reader is told of one cell."""
        self.model.addConstr(self.total(place, column) >= low)
        self.model.addConstr(self.total(place, column) <= high)

    def extremes(self, place: int, column: int) -> tuple[float, float]:
        """The least and most one cell can be."""
        self.model.minimize(self.total(place, column))
        low = round(self.model.getObjectiveValue())
        self.model.maximize(self.total(place, column))
        has_end = self.model.getModelStatus() == highspy.HighsModelStatus.kOptimal
        return low, round(self.model.getObjectiveValue()) if has_end else float("inf")


def by_programme(table: Table, hidden: Mask) -> dict[tuple[int, int], tuple[float, float]]:
    """The least and most of each hidden cell for one who knows all others to the unit."""
    told = LeafProgramme(table)
    for place, column in np.argwhere(~hidden):
        value = float(table.values[place, column])
        told.between(int(place), int(column), value, value)
    return {(int(p), int(c)): told.extremes(int(p), int(c)) for p, c in np.argwhere(hidden)}


def from_rounded(table: Table, shown: Counts, step: int) -> dict[tuple[int, int], tuple[float, float]]:
    """The least and most of every cell for one who was told all of them, hidden ones too, but rounded."""
    told, cells = LeafProgramme(table), [(int(p), int(c)) for p, c in np.argwhere(shown >= 0)]
    for place, column in cells:
        value = float(shown[place, column])
        told.between(place, column, value - (step - 1), value + (step - 1))
    return {cell: told.extremes(*cell) for cell in cells}


def tree(choices: Sequence[int]) -> list[int | None]:
    """A tree of places from one number a place: which earlier place is its parent."""
    return [None, *(choice % (place + 1) for place, choice in enumerate(choices))]
