"""Making logins and granting rights."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.password_validation import validate_password

from linli.records.accounts.models import Grant, Worker
from linli.records.journal.actions import Who, action, write
from linli.records.places.models import Area


class NameTakenError(ValueError):
    """Somebody signs in with this name already."""


@action
def enrol(
    *, by: Who, username: str, name: str, password: str | None, is_demo: bool = False, at: datetime | None = None
) -> Worker:
    """Make a login. Without a password it cannot be used until one is set (or, in a demo, by its one-click link)."""
    username = username.strip().lower()
    if Worker.objects.filter(username=username).exists():
        raise NameTakenError(username)
    worker = Worker(username=username, name=name, is_demo=is_demo)
    if password is None:
        worker.set_unusable_password()
    else:
        validate_password(password, worker)
        worker.set_password(password)
    worker.save()
    write(by=by, verb="accounts.enrol", detail={"username": username}, subjects=[("worker", worker.public_id)], at=at)
    return worker


@action
def grant(*, by: Who, worker: Worker, area: Area, role: str, at: datetime | None = None) -> Grant:
    """Give a worker a role in an area and everything below it."""
    given, _ = Grant.objects.get_or_create(worker=worker, area=area, role=Grant.Role(role))
    subjects = [("worker", worker.public_id), ("area", area.public_id)]
    write(by=by, verb="accounts.grant", detail={"role": role, "area": area.code}, subjects=subjects, at=at)
    return given


@action
def set_password(*, by: Who, worker: Worker, password: str, at: datetime | None = None) -> None:
    """Set a new password; every session of the worker ends."""
    validate_password(password, worker)
    worker.set_password(password)
    worker.save(update_fields=["password"])
    write(by=by, verb="accounts.set_password", subjects=[("worker", worker.public_id)], at=at)


@action
def close(*, by: Who, worker: Worker, at: datetime | None = None) -> None:
    """Close a login; what it did stays in the journal under its name."""
    worker.is_active = False
    worker.save(update_fields=["is_active"])
    write(by=by, verb="accounts.close", subjects=[("worker", worker.public_id)], at=at)
