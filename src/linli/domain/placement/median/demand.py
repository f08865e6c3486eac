"""Demand points and the venues that could serve them, as sorted lists from both sides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from linli.domain.compiled import compiled
from linli.domain.placement.layout import Indices, Numbers, Short


class Lists(NamedTuple):
    """Lists behind one another, each by cost, the lowest first: list i is `start[i]:start[i + 1]` of the others."""

    start: Indices
    other: Short
    cost: Numbers


@dataclass(frozen=True, slots=True, eq=False)
class Demand:
    """A p-median: serve every point from one of p venues at the lowest total cost.

    `rows` lists the venues of each point and `columns` the points of each venue; both hold the same pairs. A point none
    of whose venues is open costs `beyond` (points,); pairs that cost no less are left out. `fixed` is paid whatever is
    opened, and `venue` (venues,) tells which venues these were before some were left out.
    """

    rows: Lists
    columns: Lists
    beyond: Numbers
    fixed: float
    venue: Indices

    @property
    def points(self) -> int:
        """How many demand points there are."""
        return len(self.beyond)

    @property
    def venues(self) -> int:
        """How many venues could be opened."""
        return len(self.venue)


def demand_of(start: Indices, venue: Short, cost: Numbers, beyond: Numbers, venues: int) -> Demand:
    """A demand of lists of venues by point, in any order."""
    lengths = np.diff(start)
    point = np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)
    by_row = np.lexsort((cost, point))
    rows = Lists(start.astype(np.int64), venue[by_row].astype(np.int32), cost[by_row].astype(np.float64))
    by_column = np.lexsort((cost, venue))
    begins = np.zeros(venues + 1, np.int64)
    np.cumsum(np.bincount(venue, minlength=venues), out=begins[1:])
    columns = Lists(begins, point[by_column], cost[by_column].astype(np.float64))
    return Demand(rows, columns, beyond, 0.0, np.arange(venues))


def demand_of_table(costs: Numbers) -> Demand:
    """A demand of a full table of costs (points, venues)."""
    return Demand(_sorted(costs), _sorted(costs.T), costs.max(axis=1), 0.0, np.arange(costs.shape[1]))


def _sorted(costs: Numbers) -> Lists:
    order = np.argsort(costs, axis=1, kind="stable")
    rows, length = costs.shape
    return Lists(
        np.arange(rows + 1, dtype=np.int64) * length,
        order.astype(np.int32).ravel(),
        np.take_along_axis(costs, order, axis=1).ravel(),
    )


def reduced(demand: Demand, *, opened: Indices, closed: Indices) -> tuple[Demand, Indices]:
    """The demand that is left once some venues are open and others closed for good; and which points are left.

    A point costs no more than its nearest open venue, and venues that would not be nearer drop out of its list. A point
    whose list is empty leaves, and what it costs is fixed.
    """
    beyond = demand.beyond.copy()
    _cap(demand.columns, opened, beyond)
    gone = np.zeros(demand.venues, np.bool_)
    gone[opened] = gone[closed] = True
    kept = np.flatnonzero(~gone)
    number = np.full(demand.venues, -1, np.int32)
    number[kept] = np.arange(len(kept), dtype=np.int32)
    point_number = np.full(demand.points, -1, np.int32)
    rows = _left_rows(demand.rows, number, beyond, point_number)
    points = np.flatnonzero(point_number >= 0)
    columns = _left_columns(demand.columns, kept, point_number, beyond, len(rows.other))
    fixed = demand.fixed + float(beyond[point_number < 0].sum())
    return Demand(rows, columns, beyond[points], fixed, demand.venue[kept]), points


@compiled
def _cap(columns: Lists, opened: Indices, beyond: Numbers) -> None:
    for venue in opened:
        for at in range(columns.start[venue], columns.start[venue + 1]):
            point = columns.other[at]
            beyond[point] = min(beyond[point], columns.cost[at])


@compiled
def _left_rows(rows: Lists, number: Short, beyond: Numbers, point_number: Short) -> Lists:
    points, pairs = 0, 0
    for point in range(len(beyond)):
        before = pairs
        for at in range(rows.start[point], rows.start[point + 1]):
            if rows.cost[at] >= beyond[point]:
                break
            if number[rows.other[at]] >= 0:
                pairs += 1
        if pairs > before:
            point_number[point] = points
            points += 1
    start = np.zeros(points + 1, np.int64)
    other = np.empty(pairs, np.int32)
    cost = np.empty(pairs, np.float64)
    pairs = 0
    for point in range(len(beyond)):
        if point_number[point] < 0:
            continue
        for at in range(rows.start[point], rows.start[point + 1]):
            if rows.cost[at] >= beyond[point]:
                break
            if number[rows.other[at]] >= 0:
                other[pairs] = number[rows.other[at]]
                cost[pairs] = rows.cost[at]
                pairs += 1
        start[point_number[point] + 1] = pairs
    return Lists(start, other, cost)


@compiled
def _left_columns(columns: Lists, kept: Indices, point_number: Short, beyond: Numbers, size: int) -> Lists:
    start = np.zeros(len(kept) + 1, np.int64)
    other = np.empty(size, np.int32)
    cost = np.empty(size, np.float64)
    pairs = 0
    for venue in range(len(kept)):
        for at in range(columns.start[kept[venue]], columns.start[kept[venue] + 1]):
            point = columns.other[at]
            if columns.cost[at] < beyond[point]:
                other[pairs] = point_number[point]
                cost[pairs] = columns.cost[at]
                pairs += 1
        start[venue + 1] = pairs
    return Lists(start, other, cost)
