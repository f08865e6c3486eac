"""What applying a list that came back needs beside applying any other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from linli.records.doses import actions as doses
from linli.records.journal.actions import Who
from linli.records.lists.models import List, Row
from linli.records.lists.queries import Progress
from linli.records.lists.queries.returns import DoseChange
from linli.records.people.models import Person
from linli.records.people.queries import chunks
from linli.records.programme import actions as programme
from linli.records.programme.queries import vaccines


def _hold_still(rows: Sequence[Row], *, of: List) -> None:
    """Lock the people of the rows before they are compared once more."""
    if of.kind not in ("people", "doses"):
        return
    # Somebody changes one of them on a page at the same time: they wait for us, or we for them and then see it.
    wanted = sorted({row.subject_id for row in rows if row.subject_id and row.outcome != Row.Outcome.SAME})
    for chunk in chunks(wanted):
        list(Person.objects.select_for_update(of=("self",)).filter(public_id__in=chunk).order_by("pk").only("pk"))


def _correct_doses(
    changes: Sequence[DoseChange], *, by: Who, on: date, progress: Progress | None, at: datetime | None
) -> None:
    """Write each correction in its turn: one may free the day that another moves to."""
    known = vaccines()
    others = sorted({change.product for change in changes if change.product} - set(known))
    if others:
        programme.know_vaccines(by=by, cvx=others, at=at)
        known = vaccines()
    for done, change in enumerate(sorted(changes, key=lambda one: one.order)):
        if progress:
            progress("doses", done, len(changes))
        doses.correct(
            by=by,
            dose=change.dose,
            reason=change.reason,
            today=on,
            vaccine=known[change.product] if change.product else None,
            given_on=change.given_on,
            number=change.number,
            details=change.details,
            at=at,
        )
    if progress:
        progress("doses", len(changes), len(changes))
