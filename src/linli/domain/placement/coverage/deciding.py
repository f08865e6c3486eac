"""What prices leave open of a covering, decided by HiGHS: its cuts raise the bound where branching is slow."""

from __future__ import annotations

import numpy as np

from linli.domain.highs import Program, least, least_of_whole
from linli.domain.placement.layout import Numbers
from linli.domain.placement.median.branching import Node
from linli.domain.placement.median.demand import Demand
from linli.domain.placement.median.search import Found, cost_of, first_sites


def decide(node: Node, found: Found, *, seconds: float) -> None:
    """Work on a node until it is proven or stopped; what is found and proven is told to `found`.

    Every listed pair costs nothing: a point is covered, or it costs what it costs beyond.
    """
    demand = node.demand

    def better(_objective: float, at: Numbers) -> None:
        sites = np.flatnonzero(at[: demand.venues] > 0.5)
        if len(sites) == node.count:
            found.offer(cost_of(demand, sites), node.sites(sites))

    def proven(bound: float) -> None:
        found.prove(bound + demand.fixed)

    least_of_whole(
        _program(demand, node.count),
        demand.venues,
        _start(node, found),
        seconds=seconds,
        stop=found.stop,
        better=better,
        proven=proven,
    )


def shares_and_prices(node: Node, found: Found) -> tuple[Numbers, Numbers] | None:
    """How far each venue is open (venues,) where venues may be open in part, and the prices (points,) that prove it."""
    solved = least(_program(node.demand, node.count), stop=found.stop)
    if solved is None:
        return None
    shares, worth = solved
    return shares[: node.demand.venues], np.clip(worth[:-1], 0.0, node.demand.beyond)


def _program(demand: Demand, count: int) -> Program:
    """Open `count` venues; each point is covered by one of its venues or marked as missed."""
    venues, points = demand.venues, demand.points
    lengths = np.diff(demand.rows.start)
    start = np.zeros(points + 2, np.int64)
    np.cumsum(lengths + 1, out=start[1:-1])
    start[-1] = start[-2] + venues
    column = np.empty(start[-1], np.int32)
    missed = start[1:-1] - 1
    is_venue = np.ones(start[-2], np.bool_)
    is_venue[missed] = False
    column[: start[-2]][is_venue] = demand.rows.other
    column[missed] = venues + np.arange(points)
    column[start[-2] :] = np.arange(venues)
    size = venues + points
    return Program(
        costs=np.concatenate([np.zeros(venues), demand.beyond]),
        lowest=np.zeros(size),
        highest=np.ones(size),
        row_lowest=np.append(np.ones(points), count),
        row_highest=np.append(np.full(points, np.inf), count),
        start=start,
        column=column,
        value=np.ones(len(column)),
    )


def _start(node: Node, found: Found) -> Numbers:
    demand = node.demand
    is_open = np.isin(demand.venue, found.sites)
    if is_open.sum() != node.count:
        is_open = np.zeros(demand.venues, np.bool_)
        is_open[first_sites(demand, node.count)] = True
    covered = np.add.reduceat(is_open[demand.rows.other], demand.rows.start[:-1]) > 0
    return np.concatenate([is_open, ~covered]).astype(np.float64)
