"""Metres out of degrees, near one place: the WGS 84 ellipsoid."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

# Where people live; nearer to a pole a degree of longitude is too short to measure by.
FARTHEST_LAT = 85.0


def metres_per_degree(lat: Floats) -> tuple[Floats, Floats]:
    """How long a degree of longitude and one of latitude are at a latitude, in metres.

    Series of the WGS 84 ellipsoid (Snyder, Map Projections: A Working Manual, USGS 1395), right to a millimetre.
    """
    phi = np.radians(lat)
    east = 111412.84 * np.cos(phi) - 93.5 * np.cos(3 * phi) + 0.118 * np.cos(5 * phi)
    north = 111132.92 - 559.82 * np.cos(2 * phi) + 1.175 * np.cos(4 * phi) - 0.0023 * np.cos(6 * phi)
    return east, north


def straight_m(lon: Floats, lat: Floats, other_lon: Floats, other_lat: Floats) -> Floats:
    """Straight lines between places in metres, right to a thousandth up to some ten kilometres."""
    east, north = metres_per_degree((lat + other_lat) / 2)
    return np.hypot((other_lon - lon) * east, (other_lat - lat) * north)
