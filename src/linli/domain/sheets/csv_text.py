"""Lists in text files: comma, tab or semicolon between the cells, quotes round those with line breaks."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence

from linli.domain.sheets import header as headers
from linli.domain.sheets.encoding import UTF16_MARKS, Text, decode
from linli.domain.sheets.problem import LONGEST_SHOWN, Problem, SheetError
from linli.domain.sheets.sheet import Sheet

DELIMITERS = ",\t;"
ALL_BUT_LINES_AND_QUOTES = bytes(byte for byte in range(256) if byte not in b'\n"')
# A quote nobody closes swallows the lines after it; a real cell seldom has more lines than this.
LONGEST_RECORD = 60
LONGEST_CELL = 100_000
LONGEST_LINE = 4_000_000  # bytes; text of a hundred million cells on one line would fill the memory

Record = tuple[int, list[str]]


def read_csv(data: bytes, *, row_limit: int) -> Sheet:
    """Read a text file. Raises SheetError: no_header, no_rows, too_many_rows, open_quote, not_a_sheet."""
    refuse_too_many_lines(data, row_limit)
    _refuse_endless_line(data)
    text = decode(data)
    if not any(line.strip() for line in text.lines):
        raise SheetError("empty_file")
    _refuse_web_page(text)
    delimiter, first, found = _header(text)
    index, depth, header = found
    header_line, width = first[index][0], len(header)
    rows: list[tuple[str, ...]] = []
    lines: list[int] = []
    problems: list[Problem] = []
    records = _records(text.lines, delimiter)
    for _ in range(index + depth):
        next(records)
    for line, cells in records:
        if not any(cells):
            continue
        problem = _broken(line, cells, width, delimiter, text)
        if problem is not None:
            problems.append(problem)
            continue
        if len(rows) == row_limit:
            raise SheetError("too_many_rows", rows=row_limit + 1, limit=row_limit)
        rows.append(tuple(cells[:width]) if len(cells) >= width else (*cells, *[""] * (width - len(cells))))
        lines.append(line)
    if not rows and not problems:
        raise SheetError("no_rows")
    return Sheet(header, rows, lines, header_line, "csv", encoding=text.encoding, problems=tuple(problems))


def refuse_too_many_lines(data: bytes, row_limit: int) -> None:
    """Count lines outside quotes in the raw bytes, before anything is decoded. Raises SheetError: too_many_rows."""
    if data.count(b"\n") <= row_limit:
        return
    ends = data
    if b'"' in data and not data.startswith(UTF16_MARKS):
        # What is left is line ends and quotes; two quotes side by side held a cell without line ends.
        ends = data.translate(None, ALL_BUT_LINES_AND_QUOTES).replace(b'""', b"")
        ends = b"".join(ends.split(b'"')[::2])
    # The title, header and empty lines are among them: give a little room and let the reader count exactly.
    if (count := ends.count(b"\n")) > row_limit + headers.ROWS_SEARCHED:
        raise SheetError("too_many_rows", rows=count, limit=row_limit)


def _refuse_endless_line(data: bytes) -> None:
    """Look for a stretch without a line end, before anything is decoded. Raises SheetError: not_a_sheet."""
    for start in range(0, len(data) - LONGEST_LINE, LONGEST_LINE):
        stop = start + LONGEST_LINE
        if data.find(b"\n", start, stop) < 0 and data.find(b"\r", start, stop) < 0:
            raise SheetError("not_a_sheet")


def _refuse_web_page(text: Text) -> None:
    start = "".join(text.lines[:20]).lstrip().lower()[:200]
    if start.startswith(("<!doctype", "<html", "<?xml", "<table", "{\\rtf", "%pdf")):
        raise SheetError("not_a_sheet")


def _header(text: Text) -> tuple[str, list[Record], tuple[int, int, tuple[str, ...]]]:
    best: tuple[int, str, list[Record], tuple[int, int, tuple[str, ...]]] | None = None
    for delimiter in DELIMITERS:
        first = [record for record, _ in zip(_records(text.lines[:200], delimiter), range(60), strict=False)]
        found = headers.find([cells for _, cells in first])
        if found is None:
            continue
        known = sum(1 for cell in found[2] if headers.concept(cell))
        if best is None or known > best[0]:
            best = (known, delimiter, first, found)
    if best is None:
        seen = next(line.strip() for line in text.lines if line.strip())
        raise SheetError("no_header", seen=seen[:LONGEST_SHOWN])
    return best[1:]


def _records(lines: Sequence[str], delimiter: str) -> Iterator[Record]:
    """Every record with the line it begins on; the cells keep their text."""
    reader = csv.reader((f"{line}\n" for line in lines), delimiter=delimiter)
    begin = 1
    try:
        for cells in reader:
            if begin == 1 and len(cells) <= 2 and cells and cells[0].startswith("sep="):
                cells = []
            yield begin, cells
            begin = reader.line_num + 1
    except csv.Error:
        raise SheetError("open_quote", line=begin) from None


def _broken(line: int, cells: list[str], width: int, delimiter: str, text: Text) -> Problem | None:
    breaks = sum(cell.count("\n") for cell in cells)
    shown = delimiter.join(cells)[:LONGEST_SHOWN]
    if breaks > LONGEST_RECORD or any(len(cell) > LONGEST_CELL for cell in cells):
        raise SheetError("open_quote", line=line)
    if text.undecodable and any(number in text.undecodable for number in range(line, line + breaks + 1)):
        return Problem(line, "", shown, "undecodable")
    if breaks and width > 2 and any("\n" in cell and cell.count(delimiter) >= width - 1 for cell in cells):
        return Problem(line, "", shown, "swallowed_lines", {"lines": breaks})
    if len(cells) > width and any(cell.strip() for cell in cells[width:]):
        return Problem(line, "", shown, "too_many_cells", {"cells": len(cells), "columns": width})
    return None
