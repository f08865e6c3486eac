"""What this server says of itself: its capabilities, and the definition of its one operation."""

from __future__ import annotations

from typing import Any

from linli import __version__
from linli.api.fhir.bodies import MANY, ONE
from linli.fhir.codes import GUIDE

Resource = dict[str, Any]
CODE = "immds-forecast"
GUIDES_OWN = f"{GUIDE}/OperationDefinition/ImmDSForecastOperation"
CHANGED_ON = "2026-11-24"

_IN = (
    ("assessmentDate", 1, "1", "date", "The date on which to assess the forecast: a whole date."),
    (
        "patient",
        1,
        "1",
        "Patient",
        "The patient: birthDate is needed, gender counts, extension patient-birthPlace too.",
    ),
    (
        "immunization",
        0,
        "*",
        "Immunization",
        (
            "The immunisation history, by CVX code. What is not 'completed' is not judged; a dose without a whole "
            "date, or of a product that is not known, is left out with its reason."
        ),
    ),
    (
        "condition",
        0,
        "*",
        "Condition",
        (
            "Conditions that the schedule's rules may speak of, coded in SNOMED CT or CDC's PHIN VS. One that is "
            "refuted, not confirmed, or over is not used; past evidence of immunity and past reactions are."
        ),
    ),
    (
        "observation",
        0,
        "*",
        "Observation",
        (
            "Observations that the schedule's rules may speak of, by code or by coded value, or by CDSi's own codes "
            "(urn:linli:cdsi-observation)."
        ),
    ),
    ("group", 0, "*", "string", "A vaccine group, such as HepB, or its CVX code; without it, all of them."),
    ("schedule", 0, "1", "string", "The code of the schedule to judge by; without it, the server's own."),
)
_OUT = (
    ("evaluation", 0, "*", "ImmunizationEvaluation", "What each dose counts for, one for each disease it is against."),
    ("recommendation", 1, "1", "ImmunizationRecommendation", "The forecast, one entry for each vaccine group."),
    ("outcome", 0, "1", "OperationOutcome", "What was left out or not used, and why."),
)


def operation(base: str) -> Resource:
    """The definition of `$immds-forecast` as it is here: the guide's, with more parameters."""
    rows = [("in", row) for row in _IN] + [("out", row) for row in _OUT]
    return {
        "resourceType": "OperationDefinition",
        "id": CODE,
        "url": f"{base}/OperationDefinition/{CODE}",
        "version": __version__,
        "name": "ImmDSForecast",
        "title": "Immunization Decision Support Forecast",
        "status": "active",
        "kind": "operation",
        "date": CHANGED_ON,
        "description": "Judges the immunisation history of a patient by a schedule and forecasts the next doses. "
        "Nothing is stored. As NDJSON, one Parameters a line is answered with one a line.",
        "affectsState": False,
        "code": CODE,
        "base": GUIDES_OWN,
        "system": True,
        "type": False,
        "instance": False,
        "parameter": [
            {"name": name, "use": use, "min": least, "max": most, "documentation": text, "type": kind}
            for use, (name, least, most, kind, text) in rows
        ],
    }


def capability(base: str) -> Resource:
    """The statement of what this server can do, for R4."""
    return {
        "resourceType": "CapabilityStatement",
        "status": "active",
        "date": CHANGED_ON,
        "kind": "instance",
        "software": {"name": "linli", "version": __version__},
        "implementation": {"description": "Immunisation forecasts; nothing is stored", "url": base},
        "fhirVersion": "4.0.1",
        "format": [ONE[0], "json", MANY[0]],
        "implementationGuide": [f"{GUIDE}/ImplementationGuide/hl7.fhir.us.immds"],
        "rest": [
            {
                "mode": "server",
                "documentation": "One operation, open to everybody who reaches this server; stateless.",
                "operation": [{"name": CODE, "definition": f"{base}/OperationDefinition/{CODE}"}],
            }
        ],
    }
