"""Opening venues greedily, and moving one site at a time for as long as that helps.

The interchange follows Whitaker (1983) and Resende and Werneck (2007): what each site is worth is kept up to date, and
a venue is judged by the points it would win alone.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from linli.domain.compiled import compiled
from linli.domain.placement.layout import Indices, Marks, Numbers, Short
from linli.domain.placement.median.demand import Lists

TINY = 1e-9
"""Share of the costs at hand below which a gain is noise of the arithmetic."""


class Served(NamedTuple):
    """The nearest and second nearest site of each point (points,), -1 where there is none, and what each costs.

    `worth` (venues,) is what the objective would lose without a site.
    """

    first: Short
    first_cost: Numbers
    second_cost: Numbers
    worth: Numbers


def nobody_served(beyond: Numbers, venues: int) -> Served:
    """No site, no point served."""
    nobody = np.full(len(beyond), -1, np.int32)
    return Served(nobody, beyond.copy(), beyond.copy(), np.zeros(venues))


@compiled
def greedy(columns: Lists, beyond: Numbers, count: int) -> Indices:
    """`count` sites, one after the other the venue that saves most.

    A venue never saves more than it did when fewer were open, so that only those that look best are looked at again.
    """
    venues = len(columns.start) - 1
    nearest = beyond.copy()
    sites = np.empty(count, np.int64)
    saves = np.full(venues, np.inf)
    for step in range(count):
        best = _saves_most(columns, nearest, saves)
        sites[step] = best
        saves[best] = -1.0
        for at in range(columns.start[best], columns.start[best + 1]):
            point = columns.other[at]
            nearest[point] = min(nearest[point], columns.cost[at])
    return sites


@compiled
def _saves_most(columns: Lists, nearest: Numbers, saves: Numbers) -> int:
    best, most = -1, -1.0
    while True:
        top = 0
        for venue in range(1, len(saves)):
            if saves[venue] > saves[top]:
                top = venue
        if best >= 0 and saves[top] <= most:
            return best
        saved = 0.0
        for at in range(columns.start[top], columns.start[top + 1]):
            nearer = nearest[columns.other[at]] - columns.cost[at]
            if nearer > 0:
                saved += nearer
        saves[top] = saved
        if saved > most:
            best, most = top, saved


@compiled
def serve_all(rows: Lists, beyond: Numbers, is_open: Marks, served: Served) -> float:
    """Serve every point from its nearest site; the objective, without what is fixed."""
    served.worth[:] = 0.0
    total = 0.0
    for point in range(len(beyond)):
        _serve(rows, beyond, is_open, served, point)
        total += served.first_cost[point]
    return total


@compiled
def _serve(rows: Lists, beyond: Numbers, is_open: Marks, served: Served, point: int) -> None:
    first, first_cost, second_cost = -1, beyond[point], beyond[point]
    for at in range(rows.start[point], rows.start[point + 1]):
        venue = rows.other[at]
        if is_open[venue]:
            if first < 0:
                first, first_cost = venue, rows.cost[at]
            else:
                second_cost = rows.cost[at]
                break
    served.first[point] = first
    served.first_cost[point], served.second_cost[point] = first_cost, second_cost
    if first >= 0:
        served.worth[first] += second_cost - first_cost


@compiled
def interchange(
    rows: Lists,
    columns: Lists,
    beyond: Numbers,
    sites: Indices,
    is_open: Marks,
    served: Served,
    order: Indices,
    place: Indices,
    allowed: int,
) -> bool:
    """Move a site to another venue for as long as one can be moved with a gain; the first that helps is taken.

    Venues are tried in `order`, round and round; `place` (2,) holds the next one and how many in a row did not help.
    After `allowed` pairs were looked at it leaves off, and goes on when it is called again. True once nothing helps.
    """
    spared = np.zeros(len(is_open))
    looked, farthest = 0, served.second_cost.max()
    while place[1] < len(order):
        if looked > allowed:
            return False
        venue = order[place[0]]
        place[0] = (place[0] + 1) % len(order)
        if is_open[venue]:
            place[1] += 1
            continue
        gain = 0.0
        begin, end = columns.start[venue], columns.start[venue + 1]
        for at in range(begin, end):
            cost = columns.cost[at]
            if cost >= farthest:
                end = at
                break
            point = columns.other[at]
            if cost < served.second_cost[point]:
                first = served.first[point]
                near = served.first_cost[point]
                if cost < near:
                    gain += near - cost
                    if first >= 0:
                        spared[first] += served.second_cost[point] - near
                elif first >= 0:
                    spared[first] += served.second_cost[point] - cost
        looked += end - begin + len(sites)
        slot, least = 0, np.inf
        for number in range(len(sites)):
            lost = served.worth[sites[number]] - spared[sites[number]]
            spared[sites[number]] = 0.0
            if lost < least:
                slot, least = number, lost
        if gain - least > TINY * (gain + abs(least)) + 1e-12:
            shut = sites[slot]
            sites[slot] = venue
            is_open[shut], is_open[venue] = False, True
            _move(rows, columns, beyond, is_open, served, shut, venue)
            farthest = served.second_cost.max()
            looked += len(beyond)
            place[1] = 0
        else:
            place[1] += 1
    return True


@compiled
def _move(rows: Lists, columns: Lists, beyond: Numbers, is_open: Marks, served: Served, shut: int, opened: int) -> None:
    for venue in (shut, opened):
        for at in range(columns.start[venue], columns.start[venue + 1]):
            point = columns.other[at]
            # Whoever had the shut venue as nearest or second, or gets the new one as such, is served anew.
            if columns.cost[at] > served.second_cost[point]:
                continue
            first = served.first[point]
            if first >= 0:
                served.worth[first] -= served.second_cost[point] - served.first_cost[point]
            _serve(rows, beyond, is_open, served, point)
    served.worth[shut] = 0.0
