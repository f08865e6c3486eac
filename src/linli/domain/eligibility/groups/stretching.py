"""What a register stores of a vaccine group: the answer between one change and the next."""

from __future__ import annotations

from dataclasses import fields, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from linli.domain.calendar import NO_DAY, Days
from linli.domain.eligibility.assess import Assessment
from linli.domain.eligibility.groups.assessing import assess_group
from linli.domain.eligibility.groups.changing import Changes, change_days, changes
from linli.domain.eligibility.patients import Patients
from linli.domain.eligibility.schedule import Schedule
from linli.domain.eligibility.states import Status
from linli.domain.eligibility.timeline import NEVER, Timeline, events

_SAME = (
    "next_dose",
    "valid_doses",
    "earliest_on",
    "recommended_on",
    "latest_on",
    "first_product",
    "first_on",
    "second_on",
    "completed_on",
)
"""What a row holds beside the days: where none of it changes, no new row begins."""


def group_timeline(schedule: Schedule, patients: Patients) -> Timeline:
    """The answer after each fact of each person and after each day on which it changes by itself."""
    owner = patients.owner().astype(np.int64)
    everyone = np.arange(len(patients), dtype=np.int64)
    alone, days = change_days(_changes(schedule), patients)
    person, since = events(
        np.concatenate([everyone, owner, everyone, alone]),
        np.concatenate([np.full(len(everyone), NO_DAY), patients.given_on, patients.birth, days]),
    )
    birth = patients.birth[person]
    on = np.maximum(since, birth)  # NO_DAY is less than any day
    rows, _ = patients.take(person)
    answer = assess_group(schedule, rows, on=on)
    barred = answer.status == Status.NOT_ELIGIBLE
    offered = _offered(schedule, rows, person, since, on)
    recorded = _recorded(schedule, rows, since)
    kept = _begins(person, answer, barred, offered, recorded)
    person, since = person[kept], since[kept]
    until = np.full(len(since), NEVER, np.int32)
    until[:-1] = np.where(person[1:] == person[:-1], since[1:], until[:-1])
    taken = _of_people(answer, kept)
    return Timeline(person, since, until, recorded[kept], taken, taken.earliest_on, barred[kept], offered[kept])


@lru_cache(maxsize=32)
def _changes(schedule: Schedule) -> Changes:
    return changes(schedule)


def _recorded(schedule: Schedule, rows: Patients, since: Days) -> NDArray[np.int64]:
    """Doses of the group's own vaccines up to each day."""
    codes = {one.code for one in schedule.own_vaccines}
    own = np.array([code in codes for code in schedule.vaccine_codes])
    known = rows.vaccine >= 0
    counted = known & own[np.where(known, rows.vaccine, 0)] & (rows.given_on <= np.repeat(since, np.diff(rows.offsets)))
    return np.bincount(rows.owner(), weights=counted, minlength=len(since)).astype(np.int64)


def _offered(schedule: Schedule, rows: Patients, person: NDArray[np.int64], since: Days, on: Days) -> Days:
    """Day from which somebody of this birth and sex without a dose may have one, in the stretch from `since` on.

    `NO_DAY` where not in this stretch; one that goes on from the stretch before keeps its day.
    """
    nobody = replace(
        rows,
        offsets=np.zeros(len(rows) + 1, np.int64),
        given_on=rows.given_on[:0],
        vaccine=rows.vaccine[:0],
        supply_ended=rows.supply_ended[:0],
    )
    without = assess_group(schedule, nobody, on=on)
    closed = (without.status == Status.NOT_ELIGIBLE) | (without.earliest_on == NO_DAY)
    start = np.where(closed, NO_DAY, np.maximum(without.earliest_on, since)).astype(np.int32)
    until = np.full(len(since), NEVER, np.int64)
    until[:-1] = np.where(person[1:] == person[:-1], since[1:], until[:-1])
    start[start >= until] = NO_DAY
    # Open from its first day on after a stretch that was open to its last one: the same offer.
    goes_on = np.zeros(len(start), np.bool_)
    goes_on[1:] = (person[1:] == person[:-1]) & (start[1:] == since[1:]) & (start[:-1] != NO_DAY)
    begins = np.maximum.accumulate(np.where(goes_on, 0, np.arange(len(start)))) if len(start) else start
    found: Days = start[begins]
    return found


def _begins(
    person: NDArray[np.int64],
    answer: Assessment,
    barred: NDArray[np.bool_],
    offered: Days,
    recorded: NDArray[np.int64],
) -> NDArray[np.bool_]:
    """Rows that differ from the one before, or are a person's first."""
    new = np.ones(len(person), np.bool_)
    if len(person) < 2:
        return new
    new[1:] = person[1:] != person[:-1]
    held = [getattr(answer, name) for name in _SAME]
    held += [barred, offered, recorded, np.where(barred, answer.reason, -1)]
    for column in held:
        new[1:] |= column[1:] != column[:-1]
    return new


def _of_people(answer: Assessment, kept: NDArray[np.bool_]) -> Assessment:
    """The answer for some people; what was said of single doses is left out."""
    of_doses = {"dose_status", "dose_reason", "dose_number"}
    values = {one.name: getattr(answer, one.name) for one in fields(answer)}
    return Assessment(**{name: value[:0] if name in of_doses else value[kept] for name, value in values.items()})
