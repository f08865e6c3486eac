"""Why a person stands where they stand in a vaccine group, as `explain` says it of a programme."""

from __future__ import annotations

from datetime import date

from linli.domain.calendar import date_of
from linli.domain.eligibility.assess import Assessment
from linli.domain.eligibility.chart import judge_person, speaking, tell
from linli.domain.eligibility.crowd.residue import person_of
from linli.domain.eligibility.explain import Explanation, in_order
from linli.domain.eligibility.patients import Patients
from linli.domain.eligibility.products import UNKNOWN_VACCINE
from linli.domain.eligibility.reasons import Code, Reason, Value
from linli.domain.eligibility.schedule import Schedule


def explain_group(schedule: Schedule, patients: Patients, assessment: Assessment, *, person: int) -> Explanation:
    """Status, doses in the order of days and dates of the person at an index, from the chart's own account."""
    on = date_of(assessment.on[person]) or date.min
    found = person_of(schedule, patients, person)
    places = in_order(patients, person)
    first = int(patients.offsets[person])
    if found is None or found.birth > on:
        code = Code.BIRTH_UNKNOWN if found is None else Code.NOT_OPEN
        doses = tuple(Reason(Code.OTHER_GROUP, _given(schedule, patients, place)) for place in places)
        return Explanation(schedule.code, schedule.version, Reason(code), doses, ())
    judgement = judge_person(schedule, found, on=on)
    told = tell(judgement, schedule.group)
    spoken = speaking(judgement.groups[schedule.group])
    shown = next((one for one in told.forecasts if one.forecast is spoken), None)
    reasons = dict(zip(told.places, (line.reason for _, line in told.doses), strict=True))

    def dose(place: int) -> Reason:
        reason = reasons.get(place - first)
        foreign = int(patients.vaccine[place]) < UNKNOWN_VACCINE
        if reason is None or (foreign and reason.code is Code.UNKNOWN_PRODUCT):
            return Reason(Code.OTHER_GROUP, _given(schedule, patients, place))
        return reason

    return Explanation(
        schedule=schedule.code,
        version=schedule.version,
        status=shown.standing.reason if shown else Reason(Code.NOT_OPEN),
        doses=tuple(dose(place) for place in places),
        dates=tuple(line.reason for line in shown.dates) if shown else (),
    )


def _given(schedule: Schedule, patients: Patients, place: int) -> dict[str, Value]:
    which = int(patients.vaccine[place])
    product = schedule.vaccine_codes[which] if which >= 0 else None
    return {"given_on": date_of(patients.given_on[place]), "product": product}
