"""Reading the area tree."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from linli.records.places.models import Area, Building, Door


def subtree(area: Area) -> QuerySet[Area]:
    """An area and everything below it, in tree order."""
    return Area.objects.filter(path__startswith=area.path).order_by("path")


def children(area: Area) -> QuerySet[Area]:
    """The areas directly below, by code."""
    return Area.objects.filter(parent=area).order_by("code")


def ancestors(area: Area) -> list[Area]:
    """From the root down to the area itself."""
    codes = [code for code in area.path.split("/") if code]
    return list(Area.objects.filter(code__in=codes).order_by("path"))


def parent_code(area: Area) -> str:
    """Code of the area above, read from the path; empty at the top."""
    codes = area.path.split("/")
    return codes[-3] if len(codes) > 2 else ""


def buildings(area: Area) -> QuerySet[Building]:
    """Every building in an area's subtree, by code."""
    return Building.objects.filter(area__path__startswith=area.path).order_by("code")


def root() -> Area | None:
    """The topmost area of this installation."""
    return Area.objects.filter(parent=None).order_by("path").first()


def door_ids(buildings: Iterable[int]) -> dict[tuple[int, str, str], int]:
    """The doors of some buildings: id by (building id, stair, number)."""
    rows = Door.objects.filter(building_id__in=list(buildings)).values_list("building_id", "stair", "number", "id")
    return {(building, stair, number): door for building, stair, number, door in rows.iterator(chunk_size=10_000)}


def hold_register() -> None:
    """Wait for whoever is deciding who is who (applying a list, merging, forgetting), and let others wait for us.

    Must run inside a transaction, which holds it to its end. Reading goes on meanwhile.
    """
    list(Area.objects.select_for_update(no_key=True).filter(parent=None).order_by("id"))
