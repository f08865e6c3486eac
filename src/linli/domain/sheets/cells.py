"""Read one line's cells, keeping every problem with its column and value."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from linli.domain.identity import IdentityError, plain
from linli.domain.identity.name import doubt_about, read_name
from linli.domain.identity.phone import read_phone
from linli.domain.sheets.dates import DateError, read_date
from linli.domain.sheets.layout import Layout
from linli.domain.sheets.problem import LONGEST_SHOWN, Param, Problem, Severity

NOTHING: Final = frozenset(
    {"", "-", "--", "---", "—", "——", "–", "/", "\\", "无", "暂无", "空", "n/a", "na", "none", "null", "nil", "nan"}
)
NO_DOSE: Final = frozenset(
    {"未接种", "没有接种", "未打", "未种", "没打", "否", "no", "not yet", "not vaccinated", "未"}
)
EXCEL_ERRORS: Final = frozenset(
    {"#n/a", "#ref!", "#value!", "#name?", "#div/0!", "#num!", "#null!", "#getting_data", "#spill!"}
)
SIGNED_NUMBER = re.compile(r"[+\-][\d\s()+\-.,/;]*")
NUMBER = re.compile(r"[+-]?\d{1,12}(?:\.\d{1,20})?")
# A formula here would decide who or what a row is about.
KEY_FIELDS: Final = frozenset(
    {"id_number", "name", "employer", "employer_code", "area_code", "area_name", "parent_code", "building_code"}
    | {"building_name", "building", "door"}
)
# What the register can hold; SQLite would take more than PostgreSQL.
LONGEST: Final[dict[str, int]] = {
    **dict.fromkeys(("stair", "floor"), 20),
    **dict.fromkeys(("door", "household", "lot", "area_code", "parent_code", "building_code"), 40),
    **dict.fromkeys(("area_name", "area_name_en"), 120),
    **dict.fromkeys(("building_name", "building_name_en", "address", "employer", "place"), 160),
    "phone": 60,
    "employer_code": 64,
    "note": 500,
    "outline": 20_000,
}
LONGEST_TEXT: Final = 200
ALWAYS_FITS: Final = min(LONGEST.values())
WIDE_DOSE = re.compile(r"dose\d_")
REMEMBERED: Final = 20_000


class Cells:
    """The cells of one line after another, and what was wrong with them so far."""

    def __init__(self, layout: Layout, *, on: date) -> None:
        self.on = on
        self.layout = layout
        self.problems: list[Problem] = []
        self.bad_lines: set[int] = set()
        self.line = 0
        self.index = {field: column.index for field, column in layout.columns.items()}
        self._row: tuple[str, ...] = ()
        self._told: set[tuple[str, str]] = set()
        self._plain: dict[str, tuple[str, str]] = {}
        self._dates: dict[str, date | DateError] = {}

    def open(self, line: int, row: tuple[str, ...]) -> None:
        """Turn to the next line."""
        self.line = line
        self._row = row
        if self._told:
            self._told = set()

    def report(self, field: str, code: str, *, severity: Severity = "bad", **params: Param) -> None:
        """Keep a problem of this line, once for a field; `field` may be empty or have no column."""
        if (field, code) in self._told:
            return
        self._told.add((field, code))
        column = self.layout.columns.get(field)
        value = self._row[column.index] if column else ""
        self.problems.append(
            Problem(self.line, column.header if column else "", value[:LONGEST_SHOWN], code, params, severity)
        )
        if severity == "bad":
            self.bad_lines.add(self.line)

    def refuse(self, field: str, error: IdentityError | DateError, *, severity: Severity = "bad") -> None:
        """Keep what a reader of ids, names, phones or dates refused."""
        params: dict[str, Any] = dict(error.params)
        self.report(field, error.code, severity=severity, **params)

    def raw(self, field: str) -> str:
        """The cell as it stands in the file."""
        index = self.index.get(field)
        return "" if index is None else self._row[index]

    def text(self, field: str) -> str:
        """The cell in plain characters; empty when it says that there is nothing."""
        index = self.index.get(field)
        if index is None or not (raw := self._row[index]):
            return ""
        known = self._plain.get(raw)
        if known is None:
            known = _plain_and_problem(raw)
            if len(self._plain) > REMEMBERED:
                self._plain.clear()
            self._plain[raw] = known
        value, code = known
        if code == "formula_text":
            self.report(field, code, severity="bad" if field in KEY_FIELDS else "warning")
        elif code:
            self.report(field, code, severity="warning")
        if len(value) > ALWAYS_FITS:
            longest = LONGEST.get(WIDE_DOSE.sub("", field), LONGEST_TEXT)
            if len(value) > longest:
                self.report(field, "too_long", longest=longest)
                return value[:longest]
        return value

    def needed(self, field: str) -> str:
        """The cell's text; an empty one keeps the row out."""
        value = self.text(field)
        if not value:
            self.report(field, "missing", needed=field)
        return value

    def date(self, field: str) -> date | None:
        """The cell's day; None when empty or refused."""
        value = self.text(field)
        if not value:
            return None
        found = self._dates.get(value)
        if found is None:
            try:
                found = read_date(value)
            except DateError as refused:
                found = refused
            self._dates[value] = found
        if isinstance(found, DateError):
            self.refuse(field, found)
            return None
        return found

    def name(self) -> str:
        """The person's name; one that cannot be a name keeps the row out, an odd one is marked."""
        value = self.needed("name")
        if not value or is_formula(value):
            return value
        try:
            name = read_name(value)
        except IdentityError as refused:
            self.refuse("name", refused)
            return ""
        if doubt := doubt_about(name):
            self.report("name", doubt, severity="warning")
        return name

    def phone(self) -> str:
        """The phone, or empty with a warning: a wrong phone does not keep a person out."""
        value = self.text("phone")
        if not value:
            return ""
        try:
            return read_phone(value)
        except IdentityError as refused:
            self.refuse("phone", refused, severity="warning")
            return str(refused.params.get("kept", ""))

    def number(self, field: str, *, lowest: float, highest: float) -> float | None:
        """A number within bounds; None when empty or refused."""
        value = self.text(field)
        if not value:
            return None
        if not NUMBER.fullmatch(value):
            self.report(field, "bad_number")
            return None
        number = float(value)
        if not lowest <= number <= highest:
            self.report(field, "out_of_range", lowest=f"{lowest:g}", highest=f"{highest:g}")
            return None
        return number

    def word(self, field: str, words: Mapping[str, str], *, otherwise: str) -> str:
        """The code that a word stands for; an unknown word gives `otherwise` and a warning."""
        value = self.text(field).lower()
        if not value:
            return ""
        code = words.get(value)
        if code is None:
            self.report(field, "unknown_word", severity="warning", taken_as=otherwise)
            return otherwise
        return code


def is_formula(text: str) -> bool:
    """Whether a spreadsheet might compute this text: it begins with =, @, or a sign that is not a number's."""
    start = text[:1]
    return start in ("=", "@") or (start in ("+", "-") and not SIGNED_NUMBER.fullmatch(text))


def _plain_and_problem(raw: str) -> tuple[str, str]:
    value = " ".join(plain(raw).split())
    lower = value.lower()
    if lower in NOTHING:
        return "", ""
    if lower in EXCEL_ERRORS:
        return "", "cell_error"
    return value, "formula_text" if is_formula(value) else ""
