"""Mending a bad row and deciding a row in doubt, each judged again at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from linli.records.journal.actions import Who, action, write
from linli.records.lists.actions.staging import _held
from linli.records.lists.models import List, Row
from linli.records.lists.queries import judge_sheet, staged_sheet


class UnknownDecisionError(ValueError):
    """A decision is "new", "accept", or one of the people the row may mean."""


@action
def mend(*, by: Who, row: Row, cells: Sequence[str], on: date, at: datetime | None = None) -> Row:
    """Put other cells in place of a row's, as a person typed them; the file itself stays as it came."""
    of = _held(row.list, (List.State.STAGED,))
    row.cells, row.is_mended = [str(cell)[:500] for cell in cells][: len(of.header)], True
    row.cells += [""] * (len(of.header) - len(row.cells))
    _judge_again(row, of, on)
    write(by=by, verb="lists.mend", detail={"line": row.line}, subjects=[("list", of.public_id)], at=at)
    return row


@action
def decide(*, by: Who, row: Row, decision: str, on: date, at: datetime | None = None) -> Row:
    """Settle a row in doubt: "new" person, "accept" as it stands, or the public id of the person it means."""
    of = _held(row.list, (List.State.STAGED,))
    candidates = {key for problem in row.problems for key in problem["params"].get("candidates", ())}
    if decision not in {"new", "accept", *candidates}:
        raise UnknownDecisionError(decision)
    row.decision = decision
    _judge_again(row, of, on)
    write(by=by, verb="lists.decide", detail={"line": row.line}, subjects=[("list", of.public_id)], at=at)
    return row


def _judge_again(row: Row, of: List, on: date) -> None:
    before = row.outcome
    judgement = judge_sheet(staged_sheet(of, [row]), of=of, on=on, decisions={row.line: row.decision})
    plan = judgement.plans[0]
    row.outcome, row.problems, row.changes = plan.outcome, plan.problems, plan.changes
    row.subject_id = plan.subject_id
    row.save()
    of.counts = of.counts | {before: of.counts.get(before, 1) - 1}
    of.counts[row.outcome] = of.counts.get(row.outcome, 0) + 1
    of.save(update_fields=["counts"])
