"""Files that go out to Excel and come back: read, changed, and saved again as other programs save them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell

from linli.domain.sheets import read

Rows = list[list[str]]


def rows_of(data: bytes, ending: str) -> Rows:
    """The header and rows of a file, as text."""
    sheet = read(data, filename=f"copy.{ending}")
    return [list(sheet.header), *(list(row) for row in sheet.rows)]


def changed(data: bytes, change: Callable[[Any], None]) -> bytes:
    """A workbook opened in another program, changed and saved; `change` gets its sheet."""
    book = load_workbook(io.BytesIO(data))
    assert book.active is not None
    change(book.active)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def column(sheet: Any, header: str) -> int:
    """The number of a column of a workbook's sheet, from 1."""
    return next(cell.column for cell in sheet[1] if cell.value == header)


def put(header: str, value: object, *, row: int = 2) -> Callable[[Any], None]:
    """A change of one cell."""

    def change(sheet: Any) -> None:
        sheet.cell(row, column(sheet, header)).value = value

    return change


def as_bare_book(data: bytes) -> bytes:
    """Saved by a program that keeps values alone: no styles, texts in the cells, days as numbers with a format."""
    old = load_workbook(io.BytesIO(data), read_only=True).worksheets[0]
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Sheet")
    for row in old.iter_rows(values_only=True):
        sheet.append([_as_text(sheet, value) if isinstance(value, str) else value for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _as_text(sheet: Any, value: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value)
    cell.data_type = "s"  # openpyxl would make a formula or an error of some
    return cell


def as_excel_csv(data: bytes, *, day: str = "%Y/%-m/%-d", encoding: str = "gb18030", errors: str = "strict") -> bytes:
    """A CSV opened by a double click in Excel and saved: what looks like a number or a date has become one.

    `day` is how the computer writes days.
    """
    lines = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([[_general(cell, day) for cell in line] for line in lines])
    return out.getvalue().encode(encoding, errors)


def _general(cell: str, day: str) -> str:
    """What Excel's format General makes of a text."""
    plain = cell.strip()
    if re.fullmatch(r"[+-]?\d+(\.\d*)?|[+-]?\d*\.\d+|[+-]?\d+(\.\d*)?[eE][+-]?\d+", plain):
        return _number(float(plain))
    if plain.upper() in ("TRUE", "FALSE"):
        return plain.upper()
    if re.fullmatch(r"\d{4}-\d{1,2}-\d{1,2}", plain):
        try:
            found = datetime.strptime(plain, "%Y-%m-%d")
        except ValueError:
            return cell
        return found.strftime(day) if found.year >= 1900 else cell
    if re.fullmatch(r"\d{1,2}[-/月]\d{1,2}日?", plain):
        first, second = (int(part) for part in re.findall(r"\d+", plain))
        try:
            return date(2021, first, second).strftime("%-d-%b")
        except ValueError:
            return cell
    if found_time := re.fullmatch(r"(\d{1,2}):(\d{2})", plain):
        return f"{int(found_time[1])}:{found_time[2]}" if int(found_time[1]) < 24 else cell
    if re.fullmatch(r"\d+(\.\d+)?%", plain):
        return f"{float(plain[:-1]):.2f}%"
    return cell


def _number(value: float) -> str:
    if abs(value) >= 1e11:
        return f"{value:.5E}"
    return str(int(value)) if value == int(value) else f"{value:.10g}"


def table(rows: Sequence[Sequence[object]]) -> bytes:
    """Rows as a plain CSV in UTF-8."""
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()
