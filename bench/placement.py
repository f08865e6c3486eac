"""How good layouts are proven to be, how fast, and in how much memory; each case in a process of its own, on one core.

python bench/placement.py --json [--quick] [--data FOLDER]

The published problems lie in `../shared/benchmarks/placement`, without which they are left out. The machine code is
loaded before the clock starts. Peers (spopt, pbp-pmedian) are not among linli's parts and are not run: `peers` says so.
`--quick` measures fewer cases, and covering with a tenth of the points.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import numpy as np

from linli.domain.placement import Reach, maximal_coverage, p_median
from linli.domain.placement.coverage.near import within
from linli.domain.placement.files.orlib import read_orlib
from placed.cases import SHARED, cases

SMALL = b"7 9 3 1 2 6 2 3 6 3 4 1 4 5 5 5 6 6 6 7 8 7 1 6 1 4 3 3 4 5"


def load() -> None:
    """Have every part of the solvers in memory."""
    distances, p = read_orlib(SMALL)
    p_median(distances, p=p)
    where = np.random.default_rng(0).random((200, 2))
    maximal_coverage(Reach(*within(where, where[:20], 0.2), 20), p=4)


def one(name: str, *, quick: bool, seed: int, data: Path) -> dict[str, object]:
    """One case, in this process."""
    load()
    layout, seconds = cases(quick=quick, shared=data)[name](seed)
    return {
        "objective": layout.objective,
        "bound": layout.bound,
        "gap": layout.gap,
        "status": str(layout.status),
        "seconds": round(seconds, 3),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def measure(*, quick: bool, seed: int, data: Path) -> dict[str, object]:
    """Every case, one process after another."""
    found: dict[str, dict[str, object]] = {}
    for name in cases(quick=quick, shared=data):
        command = [
            sys.executable,
            __file__,
            "--case",
            name,
            "--seed",
            str(seed),
            "--data",
            str(data),
            *(["--quick"] if quick else []),
        ]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        found[name] = json.loads(done.stdout)
    pmed = [case for name, case in found.items() if name.startswith("pmed")]
    return {
        "pmed_seconds": round(sum(float(str(case["seconds"])) for case in pmed), 3) if pmed else None,
        "pmed_proven": sum(case["status"] == "optimal" for case in pmed),
        "cases": found,
        "peers": "not run: spopt and pbp-pmedian are not installed with linli",
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, one used",
        "versions": {"python": platform.python_version(), **{n: version(n) for n in ("numpy", "numba", "highspy")}},
        "seed": seed,
        "n": len(found),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--case")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--data", type=Path, default=SHARED)
    asked = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    if asked.case:
        print(json.dumps(one(asked.case, quick=asked.quick, seed=asked.seed, data=asked.data)))
        return
    found = measure(quick=asked.quick, seed=asked.seed, data=asked.data)
    print(json.dumps(found, indent=None if asked.json else 1))


if __name__ == "__main__":
    main()
