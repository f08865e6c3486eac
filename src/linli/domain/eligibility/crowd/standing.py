"""How everybody stands on a day in our own words: `Status` and reason, as `chart.standing` says them of one person."""

from __future__ import annotations

from datetime import date

import numpy as np
from numpy.typing import NDArray

from linli.domain.calendar import NO_DAY, Days, day_of
from linli.domain.eligibility.chart.standing import CLOSED, WAITS
from linli.domain.eligibility.crowd.forecasting import NOT_COMPLETE
from linli.domain.eligibility.crowd.merging import GroupAnswer
from linli.domain.eligibility.histories import DoseStatus
from linli.domain.eligibility.patients import Patients
from linli.domain.eligibility.reasons import Code
from linli.domain.eligibility.states import Status


def standing(answer: GroupAnswer, patients: Patients, *, on: date | Days) -> tuple[NDArray[np.int8], NDArray[np.int16]]:
    """Status and reason code of each person (n,) on the day, or each one's day, the answer was made for."""
    day, count = (day_of(on) if isinstance(on, date) else on), len(answer.status)
    status = np.full(count, Status.NOT_ELIGIBLE, np.int8)
    reason = np.full(count, Code.NOT_OPEN, np.int16)
    for closed, (stands, code) in CLOSED.items():
        mask = answer.status == closed
        status[mask], reason[mask] = stands, code
    open_ = answer.status == NOT_COMPLETE
    status[open_] = Status.DUE
    reason[open_] = np.where(answer.valid_doses[open_] > 0, Code.NEXT_DOSE, Code.FIRST_DOSE)
    reason[open_ & _last_failed(answer, patients)] = Code.REPEAT_DOSE
    late = open_ & (answer.past_due != NO_DAY) & (answer.past_due < day)
    status[late], reason[late] = Status.OVERDUE, Code.PAST_LATEST
    waiting = open_ & (answer.earliest > day)
    status[waiting] = Status.WAITING
    waits = np.full(128, Code.WAIT_AGE, np.int16)
    for why, code in WAITS.items():
        waits[why] = code
    reason[waiting] = waits[answer.why[waiting]]
    return status, reason


def _last_failed(answer: GroupAnswer, patients: Patients) -> NDArray[np.bool_]:
    """Whose last dose of the group was not valid."""
    failed = np.zeros(len(patients), np.bool_)
    dose = np.flatnonzero(answer.dose_status >= 0)
    if len(dose):
        owner = patients.owner()[dose]
        order = np.lexsort((dose, patients.given_on[dose], owner))
        last = order[np.flatnonzero(np.append(owner[1:] != owner[:-1], True))]
        failed[owner[last]] = answer.dose_status[dose[last]] == DoseStatus.NOT_VALID
    return failed
