"""Small numbers hidden, table by table."""

from __future__ import annotations

import numpy as np
import pytest

from linli.domain.suppression import Published, Rate, Rules, Table, Why, counted, publish, ranges, sensitive
from linli.domain.suppression.table import NoTableError

# Columns: none, unknown, begun, complete; then with a first dose, and people.
NONE, UNKNOWN, BEGUN, COMPLETE, FIRST, PEOPLE = range(6)
GROUPS = ((BEGUN, COMPLETE),)
RULES = Rules(small=5, fewest=100, silent=frozenset({UNKNOWN}))
Row = tuple[int, int, int, int]


def street(*areas: Row) -> Table:
    """A street and the areas below it."""
    return counted([None] + [0] * len(areas), [(0, 0, 0, 0), *areas], groups=GROUPS)


def hidden(found: Published) -> set[tuple[int, int]]:
    return {(int(place), int(column)) for place, column in np.argwhere(found.hidden)}


PLAIN = (40, 20, 60, 200)
PRIMARY = {
    "a count of four": (street((40, 20, 60, 4), PLAIN), {(1, COMPLETE): Why.SMALL}),
    "a count of five": (street((40, 20, 60, 5), PLAIN), {}),
    "nobody": (street((40, 20, 60, 0), PLAIN), {}),
    "all but four": (
        street((4, 0, 0, 200), PLAIN),
        {(1, NONE): Why.SMALL, (1, COMPLETE): Why.NEARLY_ALL, (1, FIRST): Why.NEARLY_ALL},
    ),
    "all of a place": (street((0, 0, 0, 200), PLAIN), {(1, COMPLETE): Why.EVERYBODY, (1, FIRST): Why.EVERYBODY}),
    "all unknown": (street((0, 200, 0, 0), PLAIN), {}),
    "all the same everywhere": (street((200, 0, 0, 0), (300, 0, 0, 0)), {}),
    "together fewer than five": (
        street((100, 60, 2, 2), PLAIN),
        {(1, BEGUN): Why.SMALL, (1, COMPLETE): Why.SMALL, (1, FIRST): Why.SMALL},
    ),
    "ninety-nine people": (street((30, 20, 20, 29), PLAIN), {(1, column): Why.FEW_PEOPLE for column in range(6)}),
    "a hundred people": (street((30, 20, 20, 30), PLAIN), {}),
    "ninety-nine people where nobody is complete": (
        street((30, 20, 49, 0), (300, 40, 60, 0)),
        {(1, column): Why.FEW_PEOPLE for column in range(6) if column != COMPLETE},
    ),
    "nobody at all": (street((0, 0, 0, 0), PLAIN), {}),
}


@pytest.mark.parametrize(("table", "expected"), PRIMARY.values(), ids=PRIMARY)
def test_what_is_too_small_for_itself(table: Table, expected: dict[tuple[int, int], Why]) -> None:
    why = sensitive(table, RULES)
    assert {(int(p), int(c)): Why(why[p, c]) for p, c in np.argwhere(why) if p} == expected


def test_nothing_is_hidden_where_nothing_is_small() -> None:
    table = street(PLAIN, PLAIN, PLAIN)
    found = publish(table, RULES)
    assert hidden(found) == set()
    assert (found.shown == table.values).all()
    assert (found.loss.primary, found.loss.complement, found.loss.share) == (0, 0, 0.0)


def test_a_small_number_takes_the_fewest_others_with_it() -> None:
    """Four completed in the first area: neither its own sum nor the street's may give that away."""
    found = publish(street((40, 20, 60, 4), (50, 30, 90, 100), PLAIN), RULES)
    # A second number of the area, and the same two of a second area: the smallest square there is.
    rows, columns = ({cell[axis] for cell in hidden(found)} for axis in (0, 1))
    assert len(hidden(found)) == 4
    assert (1, COMPLETE) in hidden(found)
    assert len(rows) == len(columns) == 2
    assert 0 not in rows
    assert not columns & {FIRST, PEOPLE}
    assert (found.loss.primary, found.loss.complement, found.loss.cells) == (1, 3, 24)


def test_an_only_child_hides_its_parent() -> None:
    """What is small in the one area of a quarter is small in the quarter."""
    table = counted([None, 0, 0, 1], [(0,) * 4, (0,) * 4, PLAIN, (90, 80, 70, 4)], groups=GROUPS)
    found = publish(table, RULES)
    assert {(1, COMPLETE), (3, COMPLETE)} <= hidden(found)
    assert (found.hidden[1] == found.hidden[3]).all()


def test_a_small_area_is_hidden_whole_and_not_by_its_sister_alone() -> None:
    found = publish(street((5, 5, 5, 5), (300, 200, 200, 700), (100, 150, 120, 300)), RULES)
    assert found.hidden[1].all()
    assert found.hidden[3, PEOPLE]  # else the area's people are the street's less the others
    assert not found.hidden[2].any()
    assert not found.hidden[0].any()
    assert found.low[1, PEOPLE] == 0
    assert found.high[1, PEOPLE] >= 100


def test_all_of_an_area_in_one_state_is_not_told_by_noughts() -> None:
    found = publish(street((0, 0, 0, 200), PLAIN, PLAIN), RULES)
    assert (1, COMPLETE) in hidden(found)
    assert found.low[1, COMPLETE] <= 195
    assert any((1, column) in hidden(found) for column in (NONE, UNKNOWN, BEGUN))


def test_a_street_too_small_shows_nothing() -> None:
    found = publish(street((5, 5, 5, 5), (9, 9, 9, 9)), RULES)
    assert found.hidden.all()
    assert (found.shown == 0).all()
    assert found.high[0, PEOPLE] == float("inf")


def test_the_audit_knows_rates_too() -> None:
    table = street((40, 20, 60, 4), (50, 30, 90, 100), PLAIN)
    found = publish(table, RULES)
    rate = Rate(1, COMPLETE, PEOPLE, 0.0315, 0.0325)  # "3.2%" of 124 people: no other number of people fits
    low, high = ranges(table, found.hidden, rates=[rate])
    assert (found.low[1, COMPLETE], low[1, COMPLETE], high[1, COMPLETE]) == (0, 4, 4)


WRONG = {
    "no whole": ([], []),
    "two wholes": ([None, None], [(1, 2), (1, 2)]),
    "a child before its parent": ([None, 2, 0], [(0, 0), (1, 2), (0, 0)]),
    "one category": ([None], [(1,)]),
    "a row too few": ([None, 0], [(1, 2)]),
    "below nought": ([None, 0], [(0, 0), (1, -2)]),
    "people of a parent": ([None, 0], [(1, 0), (1, 2)]),
}


@pytest.mark.parametrize(("parents", "counts"), WRONG.values(), ids=WRONG)
def test_a_table_that_is_none(parents: list[int | None], counts: list[tuple[int, ...]]) -> None:
    with pytest.raises(NoTableError):
        counted(parents, counts)


@pytest.mark.parametrize(("small", "fewest"), [(1, 10), (5, 4)])
def test_rules_that_protect_nobody(small: int, fewest: int) -> None:
    with pytest.raises(ValueError, match="small"):
        Rules(small=small, fewest=fewest)
