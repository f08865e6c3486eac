"""Streets as a file tells them, made into nodes and edges."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from linli.domain.walking.earth import FARTHEST_LAT
from linli.domain.walking.network import Ints, Network, network_of
from linli.domain.walking.streets.errors import StreetsError

DIGITS = 10_000_000  # steps in a degree, OpenStreetMap's: a centimetre
MOST_EDGES = 20_000_000
_OFF = 2**31  # puts a degree in steps above zero


@dataclass(frozen=True, slots=True, eq=False)
class Streets:
    """Streets of one file: nodes n in steps of a ten-millionth of a degree, edges m, how long each is where it says so.

    `steps` (n, 2): longitude and latitude. `ends` (m, 2): nodes of each edge. `metres` (m), or None: straight lines.
    `form`: "osm", "pbf", "geojson" or "csv". `attribution`: whose data it is, to be shown wherever it is used.
    """

    form: str
    steps: Ints
    ends: Ints
    metres: NDArray[np.float64] | None = None
    attribution: str = ""

    @property
    def lon(self) -> NDArray[np.float64]:
        return self.steps[:, 0] / DIGITS

    @property
    def lat(self) -> NDArray[np.float64]:
        return self.steps[:, 1] / DIGITS

    def attributed(self, attribution: str) -> Streets:
        """The same streets, said to be somebody's data."""
        return replace(self, attribution=attribution)

    def network(self) -> Network:
        """The network that people walk on."""
        return network_of(self.lon, self.lat, self.ends, self.metres)


def steps_of(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> Ints:
    """Degrees as whole steps. Raises StreetsError for what is not on the earth, or too near to a pole to measure."""
    off = ~((np.abs(lon) <= 180) & (np.abs(lat) <= FARTHEST_LAT))  # true for what is no number
    if off.any():
        place = int(np.flatnonzero(off)[0])
        raise StreetsError("not_on_earth", lon=lon[place], lat=lat[place])
    return np.rint(np.stack([lon, lat], axis=1) * DIGITS).astype(np.int32)


def streets_of(
    form: str, steps: Ints, ends: Ints, metres: NDArray[np.float64] | None = None, attribution: str = ""
) -> Streets:
    """Streets without nodes that no edge needs and edges from a node to itself. Raises StreetsError if none is left."""
    real = ends[:, 0] != ends[:, 1]
    ends, metres = ends[real], None if metres is None else metres[real]
    if not len(ends):
        raise StreetsError("no_streets")
    if len(ends) > MOST_EDGES:
        raise StreetsError("too_many", most=MOST_EDGES)
    used, numbered = np.unique(ends, return_inverse=True)
    order, rank = _neighbours_together(steps[used])
    return Streets(form, steps[used][order], rank[numbered.reshape(-1, 2)], metres, attribution)


def _neighbours_together(steps: Ints) -> tuple[NDArray[np.int64], Ints]:
    """An order in which places near each other stand near each other, and the place of each in it (Morton's curve).

    A walk then reads memory that is at hand; files are in the order of years of mapping.
    """
    low, high = steps.min(axis=0).astype(np.int64), steps.max(axis=0).astype(np.int64)
    scaled = (steps - low) * 65_535 // np.maximum(high - low, 1).max()
    for shift, mask in ((8, 0x00FF00FF), (4, 0x0F0F0F0F), (2, 0x33333333), (1, 0x55555555)):
        scaled = (scaled | scaled << shift) & mask
    order = np.argsort(scaled[:, 0] | scaled[:, 1] << 1, kind="stable")
    rank = np.empty(len(order), np.int32)
    rank[order] = np.arange(len(order), dtype=np.int32)
    return order, rank


def joined(steps: Ints) -> tuple[Ints, Ints]:
    """Points that are at one place made one node: the nodes, and the node of each point."""
    key = (steps[:, 0].astype(np.int64) + _OFF) << 31 | (steps[:, 1].astype(np.int64) + DIGITS * 90)
    _found, first, node = np.unique(key, return_index=True, return_inverse=True)
    return steps[first], node.astype(np.int32)


def chained(node: NDArray[np.int64] | Ints, sizes: NDArray[np.int64]) -> Ints:
    """Edges along lines, from the node of each of their points and how many each has; -1, a missing node, ends one."""
    follows = np.ones(len(node), np.bool_)
    follows[np.cumsum(sizes)[:-1]] = False
    follows[:1] = False
    after = np.flatnonzero(follows)
    ends = np.stack([node[after - 1], node[after]], axis=1).astype(np.int32)
    return ends[(ends >= 0).all(axis=1)]
