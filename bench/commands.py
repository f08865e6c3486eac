"""How long an operator waits: help, and building the demo.

    bench/commands.py --json [--quick]

Prints one JSON object: help_s (`linli --help`, median of 9 whole processes), demo_build_s (`linli demo --no-serve` into
an empty folder, one run; `n` residents, 1,000 with --quick), machine, versions, seed, n. All people are invented.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path
from statistics import median

LINLI = Path(sys.executable).parent / "linli"
SEED = 20210620


def seconds(*arguments: str, home: str) -> float:
    env = {key: value for key, value in os.environ.items() if not key.startswith("LINLI_")} | {"LINLI_HOME": home}
    start = time.perf_counter()
    subprocess.run([LINLI, *arguments], env=env, check=True, capture_output=True)
    return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--quick", action="store_true")
    wanted = parser.parse_args()
    people = 1_000 if wanted.quick else 8_000
    with tempfile.TemporaryDirectory(prefix="linli-bench-") as home:
        found = {
            "help_s": round(median(seconds("--help", home=home) for _ in range(9)), 3),
            "demo_build_s": round(
                seconds("demo", "--no-serve", "--people", str(people), "--seed", str(SEED), home=home), 3
            ),
            "n": people,
            "seed": SEED,
            "machine": f"{platform.machine()} x{os.cpu_count()} {platform.platform()}",
            "versions": {"linli": version("linli"), "python": platform.python_version()},
        }
    print(json.dumps(found) if wanted.json else json.dumps(found, indent=2))


if __name__ == "__main__":
    main()
