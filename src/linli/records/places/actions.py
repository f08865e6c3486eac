"""Drawing the neighbourhood: areas, buildings and doors, each upserted by code."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.utils import timezone

from linli.records import bulk
from linli.records.journal.actions import Who, action, write
from linli.records.journal.models import new_id
from linli.records.places.models import Area, Building, Door, StreetNetwork
from linli.records.places.queries import door_ids
from linli.records.places.streets import Ready

BATCH = 2000


class UnknownParentError(ValueError):
    """An area names a parent that is not in the tree."""


@action
def draw_areas(*, by: Who, areas: Sequence[dict[str, Any]], at: datetime | None = None) -> None:
    """Add or change areas: dicts of code, name, name_en, kind, parent_code, outline; parents may come in any order."""
    known = Area.objects.in_bulk(field_name="code")
    waiting = list(areas)
    touched: list[Area] = []
    while waiting:
        # A parent that moves in the same list moves first: what hangs below it takes its path from there.
        settled = known.keys() - {row["code"] for row in waiting}
        ready = [row for row in waiting if not row["parent_code"] or row["parent_code"] in settled]
        if not ready:
            raise UnknownParentError(waiting[0]["parent_code"])
        for row in ready:
            parent = known.get(row["parent_code"])
            area = known.get(row["code"]) or Area(code=row["code"])
            area.name, area.name_en, area.kind = row["name"], row["name_en"] or area.name_en, row["kind"]
            area.parent = parent
            old_path, area.path = area.path, f"{parent.path if parent else ''}{area.code}/"
            area.outline = row["outline"] or area.outline
            area.save()
            if old_path and old_path != area.path:
                touched += _carry_along(known, old_path, area)
            known[area.code] = area
            touched.append(area)
        waiting = [row for row in waiting if row not in ready]
    write(by=by, verb="places.draw_areas", subjects=[("area", area.public_id) for area in touched], at=at)


def _carry_along(known: dict[str, Area], old_path: str, moved: Area) -> list[Area]:
    """An area that moves in the tree takes everything below it along."""
    below = [area for area in known.values() if area.path.startswith(old_path) and area.pk != moved.pk]
    for area in below:
        area.path = moved.path + area.path[len(old_path) :]
    Area.objects.bulk_update(below, ["path"], batch_size=500)
    return below


@action
def draw_buildings(*, by: Who, buildings: Sequence[dict[str, Any]], at: datetime | None = None) -> None:
    """Add or change buildings: dicts of the columns of `Building` with `area` an Area."""
    known = Building.objects.in_bulk([row["code"] for row in buildings], field_name="code")
    fresh: list[Building] = []
    changed: list[Building] = []
    for row in buildings:
        building = known.get(row["code"])
        (changed if building else fresh).append(building := building or Building(code=row["code"]))
        for column, value in row.items():
            if value not in (None, ""):
                setattr(building, column, value)
    Building.objects.bulk_create(fresh, batch_size=BATCH)
    columns = ["area", "name", "name_en", "address", "kind", "floors", "lon", "lat", "outline"]
    Building.objects.bulk_update(changed, columns, batch_size=BATCH)
    subjects = [("building", building.public_id) for building in (*fresh, *changed)]
    write(by=by, verb="places.draw_buildings", subjects=subjects, at=at)


@action
def draw_doors(*, by: Who, doors: Iterable[Door], at: datetime | None = None) -> dict[tuple[int, str, str], int]:
    """Add the doors that are not there yet; gives the id of each by (building id, stair, number)."""
    wanted = {(door.building_id, door.stair, door.number): door for door in doors}
    buildings = {building_id for building_id, _, _ in wanted}
    ids = door_ids(buildings)
    fresh = [door for key, door in wanted.items() if key not in ids]
    columns = ("building_id", "stair", "number", "floor", "public_id")
    rows = ((door.building_id, door.stair, door.number, door.floor, new_id()) for door in fresh)
    bulk.insert(Door, columns, rows, unique=columns[:3])
    subjects = [("building", public_id) for public_id in _public_ids({door.building_id for door in fresh})]
    write(by=by, verb="places.draw_doors", detail={"doors": len(fresh)}, subjects=subjects, at=at)
    return door_ids(buildings)


@action
def number_doors(*, by: Who, doors: Sequence[Door], at: datetime | None = None) -> None:
    """Write down the stair, number and floor of known doors as they are in `doors`; whoever lives there stays.

    Doors may exchange their numbers. Raises IntegrityError where two would have the same one.
    """
    wanted = {(door.building_id, door.stair, door.number): door.pk for door in doors}
    movers = set(wanted.values())
    for spot, key in door_ids({door.building_id for door in doors}).items():
        # The unique constraint looks at one row after the other: a door whose number another one gets steps aside
        # first, to a number that no list can write.
        if key in movers and wanted.get(spot, key) != key:
            Door.objects.filter(pk=key).update(number=f"\n{key}")
    Door.objects.bulk_update(doors, ["stair", "number", "floor"], batch_size=BATCH)
    subjects = [("building", public_id) for public_id in _public_ids({door.building_id for door in doors})]
    write(by=by, verb="places.number_doors", detail={"doors": len(doors)}, subjects=subjects, at=at)


@action
def load_streets(*, by: Who, streets: Ready, at: datetime | None = None) -> StreetNetwork:
    """Walk on these streets from now on, and no longer on those before. The same file is kept once."""
    columns = asdict(streets) | {"at": at or timezone.now(), "who_id": by.public_id, "who_name": by.name}
    # Two offices that load at the same moment may leave two networks: the later one is walked on until the next load.
    StreetNetwork.objects.exclude(sha256=streets.sha256).delete()
    network, is_new = StreetNetwork.objects.update_or_create(sha256=streets.sha256, defaults=columns)
    detail = {"kind": network.form, "edges": network.edge_count, "pieces": network.piece_count, "new": is_new}
    write(by=by, verb="places.load_streets", detail=detail, at=at)
    return network


def _public_ids(buildings: Iterable[int]) -> list[str]:
    return list(Building.objects.filter(id__in=list(buildings)).values_list("public_id", flat=True))
