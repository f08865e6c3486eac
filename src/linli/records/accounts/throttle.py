"""How often something may be tried: sign-ins, codes, PINs.

A try is counted before it is judged, by conditional updates, so that a flood of tries at once gets no further than the
same tries one after another. Only keyed hashes are kept.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.crypto import salted_hmac

from linli.records.accounts.models import Attempt


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many tries within a stretch of time, for one thing that is counted."""

    name: str
    most: int
    within: timedelta

    @property
    def minutes(self) -> int:
        """How long a lock lasts at most."""
        return int(self.within.total_seconds() // 60)


PAIR = Limit("pair", 10, timedelta(minutes=15))  # one name from one address
ADDRESS = Limit("address", 100, timedelta(minutes=15))  # one address, whatever the name
NAME = Limit("name", 100, timedelta(hours=1))  # one name, from all addresses together
BROWSER = Limit("browser", 10, timedelta(minutes=15))  # one name in a browser that signed in under it before
CODE = Limit("code", 6, timedelta(minutes=15))  # codes of one worker, whose password was right
CODE_OF_A_DAY = Limit("code_of_a_day", 20, timedelta(days=1))  # so that nobody has a chance in a year of guessing
AGAIN = Limit("again", 10, timedelta(minutes=15))  # the password of somebody who is signed in already


class LockedError(Exception):
    """Too many tries: nothing is looked at until the stretch is over."""

    def __init__(self, limit: Limit, *, is_new: bool) -> None:
        super().__init__(limit.name)
        self.limit = limit
        self.is_new = is_new  # whether this very try was the first to be refused


@dataclass(frozen=True, slots=True)
class Counted:
    """A limit and what it is counted for."""

    limit: Limit
    of: str

    @property
    def key(self) -> str:
        """The row in which it is counted."""
        return salted_hmac(
            "linli.records.accounts.throttle", f"{self.limit.name} {self.of}", algorithm="sha256"
        ).hexdigest()


def count(tries: Sequence[Counted], *, at: datetime) -> None:
    """Count one try before it is judged. Raises LockedError; then it was not counted under the limits after it."""
    for one in tries:
        number = _take(one, at)
        if number > one.limit.most:
            raise LockedError(one.limit, is_new=number == one.limit.most + 1)


def forgive(tries: Sequence[Counted], *, whole: Sequence[Limit] = ()) -> None:
    """A try was right: it is counted no longer. Under the limits in `whole` all tries before it are forgotten too."""
    for one in tries:
        row = Attempt.objects.filter(key=one.key)
        if one.limit in whole:
            row.delete()
        else:
            row.filter(count__gt=0).update(count=F("count") - 1)


def network(address: str) -> str:
    """What is counted as one address: of IPv6 the first half, since one computer has all of the other."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(ip, ipaddress.IPv6Address) and not ip.ipv4_mapped:
        return str(ipaddress.ip_network((ip, 64), strict=False))
    return str(getattr(ip, "ipv4_mapped", None) or ip)


@transaction.atomic
def _take(one: Counted, at: datetime) -> int:
    """The number of this try within its stretch; beyond the limit it stays at one or two more than the limit."""
    limit, row = one.limit, Attempt.objects.filter(key=one.key)
    Attempt.objects.filter(until_at__lt=at - timedelta(days=1)).delete()
    for _turn in range(2):
        # Of several tries at once each update waits until the one before it has committed, and sees its count; the row
        # stays locked until this try has read its own number.
        if row.filter(until_at__gt=at, count__lt=limit.most + 2).update(count=F("count") + 1):
            return int(row.values_list("count", flat=True).get())
        if row.filter(until_at__lte=at).update(count=1, until_at=at + limit.within):
            return 1
        _row, is_made = Attempt.objects.get_or_create(key=one.key, defaults={"count": 1, "until_at": at + limit.within})
        if is_made:
            return 1
    return limit.most + 2
