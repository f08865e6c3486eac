"""CDC's published cases and the guide's own example, sent through the real door."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import parse
from django.test import Client
from fhir.resources.R4B.parameters import Parameters
from pytest_django import Settings

import shared
from forecasts import (
    ADDRESS,
    DUE,
    EARLIEST,
    FHIR,
    NDJSON,
    OVERDUE,
    Resource,
    as_body,
    codes,
    dates,
    immunization,
    of,
    parameters,
    patient,
    request_of,
)
from linli.cli.eligibility.conform.cases import BadCase, Case, fold, read_cases
from linli.cli.eligibility.conform.scoring import ALIASES, Score, score_cases
from linli.fhir.codes import GROUPS, GUIDE_STATUS
from linli.fhir.rules import Rules

pytestmark = shared.needs_cdsi


@pytest.fixture(autouse=True)
def _cdc(settings: Settings) -> None:
    settings.SCHEDULE_DATA = str(shared.CDSI / "supporting-data")


def cases_of(name: str) -> list[Case]:
    found = read_cases(shared.CDSI / name)
    assert not any(isinstance(case, BadCase) for case in found)
    return [case for case in found if isinstance(case, Case)]


def answers(cases: list[Case]) -> list[Resource]:
    body = b"\n".join(as_body(request_of(case.person, case.on)) for case in cases)
    answer = Client().post(ADDRESS, body, content_type=NDJSON, HTTP_ACCEPT_LANGUAGE="en")
    found = [json.loads(line) for line in b"".join(answer.streaming_content).splitlines()]
    assert len(found) == len(cases)
    return found


def entry(answer: Resource, group: str) -> Resource | None:
    (recommendation,) = of(answer, "recommendation")
    rows = [row for row in recommendation["recommendation"] if row["vaccineCode"][0]["text"] == group]
    assert len(rows) <= 1
    return rows[0] if rows else None


def told(row: Resource | None) -> tuple[Any, ...]:
    """Status and days of an entry, as a case expects them."""
    if row is None:
        return ()
    (status,) = [one["display"] for one in row["forecastStatus"]["coding"] if one["system"] == GUIDE_STATUS]
    days = dates(row)
    return (fold(status), *(days.get(code) for code in (EARLIEST, DUE, OVERDUE)))


def wanted(case: Case) -> tuple[Any, ...]:
    one = case.expected
    days = (one.earliest, one.recommended, one.past_due) if one.status == "not complete" else (None, None, None)
    return (one.status, *(day and day.isoformat() for day in days))


def group_of(case: Case) -> str:
    names = {fold(group.name): group.name for group in shared.cdc_schedule().groups}
    return names.get(fold(case.group)) or ALIASES[fold(case.group)]


def passed(cases: list[Case]) -> list[str]:
    found = []
    for case, answer in zip(cases, answers(cases), strict=True):
        got = told(entry(answer, group_of(case)))
        if got[:1] == wanted(case)[:1] and (got == wanted(case) or case.expected.status != "not complete"):
            found.append(case.id)
    return found


def test_every_case_of_healthy_people_is_answered_as_cdc_expects() -> None:
    cases = cases_of("healthy_cases.csv")
    assert len(passed(cases)) == len(cases) == 606


def test_cases_of_people_at_risk_are_answered_as_the_scorer_judges_them() -> None:
    """By CDSi's own codes of observations, and with their days."""
    cases = cases_of("underlying_cases.csv")
    score: Score = score_cases(shared.cdc_schedule(), list(cases))
    failed = {row["id"] for row in score.failed}
    assert set(passed(cases)) == {case.id for case in cases} - failed
    assert len(cases) - len(failed) >= 191


def test_doses_of_healthy_people_are_evaluated_as_cdc_expects() -> None:
    cases = cases_of("healthy_cases.csv")
    schedule = shared.cdc_schedule()
    antigens = {group.name: set(group.antigens) for group in schedule.groups}
    right = every = 0
    for case, answer in zip(cases, answers(cases), strict=True):
        names = antigens[group_of(case)]
        for place, want in enumerate(case.doses_expected, 1):
            rows = [
                row
                for row in of(answer, "evaluation")
                if row["immunizationEvent"]["reference"] == f"Immunization/dose-{place}"
                and row["targetDisease"]["text"] in names
            ]
            if want and rows:
                every += 1
                right += {codes(row["doseStatus"])[0] for row in rows} == {"valid" if want == "valid" else "notvalid"}
    assert right / every > 0.99
    assert every > 1_300


def test_one_by_one_and_in_bulk_are_the_same_and_hold_to_fhir() -> None:
    cases = [*cases_of("healthy_cases.csv")[::25], *cases_of("underlying_cases.csv")[::15]]
    for case, answer in zip(cases, answers(cases), strict=True):
        body = as_body(request_of(case.person, case.on))
        alone = Client().post(ADDRESS, body, content_type=FHIR, HTTP_ACCEPT_LANGUAGE="en").json()
        assert alone == answer
        Parameters.model_validate(alone)


def test_a_condition_in_snomed_ct_is_the_observation_that_cdsi_means() -> None:
    """Severe allergic reaction after a dose against hepatitis B, and proof of immunity, as other systems code them."""
    for code, status in (("293110008", "contraindicated"), ("271511000", "immune")):
        row = {
            "resourceType": "Condition",
            "subject": {"reference": "Patient/pat"},
            "code": {"coding": [{"system": "http://snomed.info/sct", "code": code}]},
        }
        asked = parameters("2020-05-01", patient("2020-01-15"), {"name": "condition", "resource": row})
        answer = Client().post(ADDRESS, as_body(asked), content_type=FHIR).json()
        assert told(entry(answer, "HepB"))[0] == status


def test_the_onset_of_a_pregnancy_is_the_day_that_is_counted_from() -> None:
    """Against pertussis from 27 weeks on, against RSV from 32."""
    pregnant: Resource = {
        "resourceType": "Condition",
        "subject": {"reference": "Patient/pat"},
        "code": {"coding": [{"system": "http://snomed.info/sct", "code": "77386006"}]},
        "onsetDateTime": "2025-05-01",
    }
    rows = [{"name": "condition", "resource": pregnant}]
    answer = (
        Client()
        .post(ADDRESS, as_body(parameters("2025-11-20", patient("1990-05-01"), *rows)), content_type=FHIR)
        .json()
    )
    days = {group: dates(row)[EARLIEST] for group in ("DTaP/Tdap/Td", "RSV") if (row := entry(answer, group))}
    assert days == {"DTaP/Tdap/Td": "2025-11-06", "RSV": "2025-12-11"}


def test_a_group_for_those_at_risk_alone_is_answered_where_it_is_asked_for() -> None:
    """FHIR knows no recommendation without an entry."""
    rows = [{"name": "group", "valueString": "26"}]
    answer = Client().post(ADDRESS, as_body(parameters("2025-11-20", patient("1990-05-01"), *rows)), content_type=FHIR)
    found = entry(answer.json(), "Cholera")
    assert found is not None
    assert codes(found["forecastStatus"]) == ["notRecommended"]
    assert codes(found["targetDisease"]) == ["63650001"]


def test_codes_that_mean_much_together_mean_what_they_agree_on() -> None:
    rules = Rules(shared.cdc_schedule())
    vague = {"coding": [{"system": "https://phinvads.cdc.gov", "code": "VXC20"}]}
    product = {"coding": [*vague["coding"], {"system": "http://hl7.org/fhir/sid/cvx", "code": "187"}]}
    assert len(rules.observations(vague)) > 1
    assert rules.observations(product) == ("172",)


def test_every_antigen_and_group_of_the_schedule_has_its_codes() -> None:
    schedule = shared.cdc_schedule()
    rules = Rules(schedule)
    bare = [one.name for one in schedule.antigens if "coding" not in rules.disease(one.name)]
    assert bare == ["Chikungunya"]
    assert [one.name for one in schedule.groups if one.name not in GROUPS] == ["Chikungunya"]
    known = {vaccine.code for vaccine in schedule.vaccines}
    assert {name: code for name, code in GROUPS.items() if code not in known} == {}


def as_json(element: Element) -> Resource:
    """The guide's request, an XML resource, as JSON: what this operation reads of it."""
    tag = "{http://hl7.org/fhir}"

    def at(node: Element, path: str) -> str:
        found = node.find("/".join(tag + part for part in path.split("/")))
        assert found is not None, path
        return found.get("value", "")

    rows: list[Resource] = []
    for row in element.findall(f"{tag}parameter"):
        name = at(row, "name")
        if name == "assessmentDate":
            rows.append({"name": name, "valueDate": at(row, "valueDate")})
        elif name == "patient":
            inside = row.find(f"{tag}resource/{tag}Patient")
            assert inside is not None
            who = {key: at(inside, key) for key in ("id", "gender", "birthDate")}
            rows.append({"name": name, "resource": {"resourceType": "Patient", **who}})
        else:
            inside = row.find(f"{tag}resource/{tag}Immunization")
            assert inside is not None
            coding = {key: at(inside, f"vaccineCode/coding/{key}") for key in ("system", "code")}
            kept = {key: at(inside, key) for key in ("id", "status", "occurrenceDateTime")}
            who = {"reference": at(inside, "patient/reference")}
            rows.append(
                {
                    "name": name,
                    "resource": {
                        "resourceType": "Immunization",
                        **kept,
                        "vaccineCode": {"coding": [coding]},
                        "patient": who,
                    },
                }
            )
    return {"resourceType": "Parameters", "parameter": rows}


def guide_answer() -> list[tuple[str, str]]:
    """Group's CVX code and status of each entry in the guide's answer."""
    tag = "{http://hl7.org/fhir}"
    root = parse(shared.CDSI / "immds/parameters-out-example.xml").getroot()
    found = []
    for row in root.iter(f"{tag}recommendation"):
        code = row.find(f"{tag}vaccineCode/{tag}coding/{tag}code")
        status = row.find(f"{tag}forecastStatus/{tag}coding/{tag}code")
        if code is not None and status is not None:
            found.append((code.get("value", ""), status.get("value", "")))
    return found


def test_the_guides_example_is_answered_as_the_guide_does() -> None:
    """Hepatitis B is due, all else is due later; days are the guide's where its schedule is today's."""
    asked = as_json(parse(shared.CDSI / "immds/parameters-in-example.xml").getroot())
    mine = parameters(
        "2019-06-27",
        patient("2019-04-28", "male", id="forecast-example"),
        immunization(
            1,
            "2019-04-29",
            "08",
            id="c9d3fd2e-cf34-44f8-aa68-4413a01c4153",
            patient={"reference": "Patient/forecast-example"},
        ),
    )
    assert asked == mine
    answer = Client().post(ADDRESS, as_body(asked), content_type=FHIR, HTTP_ACCEPT_LANGUAGE="en").json()
    (recommendation,) = of(answer, "recommendation")
    rows = {row["vaccineCode"][0]["coding"][0]["code"]: row for row in recommendation["recommendation"]}
    guide = {code: status for code, status in guide_answer() if code in rows}
    assert len(guide) >= 9
    assert {code: codes(rows[code]["forecastStatus"])[0] for code in guide} == guide
    assert recommendation["patient"] == {"reference": "Patient/forecast-example"}
    assert recommendation["date"] == "2019-06-27"
    assert dates(rows["89"])[EARLIEST] == "2019-06-09"
    assert dates(rows["89"])[DUE] == "2019-06-28"
    assert dates(rows["45"])[EARLIEST] == "2019-05-27"
    (evaluation,) = of(answer, "evaluation")
    assert codes(evaluation["targetDisease"]) == ["66071002"]
    assert codes(evaluation["doseStatus"]) == ["valid"]
    assert evaluation["immunizationEvent"] == {"reference": "Immunization/c9d3fd2e-cf34-44f8-aa68-4413a01c4153"}
    assert (evaluation["doseNumberPositiveInt"], evaluation["seriesDosesPositiveInt"]) == (1, 3)
    assert evaluation["date"] == date(2019, 6, 27).isoformat()


def test_the_example_of_the_documentation_is_answered_as_it_says() -> None:
    text = (Path(__file__).resolve().parents[3] / "docs/fhir.md").read_text()
    body = text.split("<<'END'\n")[1].split("\nEND")[0]
    answer = Client().post(ADDRESS, body.encode(), content_type=FHIR, HTTP_ACCEPT_LANGUAGE="en").json()
    first, second = of(answer, "evaluation")
    assert (codes(first["doseStatus"]), first["doseNumberPositiveInt"]) == (["valid"], 1)
    assert codes(second["doseStatusReason"][0])[0] == "tooyoung"
    assert second["doseStatusReason"][0]["text"] in text
    found = entry(answer, "HepB")
    assert found is not None
    assert codes(found["forecastStatus"]) == ["overdue", "notComplete"]
    assert found["doseNumberPositiveInt"] == 2
