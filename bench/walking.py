"""How fast walking distances are found on the streets of a whole city, beside another library in the same run.

    bench/walking.py --json [--quick]

An invented city of 2 million crossings some 60 m apart, where three in twenty streets are missing; 5,000 venues, and
everything within 1 km of each. Prints one JSON object: walk_s (all venues on `threads` threads, the compiler's time
apart), walk_one_thread_s, venue_ms (of one thread), pairs, build_s (the network from its edges), snap_s (the venues
onto their streets), scipy_venue_ms (scipy.sparse.csgraph.dijkstra with the same limit, `scipy_n` of the venues),
farthest_apart_m (the largest difference between the two), machine, versions, seed, n, nodes, edges, mb. --quick: 90,000
crossings and 500 venues.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import time
from importlib.metadata import version

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra

from linli.domain.walking import Network, Snapped, Walks, at_nodes, metres_per_degree, snap, walk
from linli.domain.walking.streets import Streets
from linli.domain.walking.streets.lines import steps_of, streets_of

SEED, LIMIT_M, STREET_M, LON, LAT = 20210620, 1_000.0, 60.0, 121.0, 31.2
THREADS = 2


def city(side: int, chance: np.random.Generator) -> Streets:
    """Crossings of an irregular grid and the streets between them, as the readers of files hand them on."""
    across, up = np.meshgrid(np.arange(side), np.arange(side), indexing="ij")
    place = np.stack([across.ravel(), up.ravel()], axis=1) * STREET_M + chance.normal(0, 10, (side * side, 2))
    node = np.arange(side * side).reshape(side, side)
    ends = np.concatenate(
        [
            np.stack([node[:-1].ravel(), node[1:].ravel()], axis=1),
            np.stack([node[:, :-1].ravel(), node[:, 1:].ravel()], axis=1),
        ]
    )
    east, north = (float(scale[0]) for scale in metres_per_degree(np.array([LAT])))
    steps = steps_of(LON + place[:, 0] / east, LAT + place[:, 1] / north)
    return streets_of("csv", steps, ends[chance.random(len(ends)) < 0.85].astype(np.int32))


def seconds_of(network: Network, venues: Snapped, nodes: Snapped, threads: int) -> tuple[float, Walks]:
    start = time.perf_counter()
    walks = walk(network, venues, nodes, limit_m=LIMIT_M, threads=threads)
    return time.perf_counter() - start, walks


def beside(network: Network, venues: Snapped, walks: Walks, count: int) -> dict[str, float | int]:
    """The same distances by scipy, from the crossings nearest to some venues; walked from there by linli too."""
    graph = coo_array((network.metres, network.ends.T), shape=(network.node_count, network.node_count)).tocsr()
    starts = venues.ends[:count, 0]
    start = time.perf_counter()
    full = dijkstra(graph, directed=False, indices=starts, limit=LIMIT_M)
    took = time.perf_counter() - start
    nodes = at_nodes(network, np.arange(network.node_count, dtype=np.int32))
    ours = walk(network, at_nodes(network, starts), nodes, limit_m=LIMIT_M)
    assert len(ours) == np.isfinite(full).sum()
    return {
        "scipy_venue_ms": round(took / count * 1e3, 3),
        "scipy_n": count,
        "farthest_apart_m": float(np.abs(full[ours.sources, ours.targets] - ours.metres).max()),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--quick", action="store_true")
    wanted = parser.parse_args()
    side, count = (300, 500) if wanted.quick else (1_415, 5_000)
    chance = np.random.default_rng(SEED)
    small = city(20, chance).network()
    warm = snap(small, small.lon, small.lat)
    walk(small, warm, warm, limit_m=LIMIT_M)  # the compiler's turn
    streets = city(side, chance)
    start = time.perf_counter()
    network = streets.network()
    built = time.perf_counter() - start
    start = time.perf_counter()
    venues = snap(network, *(chance.uniform(line.min(), line.max(), count) for line in (network.lon, network.lat)))
    snapped = time.perf_counter() - start
    nodes = at_nodes(network, np.arange(network.node_count, dtype=np.int32))
    alone_s, _alone = seconds_of(network, venues, nodes, 1)
    walk_s, walks = seconds_of(network, venues, nodes, THREADS)
    found = {
        "walk_s": round(walk_s, 3),
        "walk_one_thread_s": round(alone_s, 3),
        "venue_ms": round(alone_s / count * 1e3, 3),
        "pairs": len(walks),
        "build_s": round(built, 3),
        "snap_s": round(snapped, 3),
        **beside(network, venues, walks, 20),
        "threads": THREADS,
        "n": count,
        "nodes": network.node_count,
        "edges": network.edge_count,
        "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "seed": SEED,
        "machine": f"{platform.machine()} x{os.cpu_count()} {platform.platform()}",
        "versions": {name: version(name) for name in ("linli", "numba", "numpy", "scipy")},
    }
    print(json.dumps(found) if wanted.json else json.dumps(found, indent=2))


if __name__ == "__main__":
    main()
