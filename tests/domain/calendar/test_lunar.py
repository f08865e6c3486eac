"""The Chinese calendar: New Year's days, leap months and birthdays as the almanac has them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.domain.calendar.lunar import FIRST_DAY, lunar


@pytest.mark.parametrize(
    ("day", "chinese"),
    [
        pytest.param(date(1900, 1, 31), (1900, 1, 1), id="the first day of the table"),
        pytest.param(date(1950, 2, 16), (1949, 12, 30), id="the eve of a New Year"),
        pytest.param(date(1950, 2, 17), (1950, 1, 1), id="New Year of 1950"),
        pytest.param(date(1950, 4, 28), (1950, 3, 12), id="a birthday"),
        pytest.param(date(1949, 10, 1), (1949, 8, 10), id="after the leap seventh month of 1949"),
        pytest.param(date(2020, 5, 23), (2020, 4, 1), id="a leap month bears the number of the one before"),
        pytest.param(date(2021, 2, 12), (2021, 1, 1), id="New Year of 2021"),
        pytest.param(date(2021, 6, 14), (2021, 5, 5), id="Dragon Boat Festival of 2021"),
        pytest.param(date(2021, 9, 21), (2021, 8, 15), id="Mid-Autumn of 2021"),
        pytest.param(date(1900, 1, 30), None, id="before the table"),
        pytest.param(date(2031, 1, 23), None, id="after the table"),
    ],
)
def test_known_days(day: date, chinese: tuple[int, int, int] | None) -> None:
    assert lunar(day) == chinese


@given(st.integers(0, 47_000))
def test_a_day_follows_the_day_before(days: int) -> None:
    before, after = (lunar(FIRST_DAY + timedelta(days=count)) for count in (days, days + 1))
    assert before is not None
    assert after is not None
    assert after[2] == before[2] + 1 or (after[2] == 1 and before[2] in (29, 30))
    assert (FIRST_DAY + timedelta(days=days)).year - before[0] in (0, 1)
