"""The Lagrangian bound of a p-median: each point offers a price, and the p venues that gain most are chosen.

Whatever prices are offered, the sum of prices less what the chosen venues would save by them is no more than any
layout costs. Prices are moved along deflected subgradients (Held and Karp 1971; Beltran, Tadonki and Vial 2006).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from linli.domain.compiled import compiled
from linli.domain.placement.layout import Marks, Numbers, Short
from linli.domain.placement.median.demand import Demand, Lists

MEMORY = 0.3
"""How much of the last direction goes into the next one."""
RECENT = 0.1
"""What the last round counts for in the shares."""
OVER = 1.0005
"""A step aims a little beyond the best objective, so that it does not fade before the bound arrives."""


class Prices(NamedTuple):
    """The prices of a search: `price` (points,) now and `best`, and the direction of the last step.

    `saving` (venues,) is what each venue would save by the best prices, never positive; `chosen` marks the p venues
    that save most, and `share` tells how often each was lately among them. `numbers` holds the best bound, the step,
    and for how many rounds nothing got better.
    """

    price: Numbers
    best: Numbers
    direction: Numbers
    saving: Numbers
    chosen: Marks
    share: Numbers
    numbers: Numbers

    @property
    def bound(self) -> float:
        """The best bound so far, without what is fixed."""
        return float(self.numbers[0])

    @property
    def step(self) -> float:
        """How bold the next step is; the search is over when it is small."""
        return float(self.numbers[1])


def first_prices(demand: Demand, count: int) -> Prices:
    """Prices to begin with: what the venue costs a point that every other set of this many venues would hold."""
    place = demand.rows.start[:-1] + -(-demand.venues // count)
    last = demand.rows.start[1:] - 1
    price = demand.beyond.copy()
    within = place <= last
    price[within] = demand.rows.cost[place[within]]
    return prices_of(demand, price, step=1.5)


def prices_of(demand: Demand, price: Numbers, *, step: float) -> Prices:
    """A search that begins at prices (points,)."""
    price = np.minimum(price, demand.beyond)
    numbers = np.array([-np.inf, step, 0.0])
    saving = np.zeros(demand.venues)
    return Prices(
        price,
        price.copy(),
        np.zeros(len(price)),
        saving,
        np.zeros(demand.venues, np.bool_),
        np.zeros(demand.venues),
        numbers,
    )


@compiled
def ascend(
    rows: Lists,
    columns: Lists,
    beyond: Numbers,
    count: int,
    objective: float,
    enough: float,
    prices: Prices,
    rounds: int,
    patience: int,
    shrink: float,
) -> None:
    """Move the prices up to `rounds` times; fewer if the bound reaches `enough` or nothing can raise it."""
    venues = len(columns.start) - 1
    price, best, direction = prices.price, prices.best, prices.direction
    numbers = prices.numbers
    saving = np.empty(venues)
    chosen = np.empty(venues, np.bool_)
    served = np.empty(len(beyond), np.int32)
    for _ in range(rounds):
        saving[:] = 0.0
        bound = 0.0
        for point in range(len(price)):
            offer = price[point]
            bound += offer
            for at in range(rows.start[point], rows.start[point + 1]):
                less = rows.cost[at] - offer
                if less >= 0.0:
                    break
                saving[rows.other[at]] += less
        bound += _choose(saving, count, chosen)
        for venue in range(venues):
            prices.share[venue] += RECENT * (chosen[venue] - prices.share[venue])
        if bound > numbers[0]:
            # An improvement too small to matter must not keep the step from shrinking.
            if bound > numbers[0] + 1e-4 * abs(objective - bound):
                numbers[2] = 0.0
            else:
                numbers[2] += 1.0
            numbers[0] = bound
            best[:] = price
            prices.saving[:] = saving
            prices.chosen[:] = chosen
        else:
            numbers[2] += 1.0
        if bound >= enough:
            return
        if numbers[2] >= patience:
            numbers[1] *= shrink
            numbers[2] = 0.0
            price[:] = best
        _count(columns, chosen, price, served)
        norm = 0.0
        for point in range(len(price)):
            direction[point] = (1.0 - MEMORY) * (1.0 - served[point]) + MEMORY * direction[point]
            norm += direction[point] * direction[point]
        if norm < 1e-12:
            numbers[1] = 0.0
            return
        length = numbers[1] * (objective * OVER - bound) / norm
        for point in range(len(price)):
            price[point] = min(max(price[point] + length * direction[point], 0.0), beyond[point])


@compiled
def _choose(saving: Numbers, count: int, chosen: Marks) -> float:
    """Mark the `count` lowest, ties by their order, and sum them."""
    chosen[:] = False
    if count == 0:
        return 0.0
    edge = np.partition(saving, count - 1)[count - 1]
    total, left = 0.0, count
    for venue in range(len(saving)):
        if saving[venue] < edge:
            chosen[venue] = True
            total += saving[venue]
            left -= 1
    for venue in range(len(saving)):
        if left == 0:
            break
        if saving[venue] == edge:
            chosen[venue] = True
            total += edge
            left -= 1
    return total


@compiled
def _count(columns: Lists, chosen: Marks, price: Numbers, served: Short) -> None:
    """How many chosen venues would serve each point for less than its price."""
    served[:] = 0
    highest = price.max()
    for venue in range(len(chosen)):
        if not chosen[venue]:
            continue
        for at in range(columns.start[venue], columns.start[venue + 1]):
            if columns.cost[at] >= highest:
                break
            point = columns.other[at]
            if columns.cost[at] < price[point]:
                served[point] += 1
