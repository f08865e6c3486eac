"""A workbook of one sheet, as an office would save it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO

from openpyxl import Workbook

from linli.demo.tables import Cell


def workbook(rows: Iterable[Sequence[Cell]], *, sheet: str, frozen: int) -> bytes:
    """The bytes of an XLSX file of one sheet; rows above line `frozen` stay in sight, text with = in front computes."""
    book = Workbook(write_only=True)
    page = book.create_sheet(sheet)
    page.freeze_panes = f"A{frozen}"
    for row in rows:
        page.append([None if value == "" else value for value in row])
    out = BytesIO()
    book.save(out)
    return out.getvalue()
