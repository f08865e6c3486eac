"""Taking names away in a file: the one thing reports write, lines of the journal."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from linli.records.journal.actions import Who, action, write
from linli.records.people.actions import look
from linli.records.people.models import Person
from linli.records.programme.models import Programme
from linli.records.reports.queries import Due, DueFilter, Whole, due_rows, every_due_row, whole, with_engine


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


@action
def take_whole(*, by: Who, person: Person, on: date, at: datetime | None = None) -> Whole:
    """All that is kept of a person, to be given to them, and lines that say who took it and saw it."""
    found = whole(person=person, on=on)
    look(by=by, where="own_data", people=found.records, at=at)
    subjects = [("person", record) for record in found.records]
    write(by=by, verb="reports.take_whole", detail={"on": on.isoformat()}, subjects=subjects, at=at)
    return found
