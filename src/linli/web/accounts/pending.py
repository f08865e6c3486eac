"""Between the password and the last step of signing in: who has got how far, for five minutes, in this browser alone.

Nobody is signed in yet. What stands here is worth nothing without the next step. Setting up a time code may take
longer: an app has to be put on a phone first.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from linli.records.accounts.backend import SignIn
from linli.records.accounts.models import Worker

KEY = "entering"
LAPSES_S = 300
SET_UP_LAPSES_S = 1200


@dataclass(frozen=True, slots=True)
class Pending:
    """A worker whose password was right; how they proved themselves so far, and the page they asked for."""

    worker: Worker
    how: str
    next: str

    @property
    def is_proven_twice(self) -> bool:
        """Whether the second factor was given too."""
        return self.how in ("code", "recovery")


def begin(request: HttpRequest, worker: Worker, *, next_page: str) -> Pending:
    """The password was right. A new, empty session begins: one that somebody planted before is worth nothing."""
    request.session.flush()
    _keep(request, worker, how="password", next_page=next_page)
    return Pending(worker, "password", next_page)


def read(request: HttpRequest, *, within_s: int = LAPSES_S) -> Pending | None:
    """Who is on the way in; None where the time for the step is over or the login has changed since."""
    kept: dict[str, Any] | None = request.session.get(KEY)
    if kept is None or not 0 <= time.time() - kept["at"] <= within_s:
        return None
    worker = SignIn().get_user(kept["worker"])
    if worker is None or not constant_time_compare(worker.get_session_auth_hash(), kept["mark"]):
        return None
    return Pending(worker, kept["how"], kept["next"])


def proven(request: HttpRequest, pending: Pending, *, how: str | None = None) -> Pending:
    """A step more is done; the worker's mark is taken anew, since a new password or code changes it."""
    done = Pending(pending.worker, how or pending.how, pending.next)
    _keep(request, done.worker, how=done.how, next_page=done.next)
    return done


def drop(request: HttpRequest) -> None:
    """Nobody is on the way in any more."""
    request.session.pop(KEY, None)


def _keep(request: HttpRequest, worker: Worker, *, how: str, next_page: str) -> None:
    request.session[KEY] = {
        "worker": worker.pk,
        "mark": worker.get_session_auth_hash(),
        "how": how,
        "next": next_page,
        "at": time.time(),
    }
