"""Read the cells that somebody changed in a list that came back, each by itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from linli.domain.identity import IdentityError, plain, read_phone
from linli.domain.sheets.cells import EXCEL_ERRORS, Cells, is_formula
from linli.domain.sheets.copies import UNITS, WRITTEN, CopyKind, cell_text, written_word
from linli.domain.sheets.doses import YES_OR_NO, Products, check_day, dose_number
from linli.domain.sheets.layout import Layout
from linli.domain.sheets.people import SEXES, birth_of
from linli.domain.sheets.places import AREA_KINDS, BUILDING_KINDS
from linli.domain.sheets.problem import Problem
from linli.domain.sheets.returned import Returned
from linli.domain.sheets.workplaces import credit_code
from linli.domain.sheets.writing import Value

EVIDENCE: Final = {
    **dict.fromkeys(("record", "register", "接种记录", "系统记录", "登记", "记录"), "record"),
    **dict.fromkeys(("paper", "凭证", "纸质凭证", "接种凭证", "接种证", "card", "certificate"), "paper"),
    **dict.fromkeys(("told", "口述", "自述", "本人口述", "告知"), "told"),
}
CHOICES: Final[dict[str, Mapping[str, str]]] = {
    "sex": SEXES,
    "building_kind": BUILDING_KINDS,
    "area_kind": AREA_KINDS,
    "evidence": EVIDENCE,
    "supply_ended": YES_OR_NO,
}
# What Excel may hold for a number: at least, at most, and whether it is whole.
BOUNDS: Final[dict[str, tuple[float, float, bool]]] = {
    "floors": (1, 200, True),
    "lon": (-180, 180, False),
    "lat": (-90, 90, False),
    "floor": (-20, 200, True),
}
TOGETHER: Final[dict[CopyKind, frozenset[str]]] = {
    kind: frozenset(field for fields in units.values() for field in fields) for kind, units in UNITS.items()
}


@dataclass(frozen=True, slots=True)
class Edit:
    """A changed cell: its value, and how linli would write it; places and products are still as they were typed."""

    value: Value
    text: str


class Edits:
    """Reads the changed cells of one row after another."""

    def __init__(
        self, returned: Returned, kind: CopyKind, *, products: Mapping[str, str], on: date, language: str
    ) -> None:
        self._cells = Cells(Layout("people", returned.fields), on=on)
        self._kind = kind
        self._language = language
        products_of = Products(products)
        self._readers: dict[str, Callable[[str], Value]] = {
            "name": lambda _: self._cells.name(),
            "phone": self._phone,
            "birth_date": lambda _: birth_of(self._cells, None),
            "employer_code": lambda _: credit_code(self._cells, severity="bad"),
            "given_on": self._day_of_dose,
            "dose_number": lambda _: dose_number(self._cells),
            "product": lambda field: self._product(field, products_of),
            **dict.fromkeys(CHOICES, self._choice),
            **dict.fromkeys(BOUNDS, self._number),
        }
        if kind == "employers":
            del self._readers["floor"]  # a firm may sit on "3-4"; a door has one floor

    def read(self, line: int, row: Sequence[str], fields: Sequence[str]) -> tuple[dict[str, Edit], list[Problem]]:
        """What was typed into these fields of a row, and what is wrong with it; a wrong one is not among the edits."""
        self._cells.open(line, tuple(row))
        self._cells.problems = []
        edits: dict[str, Edit] = {}
        for field in fields:
            edit = self._read(field)
            if edit is not None:
                edits[field] = edit
        return edits, self._cells.problems

    def _read(self, field: str) -> Edit | None:
        cells = self._cells
        if plain(cells.raw(field)).lower() in EXCEL_ERRORS:
            cells.report(field, "cell_error", severity="warning")
            return None
        text = cells.text(field)
        if is_formula(text):
            return None  # told by reading it
        if not text:
            if field in TOGETHER[self._kind]:
                return Edit("", "")
            # A column that was cleared by mistake must not take anything away.
            cells.report(field, "emptied", severity="warning")
            return None
        value = self._readers.get(field, cells.text)(field)
        if value is None or any(problem.severity == "bad" for problem in self._wrong(field)):
            return None
        if field in CHOICES:
            return Edit(value, written_word(field, str(value), self._language))
        return Edit(value, cell_text(value))

    def _wrong(self, field: str) -> list[Problem]:
        column = self._cells.layout.columns[field].header
        return [problem for problem in self._cells.problems if problem.column == column]

    def _phone(self, field: str) -> Value:
        try:
            return read_phone(self._cells.text(field))
        except IdentityError as refused:
            # The register has a phone already: it stays until there is a better one.
            self._cells.refuse(field, refused)
            return None

    def _choice(self, field: str) -> Value:
        words = CHOICES[field]
        typed = self._cells.text(field).lower()
        written = {word.lower(): code for code, pair in WRITTEN[field].items() for word in pair}
        code = written.get(typed) or words.get(typed)
        if not code:
            choices = tuple(written_word(field, one, self._language) for one in WRITTEN[field])
            self._cells.report(field, "unknown_choice", choices=choices)
            return None
        return code

    def _number(self, field: str) -> Value:
        lowest, highest, is_whole = BOUNDS[field]
        number = self._cells.number(field, lowest=lowest, highest=highest)
        if number is None or not is_whole:
            return number
        if number != int(number):
            self._cells.report(field, "bad_number")
            return None
        return int(number)

    def _day_of_dose(self, field: str) -> Value:
        day = self._cells.date(field)
        if day is not None:
            check_day(self._cells, field, day, None)
        return day

    def _product(self, field: str, products: Products) -> Value:
        code = products.code(self._cells.text(field), "")
        if not code:
            self._cells.report(field, "unknown_product")
            return None
        return code
