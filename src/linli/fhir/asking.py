"""A Parameters resource turned at once into what the engine asks for: a person, a day, vaccine groups."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from linli.domain.eligibility.chart import Person
from linli.domain.eligibility.paths import FEMALE, MALE, UNKNOWN
from linli.fhir.days import in_reach, whole_day
from linli.fhir.doses import Given, is_given, read_dose
from linli.fhir.findings import Found, read_condition, read_observation
from linli.fhir.reading import read_parameters
from linli.fhir.rules import Choice, Rules
from linli.fhir.trouble import Issue, refused

MOST_DOSES = 500
"""Immunisations of one person, and as many conditions and observations, that are judged."""
BIRTH_PLACE = "http://hl7.org/fhir/StructureDefinition/patient-birthPlace"
US = frozenset({"US", "USA", "U.S.", "U.S.A.", "840", "UNITED STATES", "UNITED STATES OF AMERICA"})
Resource = dict[str, Any]


@dataclass(frozen=True)
class Asked:
    """What a request asks: everything the engine and the answer need, and what is worth saying about it."""

    rules: Rules
    on: date
    person: Person
    patient: Resource
    given: tuple[Given, ...]
    found: tuple[Found, ...]
    groups: tuple[str, ...]
    named: bool
    issues: tuple[Issue, ...]


def read_request(data: bytes, choice: Choice) -> Asked:
    """Read the Parameters of one person, in any order. Raises RefusedError where they cannot be judged."""
    parameters, unread = read_parameters(data)
    rows = [(f"Parameters.parameter[{place}]", row) for place, row in enumerate(parameters["parameter"])]
    on = _assessment_day(rows)
    patient_at, patient = _patient(rows)
    rules = _rules(rows, choice)
    birth = _birth(patient, patient_at, on)
    issues = list(unread)
    given = tuple(_doses(rows, rules))
    found = tuple(_findings(rows, rules, on))
    issues.extend(issue for one in found for issue in one.issues)
    country = _country(patient)
    if not country and any(birth < row.born_before for row in _by_country(rules)):
        text = _("The country of birth is not known: nobody is taken for immune by it (extension patient-birthPlace).")
        issues.append(Issue("information", "incomplete", text, f"{patient_at}.resource"))
    person = Person(
        birth=birth,
        sex={"female": FEMALE, "male": MALE}.get(str(patient.get("gender")), UNKNOWN),
        doses=tuple(one.dose for one in given),
        observations=tuple(dict.fromkeys(row for one in found for row in one.observed)),
        country=country,
    )
    reference = _reference(patient, rows)
    named = _groups(rows, rules)
    groups = named or tuple(group.name for group in rules.schedule.groups)
    return Asked(rules, on, person, reference, given, found, groups, bool(named), tuple(issues))


Rows = list[tuple[str, Resource]]


def _named(rows: Rows, name: str) -> Iterator[tuple[str, Resource]]:
    return ((at, row) for at, row in rows if row["name"] == name)


def _one(rows: Rows, name: str) -> tuple[str, Resource]:
    found = list(_named(rows, name))
    if not found:
        raise refused("required", _("The parameter {name} is missing.").format(name=name), "Parameters.parameter")
    if len(found) > 1:
        raise refused("structure", _("The parameter {name} stands twice.").format(name=name), found[1][0])
    return found[0]


def _assessment_day(rows: Rows) -> date:
    at, row = _one(rows, "assessmentDate")
    on = whole_day(row.get("valueDate", row.get("valueDateTime")))
    if on is None or not in_reach(on):
        raise refused("value", _("The day to judge must be a whole date, such as 2021-06-20."), f"{at}.valueDate")
    return on


def _patient(rows: Rows) -> tuple[str, Resource]:
    at, row = _one(rows, "patient")
    return at, row["resource"]


def _birth(patient: Resource, at: str, on: date) -> date:
    where = f"{at}.resource.birthDate"
    if not patient.get("birthDate"):
        raise refused("required", _("The birth date is missing."), where)
    birth = whole_day(patient["birthDate"])
    if birth is None or not in_reach(birth):
        raise refused("value", _("The birth date must be a whole date of our time."), where)
    if birth > on:
        raise refused("business-rule", _("The birth date lies after the day that is judged."), where)
    return birth


def _rules(rows: Rows, choice: Choice) -> Rules:
    named = list(_named(rows, "schedule"))
    at, row = named[0] if named else ("Parameters", {})
    try:
        return choice(_word(row))
    except LookupError as error:
        raise refused("not-found", _("There is no schedule of this code here."), at) from error


def _groups(rows: Rows, rules: Rules) -> tuple[str, ...]:
    found = []
    for at, row in _named(rows, "group"):
        name = rules.groups.get(_word(row).casefold())
        if name is None:
            names = ", ".join(rules.group_name(one.name) for one in rules.schedule.groups)
            raise refused("not-found", _("There is no such vaccine group; there are: {names}").format(names=names), at)
        found.append(name)
    return tuple(dict.fromkeys(found))


def _word(row: Resource) -> str:
    return str(row.get("valueString", row.get("valueCode", ""))).strip()


def _doses(rows: Rows, rules: Rules) -> Iterator[Given]:
    every = list(_named(rows, "immunization"))
    _enough(len(every))
    for number, (at, row) in enumerate(every, 1):
        if is_given(row["resource"]):
            yield read_dose(row["resource"], rules, number=number, at=f"{at}.resource")


def _findings(rows: Rows, rules: Rules, on: date) -> Iterator[Found]:
    readers = {"condition": read_condition, "observation": read_observation}
    every = [(at, row) for at, row in rows if row["name"] in readers]
    _enough(len(every))
    for at, row in every:
        yield readers[row["name"]](row["resource"], rules, on=on, at=at)


def _enough(count: int) -> None:
    if count > MOST_DOSES:
        text = ngettext(
            "A person may have at most {most} entry of a kind.",
            "A person may have at most {most} entries of a kind.",
            MOST_DOSES,
        )
        raise refused("too-costly", text.format(most=MOST_DOSES), "Parameters.parameter")


def _by_country(rules: Rules) -> Iterator[Any]:
    return (row for one in rules.schedule.antigens for row in one.birth_immunities if row.country)


def _country(patient: Resource) -> str:
    for one in patient.get("extension", ()):
        if one.get("url") == BIRTH_PLACE:
            country = str(one.get("valueAddress", {}).get("country", "")).strip()
            return "U.S." if country.upper() in US else country
    return ""


def _reference(patient: Resource, rows: Rows) -> Resource:
    if patient.get("id"):
        return {"reference": f"Patient/{patient['id']}"}
    told = (row["resource"]["patient"] for _at, row in _named(rows, "immunization"))
    return next(({"reference": one["reference"]} for one in told if one.get("reference")), {"type": "Patient"})
