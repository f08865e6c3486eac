"""The real streets of central Shanghai, where they are at hand: how far circles mislead."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from linli.domain.walking import at_nodes, circle
from linli.domain.walking.streets import read_streets

FILE = Path(__file__).resolve().parents[4] / "shared/benchmarks/streets/central-shanghai.osm"


@pytest.mark.skipif(not FILE.exists(), reason=f"OpenStreetMap's extract is not in {FILE.parent}")
def test_two_in_five_pairs_in_a_circle_are_farther_apart_by_street() -> None:
    network = read_streets(FILE.name, FILE.read_bytes()).network()
    assert (network.node_count, network.edge_count, network.piece_count) == (1864, 2235, 75)
    nodes = at_nodes(network, np.flatnonzero(network.piece == 0).astype(np.int32))
    found = circle(network, nodes, radius_m=500, centres=len(nodes))
    assert found.pairs > 300_000
    assert found.share == pytest.approx(0.42, abs=0.005)
