"""Taking names away in a file: the one thing reports write, a journal line."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from linli.records.journal.actions import Who, action, write
from linli.records.programme.models import Programme
from linli.records.reports.queries import Due, DueFilter, due_rows, every_due_row, with_engine


@action
def export(
    *, by: Who, programme: Programme, paths: list[str], want: DueFilter, at: datetime | None = None
) -> list[Due]:
    """The whole due list a filter asks for, and a line that says who took how many names away."""
    rows = every_due_row(due_rows(programme=programme, paths=paths, want=want))
    found = with_engine(list(rows), programme=programme, on=want.on)
    detail: dict[str, Any] = {"group": want.group, "on": want.on.isoformat(), "people": len(found)}
    subjects = [("area", want.area.public_id)] if want.area else []
    write(by=by, verb="reports.export", detail=detail, subjects=subjects, at=at)
    return found
