"""A network of streets as people walk it: every edge both ways, in metres."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from linli.domain.walking import machine
from linli.domain.walking.earth import FARTHEST_LAT, Floats, straight_m

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]


class NetworkError(ValueError):
    """Arrays that are no network of streets."""


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """Streets: n nodes, m edges of which each is walked both ways, and the pieces that hang together.

    `lon`, `lat` (n): degrees, WGS 84. `ends` (m, 2): nodes of an edge; `metres` (m): its length. `starts` (n + 1),
    `neighbours`, `lengths` (2 m): the edges of each node in compressed sparse rows. `piece` (n): the piece that a node
    is in; `piece_m`: metres of street in each, the longest first.
    """

    lon: Floats
    lat: Floats
    ends: Ints
    metres: Floats
    starts: Longs
    neighbours: Ints
    lengths: Floats
    piece: Ints
    piece_m: Floats

    @property
    def node_count(self) -> int:
        return len(self.lon)

    @property
    def edge_count(self) -> int:
        return len(self.ends)

    @property
    def piece_count(self) -> int:
        return len(self.piece_m)


def network_of(lon: Floats, lat: Floats, ends: Ints, metres: Floats | None = None) -> Network:
    """A network from its nodes (degrees) and edges (m, 2); without `metres` an edge is a straight line.

    Raises NetworkError for a node that is missing or off the earth and for a length that is no number of metres.
    """
    lon, lat = np.ascontiguousarray(lon, np.float64), np.ascontiguousarray(lat, np.float64)
    ends = np.ascontiguousarray(ends, np.int32).reshape(-1, 2)
    if len(lon) != len(lat) or (len(ends) and (ends.min() < 0 or ends.max() >= len(lon))):
        raise NetworkError("an edge ends at a node that is not there")
    if not ((np.abs(lon) <= 180) & (np.abs(lat) <= FARTHEST_LAT)).all():  # false for what is no number
        raise NetworkError("a node is not on the earth")
    if metres is None:
        start, end = ends.T
        metres = straight_m(lon[start], lat[start], lon[end], lat[end])
    metres = np.ascontiguousarray(metres, np.float64)
    if len(metres) != len(ends) or not (np.isfinite(metres) & (metres >= 0)).all():
        raise NetworkError("a length is no number of metres")
    starts, neighbours, lengths = machine.rows_of(len(lon), ends, metres)
    piece, piece_m = _pieces(len(lon), ends, metres)
    return Network(lon, lat, ends, metres, starts, neighbours, lengths, piece, piece_m)


def _pieces(count: int, ends: Ints, metres: Floats) -> tuple[Ints, Floats]:
    found, piece = np.unique(machine.roots_of(count, ends), return_inverse=True)
    length = np.bincount(piece[ends[:, 0]], weights=metres, minlength=len(found)).astype(np.float64)
    order = np.argsort(-length, kind="stable")
    rank = np.empty(len(found), np.int32)
    rank[order] = np.arange(len(found), dtype=np.int32)
    return rank[piece], length[order]
