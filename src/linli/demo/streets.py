"""Invented streets on the schematic ground: along the borders of committees, lanes between grids, alleys in them."""

from __future__ import annotations

import json

from linli.demo.ground import ROWS, Area, areas, height_m, lonlat

ATTRIBUTION = "虚构路网 · invented streets"
FILE = "streets.invented.geojson"
_DEAD_END = 0.72  # how far an alley runs into its grid where it does not run through
_Point = tuple[float, float]  # x in metres, s as a share of the height


def streets() -> bytes:
    """The streets as GeoJSON lines; those that meet share a point."""
    grids = [area for area in areas() if area.level == "grid"]
    lines = [(_street(s, grids), "residential") for s in sorted({0.0, *(north for north, _row in ROWS)})]
    lines += [(line, "living_street") for line in _lanes(grids)]
    lines += [(line, "footway") for grid in grids for line in _alleys(grid)]
    features = [
        {
            "type": "Feature",
            "properties": {"highway": kind},
            "geometry": {"type": "LineString", "coordinates": [_placed(point) for point in line]},
        }
        for line, kind in lines
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def _street(s: float, grids: list[Area]) -> list[_Point]:
    """From west to east along the border of two rows, by every lane and alley that meets it on either side."""
    ends = {x for grid in grids if s in (grid.box.south, grid.box.north) for x in (grid.box.west, grid.box.east)}
    alleys = {_across(grid) for grid in grids if s == grid.box.south or (s == grid.box.north and _runs_through(grid))}
    return [(x, s) for x in sorted(ends | alleys)]


def _lanes(grids: list[Area]) -> list[list[_Point]]:
    """From south to north between two grids, and along both edges of the sheet."""
    borders = {(x, grid.box.south, grid.box.north) for grid in grids for x in (grid.box.west, grid.box.east)}
    return [[(x, south), (x, _halfway(south, north)), (x, north)] for x, south, north in sorted(borders)]


def _alleys(grid: Area) -> list[list[_Point]]:
    """One into the grid from the south, and one across it from lane to lane."""
    box, x, half = grid.box, _across(grid), _halfway(grid.box.south, grid.box.north)
    end = box.north if _runs_through(grid) else box.south + (box.north - box.south) * _DEAD_END
    return [[(x, box.south), (x, half), (x, end)], [(box.west, half), (x, half), (box.east, half)]]


def _runs_through(grid: Area) -> bool:
    """Every second alley of a committee."""
    return int(grid.code[-2:]) % 2 == 1


def _across(grid: Area) -> float:
    return (grid.box.west + grid.box.east) / 2


def _halfway(south: float, north: float) -> float:
    return (south + north) / 2


def _placed(point: _Point) -> list[float]:
    x, s = point
    return [round(degrees, 7) for degrees in lonlat((x, s * height_m(x)))]
