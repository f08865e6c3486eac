"""Mending a bad row and deciding a row in doubt, each judged again at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from django.db.models import Count

from linli.domain.identity import expand, plain
from linli.domain.sheets import Layout, recognise
from linli.domain.sheets.returned import id_columns
from linli.records.journal.actions import Who, action, write
from linli.records.lists.actions.staging import _held
from linli.records.lists.models import List, Row
from linli.records.lists.queries import counts, judge, probable, staged_sheet

# By what two rows of one list are about the same person or place, the best first.
KEYS: Final = (
    *("id_number", "area_code", "building_code", "building_name", "door", "employer_code", "employer"),
    *("name", "address", "building"),
)
LONGEST_CELL = 20_000
CONFLICT_DECISIONS = ("", "keep", "take")
PROBABLE_DECISION = "probable"


class UnknownDecisionError(ValueError):
    """A decision is "new", "accept", one of the people the row may mean, or empty to leave it open again.

    Of a row in conflict it is "keep", "take" or empty.
    """


@action
def mend(*, by: Who, row: Row, cells: Sequence[str], on: date, at: datetime | None = None) -> Row:
    """Put other cells in place of a row's, as a person typed them; the file itself stays as it came."""
    of = _held(List(pk=row.list_id), (List.State.STAGED,))
    before = list(row.cells)
    typed = [str(cell).replace("\0", "")[:LONGEST_CELL] for cell in cells]
    row.cells, row.is_mended, row.decision = typed[: len(of.header)], True, ""
    row.cells += [""] * (len(of.header) - len(row.cells))
    if of.is_return:
        # Which record of which copy a row is cannot be typed: that would be another row.
        for index in id_columns(of.header):
            if index is not None:
                row.cells[index] = before[index]
    _judge_again(row, before, of, on)
    write(by=by, verb="lists.mend", detail={"line": row.line}, subjects=[("list", of.public_id)], at=at)
    return row


@action
def decide(*, by: Who, row: Row, decision: str, on: date, at: datetime | None = None) -> Row:
    """Settle a row in doubt: "new" person, "accept" as it stands, or the public id of the person it means.

    Empty leaves it open again. Accepting after a person was chosen keeps that choice.
    """
    of = _held(List(pk=row.list_id), (List.State.STAGED,))
    if of.is_return:
        _decide_conflicts([row], decision, of, on)
        write(by=by, verb="lists.decide", detail={"line": row.line}, subjects=[("list", of.public_id)], at=at)
        return row
    candidates = {key for problem in row.problems for key in problem["params"].get("candidates", ())}
    if decision not in {"", "new", "accept", *candidates}:
        raise UnknownDecisionError(decision)
    chosen = row.decision.removesuffix("+")
    row.decision = f"{chosen}+" if decision == "accept" and chosen not in ("", "new", "accept") else decision
    _judge_again(row, row.cells, of, on)
    write(by=by, verb="lists.decide", detail={"line": row.line}, subjects=[("list", of.public_id)], at=at)
    return row


@action
def decide_all(*, by: Who, of: List, decision: str, on: date, at: datetime | None = None) -> int:
    """Settle many rows alike; gives how many.

    Of a list that came back every open conflict: "keep" or "take". Of a list that was loaded every row that by all but
    a document means one person: "probable", it is this person.
    """
    of = _held(of, (List.State.STAGED,))
    if of.is_return:
        rows = list(Row.objects.filter(list=of, outcome=Row.Outcome.CONFLICT).order_by("line"))
        _decide_conflicts(rows, decision, of, on)
    else:
        rows = _decide_probable(decision, of, on)
    write(by=by, verb="lists.decide", detail={"rows": len(rows)}, subjects=[("list", of.public_id)], at=at)
    return len(rows)


def _decide_conflicts(rows: Sequence[Row], decision: str, of: List, on: date) -> None:
    if decision not in CONFLICT_DECISIONS:
        raise UnknownDecisionError(decision)
    for row in rows:
        row.decision = decision
    _judge_together(rows, of, on)


def _decide_probable(decision: str, of: List, on: date) -> list[Row]:
    if decision != PROBABLE_DECISION:
        raise UnknownDecisionError(decision)
    rows = probable(of)
    for row in rows:
        row.decision = row.subject_id
    _judge_together(rows, of, on)
    return rows


def _judge_again(row: Row, before: Sequence[str], of: List, on: date) -> None:
    """Judge a row beside those about the same person or place, now or before: they may change with it."""
    _judge_together(_together(row, before, of), of, on)


def _judge_together(together: Sequence[Row], of: List, on: date) -> None:
    if not together:
        return
    judgement = judge(staged_sheet(of, together), of=of, on=on, rows=together)
    by_line = {plan.line: plan for plan in judgement.plans}
    for one in together:
        plan = by_line[one.line]
        one.outcome, one.problems, one.changes = plan.outcome, plan.problems, plan.changes
        one.subject_id = plan.subject_id
    fields = ["cells", "outcome", "problems", "changes", "subject_id", "decision", "is_mended"]
    Row.objects.bulk_update(together, fields, batch_size=100)
    found = Row.objects.filter(list=of).order_by().values_list("outcome").annotate(count=Count("id"))
    of.counts = counts((), is_return=of.is_return) | dict(found)
    of.save(update_fields=["counts"])


def _together(row: Row, before: Sequence[str], of: List) -> list[Row]:
    rows = Row.objects.filter(list=of).exclude(pk=row.pk).order_by("line")
    if of.is_return:
        same_person = rows.filter(subject_id=row.subject_id).exclude(outcome=Row.Outcome.REMOVED)
        return sorted([row, *(same_person if row.subject_id else [])], key=lambda one: one.line)
    layout = recognise(of.header)
    if layout.kind != "areas":  # an area may hang below any other of the list
        wanted = {_key(before, layout), _key(row.cells, layout)} - {""}
        same = [key for key, cells in rows.values_list("id", "cells").iterator() if _key(cells, layout) in wanted]
        rows = rows.filter(pk__in=same[:500])
    return sorted([row, *rows], key=lambda one: one.line)


def _key(cells: Sequence[str], layout: Layout) -> str:
    for field in KEYS:
        column = layout.columns.get(field)
        if column is not None and (cell := "".join(plain(cells[column.index]).split()).upper()):
            return expand(cell) if field == "id_number" and len(cell) == 15 and cell.isdigit() else cell
    return ""
