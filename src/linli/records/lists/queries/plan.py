"""What a list would do to the register, row by row: the same plan is shown before and carried out by applying."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from linli.domain.sheets import Problem
from linli.records.lists.models import Row

Outcome = Row.Outcome
# What can become of a row: of a list that an office was given, and of one that came back from Excel.
LOADED = ("new", "changed", "same", "doubt", "bad")
RETURNED = ("changed", "conflict", "same", "bad", "unknown", "removed")


@dataclass
class Planned:
    """One row's fate: outcome, what is wrong or in doubt, what would change, and whom or what it meets.

    `what` is what applying needs (its type depends on the kind of list); empty for bad rows and rows in doubt.
    """

    line: int
    outcome: str
    problems: list[dict[str, Any]] = field(default_factory=list)
    changes: list[dict[str, Any]] = field(default_factory=list)
    subject_id: str = ""
    what: Any = None


def as_json(problem: Problem) -> dict[str, Any]:
    """A problem as it is stored with its row."""
    return {
        "column": problem.column,
        "value": problem.value,
        "code": problem.code,
        "params": {key: list(value) if isinstance(value, tuple) else value for key, value in problem.params.items()},
        "severity": problem.severity,
    }


def trouble(
    code: str, column: str = "", value: str = "", severity: str = "bad", params: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """A problem found by comparing with the register, in the form of `as_json`."""
    plain = {key: list(item) if isinstance(item, tuple) else item for key, item in (params or {}).items()}
    return {"column": column, "value": value, "code": code, "params": plain, "severity": severity}


def counts(outcomes: Iterable[str], *, is_return: bool) -> dict[str, int]:
    """How many rows have each of the outcomes that a list of this kind can have."""
    found = dict.fromkeys(RETURNED if is_return else LOADED, 0)
    for outcome in outcomes:
        found[outcome] += 1
    return found
