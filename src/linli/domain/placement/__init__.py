"""Where sites open: layouts of least walking, with a proof of how good they are.

Arrays in, a `Layout` out: weights of demand points and their distances to venues, as a table or as lists of the near
ones. See docs/decisions/0020-own-exact-p-median.md.
"""

from __future__ import annotations

from pathlib import Path

from linli.domain import compiled
from linli.domain.placement.asking import Listed, p_median
from linli.domain.placement.covering import Reach, UnreachableError, fewest_sites, maximal_coverage
from linli.domain.placement.layout import UNSERVED, Layout, PlacementError, Progress, Status, Stop

__all__ = [
    "UNSERVED",
    "Layout",
    "Listed",
    "PlacementError",
    "Progress",
    "Reach",
    "Status",
    "Stop",
    "UnreachableError",
    "fewest_sites",
    "is_compiled",
    "maximal_coverage",
    "p_median",
]


def is_compiled() -> bool:
    """Whether the machine code of the solver is kept already, so that nobody has to wait for the compiler."""
    return compiled.is_compiled(Path(__file__).parent / "median", "multipliers.ascend")
