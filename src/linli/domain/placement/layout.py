"""What a solver answers: which venues become sites, who goes where, and how good that is proven to be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Indices = NDArray[np.int64]
Short = NDArray[np.int32]
Marks = NDArray[np.bool_]

Stop = Callable[[], bool]
"""Asked again and again while a solver works; once it says yes, the best so far is the answer."""
Progress = Callable[[float, float], None]
"""Told objective and bound whenever one of them became better."""

Left = Callable[[], float]
"""Seconds that are left, for the one solver that keeps its own time."""

UNSERVED = -1


class Status(StrEnum):
    """How a search ended."""

    OPTIMAL = "optimal"
    STOPPED = "stopped"
    LIMIT = "limit"
    """It would have needed more memory or steps than it may use."""


class PlacementError(ValueError):
    """A question that has no answer as it stands; the message says why."""


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """Sites chosen among venues.

    `bound` is proven: no layout has an objective beyond it. `sites` (sites,) are venues, ascending from 0;
    `assignment` (points,) says the venue that serves each demand point, or UNSERVED. `worth` (sites,) is what the
    objective would lose without each site.
    """

    objective: float
    bound: float
    sites: Indices
    assignment: Indices
    worth: Numbers
    status: Status

    @property
    def gap(self) -> float:
        """The share of the objective that is not proven: (objective - bound) / objective."""
        apart = abs(self.objective - self.bound)
        return 0.0 if apart == 0 else apart / abs(self.objective) if self.objective else float("inf")


def never() -> bool:
    """Let a solver work until it is done."""
    return False


def endless() -> float:
    """As many seconds as it takes."""
    return float("inf")


def quietly(_objective: float, _bound: float) -> None:
    """Tell nobody."""
