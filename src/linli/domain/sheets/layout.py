"""Which list this is and which column holds what."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, get_args

from linli.domain.sheets.header import concept, normal
from linli.domain.sheets.problem import LONGEST_SHOWN, SheetError

Kind = Literal["areas", "buildings", "doors", "people", "doses", "employers", "staff"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)

PLACE: Final = frozenset({"area", "building", "stair", "door", "household"})
PERSON: Final = (
    PLACE
    | {"id_number", "id_kind", "name", "sex", "birth_date", "phone", "registered_address"}
    | {
        "living_address",
        "residence_state",
        "note",
    }
)
WORK: Final = frozenset({"employer", "employer_code", "work_building", "floor"})
DOSE_DETAILS: Final = frozenset({"product", "maker", "lot", "place"})
SHAPE: Final = frozenset({"lon", "lat", "outline", "note"})

FIELDS: Final[dict[Kind, frozenset[str]]] = {
    "areas": SHAPE | {"area_code", "area_name", "area_name_en", "area_kind", "parent_code"},
    "buildings": SHAPE
    | {"building_code", "building_name", "building_name_en", "building_kind", "address", "area", "floors"},
    "doors": PLACE | {"floor", "note"},
    "people": PERSON | WORK | DOSE_DETAILS,
    "staff": PERSON | WORK | DOSE_DETAILS,
    "doses": PERSON | WORK | DOSE_DETAILS | {"given_on", "dose_number", "supply_ended"},
    "employers": WORK | {"area", "phone", "contact", "note"},
}

PERSON_MEANING: Final[dict[str, tuple[str, ...]]] = {
    "name": ("name", "name."),
    "area": ("area_code", "area", "area_name"),
    "living_address": ("living_address", "address."),
    "residence_state": ("residence_state", "kind."),
    "building": ("building_code", "building", "building_name"),
}
# For each kind: the concepts that may fill a field, best first. A concept not named here fills the field of its name.
MEANING: Final[dict[Kind, dict[str, tuple[str, ...]]]] = {
    "people": PERSON_MEANING,
    "doses": PERSON_MEANING,
    "staff": {
        "name": ("name", "name."),
        "area": ("area_code", "area", "area_name"),
        "work_building": ("work_building", "building_code", "building", "building_name", "address."),
    },
    "areas": {
        "area_code": ("area_code", "code."),
        "area_name": ("area_name", "name.", "area"),
        "area_name_en": ("area_name_en", "name_en."),
        "area_kind": ("area_kind", "kind."),
    },
    "buildings": {
        "building_code": ("building_code", "code."),
        "building_name": ("building_name", "name.", "building", "work_building"),
        "building_name_en": ("building_name_en", "name_en."),
        "building_kind": ("building_kind", "kind."),
        "address": ("address.", "living_address"),
        "area": ("area_code", "area", "area_name", "parent_code"),
        "floors": ("floors", "floor"),
    },
    "doors": {
        "building": ("building_code", "building", "building_name", "address.", "living_address"),
        "area": ("area_code", "area", "area_name"),
        "door": ("door", "name.", "code."),
    },
    "employers": {
        "employer": ("employer", "name."),
        "employer_code": ("employer_code", "code."),
        "work_building": ("building_code", "work_building", "building", "building_name", "address."),
        "area": ("area_code", "area", "area_name"),
        "contact": ("contact", "name"),
    },
}

# Alternatives are separated by a bar.
NEEDED: Final[dict[Kind, tuple[str, ...]]] = {
    "areas": ("area_code", "area_name"),
    "buildings": ("building_name|address|building_code",),
    "doors": ("building", "door"),
    "people": ("name", "id_number|birth_date"),
    "doses": ("id_number", "given_on", "product|maker"),
    "employers": ("employer",),
    "staff": ("name", "employer|employer_code"),
}
# Two columns for one of these leave it open which one is meant; of the others the first is taken.
DECISIVE: Final = frozenset(
    {"id_number", "name", "birth_date", "given_on", "product", "dose_number"}
    | {"employer_code", "area_code", "building_code"}
)
DOSE = re.compile(r"dose([1-9])_(on|product|maker|lot|place)")


@dataclass(frozen=True, slots=True)
class Column:
    """A column that was recognised: its position from 0 and its header as it stands in the file."""

    index: int
    header: str


@dataclass(frozen=True, slots=True)
class Layout:
    """What a list is: its kind, the column of each field, dose numbers in wide form, headers nobody knows.

    Fields of a wide dose are called `dose1_on`, `dose1_product`, `dose1_maker`, `dose1_lot`, `dose1_place`.
    """

    kind: Kind
    columns: Mapping[str, Column]
    dose_numbers: tuple[int, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def carries_doses(self) -> bool:
        """Whether the list has columns for doses."""
        return self.kind == "doses" or bool(self.dose_numbers)


def recognise(header: Sequence[str], *, kind: Kind | None = None) -> Layout:
    """Say what a header's columns mean and, unless told, which kind of list it is.

    Raises SheetError: unknown_kind, missing_columns, duplicate_columns.
    """
    seen = ", ".join(cell for cell in header if cell)[:LONGEST_SHOWN]
    concepts = [concept(cell) if cell else "" for cell in header]
    found: dict[str, list[Column]] = {}
    for index, (word, cell) in enumerate(zip(concepts, header, strict=True)):
        if word:
            found.setdefault(word, []).append(Column(index, cell))
    kind = kind or _kind(set(found))
    if kind is None:
        raise SheetError("unknown_kind", seen=seen)
    columns = _columns(kind, found)
    numbers = tuple(sorted({int(part[1]) for field in columns if (part := DOSE.fullmatch(field))}))
    missing = _missing(kind, columns, numbers)
    if missing:
        raise SheetError("missing_columns", kind=kind, needed=missing, seen=seen)
    used = {column.index for column in columns.values()}
    unknown = tuple(cell for index, cell in enumerate(header) if cell and concepts[index] != "" and index not in used)
    return Layout(kind, columns, numbers, unknown)


def _kind(found: set[str]) -> Kind | None:
    wide = any(DOSE.fullmatch(word) for word in found)
    person = bool(found & {"id_number", "sex", "birth_date"}) or "name" in found or wide
    at_work = bool(found & {"employer", "employer_code"})
    if person and not wide and "given_on" in found:
        return "doses"
    # An employer list may name the person to call, by a column that could be anybody's name.
    if at_work and not (
        found & {"id_number", "sex", "birth_date"} or wide or ("name" in found and "contact" not in found)
    ):
        return "staff" if "name." in found and "employer" in found and "contact" not in found else "employers"
    if person or ("name." in found and "phone" in found and not at_work):
        home = found & {
            "living_address",
            "registered_address",
            "residence_state",
            "stair",
            "door",
            "household",
            "building",
        }
        # A residents' list has "work unit" as one more fact; a list of a firm says where in the firm.
        resident = home or (found & {"area", "address."} and not found & {"work_building", "floor", "employer_code"})
        return "staff" if at_work and not resident else "people"
    if found & {"door", "stair", "household"}:
        return "doors"
    if found & {"building_code", "building_name", "building_kind", "building", "floors", "work_building"}:
        return "buildings"
    if found & {"area_code", "area_name", "area_kind", "parent_code"}:
        return "areas"
    if "address." in found and found & {"name.", "lon", "area", "code."}:
        return "buildings"
    return "areas" if {"code.", "name."} <= found or {"area", "code."} <= found else None


def _columns(kind: Kind, found: Mapping[str, list[Column]]) -> dict[str, Column]:
    meaning = MEANING[kind]
    columns: dict[str, Column] = {}
    taken: set[str] = set()
    for field, words in meaning.items():
        word = next((word for word in words if word in found and word not in taken), None)
        if word is not None:
            columns[field] = _single(field, found[word])
            taken.add(word)
    for word, where in found.items():
        if word not in taken and word not in meaning and (word in FIELDS[kind] or DOSE.fullmatch(word)):
            if DOSE.fullmatch(word) and kind not in ("people", "staff"):
                continue
            columns[word] = _single(word, where)
    return columns


def _single(field: str, where: list[Column]) -> Column:
    words = [normal(column.header) for column in where]
    if len(where) > 1 and (field in DECISIVE or DOSE.fullmatch(field) or len(set(words)) < len(words)):
        raise SheetError("duplicate_columns", field=field, columns=tuple(column.header for column in where))
    return where[0]


def _missing(kind: Kind, columns: Mapping[str, Column], numbers: Sequence[int]) -> tuple[str, ...]:
    missing = [need for need in NEEDED[kind] if not any(field in columns for field in need.split("|"))]
    for number in numbers:
        if f"dose{number}_on" not in columns:
            missing.append(f"dose{number}_on")
        if not any(field in columns for field in (f"dose{number}_product", f"dose{number}_maker", "product", "maker")):
            missing.append(f"dose{number}_product|product")
    return tuple(missing)
