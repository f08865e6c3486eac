"""What the bound leaves open is decided by branch and bound: open a venue, close it, and bound both.

Each node is a smaller demand of its own: venues decided drop out of it, and so do the points they serve for good.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from heapq import heappop, heappush

import numpy as np
from numpy.typing import NDArray

from linli.domain.placement.layout import Indices, Numbers
from linli.domain.placement.median.demand import Demand, reduced
from linli.domain.placement.median.multipliers import Prices, ascend, prices_of
from linli.domain.placement.median.search import Found, cost_of, first_sites

ROUNDS, PATIENCE, SHRINK = 60, 8, 0.6
BOLD, AGAIN = 0.6, 0.3
"""Steps of a new node, and of one that has shrunk."""
WAITING_BYTES = 1_500_000_000
"""What the nodes that wait may take."""
REST = 100
"""Nodes between two rests."""
FREE, OPENED, CLOSED = 0, 1, -1
SHRUNK = 0.2
"""A node is bounded anew when this share of its venues was decided."""


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """What is left to decide: open `count` of the demand's venues beside those opened (by their first numbers)."""

    demand: Demand
    count: int
    opened: Indices
    price: Numbers
    bound: float

    @property
    def is_decided(self) -> bool:
        """Whether a node so small that its best layout is known at once."""
        return self.count in (0, 1, self.demand.venues) or self.demand.points == 0

    def sites(self, chosen: Indices) -> Indices:
        """All sites by their first numbers, with some of this demand's venues."""
        return np.concatenate([self.opened, self.demand.venue[chosen]])


def offer(node: Node, found: Found, chosen: Indices) -> bool:
    """Offer the layout that opens some of a node's venues."""
    return found.offer(cost_of(node.demand, chosen), node.sites(chosen))


def branch(root: Node, found: Found, *, nodes: int, rest: Callable[[], None]) -> bool:
    """Decide all that is left, the node with the lowest bound first, so that the bound rises as the work goes on.

    False if stopped before, after so many nodes, or when those that wait take too much memory. What is proven is told
    to `found`; now and then the work rests for something else.
    """
    most = WAITING_BYTES // (root.demand.venues + 8 * root.demand.points + 1)
    waiting, seen = [(root.bound, 0, Decisions(np.zeros(root.demand.venues, np.int8), root.price))], 0
    while waiting:
        bound, _number, decisions = heappop(waiting)
        found.prove(bound)
        if bound >= found.enough:
            break
        if found.stop() or seen >= nodes or len(waiting) >= most:
            return False
        for bound_of, child in _children(root, decisions, bound, found):
            seen += 1
            heappush(waiting, (bound_of, -seen, child))
        if seen % REST < 2:
            rest()
    found.prove(np.inf)
    return True


@dataclass(frozen=True, slots=True, eq=False)
class Decisions:
    """What is decided of the root's venues, and prices of its points: nodes wait in their thousands as no more."""

    state: NDArray[np.int8]
    price: Numbers

    def and_(self, venues: Indices, state: int, price: Numbers) -> Decisions:
        """The decisions with one more, and other prices."""
        changed = self.state.copy()
        changed[venues] = state
        return Decisions(changed, price)


def _children(root: Node, decisions: Decisions, bound: float, found: Found) -> list[tuple[float, Decisions]]:
    """Bound a node. What is left of it is two nodes: the venue chosen most often closed, or opened (first)."""
    step = BOLD
    while True:
        opened, closed = np.flatnonzero(decisions.state == OPENED), np.flatnonzero(decisions.state == CLOSED)
        demand, points = reduced(root.demand, opened=opened, closed=closed)
        node = Node(demand, root.count - len(opened), root.sites(opened), decisions.price[points], bound)
        if node.is_decided:
            best = np.arange(0 if node.count == 0 else demand.venues)
            offer(node, found, first_sites(demand, node.count) if node.count < len(best) else best)
            return []
        prices = prices_of(demand, node.price, step=step)
        enough, goal = found.enough - demand.fixed, found.objective - demand.fixed
        ascend(demand.rows, demand.columns, demand.beyond, node.count, goal, enough, prices, ROUNDS, PATIENCE, SHRINK)
        if prices.bound >= enough:
            return []
        offer(node, found, np.flatnonzero(prices.chosen))
        bound = max(bound, demand.fixed + prices.bound)
        price = decisions.price.copy()
        price[points] = prices.best
        venues = np.flatnonzero(decisions.state == FREE)
        more_opened, more_closed = sure(node, prices, found)
        decisions = decisions.and_(venues[more_opened], OPENED, price).and_(venues[more_closed], CLOSED, price)
        if len(more_opened) + len(more_closed) < SHRUNK * demand.venues and len(more_opened) < node.count:
            break
        step = AGAIN
    share = prices.share.copy()
    share[more_opened] = share[more_closed] = -1.0
    which = venues[[int(share.argmax())]]
    parts = [decisions.and_(which, state, price) for state in (CLOSED, OPENED)]
    return [(bound, part) for part in parts if (part.state != CLOSED).sum() >= root.count]


def sure(node: Node, prices: Prices, found: Found) -> tuple[Indices, Indices]:
    """Venues that every better layout opens, and venues that none does, by their reduced costs.

    A venue not chosen would raise the bound by what it saves less than the last chosen one; leaving out a chosen one,
    by what the first one not chosen saves less.
    """
    free, chosen, saving = ~prices.chosen, prices.chosen, prices.saving
    left = found.enough - node.demand.fixed - prices.bound
    last, following = saving[chosen].max(), saving[free].min()
    return np.flatnonzero(chosen & (following - saving >= left)), np.flatnonzero(free & (saving - last >= left))


def decided(node: Node, prices: Prices, *, opened: Indices, closed: Indices) -> Node:
    """The node that is left once some venues are opened and others closed."""
    demand, points = reduced(node.demand, opened=opened, closed=closed)
    bound = max(node.bound, node.demand.fixed + prices.bound)
    return Node(demand, node.count - len(opened), node.sites(opened), prices.best[points], bound)
