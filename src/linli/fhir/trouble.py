"""What is wrong with a request, or worth knowing about it: issues, and the outcome that carries them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

MOST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing to say; `code` is of FHIR's issue types, `text` holds nothing of a person, `at` names the element."""

    severity: str
    code: str
    text: str
    at: str = ""


class RefusedError(Exception):
    """A request that cannot be judged, with the HTTP status that says so."""

    def __init__(self, issues: Iterable[Issue], *, status: int = 400) -> None:
        super().__init__("the request is refused")
        self.issues, self.status = tuple(issues), status


def refused(code: str, text: str, at: str = "", *, status: int = 400) -> RefusedError:
    """A refusal for one reason."""
    return RefusedError([Issue("error", code, text, at)], status=status)


def outcome(issues: Iterable[Issue]) -> dict[str, Any]:
    """The OperationOutcome of some issues."""
    rows = []
    for one in list(issues)[:MOST_SHOWN]:
        row: dict[str, Any] = {"severity": one.severity, "code": one.code, "diagnostics": one.text}
        if one.at:
            row["expression"] = [one.at]
        rows.append(row)
    return {"resourceType": "OperationOutcome", "issue": rows}
