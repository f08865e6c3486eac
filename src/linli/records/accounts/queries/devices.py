"""Slips and phones, found by what is printed on the one and kept in the other."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.db.models import QuerySet

from linli.records.accounts.models import Device, Slip


def digest(token: str) -> str:
    """The hash by which a token is known; the token itself is 256 bits of chance, so a plain hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def open_slips(*, at: datetime) -> QuerySet[Slip]:
    """The slips that can still enrol a phone: not used, not replaced, not lapsed."""
    return Slip.objects.filter(ended_at=None, lapses_at__gt=at).select_related("worker")


def open_slip(token: str, *, at: datetime) -> Slip | None:
    """The slip on which this token is printed, while it can enrol a phone."""
    return open_slips(at=at).filter(token_hash=digest(token)).first()


def live_device(token: str) -> Device | None:
    """The phone whose cookie holds this token, until it is ended."""
    return Device.objects.filter(token_hash=digest(token), ended_at=None).select_related("worker").first()
