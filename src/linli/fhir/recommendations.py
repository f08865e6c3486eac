"""ImmunizationRecommendation: what each vaccine group asks for next, from when until when, and why."""

from __future__ import annotations

from html import escape
from typing import Any

from django.utils.translation import gettext as _

from linli.domain.calendar import date_of
from linli.domain.eligibility.chart import GroupForecast, Judgement, SeriesStatus, speaking, tell, verdicts
from linli.domain.eligibility.chart.relevant import forbidden_vaccines
from linli.domain.eligibility.chart.telling import ToldForecast
from linli.fhir.asking import Asked
from linli.fhir.codes import (
    DATES,
    FORECAST_REASONS,
    FORECAST_STATUS,
    GUIDE,
    GUIDE_REASON,
    GUIDE_STATUS,
    LOINC,
    OUR_REASON,
    OUR_STATUS,
    STATUSES,
)
from linli.fhir.wording import say, say_all

Resource = dict[str, Any]


def recommendation(asked: Asked, judgement: Judgement) -> Resource:
    """The one recommendation of an answer: an entry for each vaccine group that has a forecast for this person.

    A group that was asked for by name has one in any case, and so has every group where nothing else is to be said:
    FHIR knows no recommendation without an entry.
    """
    chosen = {group: speaking(judgement.groups.get(group, ())) for group in asked.groups}
    every = asked.named or not any(chosen.values())
    entries = []
    for group, forecast in chosen.items():
        if forecast is not None:
            told = next(one for one in tell(judgement, group).forecasts if one.forecast is forecast)
            entries.append(_entry(asked, judgement, forecast, told))
        elif every:
            entries.append(_nothing(asked, group))
    lines = "".join(
        f"<li>{escape(one['targetDisease']['text'])}: {escape(one['forecastReason'][0]['text'])}</li>"
        for one in entries
    )
    return {
        "resourceType": "ImmunizationRecommendation",
        "id": "recommendation",
        "meta": {"profile": [f"{GUIDE}/StructureDefinition/immds-immunizationrecommendation"]},
        "text": {
            "status": "generated",
            "div": f'<div xmlns="http://www.w3.org/1999/xhtml"><ul>{lines}</ul></div>',
        },
        "patient": asked.patient,
        "date": asked.on.isoformat(),
        "authority": {"display": _authority(asked)},
        "recommendation": entries,
    }


def _authority(asked: Asked) -> str:
    schedule = asked.rules.schedule
    return " ".join(filter(None, (schedule.names.en or schedule.code, schedule.version)))


def _nothing(asked: Asked, group: str) -> Resource:
    """A group of which no series is for this person."""
    rules, said = asked.rules, _("No series of the schedule is for this person.")
    code, display = STATUSES[SeriesStatus.NOT_RECOMMENDED]
    of_group = [antigen for antigen, name in rules.group_of_antigen.items() if name == group]
    return {
        "vaccineCode": [rules.group_concept(group)],
        "targetDisease": rules.disease(*of_group),
        "forecastStatus": {"coding": [{"system": GUIDE_STATUS, "code": code, "display": display}], "text": display},
        "forecastReason": [{"text": said}],
        "description": said,
    }


def _entry(asked: Asked, judgement: Judgement, forecast: GroupForecast, told: ToldForecast) -> Resource:
    rules, series = asked.rules, forecast.series[0].series
    antigens = tuple(dict.fromkeys(one.series.antigen for one in forecast.series))
    of_group = tuple(antigen for antigen, group in rules.group_of_antigen.items() if group == forecast.group)
    products = [rules.vaccine_concept(code) for code in forecast.vaccines]
    said = say(told.standing, rules)
    entry: Resource = {
        "vaccineCode": [rules.group_concept(forecast.group), *products],
        "targetDisease": rules.disease(*(of_group if len(antigens) > 1 or len(of_group) > 1 else antigens)),
        "forecastStatus": _status(forecast, judgement.chart.on),
        "forecastReason": [_reason(told, said)],
    }
    forbidden = _contraindicated(asked, judgement, forecast, antigens)
    if forbidden:
        entry["contraindicatedVaccineCode"] = forbidden
    dates = [
        {
            "code": {"coding": [{"system": LOINC, "code": code, "display": display}]},
            "value": str(date_of(day)),
        }
        for name, code, display in DATES
        if (day := getattr(forecast, name)) is not None
    ]
    if dates:
        entry["dateCriterion"] = dates
    entry["description"] = say_all([told.standing, *told.dates], rules, *forecast.guidance)
    entry["series"] = series.names.en or series.code
    if forecast.dose_number and forecast.status is SeriesStatus.NOT_COMPLETE:
        entry["doseNumberPositiveInt"] = forecast.dose_number
    if len(antigens) == 1 and not any(dose.recurring for dose in series.doses):
        entry["seriesDosesPositiveInt"] = len(series.doses)
    judged = verdicts([forecast])
    if judged:
        entry["supportingImmunization"] = [asked.given[place].reference for place in sorted(judged)]
    support = _support(asked, antigens)
    if support:
        entry["supportingPatientInformation"] = support
    return entry


def _status(forecast: GroupForecast, on: int) -> Resource:
    """FHIR's status first, then the guide's, which is CDSi's own.

    As in the guide's example a dose is due from the day it is recommended, and "due later" before.
    """
    code, display = STATUSES[forecast.status]
    guide = {"system": GUIDE_STATUS, "code": code, "display": display}
    if forecast.status in (SeriesStatus.AGED_OUT, SeriesStatus.NOT_RECOMMENDED):
        return {"coding": [guide], "text": display}
    if forecast.status is not SeriesStatus.NOT_COMPLETE:
        return {"coding": [{"system": FORECAST_STATUS, "code": code, "display": display}, guide], "text": display}
    if forecast.past_due is not None and forecast.past_due < on:
        first = {"system": FORECAST_STATUS, "code": "overdue", "display": "Overdue"}
    elif (forecast.recommended or forecast.earliest or 0) <= on:
        first = {"system": FORECAST_STATUS, "code": "due", "display": "Due"}
    else:
        first = {"system": OUR_STATUS, "code": "duelater", "display": "Due Later"}
    return {"coding": [first, guide], "text": first["display"]}


def _reason(told: ToldForecast, said: str) -> Resource:
    code = told.standing.reason.code
    coding = [{"system": OUR_REASON, "code": code.text}]
    if code in FORECAST_REASONS:
        guide, display = FORECAST_REASONS[code]
        coding.insert(0, {"system": GUIDE_REASON, "code": guide, "display": display})
    return {"coding": coding, "text": said}


def _contraindicated(
    asked: Asked, judgement: Judgement, forecast: GroupForecast, antigens: tuple[str, ...]
) -> list[Resource]:
    """Every vaccine of a group that is contraindicated, else those of its vaccines that this person must not have."""
    rules = asked.rules
    if forecast.status is SeriesStatus.CONTRAINDICATED:
        return [rules.group_concept(forecast.group)]
    known = rules.schedule.antigen_of_name
    codes = {code for name in antigens if name in known for code in forbidden_vaccines(judgement.chart, known[name])}
    return [rules.vaccine_concept(code) for code in sorted(codes)]


def _support(asked: Asked, antigens: tuple[str, ...]) -> list[Resource]:
    """The conditions and observations that the group's rules speak of."""
    codes = {code for name in antigens for code in asked.rules.schedule.observations_of_antigen.get(name, ())}
    return [one.reference for one in asked.found if any(row.code in codes for row in one.observed)]
