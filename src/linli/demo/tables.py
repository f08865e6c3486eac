"""A list before it is written: columns, rows, and where it stands among the others."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

Cell = str | int | float | date | datetime | None
CellRow = list[Cell]
Form = Literal["xlsx", "csv", "gb18030"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of the demo and how an office would load it: the arguments of receiving a list.

    `area` is an area code, `basis` where its people belong when the columns do not say (living, registered, working),
    `rank` how far the source is believed (1 before 2), `as_of` the day on which the list was true.
    """

    file: str
    kind: str
    area: str
    source: str
    source_name: str
    rank: int
    covers_doses: bool
    as_of: date
    basis: str = "living"
    rows: int = 0
    form: Form = "csv"


@dataclass(frozen=True, slots=True)
class Planted:
    """A fault put into a file on purpose: the line as people see it, and the problem's code that names it.

    `level` says who can find it: `sheet` from the file alone, `register` only against what is known already.
    """

    file: str
    line: int
    code: str
    column: str
    level: Literal["sheet", "register"] = "sheet"
    severity: Literal["bad", "warning", "doubt"] = "bad"


@dataclass
class Table:
    """A list with its title, header rows and rows; `fields` name the columns for whoever plants faults.

    `people` is the place of each row's person (or nothing for places), kept in step with `rows`.
    """

    entry: Entry
    title: str
    fields: tuple[str, ...]
    headers: list[list[str]]
    rows: list[CellRow]
    people: list[int] = field(default_factory=list)

    @property
    def first_line(self) -> int:
        """The line of the first row: a title and the header stand above it."""
        return len(self.headers) + 2

    def column(self, name: str) -> int:
        """The position of a field's column."""
        return self.fields.index(name)

    def header_of(self, name: str) -> str:
        """The words above a field's column, both rows of them where there are two."""
        position = self.column(name)
        words = [row[position] for row in self.headers]
        if len(words) == 2 and not words[0]:
            group = next((word for word in reversed(self.headers[0][:position]) if word), "")
            words[0] = group if words[1] else ""
        return " ".join(word for word in words if word)
