"""Judging a list: every row's fate, from its cells and the register as it is now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast

from linli.domain.sheets import (
    AreaRow,
    BuildingRow,
    DoorRow,
    EmployerRow,
    Layout,
    Parsed,
    PersonRow,
    Sheet,
    parse,
    read,
    recognise,
)
from linli.records.lists.models import List, Row
from linli.records.lists.queries.ground import ground
from linli.records.lists.queries.people_plan import plan_people
from linli.records.lists.queries.places_plan import plan_areas, plan_buildings, plan_doors, plan_employers
from linli.records.lists.queries.plan import Outcome, Planned, as_json
from linli.records.lists.queries.returns import Decided, judge_return
from linli.records.programme.queries import product_words

Progress = Callable[[str, int, int], None]


@dataclass
class Judgement:
    """A list judged: its sheet, its layout and one plan a row, in the order of the lines.

    `removed` are the cells of rows that went out and did not come back, by the lines that stand for them.
    """

    sheet: Sheet
    layout: Layout
    plans: list[Planned]
    removed: Mapping[int, tuple[str, ...]] = field(default_factory=dict)


def read_list(of: List) -> Sheet:
    """The sheet of a list that was received. Raises SheetError."""
    return read(bytes(of.content), filename=of.file_name)


def staged_sheet(of: List, rows: Sequence[Row]) -> Sheet:
    """The sheet of a staged list from its rows, mended cells included."""
    header = tuple(of.header)
    cells = [tuple(str(row.cells[index]) for index in range(len(header))) for row in rows]
    return Sheet(header, cells, [row.line for row in rows], 1, "csv")


def judge(
    sheet: Sheet,
    *,
    of: List,
    on: date,
    rows: Sequence[Row] = (),
    progress: Progress | None = None,
    whole: bool = False,
) -> Judgement:
    """Judge every row of a sheet on a day, with what was decided of the staged `rows`.

    `whole`: the sheet is the whole file. Raises SheetError where the sheet as a whole says nothing.
    """
    if not of.is_return:
        decisions = {row.line: row.decision for row in rows if row.decision}
        return judge_sheet(sheet, of=of, on=on, decisions=decisions, progress=progress)
    decided = {row.line: Decided(row.decision, row.changes) for row in rows if row.decision}

    def compared(done: int, total: int) -> None:
        if progress:
            progress("compare", done, total)

    found = judge_return(sheet, of=of, on=on, decided=decided, progress=compared, whole=whole)
    return Judgement(sheet, *found)


def judge_sheet(
    sheet: Sheet, *, of: List, on: date, decisions: Mapping[int, str] | None = None, progress: Progress | None = None
) -> Judgement:
    """Judge every row of an office's list on a day. Raises SheetError where the sheet as a whole says nothing."""
    layout = recognise(sheet.header)
    of.kind = layout.kind
    told = (lambda done, total: progress("read", done, total)) if progress else None
    parsed = parse(sheet, layout, products=product_words(), on=on, progress=told)

    def compared(done: int, total: int) -> None:
        if progress:
            progress("compare", done, total)

    plans = {plan.line: plan for plan in _plan(parsed, of, decisions or {}, compared)}
    compared(len(parsed.rows), len(parsed.rows))
    columns = {column.header: field for field, column in layout.columns.items()}
    headers = {field: column.header for field, column in layout.columns.items()}
    problems: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for problem in parsed.problems:
        problems[problem.line].append(as_json(problem) | {"field": columns.get(problem.column, "")})
    skipped = set(problems) - set(plans) - set(parsed.bad_lines)
    for line in parsed.bad_lines:
        plans[line] = Planned(line, Outcome.BAD)
    for line in skipped:
        plans[line] = Planned(line, Outcome.SAME)
    for line, plan in plans.items():
        for found in plan.problems:
            found["field"], found["column"] = found["column"], headers.get(found["column"], found["column"])
        plan.problems = problems.get(line, []) + plan.problems
    return Judgement(sheet, layout, [plans[line] for line in sorted(plans)])


def _plan(
    parsed: Parsed, of: List, decisions: Mapping[int, str], progress: Callable[[int, int], None]
) -> list[Planned]:
    tables = ground()
    rows: list[Any] = parsed.rows
    progress(0, len(rows))
    if parsed.kind == "areas":
        return plan_areas(cast("list[AreaRow]", rows), of=of, ground=tables)
    if parsed.kind == "buildings":
        return plan_buildings(cast("list[BuildingRow]", rows), of=of, ground=tables)
    if parsed.kind == "doors":
        return plan_doors(cast("list[DoorRow]", rows), of=of, ground=tables)
    if parsed.kind == "employers":
        return plan_employers(cast("list[EmployerRow]", rows), of=of, ground=tables)
    return plan_people(cast("list[PersonRow]", rows), of=of, ground=tables, decisions=decisions, progress=progress)
