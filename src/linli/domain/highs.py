"""The one door to HiGHS: linear programs and whole numbers, silent and on one thread.

Its users: public figures (docs/decisions/0011-public-board.md) and covering (docs/decisions/0022-covering.md).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]


class SolverError(RuntimeError):
    """The solver gave no answer to a question that has one."""


@dataclass(frozen=True, slots=True, eq=False)
class Program:
    """Columns with a cost each between bounds, rows with a sum each between bounds, and the matrix row by row."""

    costs: Numbers
    lowest: Numbers
    highest: Numbers
    row_lowest: Numbers
    row_highest: Numbers
    start: NDArray[np.int64]
    column: NDArray[np.int32]
    value: Numbers


class Quiet(highspy.Highs):
    """HiGHS that says nothing: it would greet on the standard output, where commands print their answers."""

    def enableCallbacks(self) -> None:  # noqa: N802  # the first thing that HiGHS does, and says
        """Fall silent first."""
        self.silent()
        super().enableCallbacks()  # type: ignore[no-untyped-call]  # highspy has types, but not here


def loaded(program: Program, **options: float | str) -> Quiet:
    """A solver with a program in it; options go by HiGHS's names."""
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(program.costs), len(program.row_lowest)
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = program.costs, program.lowest, program.highest
    lp.row_lower_, lp.row_upper_ = program.row_lowest, program.row_highest
    matrix = lp.a_matrix_
    matrix.format_ = highspy.MatrixFormat.kRowwise
    matrix.start_, matrix.index_, matrix.value_ = program.start.astype(np.int32), program.column, program.value
    highs = Quiet()  # type: ignore[no-untyped-call]  # nor here
    highs.setOptionValue("threads", 1)
    for name, value in options.items():
        highs.setOptionValue(name, value)
    highs.passModel(lp)
    return highs


def least(program: Program, *, stop: Callable[[], bool]) -> tuple[Numbers, Numbers] | None:
    """The point of least cost by the interior-point method and what each row is worth there; None where it was stopped.

    Without a crossover to a corner both hold to about a millionth.
    """
    highs = loaded(program, solver="ipm", run_crossover="off")
    highs.cbIpmInterrupt.subscribe(lambda event: event.interrupt() if stop() else None)
    highs.run()
    if highs.modelStatusToString(highs.getModelStatus()) != "Optimal":
        return None
    solution = highs.getSolution()
    return np.array(solution.col_value), np.array(solution.row_dual)


def least_of_whole(
    program: Program,
    whole: int,
    start: Numbers,
    *,
    seconds: float,
    stop: Callable[[], bool],
    better: Callable[[float, Numbers], None],
    proven: Callable[[float], None],
) -> None:
    """Look for the least cost with the first `whole` columns whole, from a point that fits, until proven or stopped.

    `stop` is asked between nodes only; `seconds` ends the work within them too. `better` is told each cost and point
    that is better, `proven` each bound below which no cost can lie, to within the tolerances of the solver.
    """
    highs = loaded(program, mip_rel_gap=0.0, mip_abs_gap=0.99, mip_lp_solver="ipm", time_limit=seconds)
    highs.changeColsIntegrality(whole, np.arange(whole, dtype=np.int32), np.ones(whole, dtype=np.uint8))
    point = highspy.HighsSolution()
    point.col_value = start.tolist()
    highs.setSolution(point)

    def asked(event: highspy.highs.HighsCallbackEvent) -> None:
        if np.isfinite(event.data_out.mip_dual_bound):
            proven(event.data_out.mip_dual_bound)
        if stop():
            event.interrupt()

    def improved(event: highspy.highs.HighsCallbackEvent) -> None:
        better(event.data_out.objective_function_value, np.array(event.data_out.mip_solution))

    highs.cbMipInterrupt.subscribe(asked)
    highs.cbMipImprovingSolution.subscribe(improved)
    highs.run()
    info = highs.getInfo()
    if info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible:
        better(info.objective_function_value, np.array(highs.getSolution().col_value))
    if np.isfinite(info.mip_dual_bound):
        proven(info.mip_dual_bound)
