"""What is placed: published p-medians, and coverings made as the contracts say (`gen_grid`, `gen_city`, seed 1)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import numpy as np

from linli.domain.placement import Layout, Reach, maximal_coverage, p_median
from linli.domain.placement.coverage.near import within
from linli.domain.placement.files.orlib import read_orlib
from linli.domain.placement.files.tsplib import read_tsplib
from linli.domain.placement.layout import Numbers

SHARED = Path(__file__).resolve().parents[3] / "shared/benchmarks/placement"
Made = tuple[Numbers, Numbers, Numbers]


def grid(venues: int, points: int, seed: int) -> Made:
    """Venues and points spread evenly over a square of 30, weights 1 to 100."""
    chance = np.random.default_rng(seed)
    where = chance.uniform(0, 30.0, (venues, 2))
    return where, chance.uniform(0, 30.0, (points, 2)), chance.integers(1, 101, points).astype(float)


def city(venues: int, points: int, seed: int) -> Made:
    """Points in 40 clumps on 10 km, weights as residents of buildings, venues near some of the points."""
    chance = np.random.default_rng(seed)
    middle, spread = chance.uniform(0, 10_000.0, (40, 2)), chance.uniform(200, 1200, 40)
    clump = chance.choice(40, points, p=chance.dirichlet(np.ones(40)))
    where = middle[clump] + chance.normal(0, 1, (points, 2)) * spread[clump][:, None]
    alone = chance.random(points) < 0.25
    where[alone] = chance.uniform(0, 10_000.0, (alone.sum(), 2))
    where = np.clip(where, 0, 10_000.0)
    weights = np.ceil(chance.lognormal(3.5, 0.9, points))
    return where[chance.choice(points, venues, replace=False)] + chance.normal(0, 40, (venues, 2)), where, weights


def covering(make: Callable[[int, int, int], Made], venues: int, points: int, reach: float, p: int, limit: float):
    """A covering from coordinates to layout."""

    def run(seed: int) -> tuple[Layout, float]:
        where, demand, weights = make(venues, points, seed)
        began = perf_counter()

        def left() -> float:
            return max(0.0, limit - (perf_counter() - began))

        reached = Reach(*within(demand, where, reach), venues)
        layout = maximal_coverage(reached, weights, p=p, stop=lambda: left() == 0, left=left)
        return layout, perf_counter() - began

    return run


def published(path: Path, p: int, limit: float):
    """A published p-median from file to layout."""

    def run(_seed: int) -> tuple[Layout, float]:
        began = perf_counter()
        if path.suffix == ".tsp":
            distances, count = read_tsplib(path.read_bytes()), p
        else:
            distances, count = read_orlib(path.read_bytes())
        layout = p_median(distances, p=count, stop=lambda: perf_counter() - began > limit)
        return layout, perf_counter() - began

    return run


def cases(*, quick: bool, shared: Path) -> dict[str, Callable[[int], tuple[Layout, float]]]:
    """Every case by name."""
    limit = 10.0 if quick else 60.0
    networks = sorted((shared / "pmed").glob("pmed*.txt"), key=lambda path: int(path.stem[4:]))
    found = {path.stem: published(path, 0, limit) for path in (networks[::4] if quick else networks)}
    for path in sorted((shared / "tsplib").glob("*.tsp")):
        for p in (50,) if quick else (10, 20, 50, 100, 200):
            found[f"{path.stem}_p{p}"] = published(path, p, limit)
    for p in (15,) if quick else (10, 15, 20):
        found[f"covering_100x{1 if quick else 10}m_p{p}"] = covering(grid, 100, 10**6 if quick else 10**7, 5.5, p, 10.0)
    if not quick:
        for p in (25, 50):
            found[f"covering_500x100k_p{p}"] = covering(city, 500, 100_000, 500.0, p, 60.0)
            found[f"covering_1000x100k_p{2 * p}"] = covering(city, 1000, 100_000, 400.0, 2 * p, 20.0)
            found[f"covering_1000x1m_p{2 * p}"] = covering(city, 1000, 1_000_000, 400.0, 2 * p, 20.0)
    return found
