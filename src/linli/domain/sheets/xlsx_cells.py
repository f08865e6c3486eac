"""Lists in XLSX files: the sheet that looks like a list, its cells as the text people see."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from io import BytesIO

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

from linli.domain.sheets import header as headers
from linli.domain.sheets.problem import LONGEST_SHOWN, SheetError
from linli.domain.sheets.sheet import Sheet
from linli.domain.sheets.xlsx_guard import Formulas, check

CalamineCell = int | float | str | bool | time | date | datetime | timedelta
EXACT_DIGITS = 10**15
OLE_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")


def read_xlsx(data: bytes, *, row_limit: int) -> Sheet:
    """Read a workbook's list. A formula gives the value the file keeps for it, or its own text when there is none.

    Raises SheetError: broken_xlsx, encrypted, xlsx_bomb, too_many_rows, too_wide, no_header, no_rows.
    """
    formulas = check(data, row_limit=row_limit)
    try:
        return _choose(CalamineWorkbook.from_filelike(BytesIO(data)), formulas, row_limit)
    except PasswordError:
        raise SheetError("encrypted") from None
    except (CalamineError, OSError):
        raise SheetError("broken_xlsx") from None


def refuse_old_book(data: bytes) -> None:
    """Refuse Excel 97-2003 files and locked workbooks: one container. Raises SheetError: old_xls, encrypted."""
    if data.startswith(OLE_MARK):
        raise SheetError("encrypted" if ENCRYPTED_STREAM in data else "old_xls")


def text(cell: CalamineCell) -> str:
    """A cell as people see it: whole numbers without `.0`, dates as ISO text, long numbers as Excel rounds them."""
    if isinstance(cell, str):
        return cell.replace("\0", "")  # written _x0000_ in the file; PostgreSQL cannot keep one
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float | int):
        if abs(cell) >= EXACT_DIGITS:
            return f"{cell:.14E}"
        return str(int(cell)) if cell == int(cell) else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time.min else cell.isoformat(sep=" ", timespec="seconds")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell)


def _choose(book: CalamineWorkbook, formulas: Sequence[Formulas], row_limit: int) -> Sheet:
    found: list[tuple[int, int, str, list[tuple[int, list[str]]], tuple[int, int, tuple[str, ...]]]] = []
    seen = ""
    for position, meta in enumerate(book.sheets_metadata):
        if meta.visible != SheetVisibleEnum.Visible or position >= len(formulas):
            continue
        rows = _rows(book.get_sheet_by_index(position), formulas[position])
        header = headers.find([cells for _, cells in rows[: headers.ROWS_SEARCHED]])
        if header is not None:
            known = sum(1 for cell in header[2] if headers.concept(cell))
            found.append((known, -position, meta.name, rows, header))
        elif not seen and rows:
            seen = " | ".join(cell for cell in rows[0][1] if cell)
    if not found:
        raise SheetError("no_header", seen=seen[:LONGEST_SHOWN]) if seen else SheetError("empty_file")
    found.sort(reverse=True)
    _, _, name, rows, header = found[0]
    return _sheet(name, rows, header, tuple(other[2] for other in found[1:]), row_limit)


def _sheet(
    name: str,
    rows: list[tuple[int, list[str]]],
    found: tuple[int, int, tuple[str, ...]],
    others: tuple[str, ...],
    row_limit: int,
) -> Sheet:
    index, depth, header = found
    width = max(position for position, cell in enumerate(header) if cell) + 1
    body = rows[index + depth :]
    if not body:
        raise SheetError("no_rows")
    if len(body) > row_limit:
        raise SheetError("too_many_rows", rows=len(body), limit=row_limit)
    return Sheet(
        header=header[:width],
        rows=[tuple(cells[:width]) for _, cells in body],
        lines=[line for line, _ in body],
        header_line=rows[index][0],
        form="xlsx",
        name=name,
        other_sheets=others,
    )


def _rows(sheet: CalamineSheet, formulas: Formulas) -> list[tuple[int, list[str]]]:
    """Rows with something in them, each with its number in Excel; all equally wide."""
    top, left = sheet.start or (0, 0)
    by_row: dict[int, dict[int, str]] = {}
    for (row, column), words in formulas.items():
        by_row.setdefault(row, {})[column - left] = words
    right = max((sheet.end or (0, 0))[1], max((column for _, column in formulas), default=0)) - left + 1
    rows: list[tuple[int, list[str]]] = []
    for number, raw in enumerate(sheet.iter_rows(), top):
        cells = [text(cell) for cell in raw]
        if len(cells) < right:
            cells.extend([""] * (right - len(cells)))
        for column, words in by_row.get(number, {}).items():
            if 0 <= column < right and not cells[column]:
                cells[column] = words
        if any(cells):
            rows.append((number + 1, cells))
    return rows
