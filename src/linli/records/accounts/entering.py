"""Signing in, step by step: name and password, then a code; or a phone and its PIN.

Each step counts the try before it looks at it, and writes a refusal into the journal, never with what was typed.
Nothing here opens a session: the door does, after the last step.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.contrib.auth.hashers import check_password
from django.db.models import F

from linli.records.accounts import actions, throttle
from linli.records.accounts.backend import SignIn
from linli.records.accounts.day import today
from linli.records.accounts.models import Device, RecoveryCode, TimeCode, Worker
from linli.records.accounts.queries import live_device, may_use_device
from linli.records.accounts.throttle import Counted, Limit, LockedError
from linli.records.accounts.time_codes import recovery_parts, step_of
from linli.records.journal.actions import Who

DOOR = Who("", "linli")
PINS_TAKEN = 5


class NotFittingError(Exception):
    """Name and password do not fit, or the code or PIN is wrong; `left` tries remain where that may be said."""

    def __init__(self, left: int | None = None) -> None:
        super().__init__("not fitting")
        self.left = left


class PasswordLapsedError(Exception):
    """The password is right, but it was a temporary one and its time is over."""


class DeviceEndedError(Exception):
    """The phone opens nothing: ended, replaced, its loan over, or the fifth PIN was wrong."""


def by_password(*, username: str, password: str, address: str, browser: str, at: datetime) -> Worker:
    """The worker whose name and password these are. `browser`: its mark, where somebody signed in there under the name.

    Raises NotFittingError, PasswordLapsedError and LockedError.
    """
    username = username.strip().lower()
    tries = _tries(username, address=address, browser=browser)
    # Looked up by name alone for the journal's line; whether there is such a name changes nothing that is answered.
    named: Worker | None = Worker.objects.filter(username=username).first()
    _count(tries, worker=named, at=at)
    worker = SignIn().authenticate(None, username=username, password=password)
    if worker is None:
        actions.refuse(by=DOOR, step="password", worker=named, at=at)
        raise NotFittingError
    if worker.password_until is not None and worker.password_until < at:
        actions.refuse(by=DOOR, step="password", worker=worker, at=at)
        raise PasswordLapsedError
    throttle.forgive(tries, whole=(throttle.PAIR, throttle.BROWSER))
    return worker


def _tries(username: str, *, address: str, browser: str) -> list[Counted]:
    """What a try is counted under. A browser that knows the name is counted by itself: no stranger can lock it out."""
    if browser:
        return [Counted(throttle.BROWSER, f"{browser} {username}")]
    network = throttle.network(address)
    return [
        Counted(throttle.PAIR, f"{network} {username}"),
        Counted(throttle.ADDRESS, network),
        Counted(throttle.NAME, username),
    ]


def by_code(*, worker: Worker, typed: str, at: datetime) -> str:
    """See that a worker whose password was right has the code; gives `code` or `recovery`.

    Raises NotFittingError and LockedError.
    """
    tries = _of(worker, throttle.CODE, throttle.CODE_OF_A_DAY)
    _count(tries, worker=worker, at=at)
    how = "code" if _is_time_code(worker, typed, at) else "recovery" if _is_recovery_code(worker, typed, at) else ""
    if not how:
        actions.refuse(by=DOOR, step="code", worker=worker, at=at)
        raise NotFittingError
    throttle.forgive(tries, whole=(throttle.CODE, throttle.CODE_OF_A_DAY))
    return how


def _is_time_code(worker: Worker, typed: str, at: datetime) -> bool:
    known = TimeCode.objects.filter(worker=worker).first()
    step = step_of(known.secret, typed, at=at) if known else None
    # Of two that send the same code at once, one moves the step on and the other finds it moved.
    return step is not None and bool(TimeCode.objects.filter(worker=worker, last_step__lt=step).update(last_step=step))


def _is_recovery_code(worker: Worker, typed: str, at: datetime) -> bool:
    parts = recovery_parts(typed)
    if parts is None:
        return False
    number, text = parts
    code = RecoveryCode.objects.filter(worker=worker, number=number, used_at=None).first()
    if code is None or not check_password(text, code.code):
        return False
    return bool(RecoveryCode.objects.filter(pk=code.pk, used_at=None).update(used_at=at))


def by_pin(*, token: str, pin: str, at: datetime) -> Worker:
    """The worker whose phone keeps this token, where the PIN is theirs. The fifth wrong one ends the phone.

    Raises NotFittingError and DeviceEndedError.
    """
    device = look_at_device(token=token)
    worker = device.worker
    # Counted before the PIN is looked at: of many tries at once only five are.
    if not Device.objects.filter(pk=device.pk, ended_at=None, wrong_count__lt=PINS_TAKEN).update(
        wrong_count=F("wrong_count") + 1
    ):
        raise DeviceEndedError
    if check_password(f"{token} {pin}", device.pin):
        Device.objects.filter(pk=device.pk).update(wrong_count=0, used_at=at)
        return worker
    actions.refuse(by=DOOR, step="pin", worker=worker, at=at)
    device.refresh_from_db(fields=["wrong_count"])
    if device.wrong_count >= PINS_TAKEN:
        actions.end_device(by=DOOR, device=device, why=Device.Why.WRONG_PINS, at=at)
        raise DeviceEndedError
    raise NotFittingError(PINS_TAKEN - device.wrong_count)


def look_at_device(*, token: str) -> Device:
    """The phone that keeps this token, while it may be asked for its PIN. Raises DeviceEndedError."""
    device = live_device(token)
    if device is None or not device.worker.is_open(today()) or not may_use_device(device.worker):
        raise DeviceEndedError
    return device


def again(*, worker: Worker, password: str, at: datetime) -> None:
    """See that it is still the worker who sits there, before something of theirs is changed.

    Raises NotFittingError and LockedError.
    """
    tries = _of(worker, throttle.AGAIN)
    _count(tries, worker=worker, at=at)
    if not worker.check_password(password):
        actions.refuse(by=DOOR, step="password", worker=worker, at=at)
        raise NotFittingError
    throttle.forgive(tries, whole=(throttle.AGAIN,))


def _of(worker: Worker, *limits: Limit) -> list[Counted]:
    return [Counted(limit, worker.public_id) for limit in limits]


def _count(tries: Sequence[Counted], *, worker: Worker | None, at: datetime) -> None:
    try:
        throttle.count(tries, at=at)
    except LockedError as error:
        if error.is_new:  # one line a lock: a flood must not fill the journal
            limit = error.limit
            actions.lock(by=DOOR, limit=limit.name, after=limit.most, minutes=limit.minutes, worker=worker, at=at)
        raise
