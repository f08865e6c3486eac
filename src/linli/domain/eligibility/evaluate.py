"""Evaluation: does each dose that was given count, and for which target dose?

All people move in lockstep: round k judges everybody's k-th dose, group by group of people who wait for the same target
dose of the same series.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from linli.domain.calendar import Days
from linli.domain.eligibility.histories import STATUS, Doses, DoseStatus, Histories, Index, begin
from linli.domain.eligibility.judge import Given, judge
from linli.domain.eligibility.others import mark_near_other
from linli.domain.eligibility.patients import Patients
from linli.domain.eligibility.reasons import Code
from linli.domain.eligibility.schedule import Schedule
from linli.domain.eligibility.skip import Moment, skipped


def evaluate(schedule: Schedule, patients: Patients, on: Days) -> tuple[Doses, Histories]:
    """Judge every dose given up to each person's day `on` (n,)."""
    owner = patients.owner()
    histories = begin(schedule, patients, owner, on)
    series_of = np.array([schedule.series_of_platform[row.platform] for row in schedule.vaccines], np.int8)
    active = np.arange(len(histories.person))
    round_ = 0
    while len(active):
        dose = histories.dose[histories.start[active] + round_]
        begun = histories.series[active]
        series = np.where(begun < 0, series_of[patients.vaccine[dose]], begun)
        _judge_round(schedule, histories, round_, active, dose, series)
        round_ += 1
        active = active[histories.count[active] > round_]
    mark_near_other(schedule, patients, owner, histories.judged)
    return histories.judged, histories


def _judge_round(
    schedule: Schedule,
    histories: Histories,
    round_: int,
    active: Index,
    dose: Index,
    series: NDArray[np.int8],
) -> None:
    """Judge one dose of each active person, against the target dose they wait for and do not skip."""
    patients, doses, step_of = histories.patients, histories.judged, histories.step[active]
    for chosen, rules in enumerate(schedule.series):
        mine = series == chosen
        for step in range(len(rules.doses) + 1):
            places = np.flatnonzero(mine & (step_of == step))
            if step < len(rules.doses) and rules.doses[step].skips and len(places):
                people, day = active[places], patients.given_on[dose[places]]
                before = np.full(len(people), round_, np.int64)
                moment = _moment(histories, people, reference=day, on=day, before=before)
                gone = skipped(schedule, rules.doses[step], "evaluation", moment)
                step_of[places[gone]] += 1
                histories.pass_over(people[gone], step, len(rules.doses))
                places = places[~gone]
            if not len(places):
                continue
            people, which = active[places], dose[places]
            facts = Given(
                on=patients.given_on[which],
                vaccine=patients.vaccine[which],
                supply_ended=patients.supply_ended[which],
                birth=histories.birth[people],
                previous=histories.previous[people],
                satisfied=histories.satisfied[:, people],
                first_vaccine=histories.first_vaccine[people],
            )
            code = judge(schedule, chosen, step, facts)
            _record(histories, people, facts, code, chosen, step, len(rules.doses))
            doses.code[which] = code
            doses.status[which] = STATUS[code]
            doses.number[which] = np.where(STATUS[code] == DoseStatus.VALID, step + 1, 0)


def skip_forecast(
    schedule: Schedule, histories: Histories, series: int, step: int, people: Index, reference: Days
) -> NDArray[np.bool_]:
    """Move on those of some people who do not need the target dose they wait for; tells who they are."""
    moment = _moment(histories, people, reference=reference, on=histories.on[people], before=histories.count[people])
    gone = skipped(schedule, schedule.series[series].doses[step], "forecast", moment)
    histories.pass_over(people[gone], step, len(schedule.series[series].doses))
    return gone


def _moment(histories: Histories, people: Index, *, reference: Days, on: Days, before: NDArray[np.int64]) -> Moment:
    return Moment(
        reference=reference,
        on=on,
        birth=histories.birth[people],
        last_given=histories.last_given[people],
        earlier=lambda: histories.earlier(people, before),
    )


def _record(
    histories: Histories, people: Index, given: Given, code: NDArray[np.int8], series: int, step: int, length: int
) -> None:
    """Move each person on by the dose just judged."""
    status = STATUS[code]
    histories.last_given[people] = given.on
    histories.last_code[people] = code
    # CALCDTINT-1: valid and not valid doses are "the previous dose"; one before birth is a slip of the pen.
    counts = (status <= DoseStatus.NOT_VALID) & (code != Code.BEFORE_BIRTH)
    histories.previous[people[counts]] = given.on[counts]
    if step == length:
        return
    valid = status == DoseStatus.VALID
    moved = people[valid]
    histories.satisfied[step, moved] = given.on[valid]
    histories.step[moved] = step + 1
    histories.valid[moved] += 1
    if step == 0:
        histories.series[moved] = series
        histories.first_vaccine[moved] = given.vaccine[valid]
    if step + 1 == length:
        histories.completed_on[moved] = given.on[valid]
