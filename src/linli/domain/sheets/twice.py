"""The same person, dose or code on two lines of one list."""

from __future__ import annotations

from dataclasses import replace

from linli.domain.sheets.cells import Cells
from linli.domain.sheets.rows import AreaRow, BuildingRow, DoorRow, PersonRow, Row

Key = tuple[object, ...]


class Seen:
    """What earlier lines have said."""

    def __init__(self) -> None:
        self._rows: dict[Key, Row] = {}
        self._doses: dict[Key, list[PersonRow]] = {}

    def is_news(self, row: Row, cells: Cells) -> bool:
        """Whether a line is to be kept; otherwise what is wrong has been reported at the later line."""
        if isinstance(row, PersonRow) and cells.layout.kind == "doses":
            return self._dose_is_news(row, cells)
        key, field, code = _key(row)
        earlier = self._rows.setdefault(key, row)
        if earlier is row:
            return True
        if replace(row, line=earlier.line) == earlier:
            cells.report("", "repeated_row", severity="warning", first_line=earlier.line)
        else:
            cells.report(field, code, first_line=earlier.line)
        return False

    def _dose_is_news(self, row: PersonRow, cells: Cells) -> bool:
        person: Key = (row.document and (row.document.kind, row.document.number),)
        earlier_rows = self._doses.setdefault(person, [])
        dose = row.doses[0]
        for earlier in earlier_rows:
            other = earlier.doses[0]
            if _programme(other.product) != _programme(dose.product):
                continue
            same = other.given_on == dose.given_on and other.product == dose.product
            if same and (other.number == dose.number or None in (other.number, dose.number)):
                cells.report("", "repeated_row", severity="warning", first_line=earlier.line)
                return False
            if dose.number is not None and dose.number == other.number:
                cells.report("dose_number", "two_first_doses", number=dose.number, first_line=earlier.line)
                return False
            if other.given_on == dose.given_on:
                cells.report("given_on", "doses_same_day", given_on=dose.given_on.isoformat(), first_line=earlier.line)
                return False
            if dose.number and other.number and (dose.number < other.number) != (dose.given_on < other.given_on):
                cells.report("given_on", "doses_out_of_order", number=dose.number, other_number=other.number)
                return False
        earlier_rows.append(row)
        return True


def _programme(product: str) -> str:
    """Doses are numbered within a programme: the products of one are codes, another vaccine is its CVX number."""
    return product if product.isdigit() else ""


def _key(row: Row) -> tuple[Key, str, str]:
    """What makes two lines be about the same thing, the field to blame, and the code."""
    if isinstance(row, PersonRow):
        if row.document is not None:
            return (row.document.kind, row.document.number), "id_number", "person_twice"
        # Two people may share name and birthday: without a document only a line that is the same throughout repeats.
        return (replace(row, line=0),), "name", "person_twice"
    if isinstance(row, AreaRow):
        return (row.code.lower(),), "area_code", "code_twice"
    if isinstance(row, BuildingRow):
        key: Key = (row.code,) if row.code else (row.area, row.name, row.address)
        return key, "building_code" if row.code else "building_name", "code_twice"
    if isinstance(row, DoorRow):
        return (row.area, row.building, row.stair, row.door), "door", "code_twice"
    # A firm may sit on several floors or in several towers.
    return (
        (row.code or row.name, row.work_building, row.floor),
        "employer_code" if row.code else "employer",
        "code_twice",
    )
