"""One answer a person: status, reason and dates on a day, with how each dose was judged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from linli.domain.calendar import NO_DAY, Days, day_of
from linli.domain.eligibility.evaluate import evaluate, skip_forecast
from linli.domain.eligibility.forecast import Known, finish_by, forecast, second_latest
from linli.domain.eligibility.gates import Gate, gate
from linli.domain.eligibility.histories import Histories
from linli.domain.eligibility.others import last_other_vaccine, wait_after_other
from linli.domain.eligibility.patients import Patients
from linli.domain.eligibility.reasons import Code
from linli.domain.eligibility.schedule import Schedule, TargetDose
from linli.domain.eligibility.states import Status, state_on


@dataclass(frozen=True)
class Assessment:
    """The engine's answer: one entry a person (n,), and one a dose in the order of the patients' doses (m,).

    Days are days since 1970, `NO_DAY` where there is none. `series` is an index into the schedule's series, -1 before a
    valid dose; `first_product` the index of the first valid dose's vaccine, or -1. `next_dose` is 0 when complete.
    `wait_until` is the first day without a wait after another vaccine; while a person is not eligible, `earliest_on` is
    the day they reach the gate whatever that wait.
    """

    on: Days
    status: NDArray[np.int8]
    reason: NDArray[np.int16]
    next_dose: NDArray[np.int8]
    valid_doses: NDArray[np.int8]
    earliest_on: Days
    recommended_on: Days
    latest_on: Days
    series: NDArray[np.int8]
    first_product: NDArray[np.int16]
    eligible_on: Days
    eligible_until: Days
    wait_until: Days
    first_on: Days
    second_on: Days
    second_latest_on: Days
    finish_by_on: Days
    completed_on: Days
    dose_status: NDArray[np.int8]
    dose_reason: NDArray[np.int16]
    dose_number: NDArray[np.int8]


def assess(schedule: Schedule, patients: Patients, *, on: date | Days) -> Assessment:
    """Who is due which dose, from when until when and why, judged from the doses given up to a day.

    `on` is one day for all or an array with each person's own (n,). One person is a batch of one.
    """
    days = np.full(len(patients), day_of(on), np.int32) if isinstance(on, date) else np.asarray(on, np.int32)
    if days.shape != (len(patients),):
        raise ValueError(f"{len(patients)} people and {days.shape} days do not fit")
    doses, histories = evaluate(schedule, patients, days)
    doors = gate(schedule, patients.birth, days)
    other_until = wait_after_other(schedule, last_other_vaccine(patients, days))
    answer = _before_first(patients, days, doors, other_until, histories)
    _begun(schedule, histories, other_until, answer)
    status = state_on(
        days,
        completed_on=answer.completed_on,
        valid_doses=answer.valid_doses,
        eligible_on=answer.eligible_on,
        eligible_until=answer.eligible_until,
        earliest_on=answer.earliest_on,
        latest_on=answer.latest_on,
        wait_until=answer.wait_until,
    )
    _reasons(days, doors, histories, status, answer)
    return Assessment(
        on=days,
        status=status,
        dose_status=doses.status,
        dose_reason=doses.code.astype(np.int16),
        dose_number=doses.number,
        **vars(answer),
    )


@dataclass
class _Answer:
    """The answer while it is being worked out; fields as in Assessment."""

    reason: NDArray[np.int16]
    next_dose: NDArray[np.int8]
    valid_doses: NDArray[np.int8]
    earliest_on: Days
    recommended_on: Days
    latest_on: Days
    series: NDArray[np.int8]
    first_product: NDArray[np.int16]
    eligible_on: Days
    eligible_until: Days
    wait_until: Days
    first_on: Days
    second_on: Days
    second_latest_on: Days
    finish_by_on: Days
    completed_on: Days


def _before_first(patients: Patients, on: Days, doors: Gate, other_until: Days, histories: Histories) -> _Answer:
    """Everybody as if no dose counted: the gate, and the wait after another vaccine or a dose that did not count."""
    count = len(patients)
    last = np.full(count, NO_DAY, np.int32)
    last[histories.person] = histories.last_given
    earliest = np.maximum(np.maximum(doors.eligible_on, other_until), last)
    reason = np.full(count, Code.WAIT_AGE, np.int16)
    reason[earliest == other_until] = Code.WAIT_OTHER_VACCINE
    # Too old for the gate, or nothing open: there is no day to wait for.
    offered = (doors.eligible_on != NO_DAY) & ((doors.eligible_until == NO_DAY) | (on < doors.eligible_until))
    earliest = np.where(on < doors.eligible_on, doors.eligible_on, earliest)
    earliest = np.where(offered, earliest, np.int32(NO_DAY))

    def none() -> Days:
        return np.full(count, NO_DAY, np.int32)

    return _Answer(
        reason=reason,
        next_dose=np.ones(count, np.int8),
        valid_doses=np.zeros(count, np.int8),
        earliest_on=earliest,
        recommended_on=earliest.copy(),
        latest_on=none(),
        series=np.full(count, -1, np.int8),
        first_product=np.full(count, -1, np.int16),
        eligible_on=doors.eligible_on,
        eligible_until=doors.eligible_until,
        wait_until=other_until,
        first_on=none(),
        second_on=none(),
        second_latest_on=none(),
        finish_by_on=none(),
        completed_on=none(),
    )


def _begun(schedule: Schedule, histories: Histories, other_until: Days, answer: _Answer) -> None:
    """Those with a valid dose: the next target dose of their series, or the end of it."""
    person = histories.person
    answer.valid_doses[person] = histories.valid
    answer.series[person] = histories.series
    answer.first_product[person] = histories.first_vaccine
    answer.first_on[person] = histories.satisfied[0]
    if len(histories.satisfied) > 1:
        answer.second_on[person] = histories.satisfied[1]
    answer.second_latest_on[person] = second_latest(schedule, histories)
    answer.finish_by_on[person] = finish_by(schedule, histories)
    for chosen, series in enumerate(schedule.series):
        for step, target in enumerate(series.doses):
            _next_dose(schedule, histories, other_until, answer, chosen, step, target)
        complete = person[histories.at(chosen, len(series.doses))]
        answer.next_dose[complete] = 0
        answer.earliest_on[complete] = answer.recommended_on[complete] = answer.latest_on[complete] = NO_DAY
    answer.completed_on[person] = histories.completed_on


def _next_dose(
    schedule: Schedule,
    histories: Histories,
    other_until: Days,
    answer: _Answer,
    chosen: int,
    step: int,
    target: TargetDose,
) -> None:
    """Dates of one target dose, for those who wait for it and do not skip it."""
    people = histories.at(chosen, step)
    if target.skips:
        people = people[~skip_forecast(schedule, histories, chosen, step, people, histories.on[people])]
    if not len(people):
        return
    who = histories.person[people]
    known = Known(
        on=histories.on[people],
        birth=histories.birth[people],
        previous=histories.previous[people],
        satisfied=histories.satisfied[:, people],
        last_given=histories.last_given[people],
        other_until=other_until[who],
    )
    dates = forecast(target, known)
    answer.next_dose[who] = step + 1
    answer.earliest_on[who], answer.recommended_on[who] = dates.earliest_on, dates.recommended_on
    answer.latest_on[who] = dates.latest_on
    answer.reason[who] = dates.wait_code
    if target.skips:
        # A dose that will not be needed on its own earliest date is not forecast at all (CDSi chapter 7.6).
        skip_forecast(schedule, histories, chosen, step, people, dates.earliest_on)


def _reasons(on: Days, doors: Gate, histories: Histories, status: NDArray[np.int8], answer: _Answer) -> None:
    """Say why: `answer.reason` holds what a waiting person waits for, and gets the reasons of all others."""
    failed = (histories.last_code >= Code.BEFORE_BIRTH) & (histories.last_code < Code.AFTER_COMPLETE)
    repeat = np.zeros(len(on), np.bool_)
    repeat[histories.person[failed]] = True
    due = np.where(repeat, Code.REPEAT_DOSE, np.where(answer.valid_doses > 0, Code.NEXT_DOSE, Code.FIRST_DOSE))
    barred = np.where(on < doors.eligible_on, Code.UNDER_AGE, Code.OVER_AGE)
    barred[doors.eligible_on == NO_DAY] = Code.BIRTH_UNKNOWN
    barred[~doors.open] = Code.NOT_OPEN
    by_status = {
        Status.COMPLETE: np.full(len(on), Code.COMPLETE),
        Status.NOT_ELIGIBLE: barred,
        Status.OVERDUE: np.full(len(on), Code.PAST_LATEST),
        Status.DUE: due,
    }
    for kind, codes in by_status.items():
        answer.reason = np.where(status == kind, codes, answer.reason).astype(np.int16)
