"""Rounding all numbers of a table together: sums still add up, and no change of a few people shows."""

from __future__ import annotations

import numpy as np

from linli.domain.suppression.solver import SolverError, Statement, cheapest
from linli.domain.suppression.table import Counts, Table


def together(table: Table, *, step: int) -> Counts:
    """Every number as a multiple of `step` less than `step` away, so that all sums hold; as near as can be.

    Controlled rounding: numbers rounded one by one may contradict their sum, and then give themselves away. A multiple
    stays as it is. A table for which there is no such rounding has its lowest cells rounded, and sums that follow.
    """
    exact = table.values.ravel()
    low, high = exact // step, -(-exact // step)
    # One step up costs what it adds to the distance from the exact number.
    costs = np.where(low < high, 1.0 - 2.0 * (exact % step) / step, 0.0) + 1e-7 * np.arange(exact.size) / exact.size
    sums: list[Statement] = [({total: 1.0, **dict.fromkeys(parts, -1.0)}, 0.0, 0.0) for total, parts in table.sums()]
    try:
        steps = cheapest(costs, sums, lowest=low.astype(np.float64), highest=high.astype(np.float64))
    except SolverError:
        return _from_below(table, step)
    return (steps.astype(np.int64) * step).reshape(table.values.shape)


def _from_below(table: Table, step: int) -> Counts:
    found = (table.values + step // 2) // step * step
    for total, parts in reversed(list(table.sums())):
        found.ravel()[total] = found.ravel()[parts].sum()
    return found
