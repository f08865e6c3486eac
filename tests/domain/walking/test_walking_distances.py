"""Distances are the shortest ways, as another library finds them; limits, doors, pieces, straight lines."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented_streets import degrees, drawn, scattered
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra

from linli.domain.walking import (
    DETOUR,
    Measure,
    Network,
    Snapped,
    StoppedError,
    Walks,
    at_nodes,
    cut_off,
    near,
    snap,
    straight_m,
    walk,
)

FAR = 1e9


def table(walks: Walks, count: int) -> NDArray[np.float64]:
    """Distances as a full table; infinite where there is none."""
    full = np.full((len(walks.starts) - 1, count), np.inf)
    full[walks.sources, walks.targets] = walks.metres
    return full


def by_scipy(network: Network, points: Snapped) -> NDArray[np.float64]:
    """The same by scipy: every point is one more node, between the ends of its edge."""
    nodes, count = network.node_count, len(points)
    rows, columns, lengths = [network.ends[:, 0]], [network.ends[:, 1]], [network.metres]
    for side in range(2):
        on = points.ends[:, side] >= 0
        rows.append(nodes + np.flatnonzero(on))
        columns.append(points.ends[on, side])
        lengths.append(points.along[on, side] + points.access_m[on])
    row, column, length = (np.concatenate(part) for part in (rows, columns, lengths))
    least = {}  # a sparse matrix adds parallel edges up
    for one, other, metres in zip(row.tolist(), column.tolist(), length.tolist(), strict=True):
        key = (min(one, other), max(one, other))
        least[key] = min(metres, least.get(key, np.inf))
    one, other = np.array(list(least)).T
    # A zero is no edge to scipy.
    graph = coo_array((np.fmax(list(least.values()), 1e-12), (one, other)), shape=(nodes + count, nodes + count))
    full = dijkstra(graph.tocsr(), directed=False, indices=nodes + np.arange(count))
    return np.asarray(full[:, nodes:])


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10**6), limit_m=st.sampled_from([150.0, 600.0, FAR]), threads=st.sampled_from([1, 2]))
def test_nodes_are_as_far_apart_as_another_library_finds(seed: int, limit_m: float, threads: int) -> None:
    network = scattered(seed)
    nodes = at_nodes(network, np.arange(network.node_count, dtype=np.int32))
    found = table(walk(network, nodes, nodes, limit_m=limit_m, threads=threads), len(nodes))
    expected = by_scipy(network, nodes)
    np.testing.assert_allclose(found, np.where(expected <= limit_m, expected, np.inf), rtol=1e-9, atol=1e-6)


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_doors_are_as_far_apart_as_another_library_finds(seed: int) -> None:
    """From any point over its street to any other; two on one edge may walk straight along it."""
    network, chance = scattered(seed), np.random.default_rng(seed)
    points = snap(network, *degrees(*chance.uniform(0, 800, (2, 50))), reach_m=FAR)
    assert points.is_on_streets.all()
    expected = by_scipy(network, points)
    for one in range(len(points)):
        along = np.abs(points.along[one, 0] - points.along[:, 0]) + points.access_m[one] + points.access_m
        same = points.edge == points.edge[one]
        expected[one, same] = np.minimum(expected[one, same], along[same])
    walks = walk(network, points, points, limit_m=FAR)
    found = table(walks, len(points))
    straight = walks.measure == Measure.STRAIGHT
    expected[walks.sources[straight], walks.targets[straight]] = walks.metres[straight]
    np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-6)


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10**6), limit_m=st.sampled_from([200.0, 700.0, FAR]))
def test_no_way_is_shorter_than_its_straight_line(seed: int, limit_m: float) -> None:
    network, chance = scattered(seed), np.random.default_rng(seed)
    points = snap(network, *degrees(*chance.uniform(-500, 1300, (2, 60))))
    walks = walk(network, points, points, limit_m=limit_m)
    one, other = walks.sources, walks.targets
    line = straight_m(points.lon[one], points.lat[one], points.lon[other], points.lat[other])
    assert len(walks) >= len(points)
    assert (walks.metres <= limit_m).all()
    assert (walks.metres >= line * 0.999 - 0.01).all()
    assert (np.diff(walks.sources * np.int64(len(points)) + other) > 0).all(), "in rows, each pair once"


#  0 --- 1 --- 2        5
#        |              |        a block of 100 m; 5-6 hangs together with nothing
#        3 --- 4        6
BLOCK = drawn(
    [(0, 0), (100, 0), (200, 0), (100, -100), (200, -100), (500, 0), (500, -100)],
    [(0, 1), (1, 2), (1, 3), (3, 4), (5, 6)],
)


def metres(one: tuple[float, float], other: tuple[float, float], **more: float) -> tuple[float, Measure] | None:
    """From one place in metres to another: how far by which measure; None where no way leads."""
    lon, lat = degrees(*np.array([one, other], float).T)
    points = snap(BLOCK, lon, lat)
    limit_m = more.pop("limit_m", 2_000.0)
    walks = walk(BLOCK, points.some(np.array([0])), points.some(np.array([1])), limit_m=limit_m, **more)
    return (round(float(walks.metres[0]), 1), Measure(walks.measure[0])) if len(walks) else None


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        pytest.param((0, 0), (200, -100), (300.0, Measure.STREET), id="around the corner"),
        pytest.param((0, 10), (200, -120), (330.0, Measure.STREET), id="and the last metres to both doors"),
        pytest.param((20, 5), (90, 5), (80.0, Measure.STREET), id="along one street"),
        pytest.param((90, 5), (20, -5), (80.0, Measure.STREET), id="back along it"),
        pytest.param((50, 40), (60, 40), (13.0, Measure.STRAIGHT), id="two doors nearer than their street"),
        pytest.param((50, 40), (50, 40), (0.0, Measure.STRAIGHT), id="the same door"),
        pytest.param((0, 0), (500, -50), None, id="another piece"),
        pytest.param((370, 0), (380, 0), None, id="another piece, however near the doors"),
        pytest.param((0, 0), (0, 900), (1170.0, Measure.STRAIGHT), id="to where no street is near"),
        pytest.param((0, 900), (100, 900), (130.0, Measure.STRAIGHT), id="where no street is near"),
        pytest.param((0, 0), (float("nan"), 0), None, id="nobody knows where"),
    ],
)
def test_how_far(one: tuple[float, float], other: tuple[float, float], expected: tuple[float, Measure] | None) -> None:
    assert metres(one, other) == expected
    assert metres(other, one) == expected


@pytest.mark.parametrize(("limit_m", "is_reached"), [(329.0, False), (331.0, True)])
def test_the_limit_counts_the_whole_way_with_both_doors(limit_m: float, is_reached: bool) -> None:
    assert (metres((0, 10), (200, -120), limit_m=limit_m) is not None) == is_reached


def test_the_detour_factor_is_the_callers() -> None:
    assert metres((0, 900), (100, 900), detour=1.5) == (150.0, Measure.STRAIGHT)
    assert DETOUR == 1.3


def test_without_a_network_all_is_straight() -> None:
    points = snap(None, *degrees(np.array([0.0, 300.0, 1_000.0]), np.zeros(3)))
    walks = walk(None, points, points, limit_m=500)
    found = np.round(table(walks, 3), 1)
    assert found.tolist() == [[0, 390, np.inf], [390, 0, np.inf], [np.inf, np.inf, 0]]
    assert set(walks.measure) == {Measure.STRAIGHT}


def test_who_is_cut_off_from_every_venue_is_told() -> None:
    venues = snap(BLOCK, *degrees(np.array([0.0, 0.0]), np.array([0.0, 900.0])))
    homes = snap(BLOCK, *degrees(np.array([200.0, 500, 500, np.nan]), np.array([0.0, -20, 700, 0])))
    assert cut_off(venues, homes).tolist() == [False, True, False, False]
    assert cut_off(snap(BLOCK, *degrees(500.0, 0.0)), homes).tolist() == [True, False, False, False]


def test_many_pairs_come_whole_through_small_hands(monkeypatch: pytest.MonkeyPatch) -> None:
    """What one thread writes down at a time is less than what it finds."""
    network = scattered(3, nodes=90, edges=200)
    nodes = at_nodes(network, np.arange(90, dtype=np.int32))
    whole = walk(network, nodes, nodes, limit_m=FAR)
    monkeypatch.setattr("linli.domain.walking.distances._ROOM", 1)
    seen: list[tuple[int, int]] = []
    parts = walk(network, nodes, nodes, limit_m=FAR, threads=2, progress=lambda done, of: seen.append((done, of)))
    assert (parts.starts.tolist(), parts.targets.tolist()) == (whole.starts.tolist(), whole.targets.tolist())
    assert parts.metres.tolist() == whole.metres.tolist()
    assert seen == [(64, 90), (90, 90)]


def test_a_walk_can_be_stopped() -> None:
    nodes = at_nodes(BLOCK, np.arange(7, dtype=np.int32))
    with pytest.raises(StoppedError):
        walk(BLOCK, nodes, nodes, limit_m=FAR, stop=lambda: True)


def test_nobody_walks_nowhere() -> None:
    nobody = snap(BLOCK, [], [])
    assert len(walk(BLOCK, nobody, nobody, limit_m=FAR)) == 0
    assert walk(BLOCK, at_nodes(BLOCK, np.array([0], np.int32)), nobody, limit_m=FAR).starts.tolist() == [0, 0]


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10**6), radius_m=st.floats(1, 1_000))
def test_near_points_are_all_found(seed: int, radius_m: float) -> None:
    chance = np.random.default_rng(seed)
    points = snap(None, *degrees(*chance.uniform(0, 800, (2, 40))))
    one, other, found = near(points, points, radius_m=radius_m)
    line = straight_m(points.lon[:, None], points.lat[:, None], points.lon, points.lat)
    got = np.full((40, 40), np.inf)
    got[one, other] = found
    sure = np.abs(line - radius_m) > radius_m * 1e-4 + 1e-6
    assert ((got < np.inf) == (line <= radius_m))[sure].all()
    np.testing.assert_allclose(got[got < np.inf], line[got < np.inf], rtol=1e-4, atol=1e-6)
