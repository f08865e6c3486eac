"""Conditions and observations of a request as what a schedule's rules speak of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from linli.domain.eligibility.chart import Observed
from linli.fhir.days import in_reach, whole_day
from linli.fhir.rules import Rules
from linli.fhir.trouble import Issue

Resource = dict[str, Any]
YES = frozenset({"373066001", "10828004", "52101004", "LA33-6", "LA9633-4", "Y"})
NO = frozenset({"373067005", "260385009", "2667000", "LA32-8", "LA9634-2", "N"})
"""Codes of SNOMED CT, LOINC and HL7 that say that something is so, or is not."""
FOUND, NOT_FOUND = frozenset({"POS", "DET"}), frozenset({"NEG", "ND"})
"""How HL7 codes that a test found something, or did not; its N is "normal", and no word for no."""
OVER = frozenset({"inactive", "remission", "resolved"})
MADE = frozenset({"final", "amended", "corrected", "preliminary"})


@dataclass(frozen=True, slots=True)
class Found:
    """What a condition or observation says of the person, with how the answer refers to it; or why it says nothing."""

    observed: tuple[Observed, ...]
    reference: Resource
    issues: tuple[Issue, ...] = ()


def read_condition(resource: Resource, rules: Rules, *, on: date, at: str) -> Found:
    """A condition as observations of the schedule; one that is refuted, over or not yet there is none."""
    reference = _reference("Condition", resource)
    verified = _codes(resource.get("verificationStatus", {}))
    if verified & {"refuted", "entered-in-error"}:
        return Found((), reference)
    if verified & {"unconfirmed", "provisional", "differential"}:
        return _unused(reference, at, _("The condition is not confirmed, so it was not used."))
    codes = rules.observations(resource.get("code", {}))
    since = whole_day(resource.get("onsetDateTime")) or whole_day(resource.get("onsetPeriod", {}).get("start"))
    until = whole_day(resource.get("abatementDateTime")) or whole_day(resource.get("abatementPeriod", {}).get("end"))
    over = bool(_codes(resource.get("clinicalStatus", {})) & OVER) or (until is not None and until <= on)
    if over and codes:
        codes = tuple(code for code in codes if rules.lasts(code))
        if not codes:
            return _unused(reference, at, _("The condition is over, so it was not used."), "information")
    starts = [code for code in map(rules.began, codes) if code] if since is not None else []
    return _found((*codes, *starts), since, reference, on=on, at=at)


def read_observation(resource: Resource, rules: Rules, *, on: date, at: str) -> Found:
    """An observation as observations of the schedule: what its value names, else what itself is, unless it says no."""
    reference = _reference("Observation", resource)
    if resource.get("status") not in MADE:
        return Found((), reference)
    value = resource.get("valueCodeableConcept")
    codes = rules.observations(resource.get("code", {}))
    said = _says(resource)
    if said is False or "dataAbsentReason" in resource:
        return Found((), reference)
    if value is not None and said is None:
        codes = rules.observations(value)
    elif said is None and any(key.startswith("value") for key in resource) and codes:
        return _unused(reference, at, _("The observation's value is neither yes nor a code, so it was not used."))
    since = whole_day(resource.get("effectiveDateTime")) or whole_day(resource.get("effectivePeriod", {}).get("start"))
    return _found(codes, since, reference, on=on, at=at)


def _says(resource: Resource) -> bool | None:
    """Yes, no, or neither."""
    value = resource.get("valueBoolean")
    if isinstance(value, bool):
        return value
    codes = _codes(resource.get("valueCodeableConcept", {}))
    read = {code for one in resource.get("interpretation", ()) for code in _codes(one)}
    if codes & NO or read & NOT_FOUND:
        return False
    return True if codes & YES or read & FOUND else None


def _found(codes: tuple[str, ...], since: date | None, reference: Resource, *, on: date, at: str) -> Found:
    if not codes:
        return _unused(reference, at, _("No rule of the schedule speaks of this code."), "information")
    if since is not None and since > on:
        return _unused(reference, at, _("It lies after the day that is judged, so it was not used."))
    day = since if since is not None and in_reach(since) else None
    return Found(tuple(Observed(code, day) for code in codes), reference)


def _unused(reference: Resource, at: str, text: str, severity: str = "warning") -> Found:
    return Found((), reference, (Issue(severity, "informational", text, f"{at}.resource"),))


def _codes(concept: Resource) -> set[str]:
    return {str(one.get("code", "")) for one in concept.get("coding", ())}


def _reference(kind: str, resource: Resource) -> Resource:
    return {"reference": f"{kind}/{resource['id']}"} if resource.get("id") else {"type": kind}
