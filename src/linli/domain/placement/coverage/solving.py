"""The most people within reach of p sites: the p-median in which reach costs nothing and being missed costs all.

Prices alone come near the bound slowly here, since so many layouts are nearly equal; the interior-point method gives
the best prices at once, and rounding how far it opens each venue gives good starts.
"""

from __future__ import annotations

import numpy as np

from linli.domain.placement.coverage.deciding import decide, shares_and_prices
from linli.domain.placement.layout import Left, Numbers, Progress, Stop
from linli.domain.placement.median.branching import Node, branch, decided, sure
from linli.domain.placement.median.demand import Demand
from linli.domain.placement.median.multipliers import Prices, ascend, first_prices, prices_of
from linli.domain.placement.median.search import Found, descend
from linli.domain.placement.median.solving import begun, search_on

FIRST, AFTER, PATIENCE, SHRINK = 100, 40, 10, 0.6
"""Rounds of prices before the interior point, and after it."""
ROUNDINGS, IDLE = 30, 40
NODES = 60
"""Nodes of our own branch and bound, before HiGHS decides."""


def missed_least(demand: Demand, count: int, *, seed: int, stop: Stop, progress: Progress, left: Left) -> Found:
    """The `count` sites that miss least, with what is proven of them."""
    chance = np.random.default_rng(seed)
    found = begun(demand, count, chance, stop, progress)
    if found.is_proven:
        return found
    root = Node(demand, count, np.zeros(0, np.int64), np.zeros(0), -np.inf)
    prices = first_prices(demand, count)
    _ascend(root, prices, found, FIRST)
    solved = None if found.is_proven or stop() else shares_and_prices(root, found)
    if solved is not None:
        shares, price = solved
        prices = prices_of(demand, price, step=0.3)
        _ascend(root, prices, found, AFTER)
        _round(demand, count, shares, found, chance)
    if found.is_proven or stop():
        return found
    opened, closed = sure(root, prices, found)
    node = decided(root, prices, opened=opened, closed=closed)
    search_on(node, found, chance, IDLE)
    if not branch(node, found, nodes=NODES, rest=lambda: None) and not stop():
        decide(node, found, seconds=left())
    return found


def _ascend(node: Node, prices: Prices, found: Found, rounds: int) -> None:
    demand = node.demand
    ascend(
        demand.rows, demand.columns, demand.beyond, node.count, found.objective, found.enough, prices, rounds,
        PATIENCE, SHRINK,
    )  # fmt: skip
    found.prove(prices.bound)


def _round(demand: Demand, count: int, shares: Numbers, found: Found, chance: np.random.Generator) -> None:
    """Open the venues that are opened most, with ever more chance, and descend from there."""
    for turn in range(ROUNDINGS):
        if found.stop():
            return
        blurred = shares + chance.gumbel(0.0, 0.4 * turn / ROUNDINGS, len(shares)) * (shares > 1e-4)
        cost, sites = descend(demand, np.argsort(-blurred, kind="stable")[:count], chance=chance, stop=found.stop)
        found.offer(cost, sites)
