"""The p-median against every layout there is, on problems small enough to try them all."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.domain.placement import UNSERVED, Layout, Listed, PlacementError, Status, Stop, p_median
from linli.domain.placement.asking import CountError, DistanceError, NegativeWeightError
from linli.domain.placement.layout import Numbers

Made = tuple[Numbers, Numbers, int]
KINDS: dict[str, Callable[[np.random.Generator, int, int], Numbers]] = {
    "whole": lambda chance, points, venues: chance.integers(0, 20, (points, venues)).astype(float),
    "plane": lambda chance, points, venues: np.hypot(*(chance.random((2, points, 1)) - chance.random((2, 1, venues)))),
    "equal": lambda _chance, points, venues: np.ones((points, venues)),
    "tiny": lambda chance, points, venues: chance.random((points, venues)) * 1e-4,
    "huge": lambda chance, points, venues: chance.random((points, venues)) * 1e7,
}


@st.composite
def problems(draw: st.DrawFn) -> Made:
    chance = np.random.default_rng(draw(st.integers(0, 2**32)))
    points, venues = draw(st.integers(1, 14)), draw(st.integers(1, 10))
    distances = KINDS[draw(st.sampled_from(sorted(KINDS)))](chance, points, venues)
    weights = chance.integers(0, 5, points).astype(float) if draw(st.booleans()) else np.ones(points)
    return distances, weights, draw(st.integers(1, venues))


def walking(distances: Numbers, weights: Numbers, sites: object) -> float:
    return float((weights * distances[:, np.asarray(sites)].min(axis=1)).sum())


def least(distances: Numbers, weights: Numbers, p: int) -> float:
    return min(walking(distances, weights, list(sites)) for sites in combinations(range(distances.shape[1]), p))


def near(value: float, other: float) -> bool:
    return abs(value - other) <= 1e-6 * abs(other) + 1e-12


@given(problems())
def test_no_layout_walks_less(made: Made) -> None:
    distances, weights, p = made
    layout = p_median(distances, weights, p=p)
    assert near(layout.objective, least(distances, weights, p))
    assert layout.status == Status.OPTIMAL
    assert layout.bound <= layout.objective
    assert layout.gap <= 1e-6 or layout.objective < 1e-9


@given(problems())
def test_sites_assignment_and_worth_are_those_of_the_objective(made: Made) -> None:
    distances, weights, p = made
    layout = p_median(distances, weights, p=p)
    assert sorted(set(layout.sites.tolist())) == layout.sites.tolist()
    assert len(layout.sites) == p
    served = distances[np.arange(len(distances)), layout.assignment]
    assert np.isin(layout.assignment, layout.sites).all()
    assert near(float((weights * served).sum()), layout.objective)
    for site, worth in zip(layout.sites.tolist(), layout.worth.tolist(), strict=True):
        others = [other for other in layout.sites.tolist() if other != site]
        if others:
            without = walking(distances, weights, others)
            assert worth == pytest.approx(without - layout.objective, rel=1e-6, abs=1e-9 * (1 + without))


@given(problems())
def test_lists_of_the_near_venues_are_solved_as_told(made: Made) -> None:
    distances, weights, p = made
    listed, table = near_only(distances)
    layout = p_median(listed, weights, p=p)
    assert near(layout.objective, least(table, weights, p))
    assert layout.bound <= layout.objective
    for point in np.flatnonzero(layout.assignment == UNSERVED).tolist():
        own = listed.venue[listed.start[point] : listed.start[point + 1]]
        assert not np.isin(own, layout.sites).any()


def near_only(distances: Numbers) -> tuple[Listed, Numbers]:
    """The nearer half of each point's venues as lists, and as a table in which the others are as far as `beyond`."""
    points, venues = distances.shape
    count = -(-venues // 2)
    venue = np.argsort(distances, axis=1)[:, :count]
    distance = np.take_along_axis(distances, venue, axis=1)
    beyond = 1.5 * distance[:, -1] + 1e-6
    table = np.repeat(beyond[:, None], venues, axis=1)
    np.put_along_axis(table, venue, distance, axis=1)
    start = np.arange(points + 1) * count
    return Listed(start, venue.ravel().astype(np.int32), distance.ravel(), beyond, venues), table


def scattered(points: int, seed: int) -> Numbers:
    where = np.random.default_rng(seed).random((points, 2))
    return np.hypot(*(where[:, None] - where).transpose(2, 0, 1))


def after(calls: int) -> Stop:
    """Says stop from that call on."""
    left = iter(range(calls))
    return lambda: next(left, None) is None


@pytest.mark.parametrize("calls", [0, 1, 2, 5, 20, 80])
@settings(max_examples=5)
@given(seed=st.integers(0, 100))
def test_stopped_at_any_time_the_optimum_lies_between_bound_and_objective(seed: int, calls: int) -> None:
    distances = scattered(40, seed)
    optimum = p_median(distances, p=5).objective
    layout = p_median(distances, p=5, stop=after(calls))
    assert layout.bound <= optimum * (1 + 1e-9)
    assert layout.objective >= optimum * (1 - 1e-6)
    assert layout.objective == pytest.approx(walking(distances, np.ones(40), layout.sites))
    assert layout.status in (Status.OPTIMAL, Status.STOPPED)


def same(one: Layout, other: Layout) -> bool:
    equal = (one.objective, one.bound, one.status) == (other.objective, other.bound, other.status)
    return equal and one.sites.tolist() == other.sites.tolist()


@pytest.mark.parametrize("seed", [0, 1, 7])
def test_the_same_seed_gives_the_same_layout(seed: int) -> None:
    distances = scattered(60, 3)
    assert same(p_median(distances, p=7, seed=seed), p_median(distances, p=7, seed=seed))
    stopped = [p_median(distances, p=7, seed=seed, stop=after(2)) for _ in range(2)]
    assert same(*stopped)


def test_progress_closes_in() -> None:
    told: list[tuple[float, float]] = []
    layout = p_median(scattered(60, 4), p=6, progress=lambda objective, bound: told.append((objective, bound)))
    objectives, bounds = zip(*told, strict=True)
    assert list(objectives) == sorted(objectives, reverse=True)
    assert list(bounds) == sorted(bounds)
    assert told[-1] == (pytest.approx(layout.objective), pytest.approx(layout.bound))


@pytest.mark.parametrize("p", [-1, 0, 4])
def test_p_is_from_one_to_the_number_of_venues(p: int) -> None:
    with pytest.raises(CountError, match=f"p = {p} sites cannot be chosen among 3 venues"):
        p_median(np.ones((5, 3)), p=p)


@pytest.mark.parametrize("weight", [-1.0, float("nan"), float("inf")])
def test_a_weight_is_a_number_from_zero(weight: float) -> None:
    with pytest.raises(NegativeWeightError, match="demand point 2 has weight"):
        p_median(np.ones((5, 3)), np.array([1.0, 1, weight, 1, 1]), p=2)


LISTED = (np.array([0, 1, 2]), np.array([0, 1], np.int32), np.array([1.0, 2.0]), np.array([3.0, 3.0]), 2)


@pytest.mark.parametrize(
    "distances",
    [
        np.array([[1.0, -1.0]]),
        np.array([[1.0, np.nan]]),
        np.array([[1.0, np.inf]]),
        np.zeros((0, 3)),
        np.ones(3),
        Listed(LISTED[0], LISTED[1] + 1, *LISTED[2:]),
        Listed(LISTED[0][:2], *LISTED[1:]),
        Listed(*LISTED[:2], LISTED[2] + 2, *LISTED[3:]),
        Listed(*LISTED[:2], LISTED[2][:1], *LISTED[3:]),
    ],
    ids=["negative", "nan", "unreachable", "nobody", "no table", "outside", "lengths", "beyond", "unequal"],
)
def test_distances_that_make_no_sense_are_refused(distances: Numbers | Listed) -> None:
    with pytest.raises(DistanceError):
        p_median(distances, p=1)


def test_weights_fit_the_points() -> None:
    with pytest.raises(PlacementError, match="do not fit"):
        p_median(np.ones((5, 3)), np.ones(4), p=2)
