"""From a sheet of text to typed rows, with everything that is wrong named by line and column."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from linli.domain.sheets import people, places, workplaces
from linli.domain.sheets.cells import Cells
from linli.domain.sheets.doses import Products
from linli.domain.sheets.layout import Layout
from linli.domain.sheets.problem import Problem
from linli.domain.sheets.rows import Row
from linli.domain.sheets.sheet import Sheet
from linli.domain.sheets.twice import Seen

STEP = 1_000
EXAMPLE = re.compile(r"\s*[(（]?(?:示例|例[:：]|example\b)", re.IGNORECASE)
NOT_A_ROW = re.compile(
    r"\s*(?:合计|总计|小计|共计|总数|填表人|填报人|制表人|审核人|填表说明|填报说明|说明[:：]|注[:：]|备注[:：]|total\b)",
    re.IGNORECASE,
)
FEW_CELLS = 3


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a list says: its good rows, every problem in the order of the lines, and the lines kept out.

    `total` counts the lines with something in them: rows + bad lines + lines skipped with a warning.
    """

    kind: str
    rows: list[Row]
    problems: list[Problem]
    bad_lines: frozenset[int]
    total: int


def parse(
    sheet: Sheet,
    layout: Layout,
    *,
    products: Mapping[str, str],
    on: date,
    progress: Callable[[int, int], None] | None = None,
) -> Parsed:
    """Read every row of a sheet.

    `products` maps a product's names (lower case, trimmed) to its code; `on` is the day against which a future dose or
    an impossible age is judged; `progress(done, total)` is called every thousand rows and at the end. Never raises on
    what a cell holds.
    """
    cells = Cells(layout, on=on)
    cells.problems.extend(sheet.problems)
    cells.bad_lines.update(problem.line for problem in sheet.problems)
    one, seen = _reader(layout, Products(products)), Seen()
    rows: list[Row] = []
    count = len(sheet.rows)
    for done, (line, row) in enumerate(zip(sheet.lines, sheet.rows, strict=True)):
        if progress is not None and done % STEP == 0:
            progress(done, count)
        cells.open(line, row)
        if _is_skipped(cells, row, sheet.header):
            continue
        read = one(cells)
        if line not in cells.bad_lines and seen.is_news(read, cells):
            rows.append(read)
    if progress is not None:
        progress(count, count)
    cells.problems.sort(key=lambda problem: problem.line)
    return Parsed(layout.kind, rows, cells.problems, frozenset(cells.bad_lines), count + len(sheet.problems))


def _reader(layout: Layout, products: Products) -> Callable[[Cells], Row]:
    simple: dict[str, Callable[[Cells], Row]] = {
        "areas": places.area,
        "buildings": places.building,
        "doors": places.door,
        "employers": workplaces.employer,
    }
    return simple.get(layout.kind) or (lambda cells: people.person(cells, products))


def _is_skipped(cells: Cells, row: tuple[str, ...], header: tuple[str, ...]) -> bool:
    """Lines that are no rows: the header printed again on a new page, totals, signatures, the template's examples."""
    if row == header:
        cells.report("", "repeated_header", severity="warning")
        return True
    if EXAMPLE.match(cells.raw("note")):
        cells.report("note", "example_row", severity="warning")
        return True
    first = next((cell for cell in row if cell), "")
    if NOT_A_ROW.match(first) and sum(1 for cell in row if cell) <= FEW_CELLS:
        cells.report("", "not_a_row", severity="warning")
        return True
    return False
