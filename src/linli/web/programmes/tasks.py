"""Adopting a schedule outside the request, since everybody's forecast is drawn with it."""

from __future__ import annotations

import logging
import time

from django_tasks import task

from linli.records.accounts.models import Worker
from linli.records.doses import actions
from linli.records.journal.actions import Who
from linli.records.lists import progress
from linli.records.lists.actions import StoppedError
from linli.records.lists.progress import Progress
from linli.records.programme.models import Programme

AT_ONCE = 2_000  # people whose forecasts are drawn while the page waits

log = logging.getLogger(__name__)


class WorkFailedError(RuntimeError):
    """Adopting failed; the message is the kind of the fault alone."""


@task()
def draw(code: str, worker_id: str) -> None:
    """Adopt a schedule; nothing happens if it was stopped meanwhile."""
    worker = Worker.objects.filter(public_id=worker_id, is_active=True).first()
    asked = read(code)
    if worker is None or asked is None or (asked.state != "queued" and not asked.is_lost(time.time())):
        return
    try:
        do(code, by=worker.who)
    except StoppedError:
        return
    except Exception as error:
        # The queue keeps the text of an exception in the database, and it may hold a name.
        log.exception("adopting a schedule failed")
        raise WorkFailedError(type(error).__name__) from None


def ask(code: str, *, by: Worker) -> None:
    """Put it into the queue of long work."""
    progress.queue(public_id=_key(code), work="adopt")
    draw.enqueue(code, by.public_id)


def do(code: str, *, by: Who) -> Programme:
    """Adopt it now. Raises UnknownProgrammeError, and StoppedError when it was stopped: then nothing has changed."""
    with progress.watched(public_id=_key(code), work="adopt") as reporter:
        done = 0

        def told(step: int, total: int) -> None:
            nonlocal done
            done += step
            reporter("forecast", done, total)

        return actions.adopt(by=by, code=code, progress=told)


def read(code: str) -> Progress | None:
    """How far it has come; None when nothing is at work, or it is done."""
    return progress.read(public_id=_key(code))


def ask_stop(code: str) -> None:
    """Ask it to stop."""
    progress.ask_stop(public_id=_key(code))


def _key(code: str) -> str:
    return f"adopt-{code}"
