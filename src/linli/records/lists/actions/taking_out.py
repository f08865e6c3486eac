"""Taking a list out to be worked on in Excel, so that it can come back row by row."""

from __future__ import annotations

import functools
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from linli.domain.sheets import Value
from linli.domain.sheets.copies import CopyKind, cell_text, copy_columns, copy_header
from linli.records.accounts.models import Worker
from linli.records.journal.actions import Who, action, write
from linli.records.lists.models import Export
from linli.records.lists.queries.copies import KEEPERS
from linli.records.people.actions import look
from linli.records.places.models import Area

MOST_ROWS = 100_000


class TooManyRowsError(ValueError):
    """More rows than are worked on in one file: choose a smaller area. The first argument is the number of rows."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Columns for reading only: their words, and the cells of each row."""

    header: Sequence[str]
    rows: Sequence[Sequence[Value]]


@dataclass(frozen=True, slots=True)
class Taken:
    """A copy as it is written into a file: its rows with the header first, and which columns are for reading."""

    export: Export
    rows: list[Sequence[Value]]
    reading: range


@action
def take_out(
    *,
    by: Who,
    kind: CopyKind,
    found: Sequence[Any],
    reading: Reading,
    language: str,
    on: date,
    area: Area | None,
    asked: dict[str, Any] | None = None,
    where: str = "copy",
    worker: Worker | None = None,
    at: datetime | None = None,
) -> Taken:
    """Keep what goes out, and give the rows of the file: each with its record's id and the copy's.

    `found` are rows of the register as the kind's keeper gives them, `reading` their cells that are not read back,
    `where` the code under which it is written down that their people were looked at. Raises TooManyRowsError.
    """
    if len(found) > MOST_ROWS:
        raise TooManyRowsError(len(found))
    keeper = KEEPERS[kind]
    columns = copy_columns(kind, language, reading.header)
    cells = [
        (*changeable, *more)
        for changeable, more in zip(keeper.cells(found, language=language), reading.rows, strict=True)
    ]
    records = [one.public_id for one in found]
    texts = functools.cache(cell_text)  # most values come again and again
    kept = {record: [texts(value) for value in row] for record, row in zip(records, cells, strict=True)}
    export = Export.objects.create(
        kind=kind,
        area=area,
        asked=asked or {},
        language=language,
        columns=[[column.field, column.header] for column in columns],
        snapshot=json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode(),
        count=len(records),
        on=on,
        by=worker,
        at=at or timezone.now(),
    )
    subjects = [("export", export.public_id), *([("area", area.public_id)] if area else [])]
    write(by=by, verb="lists.take_out", detail={"kind": kind, "rows": len(records)}, subjects=subjects, at=at)
    if people := keeper.people(found):
        look(by=by, where=where, people=people, at=at)
    rows = [(record, export.public_id, *row) for record, row in zip(records, cells, strict=True)]
    first = 2 + sum(1 for column in columns if column.field)
    return Taken(export, [copy_header(columns, language), *rows], range(first, 2 + len(columns)))
