"""What a reader can work out of hidden numbers, from everything that is published."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from linli.domain.suppression.solver import NO_END, TINY, Fitting, Numbers, Statement
from linli.domain.suppression.table import Table

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Rate:
    """A published rate of a place: one column over another, and between what it lies once it was rounded."""

    place: int
    part: int
    whole: int
    low: float
    high: float


def ranges(table: Table, hidden: Mask, *, rates: Sequence[Rate] = ()) -> tuple[Numbers, Numbers]:
    """The least and the most that each cell can be for one who reads all the others, adds up and takes apart.

    The reader knows every shown number exactly, all sums, the published `rates`, and that people come whole; infinity
    where nothing bounds a number from above.
    """
    low, high = table.values.astype(np.float64), table.values.astype(np.float64)
    reader = Reader(table, rates=rates)
    reader.read(hidden)
    for place, column in np.argwhere(hidden):
        cell = int(place) * table.columns + int(column)
        low[place, column], high[place, column] = reader.least(cell), reader.most(cell)
    return low, high


class Reader:
    """One who has the published table before them."""

    def __init__(self, table: Table, *, rates: Sequence[Rate] = ()) -> None:
        self._table = table
        self._values = table.values.astype(np.float64).ravel()
        self._fitting = Fitting(self._values.size, [*_sums(table), *_rates(table, rates)])

    def read(self, hidden: Mask) -> None:
        """Take a page with some cells hidden."""
        flat = hidden.ravel()
        self._fitting.bound(np.where(flat, 0.0, self._values), np.where(flat, NO_END, self._values))

    def least(self, cell: int) -> float:
        """The least a cell can be."""
        return self._fitting.least(self._cost(cell, 1)).value

    def most(self, cell: int) -> float:
        """The most a cell can be."""
        return -self._fitting.least(self._cost(cell, -1)).value

    def reach(self, cell: int, sign: int) -> tuple[float, Numbers]:
        """How far a cell can lie above (+1) or below (-1) its value, and what hiding each cell adds to that at most."""
        found = self._fitting.least(self._cost(cell, -sign))
        if found.value == -NO_END:
            return NO_END, np.full(self._values.size, NO_END)
        far = -sign * self._values[cell] - found.value
        # A bound that pulls down frees the cell's whole value when hidden, one that pushes up has no end.
        freed = np.where(found.worth > TINY, found.worth * self._values, 0.0)
        return far, np.where(found.worth < -TINY, NO_END, freed)

    def _cost(self, cell: int, sign: int) -> Numbers:
        costs = np.zeros(self._values.size)
        costs[cell] = sign
        return costs


def _sums(table: Table) -> Iterator[Statement]:
    for total, parts in table.sums():
        yield {total: 1.0, **dict.fromkeys(parts, -1.0)}, 0.0, 0.0


def _rates(table: Table, rates: Sequence[Rate]) -> Iterator[Statement]:
    for rate in rates:
        first = rate.place * table.columns
        part, whole = first + rate.part, first + rate.whole
        yield {part: 1.0, whole: -rate.low}, 0.0, NO_END
        yield {part: 1.0, whole: -rate.high}, -NO_END, 0.0
