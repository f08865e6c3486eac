"""In which browsers a worker is signed in: begun, listed and ended together with Django's sessions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib.sessions.models import Session
from django.db.models import F

from linli.records.accounts.models import Sitting, Worker


@dataclass(frozen=True, slots=True)
class Here:
    """The browser that is signing in: the key of its session, and how people would call it."""

    session_key: str
    browser: str


def begin(worker: Worker, here: Here, *, how: str, at: datetime) -> Sitting:
    """Write down that a worker sits at a browser; sittings whose sessions are over go."""
    open_keys = Session.objects.filter(expire_date__gt=at).values("session_key")
    Sitting.objects.filter(worker=worker).exclude(session_key__in=open_keys).delete()
    return Sitting.objects.create(
        worker=worker, session_key=here.session_key, how=how, browser=here.browser, began_at=at
    )


def open_now(worker: Worker, *, at: datetime) -> list[Sitting]:
    """Where a worker is signed in, the newest first."""
    open_keys = Session.objects.filter(expire_date__gt=at).values("session_key")
    return list(Sitting.objects.filter(worker=worker, session_key__in=open_keys).order_by("-began_at"))


def end(sitting: Sitting) -> None:
    """End one: its browser is signed out with its next request."""
    Session.objects.filter(session_key=sitting.session_key).delete()
    sitting.delete()


def end_all(worker: Worker) -> None:
    """End every session of a worker at once, also those of which no sitting tells: their mark no longer fits."""
    keys = Sitting.objects.filter(worker=worker).values("session_key")
    Session.objects.filter(session_key__in=keys).delete()
    Sitting.objects.filter(worker=worker).delete()
    Worker.objects.filter(pk=worker.pk).update(epoch=F("epoch") + 1)
    worker.refresh_from_db(fields=["epoch"])
