"""`$immds-forecast` for one person: what is answered, in the codes of FHIR and of the guide."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from fhir.resources.R4B.parameters import Parameters
from pytest_django import Settings

from forecasts import (
    ADDRESS,
    DUE,
    EARLIEST,
    FHIR,
    LATEST,
    OVERDUE,
    Resource,
    as_body,
    coded,
    codes,
    condition,
    dates,
    entry,
    immunization,
    observation,
    of,
    parameters,
    patient,
)
from invented import invented_schedule
from linli.api.fhir import schedules

Ask = Callable[..., Resource]
CHILD = patient("2020-01-15")


def test_a_child_without_a_dose_is_told_when_the_first_one_is_due(ask: Ask) -> None:
    answer = ask(parameters("2020-05-01", CHILD))
    found = entry(answer, "Redpox")
    assert dates(found) == {EARLIEST: "2020-02-26", DUE: "2020-03-15", OVERDUE: "2020-05-12"}
    assert codes(found["forecastStatus"]) == ["due", "notComplete"]
    assert found["doseNumberPositiveInt"] == 1
    assert found["series"] == "Redpox 3 doses"
    assert found["seriesDosesPositiveInt"] == 3
    assert found["targetDisease"] == {"text": "Redpox"}
    assert [one["coding"][0]["code"] for one in found["vaccineCode"][1:]] == ["901"]
    assert found["description"].startswith("May have the first dose now.")
    assert of(answer, "evaluation") == []
    Parameters.model_validate(answer)


@pytest.mark.parametrize(
    ("on", "status"),
    [
        ("2020-02-25", ["duelater", "notComplete"]),  # before the earliest day
        ("2020-03-14", ["duelater", "notComplete"]),  # may be given, recommended tomorrow: as in the guide's example
        ("2020-03-15", ["due", "notComplete"]),
        ("2020-05-12", ["due", "notComplete"]),  # the last day on time
        ("2020-05-13", ["overdue", "notComplete"]),
    ],
)
def test_due_from_the_recommended_day_and_overdue_after_the_last_one(on: str, status: list[str], ask: Ask) -> None:
    assert codes(entry(ask(parameters(on, CHILD)), "Redpox")["forecastStatus"]) == status


def test_each_dose_is_evaluated_against_each_disease(ask: Ask) -> None:
    answer = ask(
        parameters(
            "2021-01-01",
            CHILD,
            immunization(1, "2020-03-15", "921"),
            immunization(2, "2020-04-01", "921"),
            immunization(3, "2020-02-01", "901"),
        )
    )
    rows = of(answer, "evaluation")
    told = [
        (
            row["immunizationEvent"]["reference"],
            row["targetDisease"]["text"],
            codes(row["doseStatus"])[0],
            [codes(one)[0] for one in row.get("doseStatusReason", ())],
            row.get("doseNumberPositiveInt"),
        )
        for row in rows
    ]
    assert told == [
        ("Immunization/dose-1", "Twin A", "valid", [], 1),
        ("Immunization/dose-1", "Twin B", "valid", [], 1),
        ("Immunization/dose-2", "Twin A", "notvalid", ["toosoon"], 2),
        ("Immunization/dose-2", "Twin B", "notvalid", ["toosoon"], 2),
        ("Immunization/dose-3", "Redpox", "notvalid", ["tooyoung"], 1),
    ]
    assert {row["date"] for row in rows} == {"2021-01-01"}
    assert {row["patient"]["reference"] for row in rows} == {"Patient/pat"}
    assert len({row["id"] for row in rows}) == 5
    twins = entry(answer, "Twins")
    assert [one["reference"] for one in twins["supportingImmunization"]] == [
        "Immunization/dose-1",
        "Immunization/dose-2",
    ]
    assert twins["targetDisease"] == {"text": "Twin A, Twin B"}


def test_parameters_may_stand_in_any_order(ask: Ask) -> None:
    whole = parameters("2021-01-01", CHILD, immunization(1, "2020-03-15", "901"))
    turned = whole | {"parameter": whole["parameter"][::-1]}
    assert ask(whole) == ask(turned)


@pytest.mark.parametrize("status", ["not-done", "entered-in-error"])
def test_what_was_not_given_is_not_judged(status: str, ask: Ask) -> None:
    rows = immunization(1, "2020-03-15", "901", status=status)
    assert ask(parameters("2020-05-01", CHILD, rows)) == ask(parameters("2020-05-01", CHILD))


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"isSubpotent": True}, ["substandard"]),
        (
            {
                "isSubpotent": True,
                "subpotentReason": [
                    coded("coldchainbreak", "http://terminology.hl7.org/CodeSystem/immunization-subpotent-reason")
                ],
            },
            ["storage", "substandard"],
        ),
        ({"expirationDate": "2020-03-14"}, ["expired", "substandard"]),
        ({"expirationDate": "2020-02"}, ["expired", "substandard"]),
    ],
)
def test_a_dose_that_was_bad_does_not_count_and_says_why(more: Resource, reason: list[str], ask: Ask) -> None:
    answer = ask(parameters("2020-05-01", CHILD, immunization(1, "2020-03-15", "901", **more)))
    (row,) = of(answer, "evaluation")
    assert codes(row["doseStatus"]) == ["notvalid", "substandard"]
    assert codes(row["doseStatusReason"][0]) == reason


@pytest.mark.parametrize("day", ["2020-03-15", "2020-03"])
def test_a_lot_is_good_until_its_last_day(day: str, ask: Ask) -> None:
    answer = ask(parameters("2020-05-01", CHILD, immunization(1, "2020-03-15", "901", expirationDate=day)))
    assert codes(of(answer, "evaluation")[0]["doseStatus"]) == ["valid"]


def test_a_dose_after_the_last_one_is_extraneous(ask: Ask) -> None:
    given = [immunization(number, on, "911") for number, on in enumerate(["2021-02-01", "2021-05-01", "2021-08-01"], 1)]
    answer = ask(parameters("2021-09-01", CHILD, *given))
    assert [codes(row["doseStatus"]) for row in of(answer, "evaluation")] == [
        ["valid"],
        ["valid"],
        ["notvalid", "extraneous"],
    ]
    found = entry(answer, "Live one")
    assert codes(found["forecastStatus"]) == ["complete", "complete"]
    assert codes(found["forecastReason"][0]) == ["complete", "complete"]
    assert "dateCriterion" not in found
    assert "doseNumberPositiveInt" not in found


@pytest.mark.parametrize(
    ("row", "status"),
    [
        (condition("S301"), ["immune", "immune"]),
        (condition("S301", clinicalStatus=coded("resolved")), ["immune", "immune"]),  # past disease is evidence still
        (condition("S201"), ["contraindicated", "contraindicated"]),
        (condition("201", "urn:linli:cdsi-observation"), ["contraindicated", "contraindicated"]),
        (condition("S201", system="urn:oid:2.16.840.1.113883.6.96"), ["contraindicated", "contraindicated"]),
        (observation("201"), ["contraindicated", "contraindicated"]),
        (observation("x", valueCodeableConcept=coded("S201", "http://snomed.info/sct")), ["contraindicated"] * 2),
        (observation("201", valueBoolean=True), ["contraindicated", "contraindicated"]),
        (
            observation("201", valueCodeableConcept=coded("LA33-6", "http://loinc.org")),
            ["contraindicated", "contraindicated"],
        ),
        (observation("201", interpretation=[coded("N")]), ["contraindicated", "contraindicated"]),  # N is normal
        (condition("S201", clinicalStatus=coded("resolved")), ["due", "notComplete"]),
        (condition("S201", abatementDateTime="2020-04-30"), ["due", "notComplete"]),
        (condition("S201", onsetDateTime="2020-05-02"), ["due", "notComplete"]),
        (condition("S201", verificationStatus=coded("refuted")), ["due", "notComplete"]),
        (condition("S201", verificationStatus=coded("entered-in-error")), ["due", "notComplete"]),
        (condition("S201", verificationStatus=coded("provisional")), ["due", "notComplete"]),
        (observation("201", status="entered-in-error"), ["due", "notComplete"]),
        (observation("201", status="cancelled"), ["due", "notComplete"]),
        (observation("201", valueBoolean=False), ["due", "notComplete"]),
        (observation("201", valueCodeableConcept=coded("373067005")), ["due", "notComplete"]),
        (observation("201", interpretation=[coded("NEG")]), ["due", "notComplete"]),
        (observation("201", dataAbsentReason=coded("unknown")), ["due", "notComplete"]),
        (observation("201", valueQuantity={"value": 3}), ["due", "notComplete"]),
        (condition("201", system="http://hl7.org/fhir/sid/icd-10-cm"), ["due", "notComplete"]),  # another's 201
    ],
)
def test_conditions_and_observations_change_the_answer(row: Resource, status: list[str], ask: Ask) -> None:
    assert codes(entry(ask(parameters("2020-05-01", CHILD, row)), "Redpox")["forecastStatus"]) == status


def test_an_answer_names_what_of_the_patient_it_rests_on(ask: Ask) -> None:
    found = entry(ask(parameters("2020-05-01", CHILD, condition("S201"), observation("102"))), "Redpox")
    assert [one["reference"] for one in found["supportingPatientInformation"]] == ["Condition/cond", "Observation/obs"]
    assert found["contraindicatedVaccineCode"] == [{"text": "Redpox"}]


def test_a_vaccine_that_is_forbidden_is_named(ask: Ask) -> None:
    begun = immunization(1, "2020-03-15", "902")
    found = entry(ask(parameters("2022-05-01", CHILD, begun, condition("S202"), condition("S101"))), "Redpox")
    assert [codes(one) for one in found["contraindicatedVaccineCode"]] == [["901"]]


def test_an_interval_may_begin_with_an_observation(ask: Ask) -> None:
    woman = patient("1990-01-01")
    row = observation("102", effectiveDateTime="2024-05-01T08:00:00+08:00")
    found = entry(ask(parameters("2024-05-10", woman, row)), "Redpox")
    assert found["series"] == "Redpox soon"
    assert dates(found)[EARLIEST] == "2024-07-01"


def test_what_is_not_used_is_said_with_its_place(ask: Ask) -> None:
    rows = [
        {"name": "colour", "valueString": "red"},
        condition("nobody knows it"),
        condition("S201", verificationStatus=coded("provisional")),
        observation("201", valueQuantity={"value": 3}),
    ]
    (told,) = of(ask(parameters("2020-05-01", CHILD, *rows)), "outcome")
    assert [(one["severity"], one["expression"][0]) for one in told["issue"]] == [
        ("information", "Parameters.parameter[2]"),
        ("information", "Parameters.parameter[3].resource"),
        ("warning", "Parameters.parameter[4].resource"),
        ("warning", "Parameters.parameter[5].resource"),
    ]


def test_groups_can_be_asked_for_by_name(ask: Ask) -> None:
    rows = [{"name": "group", "valueString": "twins"}, {"name": "group", "valueCode": "Redpox"}]
    given = [immunization(1, "2020-03-15", "901"), immunization(2, "2020-03-15", "941")]
    answer = ask(parameters("2020-05-01", CHILD, *rows, *given))
    (found,) = of(answer, "recommendation")
    assert [one["vaccineCode"][0]["text"] for one in found["recommendation"]] == ["Twins", "Redpox"]
    assert [row["targetDisease"]["text"] for row in of(answer, "evaluation")] == ["Redpox"]


def test_a_dose_is_said_in_chinese(ask: Ask) -> None:
    answer = ask(parameters("2020-05-01", CHILD, immunization(1, "2020-02-01", "901")), language="zh-CN,zh;q=0.9")
    assert of(answer, "evaluation")[0]["description"].startswith("无效")
    assert ask(parameters("2020-05-01", CHILD), language="en") != ask(parameters("2020-05-01", CHILD), language="zh")


@pytest.mark.django_db
def test_the_schedule_that_comes_with_linli_judges_where_it_is_asked_for(ask: Ask, settings: Settings) -> None:
    grown = patient("1970-01-01", "male")
    given = [
        immunization(1, "2021-05-20", "510"),
        immunization(2, "2021-05-01", "", vaccineCode={"text": "武汉生物"}),
        immunization(3, "2021-06-19", "141"),
    ]
    asked = parameters("2021-06-20", grown, {"name": "schedule", "valueString": "covid-19-cn-2021"}, *given)
    answer = ask(asked)
    found = entry(answer, "COVID-19")
    assert codes(found["vaccineCode"][0]) == ["213"]
    assert codes(found["targetDisease"]) == ["186747009"]
    assert codes(found["forecastStatus"]) == ["complete", "complete"]
    told = [(codes(one["doseStatus"])[0], one.get("doseNumberPositiveInt")) for one in of(answer, "evaluation")]
    assert told == [("valid", 2), ("valid", 1), ("notvalid", None)]
    settings.SCHEDULE_DATA = ""
    by_default = ask(parameters("2021-06-20", grown, *given))
    assert of(by_default, "recommendation") == of(answer, "recommendation")
    assert of(by_default, "evaluation") == of(answer, "evaluation")


def test_an_imported_schedule_judges_unless_a_folder_is_set(
    ask: Ask, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_folder = ask(parameters("2020-05-01", CHILD))
    settings.SCHEDULE_DATA = ""
    schedule = invented_schedule()
    monkeypatch.setattr(schedules, "whole_schedule", lambda: schedule)
    imported = ask(parameters("2020-05-01", CHILD))
    assert entry(imported, "Redpox") == entry(by_folder, "Redpox")
    assert imported == ask(parameters("2020-05-01", CHILD, {"name": "schedule", "valueString": "cdc"}))
    settings.PUBLIC_ONLY = True  # no database to ask
    monkeypatch.setattr(schedules, "whole_schedule", lambda: pytest.fail("a server of public pages has no database"))
    assert entry(ask(parameters("2021-06-20", patient("1970-01-01"))), "COVID-19")["doseNumberPositiveInt"] == 1


def test_nothing_is_asked_of_a_database_and_nothing_is_logged(ask: Ask, caplog: pytest.LogCaptureFixture) -> None:
    """Without a mark for the database every query would fail."""
    ask(parameters("2020-05-01", CHILD, immunization(1, "2020-03-15", "901")))
    ask(parameters("2020-05-01", CHILD, immunization(1, "2020-03-45", "901")), status=400)
    assert caplog.messages == ["Bad Request: /fhir/$immds-forecast"]


def test_a_server_of_public_pages_answers_too(settings: Settings) -> None:
    settings.PUBLIC_ONLY, settings.ROOT_URLCONF = True, "linli.config.public_urls"
    answer = Client().post(ADDRESS, as_body(parameters("2020-05-01", CHILD)), content_type=FHIR)
    assert answer.status_code == 200


def test_forty_doses_are_all_judged(ask: Ask) -> None:
    first = date(2020, 3, 1)
    given = [immunization(n, str(first + timedelta(days=7 * n)), ("901", "911", "931")[n % 3]) for n in range(40)]
    answer = ask(parameters("2021-06-01", CHILD, *given))
    assert len(of(answer, "evaluation")) == 40
    assert LATEST not in dates(entry(answer, "Live one"))
