"""Complementary suppression: what else to hide, as little as can be, so that no hidden number can be worked out.

The exact method of Fischetti and Salazar: choose the cheapest cells, audit as a reader, and turn each number that could
still be worked out too closely into one more condition on the choice.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from linli.domain.suppression.audit import Mask, Reader
from linli.domain.suppression.solver import NO_END, TINY, Numbers, Statement, cheapest
from linli.domain.suppression.table import Table

NOUGHT = 1000  # a nought is as dear as a large number: early in a drive everybody knows it, hidden or not


def weights(table: Table) -> Numbers:
    """How much is lost when a cell is hidden: more of large numbers, of groups and people, of places high up."""
    values = np.where(table.values == 0, NOUGHT, table.values)
    column = np.ones(table.columns)
    column[table.categories :] = 2
    column[-1] = 4
    place = 1.0 + 3.0 * np.array(table.heights())
    return np.log2(values + 1.0) * column * place[:, None]


def with_complement(table: Table, primary: Mask, *, width: int) -> Mask:
    """The cells to hide: `primary`, and the fewest others so that each hidden one can lie `width` apart."""
    costs = weights(table).ravel()
    costs = costs * (1 + 1e-7 * np.arange(costs.size))  # of two equal choices always the same
    forced = primary.ravel().astype(np.float64)
    reader, conditions, hidden = Reader(table), list(_never_alone(table)), primary
    while found := list(_conditions(reader, hidden, primary.ravel(), width)):
        conditions += found
        chosen = cheapest(costs, conditions, lowest=forced, highest=np.ones(costs.size))
        hidden = chosen.reshape(primary.shape) > TINY
    return hidden


def _never_alone(table: Table) -> Iterator[Statement]:
    """Of the cells of one sum none may be hidden alone: the first thing a reader tries."""
    for total, parts in table.sums():
        line = [total, *parts]
        for cell in line:
            yield {other: -1.0 if other == cell else 1.0 for other in line}, 0.0, NO_END


def _conditions(reader: Reader, hidden: Mask, primary: Mask, width: int) -> Iterator[Statement]:
    reader.read(hidden)
    flat = hidden.ravel()
    for cell in (int(found) for found in np.flatnonzero(flat)):
        above, more = reader.reach(cell, 1)
        below, less = reader.reach(cell, -1)
        if above + below > width - 1 + TINY:
            continue
        gain = np.minimum(more + less, float(width))
        if gain[flat].sum() > width - TINY:
            # Whole people leave less room than the bounds say: something more must be hidden, whatever it is.
            gain = np.where(flat, 0.0, float(width))
        if not primary[cell]:
            gain[cell] -= width  # only while it is hidden itself
        yield {int(k): float(gain[k]) for k in np.flatnonzero(gain)}, float(width if primary[cell] else 0), NO_END
