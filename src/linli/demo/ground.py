"""The schematic ground: an outline of the published 1.09 km2, tiled by committees and grids. Drawn by us, no survey."""

from __future__ import annotations

import csv
import math
from dataclasses import dataclass
from pathlib import Path

AREA_KM2 = 1.09
CENTRE_LON, CENTRE_LAT = 121.458, 31.238
STREET_CODE, STREET_NAME = "310106011", "石门二路街道"

# The sheet: x runs from 0 to WIDTH metres from west to east, s from 0 to 1 from the southern edge to the creek, which
# slants.
# (1000 + 1180) / 2 * 1000 m2 is the published area.
WIDTH_M, HEIGHT_WEST_M, HEIGHT_EAST_M = 1000.0, 1000.0, 1180.0
TURN = math.radians(3.0)  # the streets do not run due east
METRES_A_DEGREE_LAT = 110_874.0
METRES_A_DEGREE_LON = 95_280.0  # at 31.24 N

# One row of committees a line, from south to north: where the row ends (s), and where its committees end (share of x).
ROWS = (
    (0.24, (("002", 0.36), ("008", 0.68), ("003", 1.0))),
    (0.50, (("004", 0.31), ("013", 0.66), ("007", 1.0))),
    (0.76, (("022", 0.38), ("026", 0.70), ("027", 1.0))),
    (1.00, (("023", 0.52), ("021", 1.0))),
)
GRIDS = 3
MORE_GRIDS = {"023": 4, "021": 4}


@dataclass(frozen=True, slots=True)
class Box:
    """A four-sided piece of the sheet: x in metres, s as a share of the height at that x."""

    west: float
    east: float
    south: float
    north: float

    def part(self, west: float, east: float, south: float, north: float) -> Box:
        """A piece inside the box; the four sides are shares of its own width and height."""
        width, height = self.east - self.west, self.north - self.south
        return Box(
            self.west + width * west, self.west + width * east, self.south + height * south, self.south + height * north
        )

    def ring(self) -> list[tuple[float, float]]:
        """The corners as metres on the sheet, counter-clockwise, closed."""
        corners = [
            (self.west, self.south),
            (self.east, self.south),
            (self.east, self.north),
            (self.west, self.north),
            (self.west, self.south),
        ]
        return [(x, s * height_m(x)) for x, s in corners]

    def wkt(self) -> str:
        """The outline as WKT, longitude before latitude, six decimals (a tenth of a metre)."""
        return "POLYGON ((" + ", ".join(f"{lon:.6f} {lat:.6f}" for lon, lat in map(lonlat, self.ring())) + "))"

    def middle(self) -> tuple[float, float]:
        """Longitude and latitude of the middle."""
        x, s = (self.west + self.east) / 2, (self.south + self.north) / 2
        return lonlat((x, s * height_m(x)))


@dataclass(frozen=True, slots=True)
class Area:
    """One area of the tree: the subdistrict, a residents' committee or a grid of one."""

    code: str
    name: str
    level: str
    parent: str
    box: Box


def height_m(x: float) -> float:
    """The height of the sheet in metres at x metres from its western edge."""
    return HEIGHT_WEST_M + (HEIGHT_EAST_M - HEIGHT_WEST_M) * x / WIDTH_M


def lonlat(point: tuple[float, float]) -> tuple[float, float]:
    """Longitude and latitude of a point given in metres on the sheet."""
    x, y = point[0] - WIDTH_M / 2, point[1] - (HEIGHT_WEST_M + HEIGHT_EAST_M) / 4
    east = x * math.cos(TURN) - y * math.sin(TURN)
    north = x * math.sin(TURN) + y * math.cos(TURN)
    return CENTRE_LON + east / METRES_A_DEGREE_LON, CENTRE_LAT + north / METRES_A_DEGREE_LAT


def committee_names() -> dict[str, str]:
    """Names of the real residents' committees by statistical code, from the cited extract."""
    text = (Path(__file__).parent / "data" / "committees.csv").read_text(encoding="utf-8")
    return {row["code"]: row["name"] for row in csv.DictReader(text.splitlines())}


def areas() -> list[Area]:
    """The area tree, parents first: the subdistrict, its committees, their grids."""
    street = Area(STREET_CODE, STREET_NAME, "subdistrict", "", Box(0.0, WIDTH_M, 0.0, 1.0))
    committees, grids = [], []
    names = committee_names()
    south = 0.0
    for north, row in ROWS:
        west = 0.0
        for short, share in row:
            code, east = STREET_CODE + short, share * WIDTH_M
            box = Box(west, east, south, north)
            committees.append(Area(code, names[code], "committee", STREET_CODE, box))
            grids += _grids(code, names[code], box, MORE_GRIDS.get(short, GRIDS))
            west = east
        south = north
    order = {code: place for place, code in enumerate(names)}
    committees.sort(key=lambda area: order[area.code])
    grids.sort(key=lambda area: area.code)
    return [street, *committees, *grids]


def _grids(code: str, name: str, box: Box, across: int) -> list[Area]:
    stem = name.removesuffix("居委会")
    return [
        Area(
            f"{code}-{number + 1:02d}",
            f"{stem}第{number + 1}网格",
            "grid",
            code,
            box.part(number / across, (number + 1) / across, 0.0, 1.0),
        )
        for number in range(across)
    ]
