"""Invented people for the vaccine groups of a schedule: histories made by chance around every boundary."""

from __future__ import annotations

from datetime import date
from itertools import chain

import numpy as np

from linli.domain.calendar import NO_DAY, day_of
from linli.domain.eligibility import Patients, Schedule
from linli.domain.eligibility.schedule import VaccineUse

ON = date(2025, 11, 20)
CDC_GROUPS = ["DTaP/Tdap/Td", "HepA", "HepB", "Hib", "HPV", "Influenza", "COVID-19", "Meningococcal",
              "Meningococcal B", "MMR", "Pneumococcal", "Polio", "RSV", "Rotavirus", "Varicella", "Zoster",
              "Rabies"]  # fmt: skip
GAPS = [0, 1, 3, 7, 14, 20, 21, 23, 24, 25, 27, 28, 28, 29, 42, 52, 53, 55, 56, 57, 60, 83, 84, 112, 140, 150, 153, 154,
        180, 183, 184, 365, 366, 1095, 1096]  # fmt: skip


def crowd(schedule: Schedule, group: str, count: int, seed: int) -> Patients:
    """People of all ages with up to seven doses that can matter for a group, many of them on a boundary."""
    chance = np.random.default_rng(seed)
    antigens = next(one.antigens for one in schedule.groups if one.name == group)
    series = [one for name in antigens for one in schedule.series_of_antigen.get(name, ())]
    targets = list(chain.from_iterable(one.doses for one in series))
    index = {code: place for place, code in enumerate(schedule.vaccine_codes)}
    own = {row.vaccine for row in schedule.associations if row.antigen in antigens}
    near = {row.previous for row in schedule.live_conflicts if row.current in own}
    uses: list[VaccineUse] = [use for target in targets for use in target.preferable]
    likely = np.array(sorted({index[use.vaccine] for use in uses if use.vaccine in index} or {0}))
    known = np.array(sorted(index[code] for code in own | near if code in index))
    ages = [row for target in targets for row in target.ages]
    edges = {getattr(row, kind) for row in ages for kind in ("absolute_minimum", "minimum", "maximum")} - {None}
    edge_days = np.array([round(period.months * 30.44) + period.days for period in edges] or [0])

    age = np.where(chance.random(count) < 0.6, chance.integers(0, 7 * 365, count), chance.integers(0, 33000, count))
    birth = (day_of(ON) - age).astype(np.int32)
    counts = chance.integers(0, 8, count)
    offsets = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    total = int(offsets[-1])
    owner = np.repeat(np.arange(count), counts)
    start = np.where(chance.random(count) < 0.5, chance.choice(edge_days, count) + chance.integers(-2, 3, count),
                     (chance.random(count) * age).astype(int))  # fmt: skip
    gaps = chance.choice(GAPS, total)
    gaps[offsets[:-1][counts > 0]] = start[counts > 0]
    run = np.cumsum(gaps)
    before = np.concatenate([[0], run])[offsets[:-1]][owner]
    noise = chance.integers(-1, 2, total) * (chance.random(total) < 0.3)
    given_on = (birth[owner] + run - before + noise).astype(np.int32)
    vaccine = np.where(chance.random(total) < 0.75, chance.choice(likely, total), chance.choice(known, total))
    vaccine[chance.random(total) < 0.02] = -1
    given_on[chance.random(total) < 0.01] = NO_DAY
    birth[chance.random(count) < 0.01] = NO_DAY
    sex = chance.integers(0, 3, count).astype(np.int8)
    return Patients(birth, sex, offsets, given_on, vaccine.astype(np.int16), np.zeros(total, np.bool_))
