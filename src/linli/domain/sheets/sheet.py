"""A list as it was read: text cells under a header."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from linli.domain.sheets.problem import Problem


@dataclass(frozen=True, slots=True)
class Sheet:
    """One list: every row as wide as the header, every cell text; dates as ISO text, whole numbers without `.0`.

    `lines[i]` is where row i stands for people: the row number in Excel, the line in a CSV file.
    `problems` are lines that could not be read at all; they are not among the rows.
    `encoding` is utf-8, gb18030, utf-16, `utf-8+gb18030` when lines differ, or empty for XLSX.
    """

    header: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    lines: Sequence[int]
    header_line: int
    form: Literal["csv", "xlsx"]
    name: str = ""
    encoding: str = ""
    other_sheets: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
