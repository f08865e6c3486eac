"""The one door to HiGHS: the extremes of a cell, and the cheapest choice. See docs/decisions/0011-public-board.md.

One thread and no clock: two processes that publish the same table must hide the same cells, since what one of them hid
and the other showed would be known. So a large table stops at a gap and not at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
# One linear statement: coefficients by cell, and the least and the most of their sum.
Statement = tuple[dict[int, float], float, float]
TINY = 1e-7
NO_END = float("inf")
EXACT_CELLS = 200  # up to here the cheapest choice is proven; beyond, within the gap of it
GAP = 0.05


class SolverError(RuntimeError):
    """The solver gave no answer to a question that has one."""


class Quiet(highspy.Highs):
    """HiGHS that says nothing: it would greet on the standard output, where commands print their answers."""

    def enableCallbacks(self) -> None:  # noqa: N802  # the first thing that HiGHS does, and says
        """Fall silent first."""
        self.silent()
        super().enableCallbacks()  # type: ignore[no-untyped-call]  # highspy has types, but not here


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
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(costs), len(statements)
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = costs, lowest, highest
    lp.row_lower_ = np.array([low for _, low, _ in statements], dtype=np.float64)
    lp.row_upper_ = np.array([high for _, _, high in statements], dtype=np.float64)
    matrix = lp.a_matrix_
    matrix.format_ = highspy.MatrixFormat.kRowwise
    matrix.start_ = np.cumsum([0, *(len(cells) for cells, _, _ in statements)], dtype=np.int32)
    matrix.index_ = np.array([cell for cells, _, _ in statements for cell in cells], dtype=np.int32)
    matrix.value_ = np.array([part for cells, _, _ in statements for part in cells.values()], dtype=np.float64)
    highs = Quiet()  # type: ignore[no-untyped-call]  # nor here
    highs.setOptionValue("threads", 1)
    highs.setOptionValue("presolve", presolve)
    highs.setOptionValue("mip_rel_gap", 0.0 if len(costs) <= EXACT_CELLS else GAP)
    highs.passModel(lp)
    return highs


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
