"""Signing in and out as the journal keeps it."""

from __future__ import annotations

from datetime import datetime

from django.contrib.sessions.models import Session
from django.utils import timezone

from linli.records.accounts import sittings
from linli.records.accounts.models import Device, Sitting, Slip, Worker
from linli.records.accounts.sittings import Here
from linli.records.journal.actions import Who, action, write


@action
def sign_in(*, by: Who, worker: Worker, here: Here, how: str, at: datetime | None = None) -> Sitting:
    """Write down that a worker has signed in, and how: password, code, recovery, pin or demo."""
    at = at or timezone.now()
    write(by=by, verb="accounts.sign_in", detail={"how": how}, subjects=[("worker", worker.public_id)], at=at)
    return sittings.begin(worker, here, how=how, at=at)


@action
def refuse(*, by: Who, step: str, worker: Worker | None, at: datetime | None = None) -> None:
    """Write down a sign-in that was refused at the password, the code or the PIN; never what was typed."""
    subjects = [("worker", worker.public_id)] if worker else []
    write(by=by, verb="accounts.refuse", detail={"step": step}, subjects=subjects, at=at)


@action
def lock(*, by: Who, limit: str, after: int, minutes: int, worker: Worker | None, at: datetime | None = None) -> None:
    """Write down that there were too many tries, and for how long no more are taken."""
    subjects = [("worker", worker.public_id)] if worker else []
    detail = {"limit": limit, "after": after, "minutes": minutes}
    write(by=by, verb="accounts.lock", detail=detail, subjects=subjects, at=at)


@action
def sign_out(*, by: Who, worker: Worker, session_key: str, at: datetime | None = None) -> None:
    """Write down that a worker signed out in one browser."""
    Sitting.objects.filter(worker=worker, session_key=session_key).delete()
    write(by=by, verb="accounts.sign_out", subjects=[("worker", worker.public_id)], at=at)


@action
def end_sitting(*, by: Who, sitting: Sitting, at: datetime | None = None) -> None:
    """Sign a worker out in one other browser."""
    sittings.end(sitting)
    subjects = [("worker", sitting.worker.public_id)]
    write(by=by, verb="accounts.end_session", subjects=subjects, at=at)


@action
def end_sessions(*, by: Who, worker: Worker, at: datetime | None = None) -> None:
    """Sign a worker out everywhere, this browser too."""
    sittings.end_all(worker)
    write(by=by, verb="accounts.end_sessions", subjects=[("worker", worker.public_id)], at=at)


@action
def end_everything(*, by: Who, at: datetime | None = None) -> tuple[int, int]:
    """End every session, phone and open slip of everybody, as after a restore; gives how many phones and slips.

    What a backup holds was true when it was made: a login that was closed since, a phone that was ended or a slip that
    was replaced must not come back to life in somebody's hand.
    """
    at = at or timezone.now()
    Session.objects.all().delete()
    Sitting.objects.all().delete()
    phones = Device.objects.filter(ended_at=None).update(ended_at=at, why=Device.Why.REVOKED)
    slips = Slip.objects.filter(ended_at=None).update(ended_at=at)
    write(by=by, verb="accounts.end_everything", detail={"phones": phones, "slips": slips}, at=at)
    return phones, slips
