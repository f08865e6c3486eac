"""A grid of degrees laid over places, so that only what is near need be looked at."""

from __future__ import annotations

from math import ceil, sqrt
from typing import NamedTuple

import numpy as np

from linli.domain.walking.earth import Floats, metres_per_degree

_SHORTEST_NORTH_M = 110_574.0  # as short as a degree of latitude gets, at the equator


class Grid(NamedTuple):
    """Cells from a corner on, `across` times `up` of a size in degrees; none is shorter than `cell_m` either way."""

    corner: tuple[float, float]
    size: tuple[float, float]
    across: int
    up: int
    cell_m: float


def grid_over(lon: Floats, lat: Floats, *, least_m: float, most: int) -> Grid:
    """A grid over all these places, of cells of at least `least_m`, and larger ones where it would have over `most`."""
    # Scales a little beyond the places, for what lies just outside.
    highest = np.array([min(np.abs(lat).max() + 0.1, 89.0)])
    east, north = float(metres_per_degree(highest)[0][0]), _SHORTEST_NORTH_M
    west, south = float(lon.min()), float(lat.min())
    wide, tall = float(lon.max()) - west, float(lat.max()) - south
    wide_m, tall_m = max(wide * east, 1.0), max(tall * north, 1.0)
    cell_m = max(least_m, sqrt(wide_m * tall_m / most), wide_m / most, tall_m / most, 0.1)
    size = (cell_m / east, cell_m / north)
    return Grid((west, south), size, ceil(wide / size[0]) + 1, ceil(tall / size[1]) + 1, cell_m)
