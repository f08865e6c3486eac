"""The strongest of overlapping statuses, day by day."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from linli.domain.stretches import Span, Stretch, stretches

LADDER = ("moved", "refused", "deferred")
START = date(2021, 6, 1)


def day(number: int) -> date:
    return START + timedelta(days=number)


def test_without_a_status_there_is_one_stretch() -> None:
    assert stretches([], since_on=day(0), until_on=day(9), ladder=LADDER) == [Stretch(day(0), day(9), "")]


def test_a_stronger_status_covers_a_weaker_one() -> None:
    spans = [Span("deferred", day(2), day(8)), Span("refused", day(4), day(6))]
    assert stretches(spans, since_on=day(0), until_on=day(9), ladder=LADDER) == [
        Stretch(day(0), day(2), ""),
        Stretch(day(2), day(4), "deferred"),
        Stretch(day(4), day(6), "refused"),
        Stretch(day(6), day(8), "deferred"),
        Stretch(day(8), day(9), ""),
    ]


def test_two_that_touch_are_one_stretch() -> None:
    spans = [Span("refused", day(1), day(3)), Span("refused", day(3), day(5))]
    found = stretches(spans, since_on=day(1), until_on=day(5), ladder=LADDER)
    assert found == [Stretch(day(1), day(5), "refused")]


DAYS = st.integers(-5, 25).map(day)
SPANS = st.lists(st.builds(Span, st.sampled_from(LADDER), DAYS, DAYS))


@given(spans=SPANS, length=st.integers(1, 20))
def test_every_day_has_its_strongest_status_and_belongs_to_one_stretch(spans: list[Span], length: int) -> None:
    found = stretches(spans, since_on=day(0), until_on=day(length), ladder=LADDER)
    told = {}
    for stretch in found:
        for number in range((stretch.since_on - START).days, (stretch.until_on - START).days):
            assert number not in told
            told[number] = stretch.kind
    assert told == {
        number: next(
            (kind for kind in LADDER if any(s.kind == kind and s.on <= day(number) < s.until_on for s in spans)), ""
        )
        for number in range(length)
    }
    assert all(one.kind != other.kind for one, other in itertools.pairwise(found))
