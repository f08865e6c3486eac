"""What the bound leaves open is decided by branch and bound: open a venue, close it, and bound both.

Each node is a smaller demand of its own: venues decided drop out of it, and so do the points they serve for good.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from linli.domain.placement.layout import Indices, Numbers
from linli.domain.placement.median.demand import Demand, reduced
from linli.domain.placement.median.multipliers import Prices, ascend, prices_of
from linli.domain.placement.median.search import Found, cost_of, first_sites

ROUNDS, PATIENCE, SHRINK = 60, 8, 0.6
BOLD, AGAIN = 0.6, 0.3
"""Steps of a new node, and of one that has shrunk."""
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


def branch(root: Node, found: Found, *, nodes: int) -> bool:
    """Decide all that is left; False if stopped before, or after so many nodes. What is proven is told to `found`."""
    stack, seen = [root], 0
    while stack:
        if found.stop() or seen >= nodes:
            found.prove(min(node.bound for node in stack))
            return False
        node = stack.pop()
        if node.bound >= found.enough:
            continue
        seen += 1
        stack += _children(node, found)
    found.prove(np.inf)
    return True


def _children(node: Node, found: Found) -> list[Node]:
    step = BOLD
    while not node.is_decided:
        demand = node.demand
        prices = prices_of(demand, node.price, step=step)
        enough, goal = found.enough - demand.fixed, found.objective - demand.fixed
        ascend(demand.rows, demand.columns, demand.beyond, node.count, goal, enough, prices, ROUNDS, PATIENCE, SHRINK)
        if prices.bound >= enough:
            return []
        offer(node, found, np.flatnonzero(prices.chosen))
        opened, closed = sure(node, prices, found)
        left = node.count - len(opened)
        if left and demand.venues - len(closed) > node.count and len(opened) + len(closed) < SHRUNK * demand.venues:
            return _split(node, prices, opened, closed)
        node, step = decided(node, prices, opened=opened, closed=closed), AGAIN
    best = np.arange(0 if node.count == 0 else node.demand.venues)
    if node.count < len(best):
        best = first_sites(node.demand, node.count)
    offer(node, found, best)
    return []


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


def _split(node: Node, prices: Prices, opened: Indices, closed: Indices) -> list[Node]:
    """Two nodes for the venue that saves most: closed, and opened, which is looked at first."""
    saving = np.where(prices.chosen, prices.saving, np.inf)
    saving[opened] = np.inf
    which = np.array([saving.argmin()])
    return [
        decided(node, prices, opened=opened, closed=np.append(closed, which)),
        decided(node, prices, opened=np.append(opened, which), closed=closed),
    ]
