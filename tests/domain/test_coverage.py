"""Coverage: each share of its own denominator, and groups that add."""

from __future__ import annotations

from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.domain.coverage import Coverage, share

GROUP = Coverage(
    people=100,
    offered=80,
    first=60,
    full=45,
    first_offered=56,
    full_offered=44,
    due=20,
    waiting=10,
    overdue=5,
    not_eligible=15,
    unknown=4,
    first_proven=58,
    full_proven=41,
    second_past=30,
    second_timely=24,
    finish_past=25,
    dropped=5,
    entering=3,
    last_days=2,
)
groups = st.builds(Coverage, **{field.name: st.integers(0, 10**9) for field in fields(Coverage)})


@pytest.mark.parametrize(
    ("name", "part", "whole"),
    [
        ("first_share", 60, 100),
        ("full_share", 45, 100),
        ("first_offered_share", 56, 80),
        ("full_offered_share", 44, 80),
        ("dropout_share", 5, 25),
        ("classic_dropout_share", 60 - 45, 60),
        ("timely_share", 24, 30),
        ("unknown_share", 4, 100),
        ("first_proven_share", 58, 100),
        ("full_proven_share", 41, 100),
    ],
)
def test_each_share_has_its_own_denominator(name: str, part: int, whole: int) -> None:
    assert getattr(GROUP, name) == part / whole
    assert getattr(Coverage(), name) is None


RANGES = {
    "nobody": (Coverage(), None),
    "all proven": (Coverage(people=100, first=60, first_proven=60), (0.6, 0.6)),
    "some told": (Coverage(people=100, first=64, first_proven=62), (0.62, 0.64)),
    "told doses that spoil a proven course": (Coverage(people=100, first=60, first_proven=61), (0.6, 0.61)),
}


@pytest.mark.parametrize(("group", "expected"), RANGES.values(), ids=RANGES)
def test_coverage_lies_between_what_is_proven_and_what_is_told(
    group: Coverage, expected: tuple[float, float] | None
) -> None:
    assert group.first_between == expected
    full = Coverage(people=group.people, full=group.first, full_proven=group.first_proven)
    assert full.full_between == expected


@given(groups, groups, groups)
def test_groups_add_in_any_order(a: Coverage, b: Coverage, c: Coverage) -> None:
    assert a + Coverage() == a
    assert a + b == b + a
    assert (a + b) + c == a + (b + c)
    assert (a + b).first == a.first + b.first


@given(st.integers(0, 1000), st.integers(0, 1000))
def test_a_share_lies_between_none_and_all(some: int, others: int) -> None:
    whole = some + others
    found = share(some, whole)
    assert (found is None) == (whole == 0)
    assert found is None or 0 <= found <= 1
