"""How far circles mislead: neighbours by straight line who are farther apart by street."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from linli.domain.walking.distances import near, walk
from linli.domain.walking.network import Network
from linli.domain.walking.snapping import Snapped

_MOST_CENTRES = 2_000


@dataclass(frozen=True, slots=True)
class Circle:
    """Pairs of points within a circle of a radius, and how many of them are farther apart than it by street."""

    radius_m: float
    pairs: int
    farther: int

    @property
    def share(self) -> float | None:
        """Which part of the pairs is farther apart by street; None where there is no pair."""
        return self.farther / self.pairs if self.pairs else None


def circle(network: Network, points: Snapped, *, radius_m: float = 500.0, centres: int = _MOST_CENTRES) -> Circle:
    """Compare a circle with the streets: around at most `centres` of the points, evenly chosen.

    Points on no street are left out. Two points between which no street leads are farther apart.
    """
    points = points.some(points.is_on_streets)
    chosen = np.unique(np.linspace(0, max(len(points) - 1, 0), min(centres, len(points))).astype(np.int64))
    middle = points.some(chosen)
    ours, theirs, _metres = near(middle, points, radius_m=radius_m)
    inside = ours * len(points) + theirs
    walks = walk(network, middle, points, limit_m=radius_m)
    reached = np.isin(inside, walks.sources * np.int64(len(points)) + walks.targets, kind="sort")
    others = chosen[ours] != theirs
    return Circle(radius_m, int(others.sum()), int((others & ~reached).sum()))
