"""Bytes from strangers made into a resource that FHIR R4 allows, or refused with the element that is wrong."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NoReturn

from django.utils.translation import gettext as _

from linli.fhir.trouble import Issue, RefusedError, refused

if TYPE_CHECKING:
    from pydantic import ValidationError

DEEPEST = 32
Resource = dict[str, Any]

_OURS: dict[str, str] = {
    "patient": "Patient",
    "immunization": "Immunization",
    "condition": "Condition",
    "observation": "Observation",
}
"""Parameters that carry a resource, and of which type."""
_WORDS: dict[str, tuple[str, frozenset[str]]] = {
    "patient": ("gender", frozenset({"male", "female", "other", "unknown"})),
    "immunization": ("status", frozenset({"completed", "entered-in-error", "not-done"})),
    "observation": (
        "status",
        frozenset(
            {"registered", "preliminary", "final", "amended", "corrected", "cancelled", "entered-in-error", "unknown"}
        ),
    ),
}
"""Elements whose words FHIR fixes: the models take any, and one that was misspelt would be passed over in silence."""
_PLAIN = ("assessmentDate", "group", "schedule")
_NAME = re.compile(r"[A-Za-z_]\w{0,40}")


def read_json(data: bytes) -> Resource:
    """The object in some bytes. Raises RefusedError where they hold none, or one that is nested to do harm."""
    try:
        found = json.loads(data.decode("utf-8-sig"), parse_constant=_no_number)
        json.dumps(found, ensure_ascii=False).encode()  # half of a surrogate pair is no text
    except (ValueError, RecursionError) as error:
        raise refused("invalid", _("This is not JSON in UTF-8.")) from error
    if not isinstance(found, dict):
        raise refused("structure", _("A FHIR resource is a JSON object."))
    if _is_deeper(found, DEEPEST):
        raise refused("structure", _("The resource is nested deeper than any that FHIR has."))
    return found


def read_parameters(data: bytes) -> tuple[Resource, list[Issue]]:
    """A Parameters resource whose known parameters are as FHIR R4 asks, and what was left unread.

    What this operation can do without may be missing, though FHIR asks for it: whose immunisation, condition or
    observation it is (there is one patient), and the day of an immunisation (that dose alone is left out).
    """
    from fhir.resources.R4B.parameters import Parameters  # takes most of a second: not where it is not asked for
    from pydantic import ValidationError

    found = read_json(data)
    if found.get("resourceType") != "Parameters":
        raise refused("structure", _("Expected a Parameters resource."), "Parameters")
    rows, unread = _known(found.get("parameter"))
    checked = {key: value for key, value in found.items() if key != "parameter"} | {"parameter": rows}
    try:
        Parameters.model_validate(checked)
    except ValidationError as error:
        raise RefusedError(_issues(error)) from error
    except (KeyError, TypeError, AttributeError, LookupError, RecursionError) as error:  # a type that FHIR has not
        raise refused("structure", _("A resource in it is none that FHIR R4 has."), "Parameters") from error
    misspelt = [issue for place, row in enumerate(rows) for issue in _misspelt(row, f"Parameters.parameter[{place}]")]
    if misspelt:
        raise RefusedError(misspelt)
    return checked, unread


def _misspelt(row: Resource, at: str) -> Iterator[Issue]:
    element, words = _WORDS.get(row["name"], ("", frozenset()))
    said = row.get("resource", {}).get(element)
    if said is not None and said not in words:
        text = _("The word is none of FHIR's: {words}.").format(words=", ".join(sorted(words)))
        yield Issue("error", "code-invalid", text, f"{at}.resource.{element}")


def _no_number(_text: str) -> NoReturn:
    raise ValueError


def _is_deeper(found: Any, most: int) -> bool:
    level = [found]
    for _step in range(most):
        level = [
            child
            for one in level
            for child in (one.values() if isinstance(one, dict) else one if isinstance(one, list) else ())
        ]
        if not level:
            return False
    return True


def _known(rows: Any) -> tuple[list[Any], list[Issue]]:
    """Parameters that this operation reads, each at its place; the others are emptied and said to be unread."""
    if not isinstance(rows, list) or not rows:
        raise refused("required", _("There are no parameters."), "Parameters.parameter")
    kept, unread = [], []
    for place, sent in enumerate(rows):
        at, row = f"Parameters.parameter[{place}]", _without_nulls(sent)
        if not isinstance(row, dict) or not isinstance(row.get("name"), str):
            raise refused("structure", _("A parameter is an object with a name."), at)
        name, resource = row["name"], row.get("resource")
        if name in _OURS:
            kind = _OURS[name]
            if not isinstance(resource, dict) or resource.get("resourceType") != kind:
                raise refused("structure", _("Expected a resource of type {kind}.").format(kind=kind), f"{at}.resource")
            kept.append(row | {"resource": _filled(kind, resource)})
        elif name in _PLAIN:
            kept.append(row)
        else:
            kept.append({"name": "unread", "valueBoolean": True})
            text = _("This parameter is none of the operation's and was not read.")
            unread.append(Issue("information", "not-supported", text, at))
    return kept, unread


def _without_nulls(value: Any) -> Any:
    """What is null is not there: FHIR has no null, many programs write it, and the models take it for an element."""
    if isinstance(value, dict):
        return {key: _without_nulls(one) for key, one in value.items() if one is not None}
    return [_without_nulls(one) for one in value if one is not None] if isinstance(value, list) else value


def _filled(kind: str, resource: Resource) -> Resource:
    of = {"type": "Patient"}
    if kind == "Immunization":
        filled = {"patient": of} | resource
        is_dated = {"occurrenceDateTime", "occurrenceString"} & filled.keys()
        return filled if is_dated else filled | {"occurrenceString": "unknown"}
    return {"subject": of} | resource if kind == "Condition" else resource


def _issues(error: ValidationError) -> list[Issue]:
    """What the models refused, in words that repeat no value of the request."""
    issues = []
    for one in error.errors(include_url=False, include_context=False, include_input=False)[:20]:
        if "missing" in one["type"] or "Expect any of field" in one["msg"]:
            code, text = "required", _("An element that FHIR R4 requires is missing.")
        elif one["type"] == "extra_forbidden":
            code, text = "structure", _("This is no element of the resource in FHIR R4.")
        else:
            code, text = "value", _("The value is not what FHIR R4 asks for here.")
        issues.append(Issue("error", code, text, _expression(one["loc"])))
    return issues


def _expression(where: tuple[int | str, ...]) -> str:
    """The FHIRPath of an element; a name that no element could have is left out."""
    path = "Parameters"
    for part in where:
        if isinstance(part, int):
            path += f"[{part}]"
        elif _NAME.fullmatch(part) and part not in ("root", "resource_type"):
            path += f".{part}"
    return path
