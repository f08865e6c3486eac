"""ImmunizationEvaluation: what each dose counts for against each disease, and why a dose was left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from linli.domain.eligibility.chart import Evaluation, Judgement, Line, SeriesForecast, tell_doses, verdicts
from linli.domain.eligibility.histories import DoseStatus
from linli.domain.eligibility.reasons import Code
from linli.fhir.asking import Asked
from linli.fhir.codes import (
    ABSENT,
    DOSE_REASONS,
    DOSE_STATUS,
    DOSE_STATUSES,
    GUIDE,
    GUIDE_DOSE_REASON,
    NOT_EVALUATED,
    OUR_DOSE_STATUS,
    OUR_REASON,
    SUBSTANDARD_REASONS,
)
from linli.fhir.doses import Given
from linli.fhir.wording import say

Resource = dict[str, Any]


def evaluations(asked: Asked, judgement: Judgement) -> list[Resource]:
    """One evaluation for each dose and disease, doses in the order of the request."""
    judged = {antigen: _judged(judgement, antigen, group) for antigen, group in _antigens(asked)}
    found = []
    for place, given in enumerate(asked.given):
        for antigen in _antigens_of(asked, judgement, judged, place):
            found.append(_evaluation(asked, judgement, given, place, antigen, judged.get(antigen, {})))
    for number, one in enumerate(found, 1):
        one["id"] = f"evaluation-{number}"
    return found


def _antigens(asked: Asked) -> Iterator[tuple[str, str]]:
    of_group = asked.rules.group_of_antigen
    return ((antigen, of_group[antigen]) for antigen in of_group if of_group[antigen] in asked.groups)


def _judged(judgement: Judgement, antigen: str, group: str) -> dict[int, Evaluation]:
    """How an antigen's doses were judged; of several forecasts of its group the one for which a dose counts speaks."""
    own = [
        replace(forecast, series=tuple(one for one in forecast.series if one.series.antigen == antigen))
        for forecast in judgement.groups.get(group, ())
    ]
    return verdicts(one for one in own if one.series)


def _antigens_of(
    asked: Asked, judgement: Judgement, judged: dict[str, dict[int, Evaluation]], place: int
) -> tuple[str, ...]:
    """Antigens a dose is told of: those it was judged for, else those it holds, else the one that nobody knows ("")."""
    known = tuple(antigen for antigen in judged if place in judged[antigen])
    held = asked.rules.schedule.associations_of_vaccine.get(asked.given[place].dose.vaccine, ())
    wanted = [one.antigen for one in held if one.antigen in judged and one.antigen not in known]
    if place in judgement.left_out:
        return tuple(dict.fromkeys(wanted)) or (() if held else ("",))
    at_age = dict.fromkeys(antigen for antigen in wanted if _at_age(judgement, place, antigen))
    return (*known, *at_age) or tuple(dict.fromkeys(wanted))


def _at_age(judgement: Judgement, place: int, antigen: str) -> bool:
    return any(record.place == place for record in judgement.chart.records_of(antigen))


def _evaluation(
    asked: Asked, judgement: Judgement, given: Given, place: int, antigen: str, judged: dict[int, Evaluation]
) -> Resource:
    rules, evaluation = asked.rules, judged.get(place)
    absent = {"coding": [{"system": ABSENT, "code": "unknown", "display": "Unknown"}], "text": _("not known")}
    resource: Resource = {
        "resourceType": "ImmunizationEvaluation",
        "id": "",
        "meta": {"profile": [f"{GUIDE}/StructureDefinition/immds-immunizationevaluation"]},
        "status": "completed",
        "patient": asked.patient,
        "date": asked.on.isoformat(),
        "targetDisease": rules.disease(antigen) if antigen else absent,
        "immunizationEvent": given.reference,
    }
    if evaluation is None and place not in judgement.left_out:
        text = _("Not judged: no series of the schedule against this disease is for this person.")
        return resource | {
            "doseStatus": _status(DoseStatus.NOT_VALID),
            "doseStatusReason": [_not_evaluated(text)],
            "description": text,
        }
    line = tell_doses(judgement, judged, [place])[place]
    said = say(line, rules)
    if given.half_dated:
        said = _("Left out: its date is a year or a month alone, and no interval can be counted from that.")
    if evaluation is None:
        reason = [_not_evaluated(said, line)]
        return resource | {
            "doseStatus": _status(DoseStatus.NOT_VALID),
            "doseStatusReason": reason,
            "description": said,
        }
    resource["doseStatus"] = _status(evaluation.status)
    if evaluation.status is not DoseStatus.VALID or line.reason.code is not Code.VALID:
        resource["doseStatusReason"] = [_reason(line, given, said)]
    resource["description"] = said
    series = _series(judgement, antigen, evaluation)
    if series is not None:
        resource["series"] = series.series.names.en or series.series.code
        if evaluation.target:
            resource["doseNumberPositiveInt"] = evaluation.target
        if not any(dose.recurring for dose in series.series.doses):
            resource["seriesDosesPositiveInt"] = len(series.series.doses)
    return resource


def _status(status: DoseStatus) -> Resource:
    if status is DoseStatus.VALID:
        return {"coding": [{"system": DOSE_STATUS, "code": "valid", "display": "Valid"}]}
    coding = [{"system": DOSE_STATUS, "code": "notvalid", "display": "Not valid"}]
    code, display = DOSE_STATUSES[status]
    if status is not DoseStatus.NOT_VALID:
        coding.append({"system": OUR_DOSE_STATUS, "code": code, "display": display})
    return {"coding": coding, "text": display}


def _reason(line: Line, given: Given, said: str) -> Resource:
    guide = DOSE_REASONS.get(line.reason.code)
    if line.reason.code is Code.SUBSTANDARD:
        guide = SUBSTANDARD_REASONS.get(given.bad)
    return _reasoned(guide, line, said)


def _not_evaluated(said: str, line: Line | None = None) -> Resource:
    return _reasoned(NOT_EVALUATED, line, said)


def _reasoned(guide: tuple[str, str] | None, line: Line | None, said: str) -> Resource:
    coding = []
    if guide is not None:
        coding.append({"system": GUIDE_DOSE_REASON, "code": guide[0], "display": guide[1]})
    if line is not None:
        coding.append({"system": OUR_REASON, "code": line.reason.code.text})
    return {"coding": coding, "text": said} if coding else {"text": said}


def _series(judgement: Judgement, antigen: str, evaluation: Evaluation) -> SeriesForecast | None:
    """The series whose judgement of the dose speaks."""
    made = judgement.series.get(antigen, ())
    return next((one for one in made if any(row is evaluation for row in one.state.evaluations)), None)
