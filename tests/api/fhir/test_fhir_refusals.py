"""What the operation refuses and with which status, what it leaves out and judges the rest, and what it never says."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from django.test import Client
from fhir.resources.R4B.capabilitystatement import CapabilityStatement
from fhir.resources.R4B.operationdefinition import OperationDefinition
from fhir.resources.R4B.operationoutcome import OperationOutcome
from pytest_django import Settings

from forecasts import (
    ADDRESS,
    CVX,
    FHIR,
    Resource,
    as_body,
    codes,
    condition,
    entry,
    immunization,
    of,
    parameters,
    patient,
)
from linli.fhir.answering import LONGEST_LINE

Ask = Callable[..., Resource]
CHILD = patient("2020-01-15")
SECRET = "Zhang-Xiuying"


def issue(answer: Resource) -> tuple[str, str]:
    OperationOutcome.model_validate(answer)
    first = answer["issue"][0]
    return first["code"], first.get("expression", [""])[0]


def without(row: Resource, *names: str) -> Resource:
    return row | {"resource": {key: value for key, value in row["resource"].items() if key not in names}}


DOSE = immunization(1, "2020-03-15", "901")
REFUSED = {
    "not json": (b"{", "invalid", ""),
    "not utf-8": ('{"é": 1}'.encode("latin-1"), "invalid", ""),
    "half a surrogate": (b'{"resourceType": "\\ud800"}', "invalid", ""),
    "not a number": (b'{"resourceType": NaN}', "invalid", ""),
    "a number of ten thousand digits": (b'{"a": ' + b"9" * 10_000 + b"}", "invalid", ""),
    "empty": (b" ", "invalid", ""),
    "a list": (b"[]", "structure", ""),
    "nested a hundred thousand deep": (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "invalid", ""),
    "nested forty deep": (b'{"a":' * 40 + b"1" + b"}" * 40, "structure", ""),
    "another resource": ({"resourceType": "Bundle"}, "structure", "Parameters"),
    "no parameters": ({"resourceType": "Parameters"}, "required", "Parameters.parameter"),
    "parameters that are no list": (
        {"resourceType": "Parameters", "parameter": {"name": "x"}},
        "required",
        "Parameters.parameter",
    ),
    "a parameter without a name": (
        {"resourceType": "Parameters", "parameter": [{}]},
        "structure",
        "Parameters.parameter[0]",
    ),
    "no day": ({"resourceType": "Parameters", "parameter": [CHILD]}, "required", "Parameters.parameter"),
    "half a day": (parameters("2020-05", CHILD), "value", "Parameters.parameter[0].valueDate"),
    "no day of a month": (parameters("2020-02-30", CHILD), "value", "Parameters.parameter[0].valueDate"),
    "a day of long ago": (parameters("0001-01-01", CHILD), "value", "Parameters.parameter[0].valueDate"),
    "a day far off": (parameters("9999-12-31", CHILD), "value", "Parameters.parameter[0].valueDate"),
    "two days": (
        parameters("2020-05-01", CHILD, {"name": "assessmentDate", "valueDate": "2020-05-02"}),
        "structure",
        "Parameters.parameter[2]",
    ),
    "no patient": (parameters("2020-05-01"), "required", "Parameters.parameter"),
    "two patients": (parameters("2020-05-01", CHILD, CHILD), "structure", "Parameters.parameter[2]"),
    "a patient who is none": (
        parameters("2020-05-01", {"name": "patient", "resource": DOSE["resource"]}),
        "structure",
        "Parameters.parameter[1].resource",
    ),
    "a patient without a birth date": (
        parameters("2020-05-01", without(CHILD, "birthDate")),
        "required",
        "Parameters.parameter[1].resource.birthDate",
    ),
    "born in a month": (
        parameters("2020-05-01", patient("2020-01")),
        "value",
        "Parameters.parameter[1].resource.birthDate",
    ),
    "born tomorrow": (
        parameters("2020-05-01", patient("2020-05-02")),
        "business-rule",
        "Parameters.parameter[1].resource.birthDate",
    ),
    "a day that is none": (
        parameters("2020-05-01", CHILD, immunization(1, "2020-13-45", "901")),
        "value",
        "Parameters.parameter[2].resource.occurrenceDateTime",
    ),
    "two kinds of day": (
        parameters("2020-05-01", CHILD, immunization(1, "2020-03-15", "901", occurrenceString="in spring")),
        "value",
        "Parameters.parameter[2].resource",
    ),
    "a status that is none": (
        parameters("2020-05-01", CHILD, immunization(1, "2020-03-15", "901", status="complete")),
        "code-invalid",
        "Parameters.parameter[2].resource.status",
    ),
    "a gender that is none": (
        parameters("2020-05-01", patient("2020-01-15", "F")),
        "code-invalid",
        "Parameters.parameter[1].resource.gender",
    ),
    "no status": (
        parameters("2020-05-01", CHILD, without(DOSE, "status")),
        "required",
        "Parameters.parameter[2].resource.status",
    ),
    "a code that is a number": (
        parameters("2020-05-01", CHILD, immunization(1, "2020-03-15", "901", vaccineCode={"coding": [{"code": 901}]})),
        "value",
        "Parameters.parameter[2].resource.vaccineCode.coding[0].code",
    ),
    "an element that FHIR has not": (
        parameters("2020-05-01", CHILD, immunization(1, "2020-03-15", "901", colour="red")),
        "structure",
        "Parameters.parameter[2].resource.colour",
    ),
    "a resource inside that FHIR has not": (
        parameters("2020-05-01", CHILD, immunization(1, "2020-03-15", "901", contained=[{"resourceType": "Nope"}])),
        "structure",
        "Parameters",
    ),
    "a group that is none": (
        parameters("2020-05-01", CHILD, {"name": "group", "valueString": "Smallpocks"}),
        "not-found",
        "Parameters.parameter[2]",
    ),
    "a schedule that is none": (
        parameters("2020-05-01", CHILD, {"name": "schedule", "valueString": "../../etc/passwd"}),
        "not-found",
        "Parameters.parameter[2]",
    ),
    "too many doses": (
        parameters("2020-05-01", CHILD, *([DOSE] * 501)),
        "too-costly",
        "Parameters.parameter",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_judged_is_refused_with_the_element_that_is_wrong(name: str, ask: Ask) -> None:
    body, code, at = REFUSED[name]
    assert issue(ask(body, status=400)) == (code, at)


LEFT_OUT = {
    "an unknown product": (immunization(9, "2020-03-20", "9999"), "unknown_product"),
    "no CVX code": (
        immunization(9, "2020-03-20", "", vaccineCode={"coding": [{"system": "http://x.example", "code": "901"}]}),
        "unknown_product",
    ),
    "no product": (immunization(9, "2020-03-20", "", vaccineCode={"text": "a pink one"}), "unknown_product"),
    "before birth": (immunization(9, "2020-01-14", "901"), "before_birth"),
    "long before birth": (immunization(9, "0001-01-01", "901"), "before_birth"),
    "after the day": (immunization(9, "2020-05-02", "901"), "after_the_day"),
    "far off": (immunization(9, "9999-12-31", "901"), "after_the_day"),
    "no day": (immunization(9, None, "901"), "no_date"),
    "a month": (immunization(9, "2020-03", "901"), "no_date"),
    "a year": (immunization(9, "2020", "901"), "no_date"),
    "in words": (immunization(9, None, "901", occurrenceString="in spring"), "no_date"),
    "a day that was not asked": (
        immunization(
            9,
            None,
            "901",
            _occurrenceDateTime={
                "extension": [
                    {"url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason", "valueCode": "unknown"}
                ]
            },
        ),
        "no_date",
    ),
}


@pytest.mark.parametrize("name", LEFT_OUT)
def test_a_dose_that_cannot_be_judged_says_why_and_the_rest_is_judged(name: str, ask: Ask) -> None:
    row, reason = LEFT_OUT[name]
    alone = ask(parameters("2020-05-01", CHILD, DOSE))
    answer = ask(parameters("2020-05-01", CHILD, DOSE, row))
    kept, left = of(answer, "evaluation")
    assert kept == of(alone, "evaluation")[0]
    assert left["immunizationEvent"] == {"reference": "Immunization/dose-9"}
    assert codes(left["doseStatus"]) == ["notvalid"]
    assert codes(left["doseStatusReason"][0]) == ["notevaluated", reason]
    assert left["doseStatusReason"][0]["text"] == left["description"]
    assert of(answer, "recommendation") == of(alone, "recommendation")
    (told,) = of(answer, "outcome")
    assert [(one["severity"], one["expression"]) for one in told["issue"]] == [
        ("warning", ["Parameters.parameter[3].resource"])
    ]
    assert told["issue"][0]["diagnostics"] == left["description"]


def test_two_doses_on_one_day_are_both_answered(ask: Ask) -> None:
    answer = ask(parameters("2020-06-01", CHILD, DOSE, immunization(2, "2020-03-15", "901")))
    told = [(codes(one["doseStatus"])[0], [codes(r)[0] for r in one.get("doseStatusReason", ())])
            for one in of(answer, "evaluation")]  # fmt: skip
    assert told == [("valid", []), ("notvalid", ["tooyoung"])]
    assert entry(answer, "Redpox")["doseNumberPositiveInt"] == 2


def test_the_day_is_the_one_that_was_written_wherever_its_clock_stood(ask: Ask) -> None:
    late = immunization(1, "2020-03-15T23:30:00-11:00", "901")
    assert ask(parameters("2020-05-01", CHILD, late)) == ask(parameters("2020-05-01", CHILD, DOSE))


def test_null_is_nothing(ask: Ask) -> None:
    """FHIR has no null, and many programs write one for what they do not know."""
    rows = [immunization(1, "2020-03-15", "901", lotNumber=None, isSubpotent=None, note=[None]), condition("S201")]
    rows[1]["resource"] |= {"clinicalStatus": None, "onsetDateTime": None}
    answer = ask(parameters("2020-05-01", patient("2020-01-15", gender=None), *rows))
    assert codes(of(answer, "evaluation")[0]["doseStatus"]) == ["valid"]
    assert codes(entry(answer, "Redpox")["forecastStatus"])[0] == "contraindicated"
    assert issue(ask({"resourceType": "Parameters", "parameter": [None]}, status=400))[0] == "structure"


def test_who_has_no_ids_is_answered_too(ask: Ask) -> None:
    rows = [without(CHILD, "id"), without(DOSE, "id", "patient")]
    answer = ask(parameters("2020-05-01", *rows))
    (row,) = of(answer, "evaluation")
    assert row["patient"] == {"type": "Patient"}
    assert row["immunizationEvent"] == {"type": "Immunization", "display": "immunization 1"}
    told = {"system": "http://shots.example", "value": "77"}
    named = without(immunization(1, "2020-03-15", "901", identifier=[told]), "id")
    (row,) = of(ask(parameters("2020-05-01", without(CHILD, "id"), named)), "evaluation")
    assert row["patient"] == {"reference": "Patient/pat"}
    assert row["immunizationEvent"]["identifier"] == told


@pytest.mark.parametrize("code", ["901", " 901", "0901"])
def test_a_cvx_code_is_known_however_it_is_padded(code: str, ask: Ask) -> None:
    for system in (CVX, "urn:oid:2.16.840.1.113883.12.292"):
        row = immunization(1, "2020-03-15", "", vaccineCode={"coding": [{"system": system, "code": code.strip()}]})
        assert of(ask(parameters("2020-05-01", CHILD, row)), "evaluation")[0]["doseNumberPositiveInt"] == 1


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("application/fhir+xml", 415),
        ("application/xml", 415),
        ("text/xml", 415),
        ("text/plain", 415),
        ("application/x-www-form-urlencoded", 415),
        ("multipart/form-data; boundary=x", 415),
        ("application/fhir+json; charset=gb18030", 415),
        ("application/fhir+json; fhirVersion=5.0", 415),
        ("application/fhir+json; fhirVersion=4.0", 200),
        ("application/fhir+json; charset=UTF-8", 200),
        ("application/json", 200),
    ],
)
def test_other_types_are_not_read(kind: str, status: int, ask: Ask) -> None:
    ask(parameters("2020-05-01", CHILD), status=status, content_type=kind)


@pytest.mark.parametrize(
    ("accept", "status"),
    [
        ("application/fhir+xml", 406),
        ("text/html", 406),
        ("application/fhir+json", 200),
        ("application/json;q=0.9, text/html", 200),
        ("*/*", 200),
        ("", 200),
    ],
)
def test_other_types_are_not_written(accept: str, status: int, ask: Ask) -> None:
    ask(parameters("2020-05-01", CHILD), status=status, HTTP_ACCEPT=accept)


def test_what_is_packed_is_not_unpacked(ask: Ask) -> None:
    ask(parameters("2020-05-01", CHILD), status=415, HTTP_CONTENT_ENCODING="gzip")


def test_too_much_is_refused_before_it_is_read(ask: Ask) -> None:
    assert issue(ask(b" " * (LONGEST_LINE + 1), status=413))[0] == "too-long"
    whole = as_body(parameters("2020-05-01", CHILD))
    ask(whole + b" " * (LONGEST_LINE - len(whole)))


@pytest.mark.parametrize("method", ["get", "put", "patch", "delete", "head", "options"])
def test_other_methods_are_refused(method: str) -> None:
    answer = getattr(Client(), method)(ADDRESS)
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    if method != "head":
        assert issue(answer.json())[0] == "not-supported"


def test_nothing_that_was_sent_comes_back_in_a_refusal_or_goes_into_a_log(
    ask: Ask, caplog: pytest.LogCaptureFixture
) -> None:
    named = patient(SECRET, name=[{"text": SECRET}], identifier=[{"value": SECRET}], gender=SECRET)
    bodies = [
        parameters("2020-05-01", named),
        parameters(SECRET, CHILD),
        parameters("2020-05-01", CHILD, immunization(1, SECRET, SECRET)),
        parameters("2020-05-01", CHILD, {"name": "group", "valueString": SECRET}),
        parameters("2020-05-01", CHILD, {"name": "schedule", "valueString": SECRET}),
        parameters("2020-05-01", CHILD, {"name": "patient", "resource": {"resourceType": SECRET}}),
        parameters("2020-05-01", CHILD, immunization(1, "2020-03-15", "901", contained=[{"resourceType": SECRET}])),
        parameters("2020-05-01", CHILD, immunization(1, "2020-03-15", "901", **{SECRET: 1})),
    ]
    for body in bodies:
        assert SECRET not in json.dumps(ask(body, status=400))
    assert SECRET not in json.dumps(ask(parameters("2020-05-01", CHILD, {"name": SECRET})))
    assert SECRET not in caplog.text


def test_a_fault_of_ours_is_said_in_fhir_too(
    ask: Ask, settings: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings.SCHEDULE_DATA = str(tmp_path)
    told = ask(parameters("2020-05-01", patient("2020-01-15", name=[{"text": SECRET}])), status=500)
    assert told["issue"][0]["severity"] == "fatal"
    assert caplog.messages[0] == "a request could not be judged"
    assert SECRET not in caplog.text


def test_a_body_that_comes_in_chunks_is_read(ask: Ask) -> None:
    body = as_body(parameters("2020-05-01", CHILD))
    sent = {"wsgi.input": BytesIO(body), "CONTENT_LENGTH": "", "HTTP_TRANSFER_ENCODING": "chunked"}
    assert ask(body, **sent) == ask(body)
    endless = {**sent, "wsgi.input": BytesIO(b" " * (LONGEST_LINE + 1))}
    assert issue(ask(body, status=413, **endless))[0] == "too-long"


def test_the_server_says_what_it_can_do() -> None:
    answer = Client().get("/fhir/metadata")
    assert answer["Content-Type"] == "application/fhir+json; charset=utf-8"
    told = answer.json()
    CapabilityStatement.model_validate(told)
    (operation,) = told["rest"][0]["operation"]
    assert operation["name"] == "immds-forecast"
    definition = Client().get(operation["definition"].removeprefix("http://testserver"))
    found = definition.json()
    OperationDefinition.model_validate(found)
    inward = {row["name"]: (row["min"], row["max"], row["type"]) for row in found["parameter"] if row["use"] == "in"}
    assert inward["assessmentDate"] == (1, "1", "date")
    assert inward["patient"] == (1, "1", "Patient")
    assert inward["immunization"] == (0, "*", "Immunization")
    assert {"condition", "observation", "group", "schedule"} < inward.keys()
    assert [row["name"] for row in found["parameter"] if row["use"] == "out"] == [
        "evaluation",
        "recommendation",
        "outcome",
    ]
    for path in ("/fhir/metadata", "/fhir/OperationDefinition/immds-forecast"):
        assert Client().post(path, {}, content_type=FHIR).status_code == 405
        assert Client().get(path, HTTP_ACCEPT="application/fhir+xml").status_code == 406
