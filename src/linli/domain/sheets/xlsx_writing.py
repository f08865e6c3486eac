"""Write a workbook straight to XML: text is typed text whatever it says, so that no cell can ever be computed.

Office Open XML needs little for a list: typed cells, a table of texts, a few styles. Writing just that is ten times
faster than the general libraries (docs/decisions/0012), so a list of 40,000 people goes out within the request.
"""

from __future__ import annotations

import math
import re
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import IO, Final

from linli.domain.sheets.xlsx_parts import FIXED, book, column_letters, style, texts_part

Value = str | int | float | bool | date | datetime | None

# What a spreadsheet computes, also in the full width that an input method leaves behind.
LIVE: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
BLANKS: Final = " \u00a0\u3000"
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
# Excel reads _x0041_ as a letter: an underscore that would begin such a mark is written as one itself.
CODED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
LONGEST_CELL: Final = 32_000
WIDEST_COLUMN: Final = 40
# Excel keeps fifteen digits of a number, and counts a 29 February 1900 that never was.
EXACT_NUMBER: Final = 10**15
FIRST_DAY: Final = date(1900, 3, 1)
DAY_ZERO: Final = date(1899, 12, 30)
ROWS_AT_ONCE: Final = 500
PACKING: Final = 3  # higher takes twice as long for a tenth less


def clean(text: str) -> str:
    """A text as a cell can hold it: without control characters, no longer than a cell, line ends as one sign."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return UNPRINTABLE.sub("", text)[:LONGEST_CELL]


def write_xlsx(
    rows: Iterable[Sequence[Value]],
    *,
    title: str = "",
    reading: Sequence[int] = (),
    notes: Sequence[str] = (),
    notes_title: str = "",
) -> bytes:
    """A workbook of one list; the first row is the header and stays in sight.

    The columns in `reading` (positions from 0) are grey: they are for looking at. `notes` make a second sheet.
    """
    lines = iter(rows)
    header = [str(value or "") for value in next(lines, ())]
    texts: dict[str, int] = {}
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=PACKING) as archive:
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            count = _List(part, texts, header, frozenset(reading)).write(lines)
        if notes:
            with archive.open("xl/worksheets/sheet2.xml", "w") as part:
                _List(part, texts, [notes_title], frozenset(), width=110).write([line] for line in notes)
        archive.writestr("xl/sharedStrings.xml", texts_part([CODED.sub("_x005F_", text) for text in texts]))
        titles = [_title(title) or "Sheet1", *([_title(notes_title) or "Sheet2"] if notes else [])]
        for name, content in {**FIXED, **book(titles, columns=len(header), rows=count)}.items():
            archive.writestr(name, content)
    return out.getvalue()


def _title(text: str) -> str:
    return UNPRINTABLE.sub("", re.sub(r"[\[\]:*?/\\']", " ", text)).strip()[:31]


def _width(word: str) -> int:
    return min(WIDEST_COLUMN, max(10, 2 * len(word) + 4))


class _List:
    """One worksheet, written row by row."""

    def __init__(
        self, part: IO[bytes], texts: dict[str, int], header: Sequence[str], reading: frozenset[int], width: int = 0
    ) -> None:
        self._part = part
        self._texts = texts
        self._cells: dict[str, str] = {}  # a text's cell behind its place: most texts come again and again
        self._header = header
        self._letters = [column_letters(position) for position in range(len(header))]
        self._grey = [position in reading for position in range(len(header))]
        self._width = width

    def write(self, lines: Iterable[Sequence[Value]]) -> int:
        """Write the sheet; gives the number of rows, the header among them."""
        self._part.write(self._beginning().encode())
        rows = [self._row(1, self._header, is_header=True)]
        count = 1
        for count, line in enumerate(lines, 2):
            rows.append(self._row(count, line))
            if len(rows) >= ROWS_AT_ONCE:
                self._part.write("".join(rows).encode())
                rows.clear()
        self._part.write("".join(rows).encode())
        reach = f"A1:{self._letters[-1]}{count}" if self._letters else ""
        filters = f'<autoFilter ref="{reach}"/>' if reach and not self._width else ""
        self._part.write(f"</sheetData>{filters}</worksheet>".encode())
        return count

    def _beginning(self) -> str:
        columns = "".join(
            f'<col min="{position}" max="{position}" width="{self._width or _width(word)}"'
            f' style="{style("text", is_grey=grey)}" customWidth="1"/>'
            for position, (word, grey) in enumerate(zip(self._header, self._grey, strict=True), 1)
        )
        return (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews>'
            '<sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
            f"</sheetView></sheetViews>{f'<cols>{columns}</cols>' if columns else ''}<sheetData>"
        )

    def _row(self, number: int, line: Sequence[Value], *, is_header: bool = False) -> str:
        parts = [f'<row r="{number}">']
        for position, value in enumerate(line):
            if value is None or value == "":
                continue
            if position >= len(self._letters):
                self._letters.append(column_letters(position))
                self._grey.append(False)
            grey = self._grey[position]
            if isinstance(value, str):
                kind = "head" if is_header else ""
                cell = self._cells.get(value) if not kind and not grey else None
                if cell is None:
                    cell = self._text(value, kind, grey=grey)
            else:
                cell = self._typed(value, grey=grey)
            parts.append(f'<c r="{self._letters[position]}{number}"{cell}')
        parts.append("</row>")
        return "".join(parts)

    def _text(self, value: str, kind: str, *, grey: bool) -> str:
        text = clean(value)
        # The quote mark keeps it text after someone edits the cell.
        kind = kind or ("quoted" if text.lstrip(BLANKS).startswith(LIVE) else "text")
        place = self._texts.setdefault(text, len(self._texts))
        cell = f' s="{style(kind, is_grey=grey)}" t="s"><v>{place}</v></c>'
        if kind != "head" and not grey:
            self._cells[value] = cell
        return cell

    def _typed(self, value: float | date, *, grey: bool) -> str:
        if isinstance(value, bool):
            return f' s="{style("plain", is_grey=grey)}" t="b"><v>{int(value)}</v></c>'
        if isinstance(value, date):
            return self._day(value, grey=grey)
        # Not a number, or more digits than Excel keeps.
        if not math.isfinite(value) or abs(value) >= EXACT_NUMBER:
            return self._text(str(value), "", grey=grey)
        return f' s="{style("plain", is_grey=grey)}"><v>{value!r}</v></c>'

    def _day(self, value: date, *, grey: bool) -> str:
        day = value.date() if isinstance(value, datetime) else value
        if day < FIRST_DAY:
            return self._text(value.isoformat(), "", grey=grey)
        serial = f"{(day - DAY_ZERO).days}"
        if not isinstance(value, datetime):
            return f' s="{style("day", is_grey=grey)}"><v>{serial}</v></c>'
        # Excel knows no time zones: the wall clock is what people read.
        seconds = value.hour * 3600 + value.minute * 60 + value.second + value.microsecond / 1e6
        return f' s="{style("time", is_grey=grey)}"><v>{int(serial) + seconds / 86_400!r}</v></c>'
