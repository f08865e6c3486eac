"""What a register stores: the engine's answer between one fact of a person and the next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from linli.domain.calendar import NO_DAY, Days, date_of, day_of
from linli.domain.eligibility.assess import Assessment, assess
from linli.domain.eligibility.gates import gate
from linli.domain.eligibility.others import last_other_vaccine, wait_after_other
from linli.domain.eligibility.patients import Patients
from linli.domain.eligibility.schedule import Schedule

EVER = day_of(date(1900, 1, 1))
NEVER = day_of(date(9999, 12, 31))
OLDEST = timedelta(days=366 * 130)


@dataclass(frozen=True)
class Timeline:
    """Rows (r,) ordered by person and day: the answer from `since_on` up to the day before `until_on`.

    `person` is the index in the patients; `recorded_doses` counts this programme's doses up to then, valid or not.
    Before a first valid dose `earliest_on` holds only the wait after another vaccine: the age gate changes with the day
    and is compared with `offered_births` of that day. A vaccine group has no such gate: `barred` says that nothing more
    is to be given in the stretch, and `offered_from` is the day from which somebody of this birth and sex without a
    dose may have one, in a stretch in which that is so; for a programme with gates they are False and `NO_DAY`.
    """

    person: NDArray[np.int64]
    since_on: Days
    until_on: Days
    recorded_doses: NDArray[np.int64]
    answer: Assessment
    earliest_on: Days
    barred: NDArray[np.bool_]
    offered_from: Days


def timeline(schedule: Schedule, patients: Patients) -> Timeline:
    """The engine's answer after each fact of each person, so that a stored row holds until the next one."""
    owner = patients.owner().astype(np.int64)
    everyone = np.arange(len(patients), dtype=np.int64)
    person, since = events(
        np.concatenate([everyone, owner]), np.concatenate([np.full(len(everyone), EVER), patients.given_on])
    )
    until = np.full(len(since), NEVER, np.int32)
    until[:-1] = np.where(person[1:] == person[:-1], since[1:], until[:-1])
    rows, _ = patients.take(person)
    answer = assess(schedule, rows, on=since)
    counted = (rows.vaccine >= 0) & (rows.given_on <= np.repeat(since, np.diff(rows.offsets)))
    recorded = np.bincount(rows.owner(), weights=counted, minlength=len(since)).astype(np.int64)
    waits = wait_after_other(schedule, last_other_vaccine(rows, since))
    earliest = np.where(answer.valid_doses > 0, answer.earliest_on, waits)
    free, ungated = np.zeros(len(person), np.bool_), np.full(len(person), NO_DAY, np.int32)
    return Timeline(person, since, until, recorded, answer, earliest, free, ungated)


def offered_births(schedule: Schedule, *, on: date) -> list[tuple[date, date]]:
    """Birth dates inside the age gate of a day, as ranges (born after, born on or before)."""
    first, last = day_of(on - OLDEST), day_of(on)
    births = np.arange(first, last + 1, dtype=np.int32)
    inside = gate(schedule, births, np.full(len(births), last, np.int32)).inside(np.full(len(births), last, np.int32))
    edges = np.flatnonzero(np.diff(np.concatenate([[False], inside, [False]]).astype(np.int8)))
    ranges = zip(edges[::2], edges[1::2], strict=True)
    return [(_date(first + start - 1), _date(first + stop - 1)) for start, stop in ranges]


def events(person: NDArray[np.int64], day: NDArray[np.int32]) -> tuple[NDArray[np.int64], Days]:
    """Distinct (person, day) pairs in order; a day without a date or before `EVER` is `EVER`."""
    keys = np.unique((person << 33) + np.clip(day.astype(np.int64), EVER, NEVER - 1) - EVER)
    return keys >> 33, ((keys & ((1 << 33) - 1)) + EVER).astype(np.int32)


def _date(day: int) -> date:
    found = date_of(day)
    if found is None:
        raise ValueError(day)
    return found
