"""Logins as the office sees them: whose it may see, whose it may change, and how each is opened."""

from __future__ import annotations

import functools
import operator
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from linli.records.accounts.models import Device, Grant, RecoveryCode, TimeCode, Worker
from linli.records.accounts.queries.rights import (
    NEEDS_SECOND_FACTOR,
    NOT_BY_DEVICE,
    ROLE_RIGHTS,
    Right,
    rights_in,
    rights_of,
    roles,
)
from linli.records.places.models import Area


def seen_by(mine: Sequence[Grant]) -> QuerySet[Worker]:
    """The logins that have a role in an area whose logins these grants see to; over the whole tree: all."""
    everybody: QuerySet[Worker] = Worker.objects.order_by("username")
    seeing = [grant.area for grant in mine if Right.ACCOUNTS in ROLE_RIGHTS[grant.role]]
    if any(area.parent_id is None for area in seeing):
        return everybody
    if not seeing:
        return everybody.none()
    below = functools.reduce(operator.or_, (Q(area__path__startswith=area.path) for area in seeing))
    return everybody.filter(Exists(Grant.objects.filter(below, worker=OuterRef("pk"))))


def may_grant(mine: Sequence[Grant], role: str, area: Area) -> bool:
    """Whether somebody with these grants may give a role there: they see to its logins, and lack no right of it."""
    return _covers(mine, role, area)


def may_change(actor: Worker, mine: Sequence[Grant], worker: Worker) -> bool:
    """Whether the actor, with the grants they hold today, may change a login: it reaches nowhere beyond their rights.

    Nobody changes their own. A login without any role belongs to the offices over the whole tree.
    """
    if actor.pk == worker.pk:
        return False
    held = list(Grant.objects.filter(worker=worker).select_related("area"))  # those that have ended too
    if not held:
        return any(grant.area.parent_id is None and Right.ACCOUNTS in ROLE_RIGHTS[grant.role] for grant in mine)
    return all(_covers(mine, grant.role, grant.area) for grant in held)


def _covers(mine: Sequence[Grant], role: str, area: Area) -> bool:
    return rights_in(mine, area) >= ROLE_RIGHTS[role] | {Right.ACCOUNTS}


def needs_second_factor(worker: Worker) -> bool:
    """Whether a worker sees more than figures, so that a password alone does not open the login."""
    return bool(rights_of(roles(worker)) & NEEDS_SECOND_FACTOR)


def has_time_code(worker: Worker) -> bool:
    """Whether a worker has set up a time code."""
    return TimeCode.objects.filter(worker=worker).exists()


def recovery_codes_left(worker: Worker) -> int:
    """How many printed codes of a worker have not been used."""
    return RecoveryCode.objects.filter(worker=worker, used_at=None).count()


def device_of(worker: Worker) -> Device | None:
    """The phone by which a worker on loan signs in now."""
    return Device.objects.filter(worker=worker, ended_at=None).first()


def may_use_device(worker: Worker) -> bool:
    """Whether a phone and a PIN may open this login: somebody on loan, without the rights of an office."""
    return worker.until_on is not None and not rights_of(roles(worker)) & NOT_BY_DEVICE


@dataclass(frozen=True, slots=True)
class Login:
    """One login in the office's list.

    `state`: open, closed, over (its loan); `factor`: code, device, none (yet), needless.
    """

    worker: Worker
    grants: list[Grant]
    state: str
    factor: str


def logins(workers: Sequence[Worker], *, on: date) -> list[Login]:
    """Logins with their roles, in three queries however many there are."""
    grants: dict[int, list[Grant]] = {worker.pk: [] for worker in workers}
    for grant in Grant.objects.filter(worker__in=workers).select_related("area").order_by("area__path", "role"):
        grants[grant.worker_id].append(grant)
    coded = set(TimeCode.objects.filter(worker__in=workers).values_list("worker_id", flat=True))
    devices = set(Device.objects.filter(worker__in=workers, ended_at=None).values_list("worker_id", flat=True))
    return [
        Login(
            worker,
            held := grants[worker.pk],
            state_of(worker, on=on),
            "code" if worker.pk in coded else "device" if worker.pk in devices else _without(held),
        )
        for worker in workers
    ]


def state_of(worker: Worker, *, on: date) -> str:
    """How a login stands on a day: open, closed, or over with its loan."""
    if not worker.is_active:
        return "closed"
    return "open" if worker.is_open(on) else "over"


def _without(grants: Sequence[Grant]) -> str:
    return "none" if rights_of(grants) & NEEDS_SECOND_FACTOR else "needless"
