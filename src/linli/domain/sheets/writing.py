"""Write a list for Excel, so that no cell of it can ever be computed."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from io import BytesIO, StringIO
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils import get_column_letter

Value = str | int | float | bool | date | datetime | None

# What a spreadsheet computes, also in the full width that an input method leaves behind.
LIVE: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
LONGEST_CELL: Final = 32_000
DATE_FORMAT: Final = "yyyy-mm-dd"
TIME_FORMAT: Final = "yyyy-mm-dd hh:mm"
WIDEST_COLUMN: Final = 40


def neutral(text: str) -> str:
    """Text that a spreadsheet shows and does not compute: an apostrophe goes before a formula's first sign."""
    text = UNPRINTABLE.sub("", text)
    return f"'{text}" if text.lstrip(" \u00a0\u3000").startswith(LIVE) else text


def write_csv(rows: Iterable[Sequence[Value]]) -> bytes:
    """CSV as Excel opens it by a double click: UTF-8 with its mark, CR LF, dates as ISO text, texts neutralised.

    Excel rounds an 18-digit id in a CSV; lists with ids are better written as XLSX.
    """
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for row in rows:
        writer.writerow([_csv_value(value) for value in row])
    return out.getvalue().encode("utf-8-sig")


def write_xlsx(rows: Iterable[Sequence[Value]], *, title: str = "") -> bytes:
    """A workbook of one sheet; the first row is the header and stays in sight. Text is typed text, whatever it says."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(UNPRINTABLE.sub("", re.sub(r"[\[\]:*?/\\']", " ", title)).strip()[:31] or None)
    lines = iter(rows)
    header = next(lines, ())
    sheet.freeze_panes = "A2"
    for position, value in enumerate(header, 1):
        width = min(WIDEST_COLUMN, max(10, 2 * len(str(value or "")) + 4))
        sheet.column_dimensions[get_column_letter(position)].width = width
    sheet.append([_xlsx_cell(sheet, value) for value in header])
    for row in lines:
        sheet.append([_xlsx_cell(sheet, value) for value in row])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _csv_value(value: Value) -> str | int | float:
    if isinstance(value, str):
        return neutral(value)
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    return value


def _xlsx_cell(sheet: Any, value: Value) -> object:
    if isinstance(value, bool | int | float) or value is None:
        return value
    if isinstance(value, date):
        # Excel knows no time zones: the wall clock is what people read.
        moment = value.replace(tzinfo=None) if isinstance(value, datetime) else datetime.combine(value, time.min)
        cell = WriteOnlyCell(sheet, moment)
        cell.number_format = TIME_FORMAT if isinstance(value, datetime) else DATE_FORMAT
        return cell
    text = UNPRINTABLE.sub("", value)[:LONGEST_CELL]
    if not text.lstrip(" \u00a0\u3000").startswith(LIVE):
        return text
    cell = WriteOnlyCell(sheet, text)
    # openpyxl would make a formula of "="; the quote mark keeps it text after someone edits the cell.
    cell.data_type = "s"
    cell.quotePrefix = True
    return cell
