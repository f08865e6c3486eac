"""How fast the groups of the CDC schedule are judged, and a city of 25 million; used by bench/eligibility.py."""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys
from pathlib import Path
from time import process_time

import numpy as np

from cdc.people import EVERYTHING, ON, PLANS, invented, observed
from linli.domain.eligibility import Schedule
from linli.domain.eligibility.crowd import judge_crowd
from linli.domain.eligibility.supporting_data import read_supporting_data

DATA = Path(__file__).resolve().parents[3] / "shared/cdsi/supporting-data"
CITY, CITY_CHUNK, CITY_GROUP = 25_000_000, 1_000_000, "COVID-19"


def schedule_of(folder: Path) -> Schedule:
    return read_supporting_data({path.name: path.read_bytes() for path in sorted(folder.glob("*.xml"))}).schedule


def groups_per_s(schedule: Schedule, people: int, repeats: int, seed: int) -> tuple[dict[str, int], dict[str, float]]:
    """Persons a second of one core's time and the share judged by the chart, by group."""
    per_s, residue = {}, {}
    special = observed(people, seed)
    for group, plan in PLANS.items():
        patients = invented(schedule, plan, people, seed)
        judge_crowd(schedule, invented(schedule, plan, 1_000, seed), on=ON, groups=[group])  # compiles, fills caches
        seconds = []
        for _ in range(repeats):
            started = process_time()
            answer = judge_crowd(schedule, patients, on=ON, groups=[group], observed=special)[group]
            seconds.append(process_time() - started)
        per_s[group] = round(people / statistics.median(seconds))
        residue[group] = round(float(answer.by_chart.mean()), 6)
    return per_s, residue


def all_per_s(schedule: Schedule, people: int, repeats: int, seed: int) -> tuple[int, dict[str, float]]:
    """Persons a second of one core's time for all vaccine groups together, and the shares judged by the chart."""
    patients, special = invented(schedule, EVERYTHING, people, seed), observed(people, seed)
    judge_crowd(schedule, invented(schedule, EVERYTHING, 1_000, seed), on=ON)
    seconds = []
    for _ in range(repeats):
        started = process_time()
        answers = judge_crowd(schedule, patients, on=ON, observed=special)
        seconds.append(process_time() - started)
    shares = {group: round(float(answer.by_chart.mean()), 6) for group, answer in answers.items()}
    return round(people / statistics.median(seconds)), shares


def city(folder: Path, people: int, seed: int) -> dict[str, float]:
    """Seconds of judging a city in chunks and the process's largest memory, in a process of its own."""
    command = [sys.executable, "-m", "cdc.speed", str(folder), str(people), str(seed)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[1])
    result: dict[str, float] = json.loads(done.stdout)
    return result


def _city(folder: Path, people: int, seed: int) -> dict[str, float]:
    schedule = schedule_of(folder)
    status = np.zeros(people, np.int8)
    days = np.zeros((3, people), np.int32)
    seconds = 0.0
    for chunk, start in enumerate(range(0, people, CITY_CHUNK)):
        size = min(CITY_CHUNK, people - start)
        patients = invented(schedule, PLANS[CITY_GROUP], size, seed + chunk)
        special = observed(size, seed + chunk)
        began = process_time()
        answer = judge_crowd(schedule, patients, on=ON, groups=[CITY_GROUP], observed=special)[CITY_GROUP]
        status[start : start + size] = answer.status
        days[:, start : start + size] = answer.earliest, answer.recommended, answer.past_due
        seconds += process_time() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": round(seconds, 1), "peak_mb": round(peak)}


if __name__ == "__main__":
    print(json.dumps(_city(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))))
