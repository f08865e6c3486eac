"""What HiGHS is asked of a table: the extremes of a cell, and the cheapest choice.

One thread and no clock (docs/decisions/0011-public-board.md): two processes that publish the same table must hide the
same cells, since what one of them hid and the other showed would be known. So a large table stops at a gap and not at a
time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from linli.domain.highs import Numbers, Program, Quiet, SolverError, loaded

__all__ = ["NO_END", "TINY", "Extreme", "Fitting", "Numbers", "SolverError", "Statement", "cheapest"]

# One linear statement: coefficients by cell, and the least and the most of their sum.
Statement = tuple[dict[int, float], float, float]
TINY = 1e-7
NO_END = float("inf")
EXACT_CELLS = 200  # up to here the cheapest choice is proven; beyond, within the gap of it
GAP = 0.05


@dataclass(frozen=True, slots=True, eq=False)
class Extreme:
    """The least of a sum over all tables that fit: its value, one such table, and what each bound is worth."""

    value: float
    at: Numbers
    worth: Numbers


class Fitting:
    """All tables that fit some statements, with every cell between bounds."""

    def __init__(self, size: int, statements: Iterable[Statement]) -> None:
        self.size = size
        self._highs = _model(np.zeros(size), np.zeros(size), np.zeros(size), list(statements), presolve="off")
        self._every = np.arange(size, dtype=np.int32)
        self._is_whole = False

    def bound(self, lowest: Numbers, highest: Numbers) -> None:
        """Say between what each cell lies."""
        self._highs.changeColsBounds(self.size, self._every, lowest, highest)

    def least(self, costs: Numbers) -> Extreme:
        """The least of a weighted sum of cells; minus infinity where there is no end. Raises SolverError."""
        self._whole(False)
        found = self._run(costs)
        if found is None:
            return Extreme(-NO_END, np.zeros(0), np.zeros(0))
        value, at, worth = found
        if np.abs(at - np.round(at)).max(initial=0) > TINY:
            # People come whole: a corner of this shape may lie between two tables of people.
            self._whole(True)
            whole = self._run(costs)
            value, at = (value, at) if whole is None else whole[:2]
        return Extreme(value, at, worth)

    def _whole(self, is_whole: bool) -> None:
        if is_whole != self._is_whole:
            kinds = np.full(self.size, int(is_whole), dtype=np.uint8)
            self._highs.changeColsIntegrality(self.size, self._every, kinds)
            self._is_whole = is_whole

    def _run(self, costs: Numbers) -> tuple[float, Numbers, Numbers] | None:
        self._highs.changeColsCost(self.size, self._every, costs)
        return _answer(self._highs)


def cheapest(costs: Numbers, statements: Sequence[Statement], *, lowest: Numbers, highest: Numbers) -> Numbers:
    """The whole numbers between bounds that fit all statements and cost least. Raises SolverError if there are none."""
    highs = _model(costs, lowest, highest, list(statements), presolve="on")
    size = len(costs)
    highs.changeColsIntegrality(size, np.arange(size, dtype=np.int32), np.ones(size, dtype=np.uint8))
    found = _answer(highs)
    if found is None:
        raise SolverError("no end")
    return np.round(found[1])


def _model(costs: Numbers, lowest: Numbers, highest: Numbers, statements: list[Statement], *, presolve: str) -> Quiet:
    program = Program(
        costs=costs,
        lowest=lowest,
        highest=highest,
        row_lowest=np.array([low for _, low, _ in statements], dtype=np.float64),
        row_highest=np.array([high for _, _, high in statements], dtype=np.float64),
        start=np.cumsum([0, *(len(cells) for cells, _, _ in statements)], dtype=np.int64),
        column=np.array([cell for cells, _, _ in statements for cell in cells], dtype=np.int32),
        value=np.array([part for cells, _, _ in statements for part in cells.values()], dtype=np.float64),
    )
    gap = 0.0 if len(costs) <= EXACT_CELLS else GAP
    return loaded(program, presolve=presolve, mip_rel_gap=gap)


def _answer(highs: Quiet) -> tuple[float, Numbers, Numbers] | None:
    """Value, table and worth of the bounds; None where there is no end."""
    highs.run()
    status = highs.modelStatusToString(highs.getModelStatus())
    if status == "Unbounded":
        return None
    if status != "Optimal":
        raise SolverError(status)
    solution = highs.getSolution()
    return float(highs.getInfo().objective_function_value), np.array(solution.col_value), np.array(solution.col_dual)
