"""What a worker may see and do, by role and subtree. The one place that knows."""

from __future__ import annotations

import functools
import operator
from collections.abc import Iterable
from enum import StrEnum

from django.db.models import Q, QuerySet

from linli.records.accounts.day import today
from linli.records.accounts.models import Grant, Worker
from linli.records.places.models import Area


class Right(StrEnum):
    """What a role allows in its area."""

    FIGURES = "figures"  # counts and shares
    NAMES = "names"  # who stands behind them
    EXPORT = "export"  # take names away in a file
    RECORD = "record"  # write down statuses and corrections, merge and separate people
    LISTS = "lists"  # load lists
    ACCOUNTS = "accounts"  # make logins and grant roles
    PROGRAMME = "programme"  # bring in and adopt schedules, open, choose and end drives; over the whole tree alone
    JOURNAL = "journal"  # read who did what


ROLE_RIGHTS: dict[str, frozenset[Right]] = {
    Grant.Role.OFFICE: frozenset(Right),
    Grant.Role.COMMITTEE_WORKER: frozenset({Right.FIGURES, Right.NAMES, Right.EXPORT, Right.RECORD}),
    Grant.Role.LEADER: frozenset({Right.FIGURES}),
    Grant.Role.VOLUNTEER: frozenset({Right.FIGURES, Right.NAMES}),
}
# Whoever may do more than see figures proves it by a second factor.
NEEDS_SECOND_FACTOR = frozenset(Right) - {Right.FIGURES}
# What a phone and a PIN may never open: a whole list of names, other people's logins, drives, the journal.
NOT_BY_DEVICE = frozenset({Right.LISTS, Right.ACCOUNTS, Right.PROGRAMME, Right.JOURNAL})


def live(grants: QuerySet[Grant]) -> QuerySet[Grant]:
    """Those grants that hold today."""
    return grants.filter(Q(until_on=None) | Q(until_on__gte=today()))


def granted_paths(worker: Worker, right: Right) -> list[str]:
    """The roots of the subtrees in which a worker has a right, outermost only, in tree order."""
    having = [role for role, rights in ROLE_RIGHTS.items() if right in rights]
    paths = live(Grant.objects.filter(worker=worker, role__in=having)).values_list("area__path", flat=True)
    outermost: list[str] = []
    for path in sorted(set(paths)):
        if not outermost or not path.startswith(outermost[-1]):
            outermost.append(path)
    return outermost


def areas(worker: Worker, right: Right) -> QuerySet[Area]:
    """Every area in which a worker has a right, in tree order."""
    return areas_under(granted_paths(worker, right))


def areas_under(paths: Iterable[str]) -> QuerySet[Area]:
    """Every area of these subtrees, in tree order."""
    below = [Q(path__startswith=path) for path in paths]
    return Area.objects.filter(functools.reduce(operator.or_, below)) if below else Area.objects.none()


def may(worker: Worker, right: Right, area: Area) -> bool:
    """Whether a worker has a right in an area."""
    return any(area.path.startswith(path) for path in granted_paths(worker, right))


def is_over_all(worker: Worker, right: Right) -> bool:
    """Whether a worker has a right in the whole tree: what belongs to no area (the journal) is only for them."""
    return Area.objects.filter(parent=None, path__in=granted_paths(worker, right)).exists()


def top_area(worker: Worker) -> Area | None:
    """The area whose board a worker sees first."""
    return areas(worker, Right.FIGURES).order_by("path").first()


def roles(worker: Worker) -> list[Grant]:
    """The worker's grants that hold today, with their areas, in tree order."""
    return list(live(Grant.objects.filter(worker=worker)).select_related("area").order_by("area__path"))


def rights_of(grants: Iterable[Grant]) -> frozenset[Right]:
    """All that some grants allow, wherever it is."""
    none: frozenset[Right] = frozenset()
    return none.union(*(ROLE_RIGHTS[grant.role] for grant in grants))


def rights_in(grants: Iterable[Grant], area: Area) -> frozenset[Right]:
    """What some grants, read with their areas, allow in one area."""
    return rights_of(grant for grant in grants if area.path.startswith(grant.area.path))
