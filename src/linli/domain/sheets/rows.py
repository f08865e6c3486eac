"""The rows of each kind of list, typed. Empty text means the cell was empty or absent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from linli.domain.identity import Document


@dataclass(frozen=True, slots=True)
class AreaRow:
    """An area of the tree: `kind` a code of AREA_KINDS or empty, `outline` a WKT polygon."""

    line: int
    code: str
    name: str
    name_en: str = ""
    kind: str = ""
    parent_code: str = ""
    lon: float | None = None
    lat: float | None = None
    outline: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class BuildingRow:
    """A building: `area` the committee's code or name, `kind` a code of BUILDING_KINDS or empty."""

    line: int
    code: str
    name: str
    name_en: str = ""
    kind: str = ""
    address: str = ""
    area: str = ""
    lon: float | None = None
    lat: float | None = None
    floors: int | None = None
    outline: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class DoorRow:
    """A door: `building` its building's code, name or address, `area` the committee's code or name."""

    line: int
    building: str
    door: str
    stair: str = ""
    household: str = ""
    area: str = ""
    floor: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class EmployerRow:
    """An employer: `code` its credit code, `work_building` the code, name or address of where it sits."""

    line: int
    name: str
    code: str = ""
    work_building: str = ""
    floor: str = ""
    area: str = ""
    phone: str = ""
    contact: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class DoseRow:
    """One dose: `product` a code of the given products, or a CVX number as text; `number` None when not said.

    `supply_ended` says that it is of another platform because the first product could not be had any more.

    `on_column` and `product_column` are headers as they stand in the file, to report a problem where it is.
    """

    given_on: date
    product: str
    number: int | None = None
    lot: str = ""
    place: str = ""
    on_column: str = ""
    product_column: str = ""
    supply_ended: bool = False


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person of a people, staff or doses list; a doses list has one row a dose.

    `sex` is M, F or empty. `birth_date` comes from the id when the list has none. `living_here` and
    `registered_here` are None when the list does not say.
    """

    line: int
    name: str
    birth_date: date | None = None
    sex: str = ""
    document: Document | None = None
    phone: str = ""
    area: str = ""
    building: str = ""
    stair: str = ""
    door: str = ""
    household: str = ""
    living_address: str = ""
    registered_address: str = ""
    living_here: bool | None = None
    registered_here: bool | None = None
    employer: str = ""
    employer_code: str = ""
    work_building: str = ""
    floor: str = ""
    note: str = ""
    doses: tuple[DoseRow, ...] = ()


Row = AreaRow | BuildingRow | DoorRow | EmployerRow | PersonRow
