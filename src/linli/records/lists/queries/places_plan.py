"""Planning lists of the neighbourhood itself: areas, buildings, doors and employers."""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from linli.domain.addresses import normal
from linli.domain.outlines import read_wkt
from linli.domain.sheets import AreaRow, BuildingRow, DoorRow, EmployerRow
from linli.records.lists.models import List
from linli.records.lists.queries.ground import Ground
from linli.records.lists.queries.plan import Outcome, Planned, trouble
from linli.records.people.models import Employer
from linli.records.people.queries import employers
from linli.records.places.models import Area, Building, Door
from linli.records.places.queries import door_ids, parent_code

LONGEST_CODE = 40
FLOOR = re.compile(r"-?[0-9]{1,3}")


def plan_areas(rows: Sequence[AreaRow], *, of: List, ground: Ground) -> list[Planned]:
    """Areas are met by code; a parent must be in the tree or in the same list."""
    known = {area.code: area for area in ground.areas.values()}
    # Codes that differ in case alone are one area: as the register writes them, else as the list does first.
    written = {code.lower(): code for code in (*(row.code for row in reversed(rows)), *known)}
    rows = [
        replace(row, code=written[row.code.lower()], parent_code=written.get(row.parent_code.lower(), row.parent_code))
        for row in rows
    ]
    above = {code: parent_code(area) for code, area in known.items()}
    above |= {row.code: row.parent_code for row in rows if row.parent_code or row.code not in above}
    plans = []
    for row in rows:
        area = known.get(row.code)
        problem = _area_problem(row, area, of, known, above)
        if problem:
            plans.append(Planned(row.line, Outcome.BAD, [problem]))
            continue
        said = {
            "code": row.code,
            "name": row.name,
            "name_en": row.name_en,
            "kind": row.kind or (area.kind if area else "other"),
            "parent_code": row.parent_code or (parent_code(area) if area else ""),
            "outline": read_wkt(row.outline),
        }
        old = (
            None
            if area is None
            else {
                "name": area.name,
                "name_en": area.name_en,
                "kind": area.kind,
                "parent_code": parent_code(area),
                "outline": area.outline,
            }
        )
        plans.append(_compared(row.line, said, old, area.public_id if area else ""))
    return plans


def _area_problem(
    row: AreaRow, area: Area | None, of: List, known: Mapping[str, Area], above: Mapping[str, str]
) -> dict[str, Any] | None:
    """What keeps an area out; `above` gives the parent of every area, known or listed."""
    within = of.area
    if area is not None and within is not None and not area.path.startswith(within.path):
        return trouble("outside_area", "area_code", row.code, params={"area": within.name})
    if not row.parent_code:
        return trouble("missing_parent", "parent_code") if area is None and within is not None else None
    parent = known.get(row.parent_code)
    if parent is None and row.parent_code not in above:
        return trouble("unknown_parent", "parent_code", row.parent_code)
    if parent is not None and within is not None and area != within and not parent.path.startswith(within.path):
        return trouble("outside_area", "parent_code", row.parent_code, params={"area": within.name})
    way, code = {row.code}, row.parent_code
    while code:
        if code in way:
            return trouble("parent_below_itself", "parent_code", row.parent_code)
        way.add(code)
        code = above.get(code, "")
    return None


def plan_buildings(rows: Sequence[BuildingRow], *, of: List, ground: Ground) -> list[Planned]:
    """Buildings are met by code, and without a code by name inside the area."""
    by_code = {building.code: building for building in ground.buildings.values()}
    codes, lines, plans = set(by_code) | {row.code for row in rows}, dict[tuple[object, ...], int](), []
    for row in rows:
        area = ground.area(row.area, within=of.area) if row.area else of.area
        if area is None:
            plans.append(Planned(row.line, Outcome.BAD, [_no_area(row.area, of, ground)]))
            continue
        known = [by_code[row.code]] if row.code in by_code else [] if row.code else _called(row, area, ground)
        building = known[0] if known else None
        first = row.line if row.code else lines.setdefault((area.pk, *_words(row.name, row.address)), row.line)
        if len(known) > 1 or first != row.line:
            params = {"first_line": first} if first != row.line else {"alike": tuple(one.code for one in known)}
            code = "code_twice" if first != row.line else "several_buildings"
            plans.append(Planned(row.line, Outcome.BAD, [trouble(code, "building_name", row.name, params=params)]))
            continue
        if (
            building is not None
            and of.area is not None
            and not ground.areas[building.area_id].path.startswith(of.area.path)
        ):
            problem = trouble("outside_area", "building_code", row.code, params={"area": of.area.name})
            plans.append(Planned(row.line, Outcome.BAD, [problem]))
            continue
        said = {
            "code": row.code or (building.code if building else _code(area, row, codes)),
            "area": area,
            "name": row.name,
            "name_en": row.name_en,
            "address": row.address,
            "kind": row.kind or (building.kind if building else "other"),
            "floors": row.floors,
            "lon": row.lon,
            "lat": row.lat,
            "outline": read_wkt(row.outline),
        }
        old = (
            None
            if building is None
            else {column: getattr(building, column) for column in said if column not in ("area", "code")}
        )
        if old is not None and building is not None:
            old["area"] = ground.areas[building.area_id]
        plans.append(_compared(row.line, said, old, building.public_id if building else ""))
    return plans


def _no_area(text: str, of: List, ground: Ground) -> dict[str, Any]:
    if not text:
        return trouble("missing_area", "area")
    if of.area is not None and ground.area(text, within=None):
        return trouble("outside_area", "area", text, params={"area": of.area.name})
    return trouble("unknown_area", "area", text)


def _called(row: BuildingRow, area: Area, ground: Ground) -> list[Building]:
    """The buildings of an area that a row without a code can mean: of its name, and of its address where both say."""
    return [
        building
        for key in ground.building_by_word.get(normal(row.name), ())
        if ground.areas[(building := ground.buildings[key]).area_id].path.startswith(area.path)
        and (not row.address or not building.address or normal(row.address) == normal(building.address))
    ]


def _words(*texts: str) -> tuple[str, ...]:
    return tuple(normal(text) for text in texts)


def _code(area: Area, row: BuildingRow, taken: set[str]) -> str:
    """A code for a building that the list gives none; long names that begin alike, and equal ones, still differ."""
    for plain in (f"{area.code}-{row.name}", f"{area.code}-{row.name}-{row.address}"):
        short = len(plain) <= LONGEST_CODE
        code = plain if short else f"{plain[: LONGEST_CODE - 9]}-{zlib.crc32(plain.encode()):08x}"
        if code not in taken:
            break
    taken.add(code)
    return code


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
            plans.append(Planned(row.line, Outcome.BAD, [_no_building("building", row.building, of, ground)]))
            continue
        floor = int(row.floor) if FLOOR.fullmatch(row.floor) else None
        door = Door(building_id=spot.building, stair=row.stair or spot.stair, number=row.door, floor=floor)
        is_known = (door.building_id, door.stair, door.number) in known
        outcome = Outcome.SAME if is_known else Outcome.NEW
        plans.append(Planned(row.line, outcome, subject_id=ground.buildings[spot.building].public_id, what=door))
    return plans


def plan_employers(rows: Sequence[EmployerRow], *, of: List, ground: Ground) -> list[Planned]:
    """Employers are met by credit code, else by name."""
    known = employers()
    told: dict[str, int] = {}
    plans = []
    for row in rows:
        spot = ground.spot(row.work_building, within=of.area) if row.work_building else None
        if row.work_building and spot is None:
            plans.append(Planned(row.line, Outcome.BAD, [_no_building("work_building", row.work_building, of, ground)]))
            continue
        # A firm may sit in several towers; it is kept once, where its first line says.
        first = told.setdefault(row.code or row.name, row.line)
        if first != row.line:
            twice = trouble("employer_twice", "employer", row.name, "warning", {"first_line": first})
            plans.append(Planned(row.line, Outcome.SAME, [twice]))
            continue
        employer = known.get(row.code) or known.get(row.name)
        if employer is not None and row.code and employer.code not in (None, row.code):
            employer = None  # another firm of the same name
        said = {
            "name": row.name,
            "code": row.code or None,
            "building_id": spot.building if spot else None,
            "floor": row.floor,
        }
        old = None if employer is None else {column: getattr(employer, column) for column in said}
        plan = _compared(row.line, said, old, employer.public_id if employer else "")
        plan.what = employer or Employer()
        for column, value in said.items():
            if value not in (None, ""):
                setattr(plan.what, column, value)
        plans.append(plan)
    return plans


def _no_building(column: str, text: str, of: List, ground: Ground) -> dict[str, Any]:
    code, alike = ground.not_found(text, within=of.area)
    return trouble(code, column, text, params={"alike": alike} if alike else {})


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
