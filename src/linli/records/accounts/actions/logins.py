"""Making logins, setting passwords, ending and renewing loans, closing and opening again."""

from __future__ import annotations

from datetime import date, datetime

from django.contrib.auth.password_validation import validate_password

from linli.records.accounts import sittings
from linli.records.accounts.models import Worker
from linli.records.journal.actions import Who, action, write


class NameTakenError(ValueError):
    """Somebody signs in with this name already."""


@action
def enrol(
    *,
    by: Who,
    username: str,
    name: str,
    password: str | None,
    password_until: datetime | None = None,
    until_on: date | None = None,
    is_demo: bool = False,
    at: datetime | None = None,
) -> Worker:
    """Make a login. Without a password it opens by a slip, once one is printed, or in a demo by its one-click link.

    `password_until` marks a password that must be changed, and until when it is good; `until_on` is the last day of a
    loan. Raises NameTakenError and Django's ValidationError.
    """
    username = username.strip().lower()
    if Worker.objects.filter(username=username).exists():
        raise NameTakenError(username)
    worker = Worker(username=username, name=name, is_demo=is_demo, until_on=until_on, password_until=password_until)
    if password is None:
        worker.set_unusable_password()
    else:
        validate_password(password, worker)
        worker.set_password(password)
    worker.save()
    detail = {"username": username} | ({"until": until_on.isoformat()} if until_on else {})
    write(by=by, verb="accounts.enrol", detail=detail, subjects=[("worker", worker.public_id)], at=at)
    return worker


@action
def set_password(
    *, by: Who, worker: Worker, password: str, until: datetime | None = None, at: datetime | None = None
) -> None:
    """Set a new password; every session of the worker ends. With `until` it is temporary: good until then, and once."""
    validate_password(password, worker)
    worker.set_password(password)
    worker.password_until = until
    worker.save(update_fields=["password", "password_until"])
    sittings.end_all(worker)
    detail = {"temporary": True} if until else {}
    write(by=by, verb="accounts.set_password", detail=detail, subjects=[("worker", worker.public_id)], at=at)


@action
def lend(*, by: Who, worker: Worker, until_on: date | None, at: datetime | None = None) -> None:
    """Say until which day a worker is on loan; None: for good. Every session of the worker ends."""
    worker.until_on = until_on
    worker.save(update_fields=["until_on"])
    sittings.end_all(worker)
    detail = {"until": until_on.isoformat() if until_on else ""}
    write(by=by, verb="accounts.lend", detail=detail, subjects=[("worker", worker.public_id)], at=at)


@action
def close(*, by: Who, worker: Worker, at: datetime | None = None) -> None:
    """Close a login, and with it every session; what it did stays in the journal under its name."""
    worker.is_active = False
    worker.save(update_fields=["is_active"])
    sittings.end_all(worker)
    write(by=by, verb="accounts.close", subjects=[("worker", worker.public_id)], at=at)


@action
def reopen(*, by: Who, worker: Worker, at: datetime | None = None) -> None:
    """Open a closed login again, with the roles and the password it had."""
    worker.is_active = True
    worker.save(update_fields=["is_active"])
    write(by=by, verb="accounts.reopen", subjects=[("worker", worker.public_id)], at=at)
