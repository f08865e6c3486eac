"""Requests of the FHIR forecast operation, built from a few words, and their answers taken apart."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from linli.domain.eligibility.chart import Person
from linli.fhir.codes import CDSI, CVX, SNOMED

Resource = dict[str, Any]
FHIR, NDJSON = "application/fhir+json", "application/fhir+ndjson"
ADDRESS = "/fhir/$immds-forecast"
BIRTH_PLACE = {
    "url": "http://hl7.org/fhir/StructureDefinition/patient-birthPlace",
    "valueAddress": {"country": "US"},
}


def patient(born: str, gender: str = "female", **more: Any) -> Resource:
    row = {"resourceType": "Patient", "id": "pat", "gender": gender, "birthDate": born, **more}
    return {"name": "patient", "resource": row}


def immunization(number: int, on: str | None, code: str, **more: Any) -> Resource:
    row: Resource = {
        "resourceType": "Immunization",
        "id": f"dose-{number}",
        "status": "completed",
        "vaccineCode": {"coding": [{"system": CVX, "code": code}]},
        "patient": {"reference": "Patient/pat"},
        **({"occurrenceDateTime": on} if on else {}),
        **more,
    }
    return {"name": "immunization", "resource": row}


def condition(code: str, system: str = SNOMED, **more: Any) -> Resource:
    row: Resource = {
        "resourceType": "Condition",
        "id": "cond",
        "subject": {"reference": "Patient/pat"},
        "code": {"coding": [{"system": system, "code": code}]},
        **more,
    }
    return {"name": "condition", "resource": row}


def observation(code: str, system: str = CDSI, **more: Any) -> Resource:
    row: Resource = {
        "resourceType": "Observation",
        "id": "obs",
        "status": "final",
        "code": {"coding": [{"system": system, "code": code}]},
        **more,
    }
    return {"name": "observation", "resource": row}


def coded(code: str, system: str = "http://terminology.hl7.org/CodeSystem/x") -> Resource:
    return {"coding": [{"system": system, "code": code}]}


def parameters(on: str, *rows: Resource) -> Resource:
    return {"resourceType": "Parameters", "parameter": [{"name": "assessmentDate", "valueDate": on}, *rows]}


def request_of(person: Person, on: date, *rows: Resource) -> Resource:
    """A person of the engine as a request."""
    doses = [
        immunization(
            number,
            dose.on and dose.on.isoformat(),
            dose.vaccine,
            **({"manufacturer": {"identifier": {"system": "http://hl7.org/fhir/sid/mvx", "value": dose.maker}}}
               if dose.maker else {}),
        )
        for number, dose in enumerate(person.doses, 1)
    ]  # fmt: skip
    seen = [
        observation(one.code, **({"effectiveDateTime": one.on.isoformat()} if one.on else {}))
        for one in person.observations
    ]
    who = patient(person.birth.isoformat(), person.sex, **({"extension": [BIRTH_PLACE]} if person.country else {}))
    return parameters(on.isoformat(), who, *doses, *seen, *rows)


def as_body(resource: Resource) -> bytes:
    return json.dumps(resource, ensure_ascii=False).encode()


def of(answer: Resource, name: str) -> list[Resource]:
    """The resources of an answer under a name."""
    return [row["resource"] for row in answer["parameter"] if row["name"] == name]


def entry(answer: Resource, group: str) -> Resource:
    """The recommendation's entry for a vaccine group."""
    (recommendation,) = of(answer, "recommendation")
    (found,) = [row for row in recommendation["recommendation"] if row["vaccineCode"][0]["text"] == group]
    return dict(found)


def codes(concept: Resource) -> list[str]:
    return [one["code"] for one in concept["coding"]]


def dates(row: Resource) -> dict[str, str]:
    """The days of an entry by their LOINC codes."""
    return {codes(one["code"])[0]: one["value"] for one in row.get("dateCriterion", ())}


EARLIEST, DUE, OVERDUE, LATEST = "30981-5", "30980-7", "59778-1", "59777-3"
