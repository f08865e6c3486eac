"""Invented streets: small ones told in words, and random ones."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from linli.domain.walking import Network, metres_per_degree, network_of

LON, LAT = 121.47, 31.23
EAST, NORTH = (float(scale[0]) for scale in metres_per_degree(np.array([LAT])))


def degrees(x: NDArray[np.float64] | float, y: NDArray[np.float64] | float) -> tuple[NDArray, NDArray]:
    """Metres east and north of the corner as degrees."""
    return LON + np.asarray(x, float) / EAST, LAT + np.asarray(y, float) / NORTH


def drawn(places: list[tuple[float, float]], edges: list[tuple[int, int]]) -> Network:
    """A network of nodes in metres from the corner."""
    lon, lat = degrees(*np.array(places, float).reshape(-1, 2).T)
    return network_of(lon, lat, np.array(edges, np.int32).reshape(-1, 2))


def scattered(seed: int, nodes: int = 60, edges: int = 90, size_m: float = 800.0) -> Network:
    """Nodes anywhere in a square, edges between any of them; often in pieces, some of them longer than straight."""
    chance = np.random.default_rng(seed)
    lon, lat = degrees(*chance.uniform(0, size_m, (2, nodes)))
    ends = chance.integers(0, nodes, (edges, 2)).astype(np.int32)
    plain = network_of(lon, lat, ends)
    return network_of(lon, lat, ends, plain.metres * chance.choice([1.0, 1.4], edges))
