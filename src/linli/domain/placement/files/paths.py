"""Shortest paths between all vertices of a small network."""

from __future__ import annotations

import numpy as np

from linli.domain.compiled import compiled
from linli.domain.placement.layout import Indices, Numbers


def all_pairs(vertices: int, ends: Indices, costs: Numbers) -> tuple[Numbers, int]:
    """Shortest distances (vertices, vertices) by edges (edges, 2) both ways, and a vertex that cannot be reached or -1.

    Of edges between the same vertices the last counts. Time grows with the cube of the vertices: a thousand take a
    fifth of a second.
    """
    low, high = ends.min(axis=1), ends.max(axis=1)
    _between, last = np.unique((high * vertices + low)[::-1], return_index=True)
    kept = len(ends) - 1 - last
    between = np.full((vertices, vertices), np.inf)
    between[high[kept], low[kept]] = costs[kept]
    np.fill_diagonal(between, 0.0)
    _shorten(between)
    far = ~np.isfinite(between[:, 0])
    return np.where(np.tri(vertices, dtype=np.bool_), between, between.T), int(far.argmax()) if far.any() else -1


@compiled
def _shorten(between: Numbers) -> None:
    """Floyd (1962) on the lower half of a symmetric table."""
    vertices = len(between)
    through = np.empty(vertices)
    for via in range(vertices):
        through[:via] = between[via, :via]
        through[via:] = between[via:, via]
        for one in range(vertices):
            before = through[one]
            if before == np.inf:
                continue
            row = between[one]
            for other in range(one):
                row[other] = min(row[other], before + through[other])
