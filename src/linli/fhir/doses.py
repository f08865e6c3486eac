"""Immunizations of a request as doses of a chart."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from linli.domain.eligibility.chart import Dose
from linli.domain.eligibility.supporting_data.xml import cvx
from linli.fhir.codes import MVX, SYSTEMS
from linli.fhir.days import last_day, whole_day
from linli.fhir.rules import Rules

Resource = dict[str, Any]
NOT_CVX = "?"
"""Stands for a product of which no CVX code and no known name is given."""


@dataclass(frozen=True, slots=True)
class Given:
    """A dose, how the answer refers to it, where it stands in the request, and why it was bad where it was."""

    dose: Dose
    reference: Resource
    concept: Resource
    at: str
    bad: str = ""
    half_dated: bool = False


def is_given(resource: Resource) -> bool:
    """Whether an immunisation took place: not one that was not done, or entered in error."""
    return bool(resource.get("status") == "completed")


def read_dose(resource: Resource, rules: Rules, *, number: int, at: str) -> Given:
    """An immunisation that FHIR R4 allows as a dose; its day is None where it is not known to the day."""
    written = resource.get("occurrenceDateTime")
    on = whole_day(written)
    subpotent = bool(resource.get("isSubpotent"))
    dose = Dose(
        on=on,
        vaccine=_vaccine(resource.get("vaccineCode", {}), rules),
        maker=_maker(resource),
        usable=not subpotent,
        expires_on=last_day(resource.get("expirationDate")),
    )
    bad = ""
    if subpotent:
        bad = _first_code(resource.get("subpotentReason", ()))
    elif on is not None and dose.expires_on is not None and on > dose.expires_on:
        bad = "expired"
    return Given(
        dose, _reference(resource, number), resource.get("vaccineCode", {}), at, bad, bool(written) and on is None
    )


def _vaccine(concept: Resource, rules: Rules) -> str:
    codings = concept.get("coding", ())
    codes = [cvx(str(one.get("code", ""))) for one in codings if SYSTEMS.get(one.get("system", "-")) == "CVX"]
    code = next(filter(None, codes), "")
    # Products without a CVX code are known by their codes and names; a code of another system never passes for a CVX.
    plain = [str(one.get("code", "")) for one in codings if not str(one.get("code", "")).strip().isdigit()]
    shown = [str(one.get("display", "")) for one in codings]
    return rules.vaccine(code, str(concept.get("text", "")), *shown, *plain) or NOT_CVX


def _maker(resource: Resource) -> str:
    """The manufacturer's MVX code: of its identifier, of the organisation that is contained, or what it is called."""
    told = resource.get("manufacturer", {})
    inside = [one for one in resource.get("contained", ()) if f"#{one.get('id', '')}" == told.get("reference")]
    known = [told.get("identifier", {}), *(row for one in inside for row in one.get("identifier", ()))]
    for one in known:
        if one.get("system") in MVX:
            return str(one.get("value", "")).strip()
    shown = str(told.get("display", "")).strip()
    return shown if re.fullmatch(r"[A-Z]{2,3}", shown) else ""


def _reference(resource: Resource, number: int) -> Resource:
    if resource.get("id"):
        return {"reference": f"Immunization/{resource['id']}"}
    for one in resource.get("identifier", ()):
        if one.get("value"):
            return {"type": "Immunization", "identifier": {k: v for k, v in one.items() if k in ("system", "value")}}
    return {"type": "Immunization", "display": f"immunization {number}"}


def _first_code(concepts: Any) -> str:
    codes = [str(one.get("code", "")) for concept in concepts for one in concept.get("coding", ())]
    return next(filter(None, codes), "").casefold()
