"""How far long work on a list has come: told by the process that works, read by pages, kept outside the database.

The work's transaction is still open while it is told, so nothing of it could be read from the database.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Literal

from django.core.cache import caches

from linli.records.lists.actions import ListStateError, StoppedError

BEAT_S = 2.0
QUIET_S = 15.0  # a process that has not been heard of for so long is gone
TELL_S = 0.3
KEPT_S = 24 * 3600

Work = Literal["stage", "apply", "adopt"]  # the last one of a schedule, by `programmes` of the pages
State = Literal["queued", "running", "stopped", "failed"]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the work on one list has come; times are seconds since 1970, `phase` as the action names it."""

    work: Work
    state: State
    phase: str
    done: int
    total: int
    began_at: float  # this phase
    seen_at: float

    @property
    def is_open(self) -> bool:
        """The work waits or runs."""
        return self.state in ("queued", "running")

    def is_lost(self, now: float) -> bool:
        """The process that works, or should have begun, has not been heard of for too long."""
        return self.is_open and now - self.seen_at > QUIET_S

    def seconds_left(self, now: float) -> float | None:
        """Time until this phase is through, as far as one can tell."""
        spent = now - self.began_at
        if not self.done or not self.total or spent < 1:
            return None
        return spent * (self.total - self.done) / self.done


def queue(*, public_id: str, work: Work) -> None:
    """Write down that work has been asked for."""
    now = time.time()
    _forget_stop(public_id)
    _keep(public_id, Progress(work, "queued", "queued", 0, 0, now, now))


def read(*, public_id: str) -> Progress | None:
    """How far the work has come; None when there is none, or it is done."""
    found = caches["progress"].get(f"list-{public_id}")
    return found if isinstance(found, Progress) else None


def ask_stop(*, public_id: str) -> None:
    """Ask the work to stop; it undoes everything at its next step. What only waits, or is lost, stops at once."""
    caches["progress"].set(f"stop-{public_id}", value=True, timeout=KEPT_S)
    now, found = time.time(), read(public_id=public_id)
    if found is not None and (found.state == "queued" or found.is_lost(now)):
        _keep(public_id, replace(found, state="stopped", seen_at=now))


def is_stopped(*, public_id: str) -> bool:
    """Whether somebody has asked the work to stop."""
    return bool(caches["progress"].get(f"stop-{public_id}"))


def forget(*, public_id: str) -> None:
    """The work is done, or nobody wants to hear of it any more."""
    caches["progress"].delete(f"list-{public_id}")
    _forget_stop(public_id)


class Reporter:
    """What actions call with (phase, done, total): keeps it for pages, and raises StoppedError when asked to stop."""

    def __init__(self, public_id: str, work: Work) -> None:
        now = time.time()
        self.public_id = public_id
        self.last = Progress(work, "running", "read", 0, 0, now, now)
        self._told_at = 0.0
        self._lock = threading.Lock()  # the heartbeat writes too
        self.tell()

    def __call__(self, phase: str, done: int, total: int) -> None:
        now = time.time()
        is_new = phase != self.last.phase
        if is_new or now - self._told_at > TELL_S or done >= total:
            self.tell(phase=phase, done=done, total=total, began_at=now if is_new else self.last.began_at)
            if is_stopped(public_id=self.public_id):
                raise StoppedError(self.public_id)

    def tell(self, **changes: object) -> None:
        """Keep how far the work has come; without changes: that the process is alive, however long one step takes."""
        with self._lock:
            self._told_at = time.time()
            self.last = replace(self.last, seen_at=self._told_at, **changes)  # type: ignore[arg-type]  # its own fields
            _keep(self.public_id, self.last)


@contextmanager
def watched(*, public_id: str, work: Work) -> Iterator[Reporter]:
    """Give a reporter for work on a list; a heartbeat runs beside it and ends with the process.

    Done work is forgotten; work that was stopped or failed is remembered as that; after a kill nothing is written any
    more, and readers see that it is lost.
    """
    _forget_stop_unless_running(public_id)
    reporter = Reporter(public_id, work)
    over = threading.Event()

    def beat() -> None:
        while not over.wait(BEAT_S):
            reporter.tell()

    heart = threading.Thread(target=beat, name="linli-heartbeat", daemon=True)
    heart.start()
    end: State | None = "failed"
    try:
        yield reporter
        end = None
    except ListStateError:
        end = None  # somebody else did it
        raise
    except (StoppedError, KeyboardInterrupt):
        end = "stopped"
        raise
    finally:
        over.set()
        heart.join()
        _forget_stop(public_id)
        if end is None:
            forget(public_id=public_id)
        else:
            reporter.tell(state=end)


def _forget_stop_unless_running(public_id: str) -> None:
    found = read(public_id=public_id)
    if found is None or not found.is_open:
        _forget_stop(public_id)  # left over from earlier work


def _forget_stop(public_id: str) -> None:
    caches["progress"].delete(f"stop-{public_id}")


def _keep(public_id: str, progress: Progress) -> None:
    caches["progress"].set(f"list-{public_id}", progress, timeout=KEPT_S)
