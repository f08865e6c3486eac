"""Giving roles and taking them away."""

from __future__ import annotations

from datetime import date, datetime

from linli.records.accounts import sittings
from linli.records.accounts.models import Grant, Worker
from linli.records.journal.actions import Who, action, write
from linli.records.places.models import Area


class LastRoleError(ValueError):
    """A login without any role can do nothing, and no office but the topmost would find it again: close it instead."""


@action
def grant(
    *, by: Who, worker: Worker, area: Area, role: str, until_on: date | None = None, at: datetime | None = None
) -> Grant:
    """Give a worker a role in an area and everything below it, maybe until a day; their sessions end."""
    given, _ = Grant.objects.update_or_create(
        worker=worker, area=area, role=Grant.Role(role), defaults={"until_on": until_on}
    )
    sittings.end_all(worker)
    detail = {"role": role, "area": area.code} | ({"until": until_on.isoformat()} if until_on else {})
    subjects = [("worker", worker.public_id), ("area", area.public_id)]
    write(by=by, verb="accounts.grant", detail=detail, subjects=subjects, at=at)
    return given


@action
def revoke(*, by: Who, grant: Grant, at: datetime | None = None) -> None:
    """Take a role away; the worker's sessions end. Raises LastRoleError where it is the only one."""
    worker, area = grant.worker, grant.area
    # Two roles taken away at once must not leave none: the second waits here for the first.
    Worker.objects.select_for_update().get(pk=worker.pk)
    if not Grant.objects.filter(worker=worker).exclude(pk=grant.pk).exists():
        raise LastRoleError(worker.public_id)
    subjects = [("worker", worker.public_id), ("area", area.public_id)]
    write(by=by, verb="accounts.revoke", detail={"role": grant.role, "area": area.code}, subjects=subjects, at=at)
    grant.delete()
    sittings.end_all(worker)
