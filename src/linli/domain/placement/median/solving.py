"""The p-median, proven: search from above, prices from below, and branch and bound for what stays open."""

from __future__ import annotations

import numpy as np

from linli.domain.placement.layout import Layout, Progress, Status, Stop, never, quietly
from linli.domain.placement.median.branching import Node, branch, decided, sure
from linli.domain.placement.median.demand import Demand
from linli.domain.placement.median.interchange import nobody_served, serve_all
from linli.domain.placement.median.multipliers import ascend, first_prices, prices_of
from linli.domain.placement.median.search import Found, descend, first_sites, shake

ROUNDS, PATIENCE, SHRINK = 50, 20, 0.7
FADED = 2e-3
"""A step this small moves the prices no more."""
SMALLER = 0.3
"""A demand is taken in hand anew when this share of its venues is decided."""
IDLE, IDLE_AT_LAST = 3, 60
"""Shakes in a row that may fail after each round of prices, and once prices can do no more."""
NODES = 10_000_000


def solve(demand: Demand, count: int, *, seed: int = 0, stop: Stop = never, progress: Progress = quietly) -> Layout:
    """The best `count` sites of a demand, with what is proven of them."""
    chance = np.random.default_rng(seed)
    found = begun(demand, count, chance, stop, progress)
    status = Status.OPTIMAL
    if not found.is_proven:
        node = _bounded(demand, count, found, chance)
        if not found.is_proven and not stop():
            search_on(node, found, chance, IDLE_AT_LAST)
            branch(node, found, nodes=NODES, rest=lambda: search_on(node, found, chance, IDLE))
    if not found.is_proven:
        status = Status.STOPPED if stop() else Status.LIMIT
    return _layout(demand, found, status)


def begun(demand: Demand, count: int, chance: np.random.Generator, stop: Stop, progress: Progress) -> Found:
    """A first layout, and a proof where there is little to choose."""
    whole = all(bool((np.mod(part, 1.0) == 0).all()) for part in (demand.rows.cost, demand.beyond))
    found = Found(whole, stop, progress)
    cost, sites = descend(demand, first_sites(demand, count), chance=chance, stop=stop)
    found.offer(cost, sites)
    found.prove(np.inf if count in (1, demand.venues) else demand.fixed)
    return found


def _bounded(demand: Demand, count: int, found: Found, chance: np.random.Generator) -> Node:
    """Raise the bound as far as prices can, and use what they choose as starts of the search; what is left open."""
    node = Node(demand, count, np.zeros(0, np.int64), np.zeros(0), -np.inf)
    prices = first_prices(demand, count)
    while True:
        demand = node.demand
        enough, goal = found.enough - demand.fixed, found.objective - demand.fixed
        ascend(demand.rows, demand.columns, demand.beyond, node.count, goal, enough, prices, ROUNDS, PATIENCE, SHRINK)
        found.prove(demand.fixed + prices.bound)
        if found.is_proven:
            return node
        cost, sites = descend(demand, np.flatnonzero(prices.chosen), chance=chance, stop=found.stop)
        cost, sites = shake(demand, cost, sites, idle=IDLE, chance=chance, stop=found.stop)
        found.offer(cost, node.sites(sites))
        opened, closed = sure(node, prices, found)
        if prices.step < FADED or found.stop() or len(opened) + len(closed) > SMALLER * demand.venues:
            node = decided(node, prices, opened=opened, closed=closed)
            if prices.step < FADED or found.stop() or node.is_decided:
                return node
            prices = prices_of(node.demand, node.price, step=prices.step)


def search_on(node: Node, found: Found, chance: np.random.Generator, idle: int) -> None:
    """Search among the venues left, from the best layout; where it opens a venue that is gone, from greedy sites."""
    left = np.isin(node.demand.venue, found.sites)
    sites = np.flatnonzero(left) if left.sum() == node.count else first_sites(node.demand, node.count)
    cost, sites = descend(node.demand, sites, chance=chance, stop=found.stop)
    cost, sites = shake(node.demand, cost, sites, idle=idle, chance=chance, stop=found.stop)
    found.offer(cost, node.sites(sites))


def _layout(demand: Demand, found: Found, status: Status) -> Layout:
    is_open = np.zeros(demand.venues, np.bool_)
    is_open[found.sites] = True
    served = nobody_served(demand.beyond, demand.venues)
    objective = demand.fixed + serve_all(demand.rows, demand.beyond, is_open, served)
    assignment = served.first.astype(np.int64)
    return Layout(objective, min(found.bound, objective), found.sites, assignment, served.worth[found.sites], status)
