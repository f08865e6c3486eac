"""Looking for a good layout: descend by interchange, shake what was found, descend again.

Variable neighbourhood search (Hansen and Mladenović 1997): the longer nothing better is found, the more sites are
moved by chance before the next descent.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from linli.domain.placement.layout import Indices, Progress, Stop
from linli.domain.placement.median.demand import Demand
from linli.domain.placement.median.interchange import greedy, interchange, nobody_served, serve_all

PAIRS = 20_000_000
"""Pairs looked at before the solver asks whether to stop: some hundredths of a second."""
SHAKEN = 8
"""The most sites moved by chance at once."""


@dataclass(slots=True, eq=False)
class Found:
    """The best layout so far and what is proven: no layout costs less than `bound`.

    `margin` is how much better another layout would have to be to matter: almost 1 where all costs are whole numbers.
    """

    is_whole: bool
    stop: Stop
    progress: Progress
    objective: float = np.inf
    bound: float = -np.inf
    sites: Indices = field(default_factory=lambda: np.zeros(0, np.int64))

    def offer(self, objective: float, sites: Indices) -> bool:
        """Take a layout if it is better than the best."""
        if not objective < self.objective:
            return False
        self.objective, self.sites = objective, np.sort(sites)
        self._tell()
        return True

    def prove(self, bound: float) -> None:
        """Take a bound if it is better than the best. What would not matter is never looked for, so never proven."""
        bound = min(bound, self.enough)
        if self.is_whole:
            bound = float(np.ceil(bound - self._noise))
        if bound > self.bound:
            self.bound = min(bound, self.objective)
            self._tell()

    def _tell(self) -> None:
        if np.isfinite(self.objective) and np.isfinite(self.bound):
            self.progress(self.objective, self.bound)

    @property
    def enough(self) -> float:
        """A bound from which on nothing better is left that would matter."""
        if self.is_whole:
            return self.objective - 1.0 + 2 * self._noise
        return self.objective - 5e-7 * abs(self.objective)

    @property
    def _noise(self) -> float:
        return min(0.4, 1e-6 + 1e-10 * abs(self.objective))

    @property
    def is_proven(self) -> bool:
        """Whether no better layout is left that would matter."""
        return self.bound >= self.enough


def descend(demand: Demand, sites: Indices, *, chance: np.random.Generator, stop: Stop) -> tuple[float, Indices]:
    """Move sites one at a time for as long as that helps: the objective and the sites."""
    is_open = np.zeros(demand.venues, np.bool_)
    is_open[sites] = True
    sites, served = sites.copy(), nobody_served(demand.beyond, demand.venues)
    serve_all(demand.rows, demand.beyond, is_open, served)
    order, place = chance.permutation(demand.venues), np.zeros(2, np.int64)
    is_done = len(sites) in (0, demand.venues) or demand.points == 0
    while not is_done:
        is_done = interchange(
            demand.rows, demand.columns, demand.beyond, sites, is_open, served, order, place, PAIRS
        ) or stop()  # fmt: skip
    return demand.fixed + float(served.first_cost.sum()), sites


def cost_of(demand: Demand, sites: Indices) -> float:
    """The objective of some sites."""
    is_open = np.zeros(demand.venues, np.bool_)
    is_open[sites] = True
    return demand.fixed + serve_all(demand.rows, demand.beyond, is_open, nobody_served(demand.beyond, demand.venues))


def first_sites(demand: Demand, count: int) -> Indices:
    """Sites opened greedily; the best there is for one."""
    return greedy(demand.columns, demand.beyond, count)


def shake(
    demand: Demand, objective: float, sites: Indices, *, idle: int, chance: np.random.Generator, stop: Stop
) -> tuple[float, Indices]:
    """Move some sites by chance and descend, until that did not help `idle` times in a row."""
    if len(sites) in (0, demand.venues):
        return objective, sites
    most = min(SHAKEN, len(sites), demand.venues - len(sites))
    moved, failed = 1, 0
    while failed < idle and not stop():
        tried = sites.copy()
        others = np.setdiff1d(np.arange(demand.venues), tried, assume_unique=True)
        slots = chance.choice(len(tried), moved, replace=False)
        tried[slots] = chance.choice(others, moved, replace=False)
        cost, tried = descend(demand, tried, chance=chance, stop=stop)
        if cost < objective - 1e-9 * abs(objective):
            objective, sites, moved, failed = cost, tried, 1, 0
        else:
            moved, failed = moved % most + 1, failed + 1
    return objective, sites
