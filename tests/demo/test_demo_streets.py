"""The demo's invented streets: whole, and near every door."""

from __future__ import annotations

import numpy as np

from linli.demo.buildings import buildings
from linli.demo.ground import areas
from linli.demo.streets import FILE, streets
from linli.domain.walking import circle, snap
from linli.domain.walking.streets import read_streets


def test_every_building_of_the_demo_lies_on_one_network() -> None:
    network = read_streets(FILE, streets()).network()
    places = np.array([building.box.middle() for building in buildings(areas())])
    doors = snap(network, places[:, 0], places[:, 1])
    assert network.piece_count == 1
    assert len(doors) > 200
    assert doors.is_on_streets.all()
    assert doors.access_m.max() < 40
    misled = circle(network, doors).share
    assert misled is not None
    assert 0.35 < misled < 0.5
