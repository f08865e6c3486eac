"""Whom the law no longer allows to be kept by name, and what was counted of those who were forgotten."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from linli.records.doses.queries import standings
from linli.records.lists.models import Export, List
from linli.records.people.models import Person
from linli.records.people.queries import DENOMINATORS, in_areas
from linli.records.places.models import Area
from linli.records.programme.models import Drive, Programme
from linli.records.retention.models import TallySpan


def drives(*, on: date) -> tuple[list[Drive], list[Drive]]:
    """The drives whose people are to be forgotten on a day, and those whose people are still needed."""
    over: list[Drive] = []
    needed: list[Drive] = []
    for drive in Drive.objects.select_related("area", "programme").order_by("starts_on", "id"):
        is_over = drive.forget_on is not None and drive.forget_on <= on
        (over if is_over else needed).append(drive)
    return over, needed


def ended(*, paths: Sequence[str]) -> list[Drive]:
    """The drives of some subtrees that have an end, the first to be forgotten first."""
    here = Q(pk__in=[])
    for path in paths:
        here |= Q(area__path__startswith=path)
    found = Drive.objects.filter(here).exclude(ends_on=None).select_related("area")
    return sorted(found, key=lambda drive: str(drive.forget_on))


def forgettable(*, on: date) -> QuerySet[Person]:
    """People whose every drive is over for as long as they may be kept after it.

    Somebody who never belonged to an area of ours waits for the last drive of all. Nobody is forgotten whose areas had
    no drive yet: their list may have been loaded for one to come. Records merged into another are found from that one.
    """
    over, needed = drives(on=on)
    gone = in_areas([drive.area.path for drive in over]) & ~in_areas([drive.area.path for drive in needed])
    if over and not needed:
        gone |= Q(**{f"{stay}_area__isnull": True for stay in DENOMINATORS})
    return Person.objects.filter(gone, merged_into=None)


def lists_to_forget(*, on: date) -> QuerySet[List]:
    """Lists that can name nobody who is still needed: none of an area above or below a drive that needs its people."""
    return List.objects.filter(_apart(on))


def exports_to_forget(*, on: date) -> QuerySet[Export]:
    """Copies that went out and can name nobody who is still needed."""
    return Export.objects.filter(_apart(on))


def tallied(*, programme: Programme, on: date) -> QuerySet[TallySpan]:
    """How those who were forgotten stood on a day: as `standings`, but right on the last day of each month alone."""
    rows: QuerySet[Any] = standings(programme=programme, on=on, rows=TallySpan.objects.all())
    return rows


def _apart(on: date) -> Q:
    over, needed = drives(on=on)
    if not over:
        return Q(pk__in=[])
    if not needed:
        return Q()
    touched = Q(area=None)
    for drive in needed:
        above = [code for code in drive.area.path.split("/") if code]
        touched |= Q(area__path__startswith=drive.area.path) | Q(area__code__in=above)
    here = Q(pk__in=[])
    for drive in over:
        here |= Q(area__in=Area.objects.filter(path__startswith=drive.area.path))
    return here & ~touched
