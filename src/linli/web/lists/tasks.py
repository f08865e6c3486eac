"""Long work on lists, outside the request: done by the worker that `linli serve` runs beside the pages."""

from __future__ import annotations

import logging
import time
from datetime import date

from django_tasks import task

from linli.records.accounts.models import Worker
from linli.records.journal.actions import Who
from linli.records.lists import actions, progress
from linli.records.lists.models import List
from linli.records.lists.progress import Work
from linli.web.duplicates.tasks import ask_after_list

SMALL_BYTES = 300_000  # done at once, so that the page works where no worker runs
SMALL_ROWS = 2_000

log = logging.getLogger(__name__)


class WorkFailedError(RuntimeError):
    """Work on a list failed; the message is the kind of the fault alone."""


@task()
def stage(public_id: str, on: str, worker_id: str) -> None:
    """Judge a list that was received; nothing happens if it was stopped or judged meanwhile."""
    _begin(public_id, "stage", on, worker_id)


@task()
def apply(public_id: str, on: str, worker_id: str) -> None:
    """Apply a staged list; nothing happens if it was stopped, applied or set aside meanwhile."""
    _begin(public_id, "apply", on, worker_id)


def ask(of: List, work: Work, *, on: date, by: Worker) -> None:
    """Put long work into the queue."""
    progress.queue(public_id=of.public_id, work=work)
    wanted = stage if work == "stage" else apply
    wanted.enqueue(of.public_id, on.isoformat(), by.public_id)


def do(of: List, work: Work, *, on: date, by: Who) -> None:
    """Do the work now. Raises ListStateError when somebody else was first, StoppedError when it was stopped."""
    with progress.watched(public_id=of.public_id, work=work) as reporter:
        if work == "stage":
            actions.stage(by=by, of=of, on=on, progress=reporter)
        else:
            applied = actions.apply(by=by, of=of, on=on, progress=reporter)
            if applied.is_about_people:
                ask_after_list(by=by, source=applied.source, on=applied.as_of)


def _begin(public_id: str, work: Work, on: str, worker_id: str) -> None:
    of = List.objects.defer("content").filter(public_id=public_id).first()
    worker = Worker.objects.filter(public_id=worker_id, is_active=True).first()
    asked = progress.read(public_id=public_id)
    # Stopped while it waited, or begun from the page meanwhile: then nobody waits for this any more. A lost one was
    # killed with its process and is back in the queue.
    if of is None or worker is None or asked is None or asked.work != work:
        return
    if asked.state != "queued" and not asked.is_lost(time.time()):
        return
    if work == "stage" and of.state != List.State.RECEIVED:
        return
    try:
        do(of, work, on=date.fromisoformat(on), by=worker.who)
    except (actions.ListStateError, actions.StoppedError):
        return
    except Exception as error:
        # The queue keeps the text of an exception in the database, and it may hold a name or a number.
        log.exception("work on a list failed")
        raise WorkFailedError(type(error).__name__) from None
