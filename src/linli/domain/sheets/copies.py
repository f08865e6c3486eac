"""Lists that go out to be worked on in Excel and come back: their columns, and how a value is written into a cell."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal, get_args

from linli.domain.sheets.header import label
from linli.domain.sheets.writing import Value, clean, kept, write_csv, write_xlsx

CopyKind = Literal["people", "employers", "buildings", "areas", "doors", "doses"]
COPY_KINDS: Final[tuple[CopyKind, ...]] = get_args(CopyKind)

# What may be changed in Excel. Numbers of documents never go out: names and doors are enough to work with.
COPY_FIELDS: Final[dict[CopyKind, tuple[str, ...]]] = {
    "people": (
        *("name", "sex", "birth_date", "phone", "area", "building", "stair", "door", "household"),
        *("employer", "work_building"),
    ),
    "employers": ("employer", "employer_code", "work_building", "floor"),
    "buildings": ("building_name", "building_name_en", "building_kind", "address", "floors", "lon", "lat"),
    "areas": ("area_name", "area_name_en", "area_kind", "parent_code"),
    "doors": ("stair", "door", "floor"),
    "doses": ("product", "given_on", "dose_number", "lot", "place", "evidence", "supply_ended"),
}
# Cells that only together say one thing; of a home or a door, half of one file and half of another would be nowhere.
UNITS: Final[dict[CopyKind, dict[str, tuple[str, ...]]]] = {
    "people": {
        "living": ("area", "building", "stair", "door", "household"),
        "working": ("employer", "work_building"),
    },
    "employers": {},
    "buildings": {},
    "areas": {},
    "doors": {"spot": ("stair", "door")},
    "doses": {},
}
# Codes as they are written: (Chinese, English).
WRITTEN: Final[dict[str, dict[str, tuple[str, str]]]] = {
    "sex": {"F": ("女", "Female"), "M": ("男", "Male")},
    "building_kind": {
        "residential": ("住宅", "Housing"),
        "office": ("写字楼", "Offices"),
        "shop": ("商铺", "Shops"),
        "hotel": ("酒店", "Hotel"),
        "school": ("学校", "School"),
        "hospital": ("医院", "Hospital"),
        "mixed": ("商住", "Mixed"),
        "public": ("公共", "Public"),
        "other": ("其他", "Other"),
    },
    "area_kind": {
        "city": ("市", "City"),
        "district": ("区县", "District"),
        "subdistrict": ("街道乡镇", "Subdistrict"),
        "committee": ("居村委会", "Residents' committee"),
        "grid": ("网格", "Grid"),
        "other": ("其他", "Other"),
    },
    "evidence": {
        "record": ("有登记", "In a register"),
        "paper": ("见凭证", "Paper seen"),
        "told": ("仅口述", "Told, no paper"),
    },
    "supply_ended": {"yes": ("是", "Yes"), "no": ("否", "No")},
}
READING_MARK: Final = ("（只读）", " (read only)")


@dataclass(frozen=True, slots=True)
class CopyColumn:
    """A column of a copy behind Record and Copy: its field, or none where it is for reading only; and its header."""

    field: str
    header: str


@dataclass(frozen=True, slots=True)
class Copied:
    """A list as it went out: the text of every cell by record, in the order of the columns."""

    kind: CopyKind
    language: str
    columns: tuple[CopyColumn, ...]
    rows: Mapping[str, Sequence[str]]


def copy_columns(kind: CopyKind, language: str, reading: Sequence[str]) -> tuple[CopyColumn, ...]:
    """The columns behind Record and Copy: those that may be changed, then those for reading, marked as such."""
    mark = READING_MARK[0 if language.startswith("zh") else 1]
    changeable = [CopyColumn(field, label(field, language)) for field in COPY_FIELDS[kind]]
    return (*changeable, *(CopyColumn("", f"{words}{mark}") for words in reading))


def copy_header(columns: Sequence[CopyColumn], language: str) -> list[str]:
    """The first row of the file."""
    return [label("record", language), label("copy", language), *(column.header for column in columns)]


def written_word(field: str, code: str, language: str) -> str:
    """What stands in a cell for a code."""
    words = WRITTEN[field].get(code)
    return words[0 if language.startswith("zh") else 1] if words else ""


def cell_text(value: Value) -> str:
    """A cell's value as the text that reading it gives back."""
    if value is None:
        return ""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    return str(int(value)) if value == int(value) else repr(value)


def write_copy(
    rows: Iterable[Sequence[Value]],
    *,
    ending: str,
    reading: Sequence[int],
    title: str = "",
    notes: Sequence[str] = (),
    notes_title: str = "",
) -> bytes:
    """The file of a copy, `xlsx` or `csv`: nothing in it is computed, and nothing taken for what it is not."""
    if ending == "csv":
        return write_csv(rows, written=functools.cache(kept))  # most texts come again and again
    return write_xlsx(rows, title=title, reading=reading, notes=notes, notes_title=notes_title)
