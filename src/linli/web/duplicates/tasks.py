"""Looking for duplicates outside the request: done by the worker that `linli serve` runs beside the pages."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django_tasks import task

from linli.records.accounts.models import Worker
from linli.records.duplicates import actions, queries
from linli.records.journal.actions import Who
from linli.records.people.models import Source

AT_ONCE = 2_000  # so few people are looked through while the page waits


@task()
def look_through(worker_id: str) -> None:
    """Look through everybody."""
    look_now(by=_who(worker_id))


@task()
def look_after_list(worker_id: str, source: str, on: str) -> None:
    """Look for the people of a list that was applied: the code of its source, its day."""
    known = Source.objects.filter(code=source).first()
    if known is not None:
        look_now(by=_who(worker_id), people=queries.listed(source=known, on=date.fromisoformat(on)))


def ask(*, by: Who) -> None:
    """Put the search through everybody into the queue of long work."""
    look_through.enqueue(by.public_id)


def ask_after_list(*, by: Who, source: Source, on: date) -> None:
    """Put the search for the people of a list that was just applied into the queue of long work."""
    look_after_list.enqueue(by.public_id, source.code, on.isoformat())


def look_now(*, by: Who, people: Collection[int] | None = None) -> dict[str, int]:
    """Search, and then write down what was found: the search itself keeps nobody from writing."""
    return actions.find(by=by, people=people, found=queries.search(people=people))


def _who(worker_id: str) -> Who:
    worker = Worker.objects.filter(public_id=worker_id).first()
    return worker.who if worker else Who("", "linli")
