"""How fast the engine judges: in memory, from files to files as a whole process, and CDC's whole schedule, on one core.

python bench/eligibility.py --json [--quick] [--data FOLDER]

Without the folder of CDC's XML files (`../shared/cdsi/supporting-data`) the keys of the CDC schedule are null; they are
measured in time of one core, which other work on the machine does not lengthen.
`residue` is the share of people whom compiled code leaves to the chart, by group.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from datetime import date
from importlib.metadata import version
from pathlib import Path
from time import perf_counter

import numpy as np
import polars as pl

from cdc import speed
from linli.domain.calendar import day_of
from linli.domain.eligibility import assess, match_products, patients_of
from linli.reference import schedule

PROGRAMME = "covid-19-cn-2021"
ON = date(2021, 6, 20)
PEOPLE, FIRST_DOSES, SECOND_DOSES = 1_000_000, 700_000, 500_000
PRODUCTS = ["BIBP", "CoronaVac", "WIBP", "KCONVAC", "Ad5-nCoV", "ZF2001", "141"]
SHARES = [0.38, 0.38, 0.1, 0.02, 0.05, 0.06, 0.01]
RUN = "from linli.cli.eligibility import eligibility; eligibility()"


def invented(seed: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    """A million invented people and 1.2 million doses in no order; some pairs are too close and some late."""
    chance = np.random.default_rng(seed)
    birth = day_of(ON) - (365 * 95 * chance.beta(1.3, 1.6, PEOPLE)).astype(np.int32)
    first = chance.permutation(PEOPLE)[:FIRST_DOSES]
    first_on = day_of(ON) - chance.integers(0, 180, FIRST_DOSES)
    product = chance.choice(len(PRODUCTS), FIRST_DOSES, p=SHARES)
    gap = chance.choice([10, 13, 14, 20, 21, 22, 25, 28, 35, 56, 57, 80], SECOND_DOSES)
    again = np.where(chance.random(SECOND_DOSES) < 0.9, product[:SECOND_DOSES], chance.integers(0, 4, SECOND_DOSES))
    order = chance.permutation(FIRST_DOSES + SECOND_DOSES)
    owner = np.concatenate([first, first[:SECOND_DOSES]])[order]
    given_on = np.concatenate([first_on, first_on[:SECOND_DOSES] + gap])[order].astype(np.int32)
    people = pl.DataFrame(
        {
            "person_id": [f"P{number:07}" for number in range(PEOPLE)],
            "birth_date": pl.Series(birth.astype(np.int32)).cast(pl.Date),
            "sex": pl.Series(["F", "M"]).gather(chance.integers(0, 2, PEOPLE)),
        }
    )
    doses = pl.DataFrame(
        {
            "person_id": people["person_id"].gather(owner),
            "given_on": pl.Series(given_on).cast(pl.Date),
            "product": pl.Series(PRODUCTS).gather(np.concatenate([product, again])[order]),
        }
    )
    return people, doses


def engine_per_s(people: pl.DataFrame, doses: pl.DataFrame, repeats: int) -> float:
    """Persons judged a second from columns to status, reasons and dates."""
    rules = schedule(PROGRAMME)
    row = doses["person_id"].str.slice(1).cast(pl.Int64).to_numpy()
    given_on, birth = (column.to_physical().to_numpy() for column in (doses["given_on"], people["birth_date"]))
    index = dict(zip(PRODUCTS, match_products(rules, PRODUCTS).tolist(), strict=True))
    vaccine = doses["product"].replace_strict(index, return_dtype=pl.Int16).to_numpy()
    seconds = []
    for _ in range(repeats + 1):  # the first run fills the calendar tables
        started = perf_counter()
        patients, _rows = patients_of(birth=birth, person=row, given_on=given_on, vaccine=vaccine)
        assess(rules, patients, on=ON)
        seconds.append(perf_counter() - started)
    return len(people) / statistics.median(seconds[1:])


def process_s(folder: Path, ending: str, repeats: int) -> float:
    """Seconds of the whole command, from the start of the process to its end."""
    command = [sys.executable, "-c", RUN, "assess", "--programme", PROGRAMME, "--on", ON.isoformat()]
    for name in ("people", "doses", "out"):
        command += [f"--{name}", str(folder / f"{name}.{ending}")]
    seconds = []
    for _ in range(repeats):
        started = perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        seconds.append(perf_counter() - started)
    return statistics.median(seconds)


def cdc_keys(folder: Path, *, quick: bool, seed: int) -> dict[str, object]:
    """Figures of CDC's schedule; null where its files are not there."""
    keys = ("cdc_group_per_s", "all_groups_per_s", "city_25m_s", "city_25m_peak_mb", "residue", "residue_all_groups")
    if not any(folder.glob("*.xml")):
        return dict.fromkeys(keys)
    rules = speed.schedule_of(folder)
    per_s, residue = speed.groups_per_s(rules, PEOPLE // (4 if quick else 1), 1 if quick else 3, seed)
    all_per_s, shares = speed.all_per_s(rules, PEOPLE // (40 if quick else 4), 1 if quick else 3, seed)
    city = {"seconds": None, "peak_mb": None} if quick else speed.city(folder, speed.CITY, seed)
    return dict(zip(keys, (per_s, all_per_s, city["seconds"], city["peak_mb"], residue, shares), strict=True))


def measure(*, quick: bool, seed: int, data: Path) -> dict[str, object]:
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    repeats = 1 if quick else 5
    people, doses = invented(seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for table, stem in ((people, "people"), (doses, "doses")):
            table.write_parquet(folder / f"{stem}.parquet")
            table.write_csv(folder / f"{stem}.csv")
        return {
            "covid19_cn_per_s": round(engine_per_s(people, doses, repeats)),
            "assess_1m_s": round(process_s(folder, "parquet", repeats), 3),
            "assess_1m_csv_s": round(process_s(folder, "csv", repeats), 3),
            **cdc_keys(data, quick=quick, seed=seed),
            "cores": 1,
            "repeats": repeats,
            "n": {"people": len(people), "doses": len(doses), "city": speed.CITY, "city_group": speed.CITY_GROUP},
            "seed": seed,
            "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores",
            "versions": {
                "python": platform.python_version(),
                **{name: version(name) for name in ("numba", "numpy", "polars")},
            },
        }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--quick", action="store_true", help="one run of each instead of five")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--data", type=Path, default=speed.DATA, help="folder of CDC's published XML files")
    arguments = parser.parse_args()
    result = measure(quick=arguments.quick, seed=arguments.seed, data=arguments.data)
    print(json.dumps(result) if arguments.json else "\n".join(f"{key}: {value}" for key, value in result.items()))


if __name__ == "__main__":
    # Children inherit it; Polars reads it when it is imported, so the setting holds for them and not for this process.
    os.environ["POLARS_MAX_THREADS"] = "1"
    main()
