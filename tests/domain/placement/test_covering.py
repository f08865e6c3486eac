"""Maximal covering against every layout there is, and against points far too many to try."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.domain.placement import UNSERVED, Reach, Status, UnreachableError, fewest_sites, maximal_coverage
from linli.domain.placement.asking import CountError, DistanceError, NegativeWeightError
from linli.domain.placement.coverage.merging import merged
from linli.domain.placement.coverage.near import within
from linli.domain.placement.layout import Numbers


def reach_of(table: np.ndarray) -> Reach:
    """Reach as a table (points, venues) of yes and no."""
    start = np.concatenate([[0], np.cumsum(table.sum(axis=1))]).astype(np.int64)
    return Reach(start, np.nonzero(table)[1].astype(np.int32), table.shape[1])


def most(table: np.ndarray, weights: Numbers, p: int) -> float:
    return max(
        float(weights[table[:, list(sites)].any(axis=1)].sum()) for sites in combinations(range(table.shape[1]), p)
    )


@st.composite
def problems(draw: st.DrawFn) -> tuple[np.ndarray, Numbers, int]:
    chance = np.random.default_rng(draw(st.integers(0, 2**32)))
    points, venues = draw(st.integers(1, 40)), draw(st.integers(1, 9))
    table = chance.random((points, venues)) < draw(st.sampled_from([0.0, 0.1, 0.3, 0.7]))
    weights = chance.integers(0, 9, points).astype(float) if draw(st.booleans()) else chance.random(points)
    return table, weights, draw(st.integers(1, venues))


@given(problems())
def test_no_layout_covers_more(made: tuple[np.ndarray, Numbers, int]) -> None:
    table, weights, p = made
    layout = maximal_coverage(reach_of(table), weights, p=p)
    best = most(table, weights, p)
    assert layout.objective == pytest.approx(best, rel=1e-6, abs=1e-9)
    assert layout.bound >= best * (1 - 1e-9)
    assert layout.status == Status.OPTIMAL
    assert len(set(layout.sites.tolist())) == p


@given(problems())
def test_assignment_and_worth_are_those_of_the_sites(made: tuple[np.ndarray, Numbers, int]) -> None:
    table, weights, p = made
    layout = maximal_coverage(reach_of(table), weights, p=p)
    covered = layout.assignment != UNSERVED
    assert (covered == table[:, layout.sites].any(axis=1)).all()
    assert table[np.flatnonzero(covered), layout.assignment[covered]].all()
    for site, worth in zip(layout.sites.tolist(), layout.worth.tolist(), strict=True):
        others = [other for other in layout.sites.tolist() if other != site]
        without = float(weights[table[:, others].any(axis=1)].sum())
        assert worth == pytest.approx(layout.objective - without, abs=1e-9)


def scattered(points: int, venues: int, seed: int) -> tuple[Numbers, Numbers, Numbers]:
    chance = np.random.default_rng(seed)
    return chance.uniform(0, 30, (points, 2)), chance.uniform(0, 30, (venues, 2)), chance.integers(1, 100, points) * 1.0


def test_a_problem_that_branching_leaves_to_highs_is_proven() -> None:
    points, venues, weights = scattered(3000, 60, 3)
    reach = Reach(*within(points, venues, 4.0), 60)
    layout = maximal_coverage(reach, weights, p=12)
    assert layout.status == Status.OPTIMAL
    assert layout.gap == 0
    near = np.hypot(*(points[:, None] - venues[layout.sites]).transpose(2, 0, 1)) <= 4.0
    assert layout.objective == weights[near.any(axis=1)].sum()


@pytest.mark.parametrize("calls", [0, 1, 5, 30, 100])
def test_stopped_at_any_time_the_optimum_lies_between_objective_and_bound(calls: int) -> None:
    points, venues, weights = scattered(2000, 40, 5)
    reach = Reach(*within(points, venues, 4.0), 40)
    optimum = maximal_coverage(reach, weights, p=9).objective
    asked = iter(range(calls))
    layout = maximal_coverage(reach, weights, p=9, stop=lambda: next(asked, None) is None)
    assert layout.objective <= optimum <= layout.bound


def test_the_same_seed_gives_the_same_layout() -> None:
    points, venues, weights = scattered(2000, 40, 6)
    reach = Reach(*within(points, venues, 4.0), 40)
    one, other = (maximal_coverage(reach, weights, p=9, seed=4) for _ in range(2))
    assert (one.objective, one.bound, one.sites.tolist()) == (other.objective, other.bound, other.sites.tolist())


def test_venues_within_reach_are_those_no_farther_away() -> None:
    points, venues, _weights = scattered(500, 70, 7)
    start, venue = within(points, venues, 3.0)
    distance = np.hypot(*(points[:, None] - venues).transpose(2, 0, 1))
    lists = [sorted(venue[start[at] : start[at + 1]].tolist()) for at in range(500)]
    assert lists == [np.flatnonzero(row <= 3.0).tolist() for row in distance]


def test_points_with_the_same_venues_are_merged() -> None:
    table = np.random.default_rng(8).random((20_000, 12)) < 0.3
    reach = reach_of(table)
    start, venue, weight = merged(reach.start, reach.venue, np.ones(20_000), 12)
    different, counts = np.unique(table, axis=0, return_counts=True)
    expected = {tuple(np.flatnonzero(row)): count for row, count in zip(different, counts, strict=True) if row.any()}
    found = {tuple(sorted(venue[start[at] : start[at + 1]])): weight[at] for at in range(len(weight))}
    assert found == expected


@pytest.mark.parametrize("p", [0, 4])
def test_p_is_from_one_to_the_number_of_venues(p: int) -> None:
    with pytest.raises(CountError):
        maximal_coverage(reach_of(np.ones((5, 3), bool)), p=p)


def test_negative_weights_and_broken_lists_are_refused() -> None:
    reach = reach_of(np.ones((5, 3), bool))
    with pytest.raises(NegativeWeightError):
        maximal_coverage(reach, np.array([1.0, -1, 1, 1, 1]), p=1)
    with pytest.raises(DistanceError, match="outside 0 to 1"):
        maximal_coverage(Reach(reach.start, reach.venue, 2), p=1)
    with pytest.raises(DistanceError, match="do not fit"):
        maximal_coverage(Reach(reach.start, reach.venue[:4], 3), p=1)


@given(problems())
def test_no_fewer_sites_reach_everybody(made: tuple[np.ndarray, Numbers, int]) -> None:
    table, _weights, _p = made
    table[:, 0] |= ~table.any(axis=1)
    layout = fewest_sites(reach_of(table))
    assert table[:, layout.sites].any(axis=1).all()
    assert layout.objective == layout.bound == len(layout.sites)
    assert layout.status == Status.OPTIMAL
    fewer = combinations(range(table.shape[1]), len(layout.sites) - 1)
    assert not any(table[:, list(sites)].any(axis=1).all() for sites in fewer)


def test_stopped_at_once_everybody_is_reached_all_the_same() -> None:
    points, venues, _weights = scattered(2000, 60, 9)
    table = np.hypot(*(points[:, None] - venues).transpose(2, 0, 1)) <= 5.0
    table = table[table.any(axis=1)]
    layout = fewest_sites(reach_of(table), stop=lambda: True)
    best = fewest_sites(reach_of(table))
    assert table[:, layout.sites].any(axis=1).all()
    assert layout.bound <= best.objective <= layout.objective
    assert best.status == Status.OPTIMAL


def test_points_out_of_reach_are_named() -> None:
    table = np.ones((9, 3), bool)
    table[[2, 7]] = False
    with pytest.raises(UnreachableError, match="2 demand points reach no venue: 2, 7"):
        fewest_sites(reach_of(table))
