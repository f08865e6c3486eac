"""Which venues lie within a distance of each point, by straight line."""

from __future__ import annotations

import numpy as np

from linli.domain.compiled import compiled
from linli.domain.placement.layout import Indices, Numbers, Short


def within(points: Numbers, venues: Numbers, reach: float) -> tuple[Indices, Short]:
    """Lists of the venues (venues, 2) no farther than `reach` from each point (points, 2): starts and venues."""
    low = np.minimum(points.min(axis=0), venues.min(axis=0))
    high = np.maximum(points.max(axis=0), venues.max(axis=0))
    shape = ((high - low) / reach).astype(np.int64) + 1
    cell = ((venues - low) / reach).astype(np.int64)
    key = cell[:, 0] * shape[1] + cell[:, 1]
    begins = np.zeros(shape[0] * shape[1] + 1, np.int64)
    np.cumsum(np.bincount(key, minlength=len(begins) - 1), out=begins[1:])
    order = np.argsort(key, kind="stable").astype(np.int32)
    start = np.zeros(len(points) + 1, np.int64)
    _count(points, venues[order], begins, low, shape, reach, start)
    return start, _list(points, venues[order], order, begins, low, shape, reach, start)


@compiled
def _count(
    points: Numbers, venues: Numbers, begins: Indices, low: Numbers, shape: Indices, reach: float, start: Indices
) -> None:
    for point in range(len(points)):
        found = 0
        x, y = points[point, 0], points[point, 1]
        column, row = int((x - low[0]) / reach), int((y - low[1]) / reach)
        for across in range(max(0, column - 1), min(shape[0], column + 2)):
            first = across * shape[1] + max(0, row - 1)
            last = across * shape[1] + min(shape[1], row + 2)
            for at in range(begins[first], begins[last]):
                if (venues[at, 0] - x) ** 2 + (venues[at, 1] - y) ** 2 <= reach * reach:
                    found += 1
        start[point + 1] = start[point] + found


@compiled
def _list(
    points: Numbers,
    venues: Numbers,
    order: Short,
    begins: Indices,
    low: Numbers,
    shape: Indices,
    reach: float,
    start: Indices,
) -> Short:
    near = np.empty(start[-1], np.int32)
    for point in range(len(points)):
        to = start[point]
        x, y = points[point, 0], points[point, 1]
        column, row = int((x - low[0]) / reach), int((y - low[1]) / reach)
        for across in range(max(0, column - 1), min(shape[0], column + 2)):
            first = across * shape[1] + max(0, row - 1)
            last = across * shape[1] + min(shape[1], row + 2)
            for at in range(begins[first], begins[last]):
                if (venues[at, 0] - x) ** 2 + (venues[at, 1] - y) ** 2 <= reach * reach:
                    near[to] = order[at]
                    to += 1
    return near
