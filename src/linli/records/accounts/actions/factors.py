"""Setting up the time code, its recovery codes, and taking both away."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from linli.records.accounts import sittings
from linli.records.accounts.models import RecoveryCode, TimeCode, Worker
from linli.records.accounts.time_codes import new_recovery_codes, recovery_parts, step_of
from linli.records.journal.actions import Who, action, write


class WrongCodeError(ValueError):
    """The code is not the one that the app shows now."""


@action
def set_up_code(*, by: Who, worker: Worker, secret: str, code: str, at: datetime | None = None) -> list[str]:
    """Take a time code in place of the one before, proven by its first code; gives new recovery codes, to be kept.

    Every session of the worker ends. Raises WrongCodeError.
    """
    at = at or timezone.now()
    step = step_of(secret, code, at=at) if secret else None
    if step is None:
        raise WrongCodeError
    TimeCode.objects.update_or_create(worker=worker, defaults={"secret": secret, "set_at": at, "last_step": step})
    sittings.end_all(worker)
    write(by=by, verb="accounts.set_up_code", subjects=[("worker", worker.public_id)], at=at)
    return _draw(worker)


@action
def renew_recovery(*, by: Who, worker: Worker, at: datetime | None = None) -> list[str]:
    """Draw new recovery codes; those before them open nothing any more."""
    write(by=by, verb="accounts.renew_recovery", subjects=[("worker", worker.public_id)], at=at)
    return _draw(worker)


@action
def reset_code(*, by: Who, worker: Worker, at: datetime | None = None) -> None:
    """Take the time code and the recovery codes away: the worker sets up new ones at the next sign-in."""
    TimeCode.objects.filter(worker=worker).delete()
    RecoveryCode.objects.filter(worker=worker).delete()
    sittings.end_all(worker)
    write(by=by, verb="accounts.reset_code", subjects=[("worker", worker.public_id)], at=at)


def _draw(worker: Worker) -> list[str]:
    RecoveryCode.objects.filter(worker=worker).delete()
    drawn = new_recovery_codes()
    parts = [found for text in drawn if (found := recovery_parts(text))]
    RecoveryCode.objects.bulk_create(
        RecoveryCode(worker=worker, number=number, code=make_password(text)) for number, text in parts
    )
    return drawn
