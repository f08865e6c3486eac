"""Taking rows of a list away in a file, to be mended elsewhere: a journal line says who took how many."""

from __future__ import annotations

from datetime import datetime

from linli.records.journal.actions import Who, action, write
from linli.records.lists.models import List, Row


@action
def take_away(*, by: Who, of: List, outcome: str, at: datetime | None = None) -> int:
    """Write down that the rows of one outcome are taken away in a file; gives their number."""
    count = Row.objects.filter(list=of, outcome=Row.Outcome(outcome)).count()
    write(by=by, verb="lists.take_away", detail={outcome: count}, subjects=[("list", of.public_id)], at=at)
    return count
