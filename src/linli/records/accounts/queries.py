"""What a worker may see and do, by role and subtree. The one place that knows."""

from __future__ import annotations

import functools
import operator
from enum import StrEnum

from django.db.models import Q, QuerySet

from linli.records.accounts.models import Grant, Worker
from linli.records.places.models import Area


class Right(StrEnum):
    """What a role allows in its area."""

    FIGURES = "figures"  # counts and shares
    NAMES = "names"  # who stands behind them
    EXPORT = "export"  # take names away in a file
    LISTS = "lists"  # load lists
    JOURNAL = "journal"  # read who did what


ROLE_RIGHTS: dict[str, frozenset[Right]] = {
    Grant.Role.OFFICE: frozenset(Right),
    Grant.Role.COMMITTEE_WORKER: frozenset({Right.FIGURES, Right.NAMES, Right.EXPORT}),
    Grant.Role.LEADER: frozenset({Right.FIGURES}),
}


def granted_paths(worker: Worker, right: Right) -> list[str]:
    """The roots of the subtrees in which a worker has a right, outermost only, in tree order."""
    roles = [role for role, rights in ROLE_RIGHTS.items() if right in rights]
    paths = Grant.objects.filter(worker=worker, role__in=roles).values_list("area__path", flat=True)
    outermost: list[str] = []
    for path in sorted(set(paths)):
        if not outermost or not path.startswith(outermost[-1]):
            outermost.append(path)
    return outermost


def areas(worker: Worker, right: Right) -> QuerySet[Area]:
    """Every area in which a worker has a right, in tree order."""
    paths = granted_paths(worker, right)
    if not paths:
        return Area.objects.none()
    return Area.objects.filter(functools.reduce(operator.or_, (Q(path__startswith=path) for path in paths)))


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
    """The worker's grants with their areas, in tree order."""
    return list(Grant.objects.filter(worker=worker).select_related("area").order_by("area__path"))
