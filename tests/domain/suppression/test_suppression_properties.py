"""Random trees and counts: no reader works a hidden number out, and no figure is hidden without need."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from page_reader import by_programme, from_rounded, leaves, tree, worked_out

from linli.domain.suppression import Published, Rules, Table, Why, counted, publish, sensitive, together

FEW_WAYS = 14  # people in a table whose every filling can be tried


@st.composite
def tables(draw: st.DrawFn, *, most_places: int = 5, most: int = 6) -> Table:
    """A tree of a few places, two to four categories, small counts and noughts, maybe a group."""
    parents = tree(draw(st.lists(st.integers(0, 9), min_size=1, max_size=most_places - 1)))
    categories = draw(st.integers(2, 4))
    row = st.lists(st.integers(0, most), min_size=categories, max_size=categories)
    counts = [[0] * categories if place in parents else draw(row) for place in range(len(parents))]
    groups = [(1, 2)] if categories > 2 and draw(st.booleans()) else []
    return counted(parents, counts, groups=groups)


@st.composite
def rules(draw: st.DrawFn) -> Rules:
    """A small `small`, and a category that may tell nothing."""
    small = draw(st.integers(2, 4))
    silent = frozenset({0}) if draw(st.booleans()) else frozenset[int]()
    return Rules(small=small, fewest=small + draw(st.integers(0, 5)), silent=silent)


def ranges_of(found: Published) -> dict[tuple[int, int], tuple[float, float]]:
    return {(int(p), int(c)): (float(found.low[p, c]), float(found.high[p, c])) for p, c in np.argwhere(found.hidden)}


@settings(max_examples=50)
@given(tables(), rules())
def test_no_reader_works_out_a_hidden_number(table: Table, asked: Rules) -> None:
    found = publish(table, asked)
    read = by_programme(table, found.hidden)
    assert read == ranges_of(found)
    assert all(high - low >= asked.small for low, high in read.values())
    assert (found.hidden >= (sensitive(table, asked) > Why.SHOWN)).all()


@pytest.mark.soak
@settings(max_examples=3000)
@given(tables(most_places=7, most=12), rules())
def test_no_reader_of_larger_tables_works_out_a_hidden_number(table: Table, asked: Rules) -> None:
    found = publish(table, asked)
    assert by_programme(table, found.hidden) == ranges_of(found)
    assert (found.high - found.low)[found.hidden].min(initial=asked.small) >= asked.small


@settings(max_examples=30)
@given(tables(most_places=4, most=3), rules())
def test_no_filling_of_the_table_narrows_it_further(table: Table, asked: Rules) -> None:
    found = publish(table, asked)
    if table.people[0] > FEW_WAYS or found.hidden[0, -1]:
        return  # too many ways, or without end
    assert worked_out(table, found.hidden) == ranges_of(found)


@settings(max_examples=30)
@given(tables(), rules())
def test_nothing_is_hidden_without_need(table: Table, asked: Rules) -> None:
    found = publish(table, asked)
    assert found.hidden.any() == (sensitive(table, asked) > Why.SHOWN).any()
    for place, column in np.argwhere(found.why == Why.COMPLEMENT):
        fewer = found.hidden.copy()
        fewer[place, column] = False
        assert any(high - low < asked.small for low, high in by_programme(table, fewer).values())


@settings(max_examples=10)
@given(tables(), rules())
def test_the_same_table_is_always_hidden_alike(table: Table, asked: Rules) -> None:
    assert (publish(table, asked).why == publish(table, asked).why).all()


@settings(max_examples=50)
@given(tables(most_places=8, most=40), st.integers(1, 7))
def test_rounded_numbers_add_up(table: Table, step: int) -> None:
    found = together(table, step=step)
    assert (found % step == 0).all()
    for total, parts in table.sums():
        assert found.ravel()[total] == found.ravel()[parts].sum()
    assert (np.abs(found - table.values) < max(step, 1) * len(leaves(table)) * table.categories).all()
    assert (found[table.values == 0] == 0).all()


@settings(max_examples=30)
@given(tables(most_places=6, most=60), st.integers(2, 7))
def test_rounded_numbers_are_near(table: Table, step: int) -> None:
    """With one group or none, every number is its own multiple below or above."""
    assert (np.abs(together(table, step=step) - table.values) < step).all()


@settings(max_examples=30)
@given(tables(most_places=4, most=30), st.integers(2, 6))
def test_a_change_of_a_few_people_is_never_told(table: Table, step: int) -> None:
    """Whatever is hidden on one day and shown on another: rounded numbers leave each cell uncertain by a step or two.

    So of two days' pages nobody tells whether one person more was vaccinated or several, or fewer.
    """
    shown = together(table, step=step)
    for (place, column), (low, high) in from_rounded(table, shown, step).items():
        assert high - low >= (2 if shown[place, column] else 1) * (step - 1)
