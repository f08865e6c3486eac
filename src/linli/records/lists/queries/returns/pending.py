"""A row of a list that came back, on its way to a judgement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from linli.domain.sheets.copies import Copied
from linli.domain.sheets.edits import Edit
from linli.domain.sheets.three_way import Difference
from linli.records.lists.queries.plan import trouble


@dataclass(frozen=True, slots=True)
class Decided:
    """What a person decided of a row in conflict, and the changes that were shown to them."""

    word: str  # "keep" what the register says, "take" what the file says
    seen: Sequence[Mapping[str, Any]]


@dataclass
class Pending:
    """A row somebody changed: what went out, what the register says now, what was typed, what is wrong so far."""

    line: int
    record: str
    copied: Copied
    headers: Mapping[str, str]  # of the file, by field
    base: Mapping[str, str]
    ours: Mapping[str, str]
    subject: Any
    edits: dict[str, Edit]
    problems: list[dict[str, Any]] = field(default_factory=list)

    def tell(self, code: str, column: str, value: str = "", severity: str = "bad", **params: Any) -> None:
        """Keep what is wrong with a field."""
        found = trouble(code, self.headers.get(column, column), value, severity, params)
        self.problems.append(found | {"field": column})

    @property
    def is_bad(self) -> bool:
        """Whether anything keeps the row out."""
        return any(problem["severity"] == "bad" for problem in self.problems)


@dataclass
class Wanted:
    """A row that would be written: the differences that hold after decisions, by unit."""

    row: Pending
    units: Mapping[str, Difference]
    what: Any = None


class Settler(Protocol):
    """What one kind of list must find out before rows can be compared and written."""

    def __init__(self, rows: Sequence[Pending], *, paths: Sequence[str], on: date) -> None:
        """Read in bulk what the rows are compared with."""

    def settle(self, row: Pending) -> None:
        """Find what the typed cells mean: edits get the words the register has for it, slips are told."""

    def plan(self, wanted: Sequence[Wanted]) -> None:
        """Say what applying each row needs, in `what`; what cannot be written is told."""

    def subject_of(self, subject: Any) -> str:
        """Public id of the person or place that a row is about."""
