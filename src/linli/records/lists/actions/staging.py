"""Receiving a file and staging it: judged row by row, nothing of it in the register yet."""

from __future__ import annotations

import hashlib
from datetime import date, datetime

from django.utils import timezone

from linli.domain.sheets import SheetError
from linli.records import bulk
from linli.records.accounts.models import Worker
from linli.records.journal.actions import Who, action, write
from linli.records.keys.fields import seal_json
from linli.records.lists.models import List, Row
from linli.records.lists.queries import Progress, counts, is_copy, judge, read_list
from linli.records.people.actions import by_hand
from linli.records.people.models import Source
from linli.records.places.models import Area

BATCH = 5000
ROW_COLUMNS = (
    "list_id",
    "line",
    "cells",
    "outcome",
    "problems",
    "changes",
    "subject_id",
    "decision",
    "is_mended",
)
STAGED_FIELDS = (
    *("kind", "header", "unknown_columns", "counts", "state"),
    *("is_return", "copies", "area", "source", "covers_doses"),
)
MOST_BYTES = 300 * 1024 * 1024


class TooLargeError(ValueError):
    """The file is larger than a list can be."""


class ListStateError(ValueError):
    """The list is not in the state this needs: somebody applied it or set it aside meanwhile."""


@action
def receive(
    *,
    by: Who,
    file_name: str,
    content: bytes,
    source: Source,
    area: Area | None,
    as_of: date,
    covers_doses: bool | None = None,
    basis: str = List.Basis.LIVING,
    is_return: bool = False,
    worker: Worker | None = None,
    at: datetime | None = None,
) -> List:
    """Keep a file as it came. Whether it covers doses is the source's to say unless told.

    With `is_return` it must be a copy that went out from here; a copy that comes as any other list is taken for one.
    """
    if len(content) > MOST_BYTES:
        raise TooLargeError(file_name)
    received = List.objects.create(
        file_name=file_name[-200:],
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        area=area,
        source=source,
        covers_doses=source.covers_doses if covers_doses is None else covers_doses,
        as_of=as_of,
        basis=List.Basis(basis),
        is_return=is_return,
        received_by=worker,
        received_at=at or timezone.now(),
    )
    write(by=by, verb="lists.receive", detail={"bytes": len(content)}, subjects=[("list", received.public_id)], at=at)
    return received


@action
def stage(*, by: Who, of: List, on: date, progress: Progress | None = None, at: datetime | None = None) -> List:
    """Judge a received list on a day and keep the judgement of every row, in place of an earlier one.

    A file that as a whole says nothing is refused, with its reason.
    """
    of = _held(of, (List.State.RECEIVED, List.State.STAGED, List.State.SET_ASIDE))
    Row.objects.filter(list=of).delete()
    try:
        sheet = read_list(of)
        if is_copy(sheet):
            of.is_return, of.source, of.covers_doses = True, by_hand(by=by, at=at), False
        elif of.is_return:
            raise SheetError("not_a_copy")
        judgement = judge(sheet, of=of, on=on, progress=progress, whole=True)
    except SheetError as refused:
        of.state = List.State.REFUSED
        params = {key: list(value) if isinstance(value, tuple) else value for key, value in refused.params.items()}
        of.refusal = {"code": refused.code, "params": params}
        of.save(update_fields=["state", "refusal"])
        write(by=by, verb="lists.stage", detail={"refused": refused.code}, subjects=[("list", of.public_id)], at=at)
        return of
    cells = dict(zip(judgement.sheet.lines, judgement.sheet.rows, strict=True)) | dict(judgement.removed)
    empty = ("",) * len(judgement.sheet.header)
    nothing = seal_json([])  # most rows have no problem or no change, and sealing takes a while
    rows = [
        (
            of.pk,
            plan.line,
            seal_json(cells.get(plan.line, empty)),
            plan.outcome,
            seal_json(plan.problems) if plan.problems else nothing,
            seal_json(plan.changes) if plan.changes else nothing,
            plan.subject_id,
            "",
            False,
        )
        for plan in judgement.plans
    ]
    for start in range(0, len(rows), BATCH):
        bulk.insert(Row, ROW_COLUMNS, rows[start : start + BATCH])
        if progress:
            progress("keep", min(start + BATCH, len(rows)), len(rows))
    of.header, of.unknown_columns = list(judgement.sheet.header), list(judgement.layout.unknown)
    of.counts, of.state = counts((plan.outcome for plan in judgement.plans), is_return=of.is_return), List.State.STAGED
    of.save(update_fields=STAGED_FIELDS)
    write(by=by, verb="lists.stage", detail=of.counts, subjects=[("list", of.public_id)], at=at)
    return of


@action
def set_aside(*, by: Who, of: List, at: datetime | None = None) -> List:
    """Put a list away without applying it; it can be staged again."""
    of = _held(of, (List.State.STAGED, List.State.RECEIVED))
    of.state = List.State.SET_ASIDE
    of.save(update_fields=["state"])
    write(by=by, verb="lists.set_aside", subjects=[("list", of.public_id)], at=at)
    return of


def _held(of: List, states: tuple[str, ...]) -> List:
    """The list, locked, if it is still in one of the states."""
    # Two people at once: the second waits here for the first to commit, then sees the new state and is refused.
    lists = List.objects.select_for_update(of=("self",)).select_related("area", "source", "received_by")
    held = lists.defer("content").filter(pk=of.pk, state__in=states).first()
    if held is None:
        raise ListStateError(of.public_id)
    return held
