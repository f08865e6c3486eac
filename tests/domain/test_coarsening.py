"""Coarse dates: nobody is known by them, and the last day of every month counts as it did."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli import reference
from linli.domain.coarsening import ENDLESS, EVER, Course, coarse, month_ends, stand_ins, within
from linli.domain.eligibility import offered_births

START, STOP = date(2020, 11, 1), date(2022, 3, 31)
ENDS = list(month_ends(START, STOP))
DAYS = st.dates(date(2020, 10, 1), date(2022, 4, 30))
MAYBE = st.none() | DAYS


def test_month_ends() -> None:
    assert list(month_ends(date(2021, 1, 15), date(2021, 4, 29))) == [
        date(2021, 1, 31),
        date(2021, 2, 28),
        date(2021, 3, 31),
    ]
    assert list(month_ends(date(2021, 4, 30), date(2021, 4, 30))) == [date(2021, 4, 30)]
    assert list(month_ends(date(2024, 2, 1), date(2024, 2, 28))) == []


@st.composite
def courses(draw: st.DrawFn) -> Course:
    since = draw(DAYS | st.just(date(1900, 1, 1)))
    until = draw(st.dates(since + timedelta(1), date(2022, 5, 1)) | st.just(ENDLESS))
    return Course(since, until, *(draw(MAYBE) for _ in range(10)))


def asked(course: Course | None, day: date) -> dict[str, bool]:
    """Every comparison that the boards make of a course on a day."""
    if course is None or not course.since_on <= day < course.until_on:
        return {}
    before = ("latest_on", "second_latest_on", "finish_by_on")
    reached = ("first_on", "second_on", "completed_on", "offered_from", "proven_first_on", "proven_completed_on")
    facts = asdict(course)
    found = {name: facts[name] is not None and facts[name] < day for name in before}
    found |= {name: facts[name] is not None and facts[name] <= day for name in reached}
    found["waiting"] = course.earliest_on is not None and course.earliest_on > day
    timely = course.second_on is not None and course.second_latest_on is not None
    found["timely"] = timely and course.second_on <= course.second_latest_on  # type: ignore[operator]  # both are days
    return found


@given(courses())
def test_the_last_day_of_every_month_counts_as_it_did(course: Course) -> None:
    in_months = coarse(course)
    assert [asked(in_months, day) for day in ENDS] == [asked(course, day) for day in ENDS]


@given(courses(), st.sampled_from(ENDS), st.sampled_from(ENDS))
def test_a_course_within_days_answers_alike_and_tells_no_other_day(course: Course, one: date, other: date) -> None:
    first, last = min(one, other), max(one, other)
    course = replace(course, second_latest_on=None)  # a vaccine group has none
    inside = within(course, first=first, last=last)
    days = [first + timedelta(step) for step in range((last - first).days + 1)]
    assert [asked(inside, day) for day in days] == [asked(course, day) for day in days]
    assert all(day in (None, EVER, ENDLESS) or first <= day <= last for day in asdict(inside).values())


@given(courses())
def test_no_day_of_a_course_remains(course: Course) -> None:
    in_months = coarse(course)
    if in_months is not None:
        days = [day for day in asdict(in_months).values() if day not in (None, ENDLESS)]
        assert {day.day for day in days} <= {1, 2}


GATES = [offered_births(reference.schedule("covid-19-cn-2021"), on=end) for end in ENDS]


def masks(day: date) -> int:
    return sum(any(after < day <= by for after, by in gate) << place for place, gate in enumerate(GATES))


@pytest.mark.parametrize(
    ("births", "expected"),
    [
        ([date(1945, 3, 12), date(1938, 11, 5)], 1),
        ([date(1970, 8, 30), date(1985, 6, 6), date(1993, 10, 10)], 1),
        ([date(2003, 6, 2), date(2003, 6, 30)], 1),
        ([date(2003, 5, 31), date(2003, 6, 1)], 2),
        ([], 0),
    ],
    ids=["the old", "adults", "one month at the gate", "two months at the gate", "nobody"],
)
def test_who_shares_a_stand_in(births: list[date], expected: int) -> None:
    assert len(set(stand_ins(births, masks).values())) == expected


@settings(max_examples=25)
@given(st.lists(st.dates(date(1915, 1, 1), date(2021, 6, 20)), min_size=1, max_size=30))
def test_a_stand_in_is_inside_the_gates_on_the_same_last_days(births: list[date]) -> None:
    found = stand_ins(births, masks)
    assert [masks(found[birth]) for birth in births] == [masks(birth) for birth in births]
    assert {day.day for day in found.values()} == {1}
    assert len(set(found.values())) == len({masks(birth) for birth in births})
