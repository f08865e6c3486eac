"""Where a door meets the network: the nearest street, and the last metres to it by straight line."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from linli.domain.walking import machine
from linli.domain.walking.earth import Floats, metres_per_degree
from linli.domain.walking.grid import grid_over
from linli.domain.walking.network import Ints, Network

REACH_M = 300.0  # a door farther than this from every street is no longer on the network
LEAP_M = 50.0  # for a scrap of street so much nearer than the network at large, a door is not hung on the scrap
_CELL_M = 100.0
_MOST_CELLS = 4_000_000


@dataclass(frozen=True, slots=True, eq=False)
class Snapped:
    """Points p and where they meet the network.

    `lon`, `lat` (p): degrees; NaN where nobody knows. `edge` (p): -1 where no street is near. `ends` (p, 2): the nodes
    that are walked to first, -1: none; `along` (p, 2): metres to each along the edge. `access_m` (p): the last metres,
    by straight line. `piece` (p): the piece of the network, 0 the largest; -1 where no street is near.
    """

    lon: Floats
    lat: Floats
    edge: Ints
    ends: Ints
    along: Floats
    access_m: Floats
    piece: Ints

    def __len__(self) -> int:
        return len(self.lon)

    @property
    def is_placed(self) -> NDArray[np.bool_]:
        """Whether anybody knows where the point is."""
        return np.isfinite(self.lon) & np.isfinite(self.lat)

    @property
    def is_on_streets(self) -> NDArray[np.bool_]:
        """Whether a street is within reach."""
        return self.piece >= 0

    def some(self, chosen: NDArray[np.bool_] | NDArray[np.int64]) -> Snapped:
        """Some of the points, by a mask or by their places."""
        return Snapped(
            self.lon[chosen],
            self.lat[chosen],
            self.edge[chosen],
            self.ends[chosen],
            self.along[chosen],
            self.access_m[chosen],
            self.piece[chosen],
        )


def snap(
    network: Network | None, lon: ArrayLike, lat: ArrayLike, *, reach_m: float = REACH_M, leap_m: float = LEAP_M
) -> Snapped:
    """Hang points on the nearest street within `reach_m`; without a network, or a position, on none.

    The largest piece goes before a piece that is less than `leap_m` nearer: scraps of path that nobody joined to the
    streets are common on maps, and would cut off whoever lives beside them.
    """
    lon, lat = np.array(lon, np.float64).reshape(-1), np.array(lat, np.float64).reshape(-1)
    count = len(lon)
    unknown = ~(np.isfinite(lon) & np.isfinite(lat))
    lon[unknown] = lat[unknown] = np.nan
    ends, along = np.full((count, 2), -1, np.int32), np.zeros((count, 2))
    piece = np.full(count, -1, np.int32)
    if network is None or not network.edge_count or not count:
        return Snapped(lon, lat, np.full(count, -1, np.int32), ends, along, np.full(count, np.nan), piece)
    edge, share, metres = _nearest(network, lon, lat, reach_m, leap_m)
    on = edge >= 0
    ends[on] = network.ends[edge[on]]
    length = network.metres[edge[on]]
    along[on, 0], along[on, 1] = share[on] * length, (1 - share[on]) * length
    piece[on] = network.piece[ends[on, 0]]
    return Snapped(lon, lat, edge, ends, along, np.where(on, metres, np.nan), piece)


def at_nodes(network: Network, nodes: ArrayLike) -> Snapped:
    """Points that are nodes of the network themselves."""
    nodes = np.array(nodes, np.int32).reshape(-1)
    ends = np.stack([nodes, np.full_like(nodes, -1)], axis=1)
    nothing = np.zeros(len(nodes))
    edge = np.full(len(nodes), -1, np.int32)
    return Snapped(
        network.lon[nodes], network.lat[nodes], edge, ends, np.zeros((len(nodes), 2)), nothing, network.piece[nodes]
    )


def _nearest(network: Network, lon: Floats, lat: Floats, reach_m: float, leap_m: float) -> tuple[Ints, Floats, Floats]:
    grid = grid_over(network.lon, network.lat, least_m=_CELL_M, most=_MOST_CELLS)
    edge, share, metres = machine.nearest_edges(
        (lon, lat, *metres_per_degree(lat)),
        (network.lon, network.lat, network.ends, network.piece),
        machine.cells_of(network.lon, network.lat, network.ends, grid.corner, grid.size, grid.across, grid.up),
        *grid,
        reach_m,
        leap_m,
    )
    return edge, share, metres
