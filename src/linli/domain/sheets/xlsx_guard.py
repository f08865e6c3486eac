"""What is looked at in an XLSX file before it is opened: its size unpacked, its cells, formulas without a value."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from html import unescape
from io import BytesIO
from posixpath import normpath
from typing import Final

from linli.domain.sheets.problem import SheetError

MOST_BYTES: Final = 400_000_000
MOST_RATIO: Final = 200
RATIO_COUNTS_FROM: Final = 20_000_000
MOST_CELLS: Final = 30_000_000
MOST_COLUMNS: Final = 2_000
PIECE: Final = 1 << 20

ROW = re.compile(rb"<(?:\w+:)?row[\s>]")
CELL = re.compile(rb"<(?:\w+:)?c\s(?:[^>]*?\s)?r=[\"']([A-Z]{1,3})\d+[\"'][^>]*(?<!/)>")
LINE = re.compile(rb"^[^>]*?\br=[\"'](\d+)[\"']")
FORMULA = re.compile(
    rb"<(?:\w+:)?c\s[^>]*?\br=[\"']([A-Z]{1,3})(\d+)[\"'][^>]*>\s*<(?:\w+:)?f\b[^>]*>([^<]*)</(?:\w+:)?f>\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)

Formulas = dict[tuple[int, int], str]


def check(data: bytes, *, row_limit: int) -> list[Formulas]:
    """Refuse a file that would fill the memory; return each sheet's formulas that carry no value.

    The sizes that the file's own directory claims are not believed: every part is unpacked once, piece by piece.
    Keys are (row, column) from 0. Raises SheetError: broken_xlsx, xlsx_bomb, too_many_rows, too_wide, encrypted.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = {info.filename: info for info in archive.infolist()}
            _refuse_claims(parts.values())
            sheets = _sheet_names(data, parts)
            budget = MOST_BYTES
            for name, info in parts.items():
                if name not in sheets and name.endswith(".xml"):
                    budget -= sum(len(piece) for piece in _unpack(data, info, budget))
            return [_scan(data, parts[name], budget, row_limit) for name in sheets]
    except (zipfile.BadZipFile, zlib.error, KeyError, ValueError, NotImplementedError, IndexError) as error:
        if isinstance(error, SheetError):
            raise
        raise SheetError("broken_xlsx") from None


def _refuse_claims(infos: Iterable[zipfile.ZipInfo]) -> None:
    total = packed = 0
    for info in infos:
        if info.flag_bits & 1:
            raise SheetError("encrypted")
        total += info.file_size
        packed += info.compress_size
    if total > MOST_BYTES or (total > RATIO_COUNTS_FROM and total > MOST_RATIO * packed):
        raise SheetError("xlsx_bomb", megabytes=total // 1_000_000, most=MOST_BYTES // 1_000_000)


def _unpack(data: bytes, info: zipfile.ZipInfo, budget: int) -> Iterator[bytes]:
    # zipfile stops at the size the directory claims; the reader that comes after might not.
    start = info.header_offset + 30
    start += int.from_bytes(data[start - 4 : start - 2], "little") + int.from_bytes(data[start - 2 : start], "little")
    packed = data[start : start + info.compress_size]
    if info.compress_type == zipfile.ZIP_STORED:
        yield packed
        return
    if info.compress_type != zipfile.ZIP_DEFLATED:
        raise SheetError("broken_xlsx")
    unpacker, size = zlib.decompressobj(-15), 0
    while packed and not unpacker.eof:
        piece = unpacker.decompress(packed, PIECE)
        packed = unpacker.unconsumed_tail
        size += len(piece)
        if size > budget:
            raise SheetError("xlsx_bomb", megabytes=size // 1_000_000, most=MOST_BYTES // 1_000_000)
        yield piece


def _sheet_names(data: bytes, parts: dict[str, zipfile.ZipInfo]) -> list[str]:
    """The files of the worksheets, in the order of the workbook."""
    book = b"".join(_unpack(data, parts["xl/workbook.xml"], MOST_BYTES)).decode("utf-8", "replace")
    links = b"".join(_unpack(data, parts["xl/_rels/workbook.xml.rels"], MOST_BYTES)).decode("utf-8", "replace")
    targets: dict[str, str] = {}
    for tag in re.findall(r"<(?:\w+:)?Relationship\s[^>]*>", links):
        name, target = re.search(r"\bId=[\"']([^\"']+)", tag), re.search(r"\bTarget=[\"']([^\"']+)", tag)
        if name and target:
            path = unescape(target[1])
            targets[name[1]] = path.lstrip("/") if path.startswith("/") else normpath(f"xl/{path}")
    tags = re.findall(r"<(?:\w+:)?sheet\s[^>]*>", book)
    ids = [found[1] for tag in tags if (found := re.search(r"\w+:id=[\"']([^\"']+)", tag))]
    return [targets[name] for name in ids]


def _scan(data: bytes, info: zipfile.ZipInfo, budget: int, row_limit: int) -> Formulas:
    formulas: Formulas = {}
    widest = rows = last = 0
    tail = b""
    for piece in _unpack(data, info, budget):
        parts = ROW.split(tail + piece)
        tail = parts.pop()
        if len(tail) > 8 * PIECE:
            raise SheetError("broken_xlsx")
        for part in parts:
            rows, last, widest = _row(part, rows, last, widest, formulas)
        if rows > row_limit + 100:
            raise SheetError("too_many_rows", rows=rows, limit=row_limit)
    rows, last, widest = _row(tail, rows, last, widest, formulas)
    if widest > MOST_COLUMNS:
        raise SheetError("too_wide", columns=widest, limit=MOST_COLUMNS)
    # One cell at the bottom right makes a rectangle of every cell above it.
    if last * widest > MOST_CELLS:
        raise SheetError("too_many_rows", rows=last, limit=row_limit)
    return formulas


def _row(part: bytes, rows: int, last: int, widest: int, formulas: Formulas) -> tuple[int, int, int]:
    columns = set(CELL.findall(part))
    if not columns:
        return rows, last, widest
    if (found := LINE.match(part)) is not None:
        last = max(last, int(found[1]))
    if b"<f" in part or b":f" in part:
        for column, line, words in FORMULA.findall(part):
            formulas[int(line) - 1, _number(column) - 1] = "=" + unescape(words.decode("utf-8", "replace"))
    return rows + 1, max(last, rows + 1), max(widest, max(map(_number, columns)))


def _number(column: bytes) -> int:
    number = 0
    for letter in column:
        number = number * 26 + letter - 64
    return number
