"""Looking at names: each look leaves a line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from linli.records.journal.actions import Who, action, write


@action
def look(*, by: Who, where: str, people: Sequence[str], at: datetime | None = None) -> None:
    """Write down that a worker saw the names of some people (public ids) on a page (`where`, a code)."""
    subjects = [("person", key) for key in people]
    write(by=by, verb="people.look", detail={"where": where, "people": len(subjects)}, subjects=subjects, at=at)
