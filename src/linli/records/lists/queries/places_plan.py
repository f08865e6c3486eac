"""Planning lists of the neighbourhood itself: areas, buildings, doors and employers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from linli.domain.outlines import read_wkt
from linli.domain.sheets import AreaRow, BuildingRow, DoorRow, EmployerRow
from linli.records.lists.models import List
from linli.records.lists.queries.ground import Ground
from linli.records.lists.queries.plan import Outcome, Planned, trouble
from linli.records.people.models import Employer
from linli.records.people.queries import employers
from linli.records.places.actions import door_ids
from linli.records.places.models import Area, Door


def plan_areas(rows: Sequence[AreaRow], *, of: List, ground: Ground) -> list[Planned]:
    """Areas are met by code; a parent must be in the tree or in the same list."""
    known = {area.code: area for area in ground.areas.values()}
    listed = {row.code for row in rows}
    plans = []
    for row in rows:
        area = known.get(row.code)
        if row.parent_code and row.parent_code not in known and row.parent_code not in listed:
            problem = trouble("unknown_parent", "parent_code", row.parent_code)
            plans.append(Planned(row.line, Outcome.BAD, [problem]))
            continue
        if not row.parent_code and area is None and of.area is not None:
            plans.append(Planned(row.line, Outcome.BAD, [trouble("missing_parent", "parent_code")]))
            continue
        said = {
            "code": row.code,
            "name": row.name,
            "name_en": row.name_en,
            "kind": row.kind or "other",
            "parent_code": row.parent_code or (known_parent(area) if area else ""),
            "outline": read_wkt(row.outline),
        }
        old = area and {
            "name": area.name,
            "name_en": area.name_en,
            "kind": area.kind,
            "parent_code": known_parent(area),
            "outline": area.outline,
        }
        plans.append(_compared(row.line, said, old, area.public_id if area else ""))
    return plans


def known_parent(area: Area) -> str:
    """Code of the area above, read from the path."""
    codes = area.path.split("/")
    return codes[-3] if len(codes) > 2 else ""


def plan_buildings(rows: Sequence[BuildingRow], *, of: List, ground: Ground) -> list[Planned]:
    """Buildings are met by code, and without a code by name inside the area."""
    by_code = {building.code: building for building in ground.buildings.values()}
    plans = []
    for row in rows:
        area = ground.area(row.area, within=of.area) if row.area else of.area
        if area is None:
            plans.append(Planned(row.line, Outcome.BAD, [trouble("unknown_area" if row.area else "missing_area", "area", row.area)]))
            continue
        spot = None if row.code else ground.spot(row.name, within=area)
        building = by_code.get(row.code) if row.code else ground.buildings[spot.building] if spot else None
        said = {
            "code": row.code or (building.code if building else f"{area.code}-{row.name}"[:40]),
            "area": area,
            "name": row.name,
            "name_en": row.name_en,
            "address": row.address,
            "kind": row.kind or "other",
            "floors": row.floors,
            "lon": row.lon,
            "lat": row.lat,
            "outline": read_wkt(row.outline),
        }
        old = building and {column: getattr(building, column) for column in said if column not in ("area", "code")}
        if old is not None and building is not None:
            old["area"] = ground.areas[building.area_id]
        plans.append(_compared(row.line, said, old, building.public_id if building else ""))
    return plans


def plan_doors(rows: Sequence[DoorRow], *, of: List, ground: Ground) -> list[Planned]:
    """Doors are met by building, stair and number."""
    spots = []
    for row in rows:
        area = ground.area(row.area, within=of.area) if row.area else of.area
        spots.append(ground.spot(row.building, within=area))
    known = door_ids({spot.building for spot in spots if spot})
    plans = []
    for row, spot in zip(rows, spots, strict=True):
        if spot is None:
            params = {"alike": ground.alike(row.building)}
            plans.append(Planned(row.line, Outcome.BAD, [trouble("unknown_building", "building", row.building, params=params)]))
            continue
        floor = int(row.floor) if row.floor.lstrip("-").isdigit() else None
        door = Door(building_id=spot.building, stair=row.stair or spot.stair, number=row.door, floor=floor)
        is_known = (door.building_id, door.stair, door.number) in known
        outcome = Outcome.SAME if is_known else Outcome.NEW
        plans.append(Planned(row.line, outcome, subject_id=ground.buildings[spot.building].public_id, what=door))
    return plans


def plan_employers(rows: Sequence[EmployerRow], *, of: List, ground: Ground) -> list[Planned]:
    """Employers are met by credit code, else by name."""
    known = employers()
    plans = []
    for row in rows:
        spot = ground.spot(row.work_building, within=of.area) if row.work_building else None
        if row.work_building and spot is None:
            params = {"alike": ground.alike(row.work_building)}
            problem = trouble("unknown_building", "work_building", row.work_building, params=params)
            plans.append(Planned(row.line, Outcome.BAD, [problem]))
            continue
        employer = known.get(row.code) or known.get(row.name)
        said = {"name": row.name, "code": row.code or None, "building_id": spot.building if spot else None, "floor": row.floor}
        old = employer and {column: getattr(employer, column) for column in said}
        plan = _compared(row.line, said, old, employer.public_id if employer else "")
        plan.what = employer or Employer()
        for column, value in said.items():
            if value not in (None, ""):
                setattr(plan.what, column, value)
        plans.append(plan)
    return plans


def _compared(line: int, said: dict[str, Any], old: dict[str, Any] | None, subject_id: str) -> Planned:
    """New without an old state, else changed or same; an empty cell never takes a known value away."""
    if old is None:
        return Planned(line, Outcome.NEW, what=said)
    changes = [
        {"field": column, "old": _shown(old[column]), "new": _shown(value)}
        for column, value in said.items()
        if column in old and value not in (None, "") and old[column] != value
    ]
    return Planned(line, Outcome.CHANGED if changes else Outcome.SAME, [], changes, subject_id, said)


def _shown(value: Any) -> str:
    return "…" if isinstance(value, dict) else "" if value is None else str(value)
