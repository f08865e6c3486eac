"""The invented neighbourhood as values: what `generate` draws and `write` turns into an office's lists."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from linli.demo.buildings import Building, buildings
from linli.demo.doses import Doses, doses
from linli.demo.employers import Employer, employers, with_jobs, workers
from linli.demo.ground import Area, areas
from linli.demo.residents import Doors, People, joined, residents

WORKERS_A_RESIDENT = 0.2
FEWEST, MOST = 100, 80_000


@dataclass(frozen=True)
class Neighbourhood:
    """An invented neighbourhood on the morning of a day. Equal arguments of `generate` give equal ones.

    The first `residents` of `people` live or are registered here, the others only work here.
    """

    on: date
    seed: int
    residents: int
    areas: list[Area]
    buildings: list[Building]
    doors: Doors
    employers: list[Employer]
    people: People
    doses: Doses


def generate(*, people: int = 8000, seed: int = 20210620, on: date = date(2021, 6, 20)) -> Neighbourhood:
    """Invent so many residents, a fifth as many day-time workers, their employers and their doses before the day.

    Places do not depend on the arguments. Raises ValueError for fewer than 100 or more than 80,000 people.
    """
    if not FEWEST <= people <= MOST:
        raise ValueError(f"people must be {FEWEST} to {MOST:,}, not {people}")
    # One stream for each part, so that more doses do not give people other names.
    streams = [np.random.default_rng(part) for part in np.random.SeedSequence(seed).spawn(5)]
    tree = areas()
    houses = buildings(tree)
    firms = employers(houses, streams[0])
    lived, doors = residents(people, houses, on, streams[1])
    lived.works_for[:] = with_jobs(lived, firms, streams[2])
    by_day = workers(int(people * WORKERS_A_RESIDENT), firms, on, streams[3])
    everybody = joined(lived, by_day)
    return Neighbourhood(on, seed, people, tree, houses, doors, firms, everybody, doses(everybody, on, streams[4]))
