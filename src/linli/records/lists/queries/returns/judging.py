"""Judging a list that came back: every row against what went out and what the register says now."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from linli.domain.sheets import Layout, Sheet
from linli.domain.sheets.returned import Changed
from linli.records.lists.models import List
from linli.records.lists.queries.copies import KEEPERS, Met
from linli.records.lists.queries.plan import Outcome, Planned, as_json
from linli.records.lists.queries.returns.comparing import Touched, compare, remarks_of
from linli.records.lists.queries.returns.gathering import Gathered, gather, scope, twice, unknown
from linli.records.lists.queries.returns.pending import Decided

# Rows that are missing in the file stand behind every line that a file can have, by their place in the copy.
REMOVED_FROM = 2_000_000
STEP = 1_000


def judge_return(
    sheet: Sheet,
    *,
    of: List,
    on: date,
    decided: Mapping[int, Decided],
    progress: Callable[[int, int], None],
    whole: bool,
) -> tuple[Layout, list[Planned], dict[int, tuple[str, ...]]]:
    """The columns, one plan a row, and the cells of rows that did not come back; `whole` unless only some are judged.

    Raises SheetError where nothing of the sheet can be compared.
    """
    file = gather(sheet, of=of)
    paths = scope(of, file.kind, on=on)
    met = _meet(file, paths, whole=whole)
    plans = {plan.line: plan for plan in file.lost}
    for unreadable in sheet.problems:
        plans[unreadable.line] = Planned(unreadable.line, Outcome.BAD, [as_json(unreadable)])
    quiet, touched = _touched(file, met, sheet.header, progress)
    plans |= quiet
    plans |= compare(file, touched, sheet.header, paths, on, decided)
    removed = _removed(file, met, len(sheet.header)) if whole else {}
    plans |= {position: Planned(position, Outcome.REMOVED) for position in removed}
    progress(len(file.lines), len(file.lines))
    for plan in plans.values():
        for problem in plan.problems:
            problem.setdefault("field", "")
    layout = Layout("people", file.returned.fields, unknown=file.returned.unknown)
    return layout, [plans[line] for line in sorted(plans)], removed


def _meet(file: Gathered, paths: Sequence[str], *, whole: bool) -> dict[str, Met]:
    records = {line.record for line in file.lines}
    if whole:
        records |= {record for one in file.copies.values() if one.kind == file.kind for record in one.rows}
    return KEEPERS[file.kind].meet(sorted(records), paths=paths)


def _touched(
    file: Gathered, met: Mapping[str, Met], header: Sequence[str], progress: Callable[[int, int], None]
) -> tuple[dict[int, Planned], list[Touched]]:
    """The fates of rows that nobody touched or that mean nobody, and the rows in which somebody changed something."""
    column = header[file.returned.record]
    again = twice(file.lines, column)
    changed = {id(one): Changed(file.returned, one) for one in file.copies.values()}
    plans: dict[int, Planned] = {}
    touched: list[Touched] = []
    for done, line in enumerate(file.lines):
        if done % STEP == 0:
            progress(done // 2, len(file.lines))
        found = met.get(line.record)
        if found is None:
            plans[line.line] = unknown(line.line, line.record, column)
        elif line.line in again:
            plans[line.line] = again[line.line]
        else:
            fields, vain = changed[id(line.copied)].of(line.cells, line.copied.rows[line.record])
            if fields:
                touched.append((line, found, fields, vain))
            else:
                is_own = file.kind not in ("doses", "doors") and not found.via  # those belong to a person, a building
                subject = line.record if is_own else ""
                remarks = remarks_of(found, vain, line, header)
                plans[line.line] = Planned(line.line, Outcome.SAME, remarks, subject_id=subject)
    return plans, touched


def _removed(file: Gathered, met: Mapping[str, Met], width: int) -> dict[int, tuple[str, ...]]:
    """The rows of the copies that are not in the file, their cells as they went out; only of records one may see."""
    back = {line.record for line in file.lines}
    removed: dict[int, tuple[str, ...]] = {}
    position = REMOVED_FROM
    for key in sorted(file.copies):
        one = file.copies[key]
        if one.kind != file.kind:
            continue
        fields = file.returned.fields
        places = {at: fields[c.field].index for at, c in enumerate(one.columns) if c.field in fields}
        for record, base in one.rows.items():
            position += 1
            if record in back or record not in met:
                continue
            cells = [""] * width
            cells[file.returned.record], cells[file.returned.copy] = record, key
            for at, here in places.items():
                cells[here] = base[at]
            removed[position] = tuple(cells)
            back.add(record)
    return removed
