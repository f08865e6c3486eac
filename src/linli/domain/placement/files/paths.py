"""Shortest paths between all vertices of a small network."""

from __future__ import annotations

from heapq import heappop, heappush

import numpy as np

from linli.domain.compiled import compiled
from linli.domain.placement.layout import Indices, Numbers


def all_pairs(vertices: int, ends: Indices, costs: Numbers) -> tuple[Numbers, int]:
    """Shortest distances (vertices, vertices) by edges (edges, 2) both ways, and a vertex that cannot be reached or -1.

    Of edges between the same vertices the last counts.
    """
    low, high = ends.min(axis=1), ends.max(axis=1)
    _key, last = np.unique((low * vertices + high)[::-1], return_index=True)
    kept = len(ends) - 1 - last
    tail, head = np.concatenate([low[kept], high[kept]]), np.concatenate([high[kept], low[kept]])
    order = np.argsort(tail, kind="stable")
    start = np.zeros(vertices + 1, np.int64)
    np.cumsum(np.bincount(tail, minlength=vertices), out=start[1:])
    between = _from_each(start, head[order], np.concatenate([costs[kept], costs[kept]])[order])
    far = ~np.isfinite(between[0])
    return between, int(far.argmax()) if far.any() else -1


@compiled
def _from_each(start: Indices, head: Indices, cost: Numbers) -> Numbers:
    """Dijkstra (1959) from every vertex."""
    vertices = len(start) - 1
    between = np.full((vertices, vertices), np.inf)
    for source in range(vertices):
        distance = between[source]
        distance[source] = 0.0
        heap = [(0.0, source)]
        while heap:
            reached, vertex = heappop(heap)
            if reached > distance[vertex]:
                continue
            for edge in range(start[vertex], start[vertex + 1]):
                further = reached + cost[edge]
                if further < distance[head[edge]]:
                    distance[head[edge]] = further
                    heappush(heap, (further, head[edge]))
    return between
