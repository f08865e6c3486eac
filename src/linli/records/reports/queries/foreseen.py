"""How people would stand if something were written down: it is written, looked at, and taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from django.db import transaction

from linli.records.doses.queries import standings
from linli.records.programme.models import Programme
from linli.records.reports.queries.due import Due, with_engine


def stand(*, programme: Programme, people: Iterable[int], on: date) -> dict[int, Due]:
    """How a few people stand on a day, by id; whoever has no forecast is left out."""
    rows = standings(programme=programme, on=on).filter(person__in=list(people)).select_related("person", "vaccine")
    return {due.row.person_id: due for due in with_engine(list(rows), programme=programme, on=on)}


def foreseen(*, act: Callable[[], object], programme: Programme, people: Iterable[int], on: date) -> dict[int, Due]:
    """How a few people would stand on a day after an action. Raises what the action raises; nothing is kept.

    The rules are those of the action itself and of the engine: nothing is worked out a second time for a preview.
    """
    with transaction.atomic():
        act()
        found = stand(programme=programme, people=people, on=on)
        transaction.set_rollback(True)
    return found
