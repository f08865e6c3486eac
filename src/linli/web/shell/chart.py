"""The geometry of a line chart: values in, drawing numbers out.

Lines live in a 1000 x 1000 box that the browser stretches to any width; labels sit at percentages and keep their size.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

BOX = 1000
LABEL_ROOM = 6  # labels on the x axis, at most: as many as a phone shows side by side


@dataclass(frozen=True)
class Line:
    """One series: its path, the area under it, and its last known point (percent of width and height)."""

    name: str
    index: int
    path: str
    area: str
    last_x: float
    last_y: float
    last_value: float | None


@dataclass(frozen=True)
class Tick:
    """One label of an axis, at a percentage of the axis' length; `anchor` is SVG's text-anchor."""

    at: float
    value: float
    index: int = 0
    anchor: str = "middle"


@dataclass(frozen=True)
class Drawing:
    """Everything a template needs to draw the chart. Percentages count from the left and from the top."""

    lines: tuple[Line, ...]
    y_ticks: tuple[Tick, ...]
    x_ticks: tuple[Tick, ...]
    top: float
    step_width: float


def nice_top(largest: float) -> tuple[float, float]:
    """The round number an axis should end at, and the step between its labels; 4 to 6 steps."""
    if largest <= 0:
        return 4.0, 1.0
    raw = largest / 4
    size = 10.0 ** math.floor(math.log10(raw))
    step = next(size * factor for factor in (1, 2, 2.5, 5, 10) if size * factor >= raw)
    return step * math.ceil(largest / step), step


def draw(names: Sequence[str], rows: Sequence[Sequence[float | None]], *, top: float | None = None) -> Drawing:
    """Lay out series of equal length over one x axis; None is a gap. `top` fixes the axis' end, as 1.0 for shares."""
    length = max((len(row) for row in rows), default=0)
    known = [value for row in rows for value in row if value is not None]
    largest = max(known, default=0.0)
    end, step = nice_top(largest)
    if all(float(value).is_integer() for value in known):  # half a dose is nothing to read off an axis
        step = float(math.ceil(step))
        end = step * max(1, math.ceil(largest / step)) if known and largest > 0 else end
    if top is not None:
        end, step = top, top / 4
    span = max(length - 1, 1)
    named = enumerate(zip(names, rows, strict=True), start=1)
    lines = tuple(_line(name, index, row, span=span, top=end) for index, (name, row) in named)
    count = round(end / step)
    y_ticks = tuple(Tick(at=round(100 - 100 * i / count, 2), value=step * i) for i in range(count + 1))
    return Drawing(lines, y_ticks, _x_ticks(length), end, round(100 / span, 3))


def _line(name: str, index: int, row: Sequence[float | None], *, span: int, top: float) -> Line:
    runs: list[list[tuple[float, float]]] = [[]]
    last: tuple[float, float, float | None] = (0.0, 100.0, None)
    for i, value in enumerate(row):
        if value is None:
            runs.append([])
            continue
        x, y = BOX * i / span, BOX * (1 - value / top)
        runs[-1].append((x, y))
        last = (round(x / 10, 2), round(y / 10, 2), value)
    runs = [run for run in runs if run]
    path = " ".join(f"M{_points(_visible(run))}" for run in runs)
    area = " ".join(f"M{run[0][0]:.1f},{BOX}L{_points(run)}L{run[-1][0]:.1f},{BOX}z" for run in runs)
    return Line(name, index, path, area, *last)


def _points(run: Sequence[tuple[float, float]]) -> str:
    return "L".join(f"{x:.1f},{y:.1f}" for x, y in run)


def _visible(run: list[tuple[float, float]]) -> list[tuple[float, float]]:
    # a lone point between two gaps draws nothing unless the line has a length
    return run if len(run) > 1 else [run[0], (run[0][0] + 0.1, run[0][1])]


def _x_ticks(length: int) -> tuple[Tick, ...]:
    if length == 0:
        return ()
    last = length - 1
    count = min(length, LABEL_ROOM)
    if count == 1:
        return (Tick(at=0, value=0, index=0, anchor="start"),)
    indexes = sorted({round(last * i / (count - 1)) for i in range(count)})
    anchors = {0: "start", last: "end"}
    return tuple(Tick(at=round(100 * i / last, 2), value=i, index=i, anchor=anchors.get(i, "middle")) for i in indexes)
