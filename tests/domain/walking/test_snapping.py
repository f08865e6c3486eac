"""Doors hang on the nearest street, found as by looking at every street; scraps and far places."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented_streets import EAST, LAT, LON, NORTH, degrees, drawn, scattered

from linli.domain.walking import Network, NetworkError, at_nodes, network_of, snap

FAR = 1e9


def by_looking(network: Network, x: float, y: float) -> float:
    """Metres to the nearest of all edges, in the plane."""
    place = np.array([x, y])
    nodes = np.stack([(network.lon - LON) * EAST, (network.lat - LAT) * NORTH], axis=1)
    one, way = nodes[network.ends[:, 0]], nodes[network.ends[:, 1]] - nodes[network.ends[:, 0]]
    square = np.maximum((way**2).sum(1), 1e-30)
    share = np.clip(((place - one) * way).sum(1) / square, 0, 1)
    return float(np.hypot(*(one + share[:, None] * way - place).T).min())


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10**6), size_m=st.sampled_from([50.0, 800.0, 6_000.0]))
def test_the_nearest_street_is_found(seed: int, size_m: float) -> None:
    network, chance = scattered(seed, size_m=size_m), np.random.default_rng(seed)
    x, y = chance.uniform(-0.3 * size_m, 1.3 * size_m, (2, 40))
    points = snap(network, *degrees(x, y), reach_m=FAR, leap_m=0)
    expected = [by_looking(network, *place) for place in zip(x, y, strict=True)]
    np.testing.assert_allclose(points.access_m, expected, rtol=2e-3, atol=0.05)
    np.testing.assert_allclose(points.along.sum(1), network.metres[points.edge], rtol=1e-9, atol=1e-9)
    assert (points.piece == network.piece[points.ends[:, 0]]).all()
    near = snap(network, *degrees(x, y), reach_m=60, leap_m=0)
    sure = np.abs(np.array(expected) - 60) > 0.5
    assert ((near.piece >= 0) == (np.array(expected) <= 60))[sure].all()


# A long street, and a scrap of path 100 m north of its middle that nobody joined to it.
STREET = drawn([(0, 0), (2_000, 0), (1_000, 100), (1_020, 100)], [(0, 1), (2, 3)])


@pytest.mark.parametrize(
    ("place", "piece", "access_m"),
    [
        pytest.param((1_010, 70), 0, 70.0, id="a scrap not much nearer"),
        pytest.param((1_010, 90), 1, 10.0, id="a scrap far nearer"),
        pytest.param((-30, 40), 0, 50.0, id="beyond the end"),
        pytest.param((1_500, 299), 0, 299.0, id="just within reach"),
    ],
)
def test_the_network_at_large_goes_before_a_scrap(place: tuple[float, float], piece: int, access_m: float) -> None:
    found = snap(STREET, *degrees(*place))
    assert found.piece.tolist() == [piece]
    assert found.access_m.round(1).tolist() == [access_m]


@pytest.mark.parametrize(
    ("lon", "lat"),
    [(LON, LAT + 0.01), (LON + 3, LAT), (-179.9, -84.0), (float("nan"), LAT), (LON, float("inf")), (LON, 90.0)],
)
def test_a_place_without_a_street_hangs_on_none(lon: float, lat: float) -> None:
    found = snap(STREET, [lon], [lat])
    assert found.is_on_streets.tolist() == [False]
    assert found.edge.tolist() == [-1]
    assert found.is_placed.tolist() == [bool(np.isfinite(lon) and np.isfinite(lat))]


def test_pieces_are_told_the_longest_first() -> None:
    network = drawn([(0, 0), (10, 0), (0, 50), (90, 50), (90, 140), (300, 300)], [(0, 1), (2, 3), (3, 4)])
    assert network.piece.tolist() == [1, 1, 0, 0, 0, 2]
    assert network.piece_m.round(1).tolist() == [180.0, 10.0, 0.0]
    assert (network.node_count, network.edge_count, network.piece_count) == (6, 3, 3)


def test_a_node_is_a_door_of_its_own() -> None:
    nodes = at_nodes(STREET, np.array([1, 2], np.int32))
    assert nodes.ends.tolist() == [[1, -1], [2, -1]]
    assert nodes.access_m.tolist() == [0, 0]
    assert nodes.piece.tolist() == [0, 1]


@pytest.mark.parametrize(
    ("lon", "lat", "ends", "metres", "message"),
    [
        pytest.param([121, 122], [31, 31], [(0, 2)], None, "not there", id="an edge to nowhere"),
        pytest.param([121, 122], [31, 31], [(0, -1)], None, "not there", id="an edge before the first"),
        pytest.param([121, 222], [31, 31], [(0, 1)], None, "on the earth", id="off the earth"),
        pytest.param([121, np.nan], [31, 31], [(0, 1)], None, "on the earth", id="no number"),
        pytest.param([121, 122], [31, 89], [(0, 1)], None, "on the earth", id="too near to the pole"),
        pytest.param([121, 122], [31, 31], [(0, 1)], [-1.0], "metres", id="less than no metres"),
        pytest.param([121, 122], [31, 31], [(0, 1)], [np.inf], "metres", id="endless"),
        pytest.param([121, 122], [31, 31], [(0, 1)], [1.0, 2.0], "metres", id="more lengths than edges"),
    ],
)
def test_arrays_that_are_no_network_are_refused(
    lon: list[float], lat: list[float], ends: list[tuple[int, int]], metres: list[float] | None, message: str
) -> None:
    with pytest.raises(NetworkError, match=message):
        network_of(np.array(lon), np.array(lat), np.array(ends), None if metres is None else np.array(metres))
