"""The process that does long work behind the pages. Started by `linli serve` alone."""

from __future__ import annotations

import logging
import os
import socket
from datetime import timedelta
from pathlib import Path

from click import ClickException

from linli.cli.keys.fitting import see_that_they_fit
from linli.cli.ready import django_ready
from linli.cli.serve.children import die_with_parent

MODULE = "linli.cli.serve.task_worker"
PAUSE_S = 20  # pages call work lost when nothing was heard of it for 15 seconds; only lost work may begin again
ATTEMPTS = 3  # a task that took its worker down this often is given up


def worker_id(pid: int) -> str:
    """How this computer's worker signs a task it takes: at most 64 characters."""
    return f"{socket.gethostname()[:40]}:{pid}"


def take_up_again() -> int:
    """Put tasks whose worker died (power cut, kill) back into the queue; gives how many.

    Tasks are safe to run again: what they change, they change in one transaction. Nobody else starts them meanwhile,
    since only a task of this computer's dead workers is touched, by one conditional update each.
    """
    from django.utils import timezone
    from django_tasks_db.models import DBTaskResult

    later = timezone.now() + timedelta(seconds=PAUSE_S)
    again = 0
    for task in DBTaskResult.objects.running():
        if not task.worker_ids or not _is_dead(task.worker_ids[-1]):
            continue
        hopeless = len(task.worker_ids) >= ATTEMPTS
        mine = DBTaskResult.objects.filter(pk=task.pk, status=task.status, worker_ids=task.worker_ids)
        again += mine.update(status="FAILED" if hopeless else "READY", run_after=later)
    return again


def run() -> None:
    """Do tasks until told to end; the one in hand is finished first."""
    logging.getLogger("django_tasks_db").setLevel(logging.ERROR)  # it speaks of Ctrl+C, which is the watcher's affair
    from django_tasks_db.management.commands.db_worker import Worker

    worker = Worker(
        queue_names=["*"],
        excluded_queue_names=[],
        interval=1,
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=worker_id(os.getpid()),
    )
    worker.configure_signals()
    worker.run()


def _is_dead(name: str) -> bool:
    host, _colon, pid = name.rpartition(":")
    if f"{host}:{pid}" != worker_id(int(pid) if pid.isdigit() else 0):
        return False  # another computer's
    try:
        # After a restart of the computer another program may have the number.
        command = Path(f"/proc/{int(pid)}/cmdline").read_bytes()
    except OSError:
        return True
    return int(pid) == os.getpid() or MODULE.encode() not in command


if __name__ == "__main__":
    die_with_parent()
    django_ready(database=False)
    try:
        see_that_they_fit()
    except ClickException as error:
        error.show()
        raise SystemExit(1) from error
    take_up_again()
    run()
