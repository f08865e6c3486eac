"""A table of edges: where each begins and ends, and how long it is."""

from __future__ import annotations

import csv
import io
from array import array
from math import isfinite

import numpy as np

from linli.domain.walking.earth import straight_m
from linli.domain.walking.streets.errors import StreetsError
from linli.domain.walking.streets.lines import DIGITS, Streets, joined, steps_of, streets_of

_HEADERS = {
    "from_lon": ("from_lon", "起点经度"),
    "from_lat": ("from_lat", "起点纬度"),
    "to_lon": ("to_lon", "终点经度"),
    "to_lat": ("to_lat", "终点纬度"),
    "from": ("from", "起点"),
    "to": ("to", "终点"),
    "metres": ("metres", "meters", "length_m", "长度", "长度(米)", "长度（米）"),
}
COLUMNS = ("from_lon", "from_lat", "to_lon", "to_lat")  # those that must be there
# A length may be this much below the straight line: it was rounded, or measured on another map.
_SHORT_SHARE, _SHORT_M = 0.99, 1.0


def read_csv(content: bytes) -> Streets:
    """Streets of a table with the columns `from_lon`, `from_lat`, `to_lon`, `to_lat`, degrees of WGS 84.

    `from`, `to` (optional): names of nodes; without them edges meet where their places are equal to a centimetre, with
    them a bridge may pass over a street. `metres` (optional): how long an edge is; without it the straight line.
    Raises StreetsError with the line and the column.
    """
    lines = csv.reader(io.StringIO(_text(content), newline=""))
    try:
        columns = _columns(next(lines, []))
        degrees, metres, names = array("d"), array("d"), list[tuple[str, str]]()
        numbers = array("q")
        for row in lines:
            if not any(cell.strip() for cell in row):
                continue
            for column in COLUMNS:
                degrees.append(_number(row, columns, column, lines.line_num))
            if "metres" in columns:
                metres.append(_number(row, columns, "metres", lines.line_num, least=0.0))
            if "from" in columns:
                names.append((_cell(row, columns, "from"), _cell(row, columns, "to")))
            numbers.append(lines.line_num)
    except csv.Error as error:
        raise StreetsError("broken_csv", line=lines.line_num) from error
    if not numbers:
        raise StreetsError("no_streets")
    places = np.frombuffer(degrees).reshape(-1, 2)
    steps = steps_of(places[:, 0], places[:, 1])
    length = np.frombuffer(metres) if metres else None
    if length is not None:
        _see_that_no_edge_is_too_short(steps.reshape(-1, 4), length, numbers)
    nodes, node = _named(steps, names, numbers) if names else joined(steps)
    return streets_of("csv", nodes, node.reshape(-1, 2), length)


def _text(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise StreetsError("no_text")


def _columns(header: list[str]) -> dict[str, int]:
    cells = [cell.strip().lower() for cell in header]
    columns = {
        name: cells.index(found)
        for name, words in _HEADERS.items()
        if (found := next((word for word in words if word in cells), None)) is not None
    }
    missing = [name for name in COLUMNS if name not in columns]
    if missing:
        raise StreetsError("no_columns", columns=", ".join(missing))
    if ("from" in columns) != ("to" in columns):
        raise StreetsError("no_columns", columns="to" if "from" in columns else "from")
    return columns


def _cell(row: list[str], columns: dict[str, int], column: str) -> str:
    place = columns[column]
    return row[place].strip() if place < len(row) else ""


def _number(row: list[str], columns: dict[str, int], column: str, line: int, least: float = -180.0) -> float:
    said = _cell(row, columns, column)
    try:
        number = float(said)
    except ValueError:
        number = float("nan")
    if not isfinite(number) or number < least:
        raise StreetsError("bad_cell", line=line, column=column, said=said[:40])
    return number


def _see_that_no_edge_is_too_short(steps: np.ndarray, length: np.ndarray, numbers: array[int]) -> None:
    line = straight_m(*(steps.T / DIGITS))
    short = np.flatnonzero(length < line * _SHORT_SHARE - _SHORT_M)
    if len(short):
        first = int(short[0])
        raise StreetsError("too_short", line=numbers[first], metres=float(length[first]), straight=round(line[first]))


def _named(steps: np.ndarray, names: list[tuple[str, str]], numbers: array[int]) -> tuple[np.ndarray, np.ndarray]:
    """Nodes by their names, each at one place."""
    known: dict[str, int] = {}
    node = np.array([known.setdefault(name, len(known)) for pair in names for name in pair], np.int32)
    if "" in known:
        first = next(place for place, pair in enumerate(names) if "" in pair)
        raise StreetsError("bad_cell", line=numbers[first], column="to" if names[first][0] else "from", said="")
    nodes = np.zeros((len(known), 2), np.int32)
    nodes[node[::-1]] = steps[::-1]
    astray = np.flatnonzero((np.abs(nodes[node] - steps) > 100).any(axis=1))  # a metre
    if len(astray):
        place = int(astray[0])
        raise StreetsError("two_places", line=numbers[place // 2], node=names[place // 2][place % 2][:40])
    return nodes, node
