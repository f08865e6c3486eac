"""Reading the area tree."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from linli.records.places.models import Area, Building, Door, StreetNetwork

if TYPE_CHECKING:
    from linli.domain.walking import Network


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


def streets() -> StreetNetwork | None:
    """The streets that are walked on, without their arrays; None where none were loaded."""
    return StreetNetwork.objects.defer("content").order_by("-at", "-id").first()


def network() -> Network | None:
    """The network that is walked on, kept in memory from one call to the next; None where none was loaded.

    Without one every distance is a straight line times the detour factor, and says so.
    """
    kept = streets()
    return None if kept is None else _network(kept.sha256, kept.at)


@lru_cache(maxsize=1)
def _network(sha256: str, at: datetime) -> Network:
    from linli.domain.walking.streets import unpacked  # brings numba along, which takes a second

    content = StreetNetwork.objects.values_list("content", flat=True).get(sha256=sha256, at=at)
    return unpacked(bytes(content)).network()
