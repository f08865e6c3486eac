"""Covering, asked in the field's words: how many people p sites can have within reach."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from linli.domain.compiled import compiled
from linli.domain.placement.asking import CountError, DistanceError, checked
from linli.domain.placement.coverage.fewest import fewest
from linli.domain.placement.coverage.merging import merged
from linli.domain.placement.coverage.solving import missed_least
from linli.domain.placement.layout import (
    UNSERVED,
    Indices,
    Layout,
    Left,
    Marks,
    Numbers,
    PlacementError,
    Progress,
    Short,
    Status,
    Stop,
    endless,
    never,
    quietly,
)
from linli.domain.placement.median.demand import demand_of
from linli.domain.placement.median.search import Found


@dataclass(frozen=True, slots=True, eq=False)
class Reach:
    """Which venues each demand point can reach: point i has `venue[start[i]:start[i + 1]]`."""

    start: Indices
    venue: Short
    venues: int

    @property
    def points(self) -> int:
        """How many demand points there are."""
        return len(self.start) - 1


class UnreachableError(PlacementError):
    """Some demand points reach no venue at all, so no number of sites is enough; `points` are they."""

    def __init__(self, points: Indices) -> None:
        some = ", ".join(str(point) for point in points[:5])
        super().__init__(f"{len(points)} demand points reach no venue: {some}{' ...' if len(points) > 5 else ''}")
        self.points = points


def maximal_coverage(
    reach: Reach,
    weights: Numbers | None = None,
    *,
    p: int,
    seed: int = 0,
    stop: Stop = never,
    progress: Progress = quietly,
    left: Left = endless,
) -> Layout:
    """The p venues within reach of the most people: the objective is the weight covered, the bound lies above it.

    `weights` (points,) are 1 where left out. A point that several sites reach is assigned to the one listed first;
    `worth` is what only this site covers. `stop` is not heard while HiGHS works on
    one node: `left` says for how many seconds it may. Raises CountError, NegativeWeightError and DistanceError.
    """
    _check(reach)
    weights = checked(weights, reach.points)
    if not 1 <= p <= reach.venues:
        raise CountError(p, reach.venues)
    start, venue, weight = merged(reach.start, reach.venue, weights, reach.venues)
    demand = demand_of(start, venue, np.zeros(len(venue)), weight, reach.venues)
    total = float(weight.sum())

    def told(missed: float, bound: float) -> None:
        progress(total - missed, total - bound)

    found = missed_least(demand, p, seed=seed, stop=stop, progress=told, left=left)
    covered, layout = _assigned(reach, weights, found)
    return replace(layout, objective=covered, bound=max(total - found.bound, covered))


def fewest_sites(reach: Reach, *, stop: Stop = never, progress: Progress = quietly, left: Left = endless) -> Layout:
    """The fewest venues such that every demand point reaches one: the objective is their number, the bound the least.

    `worth` counts the points that only this site reaches. `left` as in `maximal_coverage`. Raises UnreachableError
    where a point reaches no venue, and DistanceError.
    """
    _check(reach)
    alone = np.flatnonzero(np.diff(reach.start) == 0)
    if len(alone):
        raise UnreachableError(alone)
    ones = np.ones(reach.points)
    start, venue, _weight = merged(reach.start, reach.venue, ones, reach.venues)
    demand = demand_of(start, venue, np.zeros(len(venue)), np.ones(len(start) - 1), reach.venues)
    found = fewest(demand, stop=stop, progress=progress, left=left)
    _covered, layout = _assigned(reach, ones, found)
    return replace(layout, objective=found.objective, bound=found.bound)


def _assigned(reach: Reach, weights: Numbers, found: Found) -> tuple[float, Layout]:
    is_open = np.zeros(reach.venues, np.bool_)
    is_open[found.sites] = True
    assignment, worth = np.full(reach.points, UNSERVED, np.int64), np.zeros(reach.venues)
    covered = _assign(reach.start, reach.venue, weights, is_open, assignment, worth)
    status = Status.OPTIMAL if found.is_proven else Status.STOPPED
    return covered, Layout(found.objective, found.bound, found.sites, assignment, worth[found.sites], status)


def _check(reach: Reach) -> None:
    lengths = np.diff(reach.start)
    if not reach.points or reach.start[0] != 0 or (lengths < 0).any() or reach.start[-1] != len(reach.venue):
        raise DistanceError("the lists of venues within reach do not fit together")
    if len(reach.venue) and not (reach.venue.min() >= 0 and reach.venue.max() < reach.venues):
        raise DistanceError(f"a list names a venue outside 0 to {reach.venues - 1}")


@compiled
def _assign(
    start: Indices, venue: Short, weights: Numbers, is_open: Marks, assignment: Indices, worth: Numbers
) -> float:
    covered = 0.0
    for point in range(len(weights)):
        several = False
        for at in range(start[point], start[point + 1]):
            if is_open[venue[at]]:
                if assignment[point] >= 0:
                    several = True
                    break
                assignment[point] = venue[at]
        if assignment[point] >= 0:
            covered += weights[point]
            if not several:
                worth[assignment[point]] += weights[point]
    return covered
