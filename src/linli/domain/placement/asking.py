"""What can be asked, checked before any work."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from linli.domain.placement.layout import Indices, Layout, Numbers, PlacementError, Progress, Stop, never, quietly
from linli.domain.placement.median.demand import Demand, demand_of, demand_of_table
from linli.domain.placement.median.solving import solve


@dataclass(frozen=True, slots=True, eq=False)
class Listed:
    """Distances to the near venues only, in compressed sparse rows.

    Point i has the venues `venue[start[i]:start[i + 1]]` at `distance`; where none of them is open it counts as
    `beyond[i]` away, which must be no less than the distances listed for it. A layout's objective and bound are of the
    problem so told. If no venue that is left out lies nearer than `beyond`, the bound also holds for true distances.
    """

    start: Indices
    venue: NDArray[np.int32]
    distance: Numbers
    beyond: Numbers
    venues: int


class CountError(PlacementError):
    """p sites cannot be chosen among these venues."""

    def __init__(self, count: int, venues: int) -> None:
        super().__init__(f"p = {count} sites cannot be chosen among {venues} venues")
        self.count, self.venues = count, venues


class NegativeWeightError(PlacementError):
    """Nobody can be fewer than none."""

    def __init__(self, point: int, weight: float) -> None:
        super().__init__(f"demand point {point} has weight {weight}: a weight is a number from 0")
        self.point, self.weight = point, weight


class DistanceError(PlacementError):
    """A distance that is negative or no number, or lists that do not fit together."""


def p_median(
    distances: Numbers | Listed,
    weights: Numbers | None = None,
    *,
    p: int,
    seed: int = 0,
    stop: Stop = never,
    progress: Progress = quietly,
) -> Layout:
    """The p venues from which the demand points are served with the least walking: the sum of weight x distance.

    `distances` is a table (points, venues) or the near ones listed, `weights` (points,) are 1 where left out. Proven
    optimal unless `stop` says to leave off: exactly where all costs are whole numbers, to a millionth otherwise;
    then the best so far with what is proven of it. The same seed gives the same layout. Raises CountError,
    NegativeWeightError and DistanceError, all PlacementErrors.
    """
    demand = _listed(distances, weights) if isinstance(distances, Listed) else _table(distances, weights)
    if not 1 <= p <= demand.venues:
        raise CountError(p, demand.venues)
    return solve(demand, p, seed=seed, stop=stop, progress=progress)


def _table(distances: Numbers, weights: Numbers | None) -> Demand:
    if distances.ndim != 2 or not distances.size:
        raise DistanceError(f"distances are a table of points and venues, not of shape {distances.shape}")
    _check_distances(distances)
    weights = checked(weights, len(distances))
    return demand_of_table(np.ascontiguousarray(distances * weights[:, None], dtype=np.float64))


def _listed(listed: Listed, weights: Numbers | None) -> Demand:
    points = len(listed.beyond)
    _check_distances(listed.distance)
    _check_distances(listed.beyond)
    lengths = np.diff(listed.start)
    fits = len(listed.start) == points + 1 and (lengths >= 0).all() and listed.start[0] == 0 and points
    if not fits or listed.start[-1] != len(listed.venue) or len(listed.venue) != len(listed.distance):
        raise DistanceError("the lists of venues and distances do not fit together")
    if len(listed.venue) and not (listed.venue.min() >= 0 and listed.venue.max() < listed.venues):
        raise DistanceError(f"a list names a venue outside 0 to {listed.venues - 1}")
    if (listed.distance > np.repeat(listed.beyond, lengths)).any():
        raise DistanceError("a listed distance is beyond what the point pays at most")
    weights = checked(weights, points)
    cost = listed.distance * np.repeat(weights, lengths)
    return demand_of(listed.start, listed.venue, cost, listed.beyond * weights, listed.venues)


def _check_distances(distances: Numbers) -> None:
    if not np.isfinite(distances).all() or (distances < 0).any():
        raise DistanceError("a distance is negative or not a number")


def checked(weights: Numbers | None, points: int) -> Numbers:
    """Weights of points, 1 where left out. Raises NegativeWeightError and DistanceError."""
    if weights is None:
        return np.ones(points)
    if weights.shape != (points,):
        raise DistanceError(f"{points} demand points and weights of shape {weights.shape} do not fit")
    bad = ~(np.isfinite(weights) & (weights >= 0))
    if bad.any():
        raise NegativeWeightError(int(bad.argmax()), float(weights[bad.argmax()]))
    return weights
