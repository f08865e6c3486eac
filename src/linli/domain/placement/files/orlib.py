"""The p-median files of OR-Library: vertices, edges and p, then one edge a line.

Source: J. E. Beasley, OR-Library, `pmed`. Each vertex is a demand point of weight 1 and a venue; the distance is the
shortest path. Where an edge is given twice the last one counts, as OR-Library asks.
"""

from __future__ import annotations

import numpy as np

from linli.domain.placement.files.numbers import BadFileError, numbers_of
from linli.domain.placement.files.paths import all_pairs
from linli.domain.placement.layout import Numbers

HEAD = 3
"""Vertices, edges, p."""


def read_orlib(content: bytes) -> tuple[Numbers, int]:
    """Distances (vertices, vertices) and p. Raises BadFileError."""
    values = numbers_of(content.split())
    if len(values) < HEAD:
        raise BadFileError("short", found=len(values), needed=HEAD)
    if (values[:HEAD] != np.floor(values[:HEAD])).any() or (values[:HEAD] < 1).any():
        raise BadFileError("head")
    vertices, edges, count = (int(value) for value in values[:HEAD])
    if len(values) != HEAD + 3 * edges:
        raise BadFileError("edges", found=(len(values) - HEAD) / 3, needed=edges)
    triples = values[HEAD:].reshape(edges, 3)
    ends = triples[:, :2]
    if bad := _first(((ends < 1) | (ends > vertices) | (ends != np.floor(ends))).any(axis=1)):
        raise BadFileError("vertex", edge=bad, vertices=vertices)
    if bad := _first(triples[:, 2] < 0):
        raise BadFileError("negative", edge=bad, cost=float(triples[bad - 1, 2]))
    between, far = all_pairs(vertices, ends.astype(np.int64) - 1, triples[:, 2])
    if far >= 0:
        raise BadFileError("pieces", vertex=far + 1)
    return between, count


def _first(bad: np.ndarray) -> int:
    return int(bad.argmax()) + 1 if bad.any() else 0
