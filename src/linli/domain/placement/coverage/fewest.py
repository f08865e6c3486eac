"""The fewest sites that reach everybody: set covering, by greedy sites and HiGHS."""

from __future__ import annotations

import numpy as np

from linli.domain.highs import Program, least_of_whole
from linli.domain.placement.layout import Indices, Left, Numbers, Progress, Stop
from linli.domain.placement.median.demand import Demand
from linli.domain.placement.median.search import Found, first_sites


def fewest(demand: Demand, *, stop: Stop, progress: Progress, left: Left) -> Found:
    """The fewest sites such that every point has one in its list, with what is proven of their number."""
    found = Found(is_whole=True, stop=stop, progress=progress)
    sites = _greedy(demand)
    found.offer(float(len(sites)), sites)
    found.prove(min(1.0, float(demand.points)))
    if found.is_proven or stop():
        return found
    venues, points = demand.venues, demand.points
    program = Program(
        costs=np.ones(venues),
        lowest=np.zeros(venues),
        highest=np.ones(venues),
        row_lowest=np.ones(points),
        row_highest=np.full(points, np.inf),
        start=demand.rows.start,
        column=demand.rows.other,
        value=np.ones(len(demand.rows.other)),
    )
    is_open = np.zeros(venues)
    is_open[found.sites] = 1.0

    def better(_objective: float, at: Numbers) -> None:
        chosen = np.flatnonzero(at > 0.5)
        if _reaches_all(demand, chosen):
            found.offer(float(len(chosen)), chosen)

    least_of_whole(program, venues, is_open, seconds=left(), stop=stop, better=better, proven=found.prove)
    return found


def _greedy(demand: Demand) -> Indices:
    """Venues by what they reach more, until all are reached; then without those that the others make up for."""
    order = first_sites(demand, demand.venues)
    few, many = 0, len(order)
    while few < many:
        middle = (few + many) // 2
        if _reaches_all(demand, order[:middle]):
            many = middle
        else:
            few = middle + 1
    sites = order[:few]
    for site in order[:few]:
        others = sites[sites != site]
        if _reaches_all(demand, others):
            sites = others
    return sites


def _reaches_all(demand: Demand, sites: Indices) -> bool:
    is_open = np.zeros(demand.venues, np.bool_)
    is_open[sites] = True
    if not demand.points:
        return True
    return bool(np.logical_or.reduceat(is_open[demand.rows.other], demand.rows.start[:-1]).all())
