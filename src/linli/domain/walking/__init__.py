"""Walking: a network of streets, where doors meet it, and how far it is from door to door."""

from __future__ import annotations

from linli.domain.walking.circle import Circle, circle
from linli.domain.walking.distances import DETOUR, StoppedError, cut_off, near, walk
from linli.domain.walking.earth import metres_per_degree, straight_m
from linli.domain.walking.network import Network, NetworkError, network_of
from linli.domain.walking.snapping import LEAP_M, REACH_M, Snapped, at_nodes, snap
from linli.domain.walking.walks import Measure, Walks

__all__ = [
    "DETOUR",
    "LEAP_M",
    "REACH_M",
    "Circle",
    "Measure",
    "Network",
    "NetworkError",
    "Snapped",
    "StoppedError",
    "Walks",
    "at_nodes",
    "circle",
    "cut_off",
    "metres_per_degree",
    "near",
    "network_of",
    "snap",
    "straight_m",
    "walk",
]
