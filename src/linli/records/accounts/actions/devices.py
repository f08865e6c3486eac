"""Slips that enrol a phone, and the phones."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from linli.records.accounts import sittings
from linli.records.accounts.models import Device, Slip, Worker
from linli.records.accounts.pins import is_obvious, is_pin
from linli.records.accounts.queries import digest, may_use_device
from linli.records.journal.actions import Who, action, write

SLIP_GOOD_FOR = timedelta(hours=48)


class NotForDeviceError(ValueError):
    """A phone and a PIN open only the login of somebody on loan, without an office's rights."""


class SlipSpentError(ValueError):
    """The slip enrolled a phone already, was replaced by a newer one, or is older than two days."""


class PinShapeError(ValueError):
    """A PIN has six digits."""


class PinObviousError(ValueError):
    """This PIN is among the first that somebody would try."""


@action
def print_slip(*, by: Who, worker: Worker, at: datetime | None = None) -> str:
    """A token for a QR code that enrols one phone, once, within two days; slips before it are worth nothing.

    Raises NotForDeviceError.
    """
    at = at or timezone.now()
    if not may_use_device(worker):
        raise NotForDeviceError(worker.public_id)
    token = secrets.token_urlsafe(32)
    _hold(worker)
    Slip.objects.filter(worker=worker, ended_at=None).update(ended_at=at)
    Slip.objects.create(worker=worker, token_hash=digest(token), made_at=at, lapses_at=at + SLIP_GOOD_FOR)
    write(by=by, verb="accounts.print_slip", subjects=[("worker", worker.public_id)], at=at)
    return token


@action
def enrol_device(*, by: Who, slip: Slip, pin: str, at: datetime | None = None) -> tuple[Device, str]:
    """Make a phone the worker's by a slip and a PIN of their choice; gives what it keeps. The phone before it ends.

    Raises PinShapeError, PinObviousError, SlipSpentError and NotForDeviceError.
    """
    at = at or timezone.now()
    worker = slip.worker
    if not is_pin(pin):
        raise PinShapeError
    if is_obvious(pin):
        raise PinObviousError
    if not may_use_device(worker):
        raise NotForDeviceError(worker.public_id)
    _hold(worker)
    # Of two phones that hold the slip at once, one changes this row and the other finds nothing to change.
    spent = Slip.objects.filter(pk=slip.pk, ended_at=None, lapses_at__gt=at).update(ended_at=at, is_used=True)
    if not spent:
        raise SlipSpentError(slip.public_id)
    Device.objects.filter(worker=worker, ended_at=None).update(ended_at=at, why=Device.Why.REPLACED)
    sittings.end_all(worker)
    token = secrets.token_urlsafe(32)
    device = Device.objects.create(
        worker=worker, token_hash=digest(token), pin=make_password(f"{token} {pin}"), made_at=at, used_at=at
    )
    write(by=by, verb="accounts.enrol_device", subjects=[("worker", worker.public_id)], at=at)
    return device, token


@action
def end_device(*, by: Who, device: Device, why: str, at: datetime | None = None) -> None:
    """End a phone: it opens nothing any more, and every session of its worker is over. An open slip goes with it."""
    at = at or timezone.now()
    Device.objects.filter(pk=device.pk, ended_at=None).update(ended_at=at, why=Device.Why(why))
    Slip.objects.filter(worker=device.worker, ended_at=None).update(ended_at=at)
    sittings.end_all(device.worker)
    subjects = [("worker", device.worker.public_id)]
    write(by=by, verb="accounts.end_device", detail={"why": why}, subjects=subjects, at=at)


def _hold(worker: Worker) -> None:
    """Let what is done to one worker's slips and phones wait in a row: there is only one open of each."""
    Worker.objects.select_for_update().get(pk=worker.pk)
