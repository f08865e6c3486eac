"""Vaccines of other programmes: how long to wait after them, and doses given too near to one."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from linli.domain.calendar import NO_DAY, Days, add
from linli.domain.eligibility.histories import Doses, DoseStatus
from linli.domain.eligibility.patients import Patients
from linli.domain.eligibility.products import OTHER_VACCINE
from linli.domain.eligibility.reasons import Code
from linli.domain.eligibility.schedule import Schedule


def last_other_vaccine(patients: Patients, on: Days) -> Days:
    """Day of each person's last vaccine of another programme up to the day (n,)."""
    last = np.full(len(patients), NO_DAY, np.int32)
    other = np.flatnonzero(patients.vaccine == OTHER_VACCINE)
    if len(other):
        owner = patients.owner()[other]
        given = np.where(patients.given_on[other] <= on[owner], patients.given_on[other], np.int32(NO_DAY))
        np.maximum.at(last, owner, given)
    return last


def wait_after_other(schedule: Schedule, last: Days) -> Days:
    """First day each person no longer waits after another vaccine."""
    until = np.full(len(last), NO_DAY, np.int32)
    for conflict in schedule.conflicts:
        until = np.maximum(until, add(last, conflict.interval))
    return until


def mark_near_other(schedule: Schedule, patients: Patients, owner: NDArray[np.int32], doses: Doses) -> None:
    """Say of each valid dose given within the conflict interval of another vaccine that it was."""
    other = np.flatnonzero(doses.code == Code.OTHER_ANTIGEN)
    if not len(other):
        return
    has_other = np.zeros(len(patients), np.bool_)
    has_other[owner[other]] = True
    valid = np.flatnonzero((doses.status == DoseStatus.VALID) & has_other[owner])
    if not len(valid):
        return
    # One number for person and day, so that one search finds the neighbours of every dose.
    others = np.sort((owner[other].astype(np.int64) << 32) + patients.given_on[other])
    mine = (owner[valid].astype(np.int64) << 32) + patients.given_on[valid]
    gap = max((conflict.interval.days for conflict in schedule.conflicts), default=0)
    place = np.searchsorted(others, mine)
    before = mine - others[np.maximum(place - 1, 0)]
    after = others[np.minimum(place, len(others) - 1)] - mine
    near = ((place > 0) & (before < gap)) | ((place < len(others)) & (after < gap))
    doses.code[valid[near]] = Code.NEAR_OTHER_VACCINE
