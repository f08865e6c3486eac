"""How the buildings lie on the streets: who is on the network, who is cut off, and how far circles mislead."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from linli.records.places.models import Building
from linli.records.places.queries import network

RADIUS_M = 500.0


@dataclass(frozen=True, slots=True)
class Named:
    """A building by its code and name."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class OnStreets:
    """The buildings of the register on the streets that are walked on.

    `on_network` counts those from which the largest piece is walked. Named are the others: `cut_off`, on a piece that
    no street joins to it; `far_off`, with no street within reach, measured by straight line; `unplaced`, without a
    position. Of `pairs` within `radius_m` by straight line, `farther` are farther apart by street: pairs of
    "buildings", or of "crossings" where fewer than two buildings are on the network.
    """

    on_network: int
    cut_off: tuple[Named, ...]
    far_off: tuple[Named, ...]
    unplaced: tuple[Named, ...]
    pieces_m: tuple[float, ...]
    between: str
    radius_m: float
    pairs: int
    farther: int


def on_streets() -> OnStreets | None:
    """Lay every building on the streets; None where no streets were loaded."""
    from linli.domain.walking import at_nodes, circle, snap  # brings numba along, which takes a second

    streets = network()
    if streets is None:
        return None
    rows = list(Building.objects.order_by("code").values_list("code", "name", "lon", "lat"))
    named = [Named(code, name) for code, name, _lon, _lat in rows]
    place = np.array([(lon, lat) for _code, _name, lon, lat in rows], np.float64).reshape(-1, 2)
    points = snap(streets, place[:, 0], place[:, 1])

    def some(chosen: np.ndarray) -> tuple[Named, ...]:
        return tuple(named[where] for where in np.flatnonzero(chosen))

    is_joined = points.piece == 0
    between = "buildings" if is_joined.sum() > 1 else "crossings"
    ends = points.some(is_joined) if between == "buildings" else at_nodes(streets, np.flatnonzero(streets.piece == 0))
    found = circle(streets, ends, radius_m=RADIUS_M)
    return OnStreets(
        on_network=int(is_joined.sum()),
        cut_off=some(points.piece > 0),
        far_off=some(points.is_placed & (points.piece < 0)),
        unplaced=some(~points.is_placed),
        pieces_m=tuple(streets.piece_m.tolist()),
        between=between,
        radius_m=found.radius_m,
        pairs=found.pairs,
        farther=found.farther,
    )
