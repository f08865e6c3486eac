"""What holds of likely pairs whoever the people are."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from linli.domain.identity.duplicates import Found, People, find
from linli.domain.identity.resident_id import IdentityError, check_digit, read_resident_id

DAYS = st.sampled_from([date(1950, 4, 28) + timedelta(days=step) for step in (0, 1, 10, 31, 365, 3650)])
NAMES = st.sampled_from(
    ["王秀英", "王秀瑛", "陳国强", "陈国强", "WANG Xiuying", "王建国", "王小国", "Anna Example", "A", ""]
)


@st.composite
def somebody(draw: st.DrawFn) -> dict[str, Any]:
    born = draw(DAYS)
    number = f"310100{born:%Y%m%d}{draw(st.sampled_from([901, 902, 911]))}"
    number += draw(st.sampled_from([check_digit(number), "0"]))
    return {
        "names": draw(st.lists(NAMES, max_size=2)),
        "births": draw(st.sampled_from([born, None])),
        "sexes": draw(st.sampled_from(["F", "M", ""])),
        "documents": draw(st.sampled_from([[], [("resident_id", number)], [("passport", "X00000001")]])),
        "phones": draw(st.lists(st.sampled_from(["1", "2"]), max_size=2)),
        "places": draw(st.lists(st.sampled_from([(1, 11), (1, 12), (1, 0), (2, 21)]), max_size=2)),
    }


CROWD = st.lists(somebody(), min_size=2, max_size=7)


def columns(records: list[dict[str, Any]]) -> People:
    return People(**{column: [record[column] for record in records] for column in records[0]})


def as_seen(found: list[Found], order: list[int]) -> set[tuple[frozenset[int], float, frozenset[str], bool]]:
    return {
        (frozenset({order[pair.one], order[pair.other]}), pair.score, frozenset(pair.reasons), pair.is_sure)
        for pair in found
    }


@settings(max_examples=150)
@given(CROWD, st.randoms(use_true_random=False))
def test_the_order_of_the_people_changes_nothing(records: list[dict[str, Any]], chance: Any) -> None:
    order = list(range(len(records)))
    chance.shuffle(order)
    found = find(columns(records))
    assert as_seen(find(columns([records[place] for place in order])), order) == as_seen(found, list(range(len(order))))


@settings(max_examples=150)
@given(CROWD)
def test_nobody_is_paired_with_themselves_and_nothing_is_said_twice(records: list[dict[str, Any]]) -> None:
    found = find(columns(records), least=-99)
    pairs = [(pair.one, pair.other) for pair in found]
    assert all(0 <= one < other < len(records) for one, other in pairs)
    assert len(set(pairs)) == len(pairs)
    assert [pair.score for pair in found] == sorted((pair.score for pair in found), reverse=True)


def is_sound(number: str) -> bool:
    try:
        return read_resident_id(number).number == number
    except IdentityError:
        return False


@settings(max_examples=200)
@given(CROWD)
def test_nothing_is_sure_without_an_equal_sound_id_a_name_and_a_birth_date(records: list[dict[str, Any]]) -> None:
    for pair in find(columns(records)):
        one, other = records[pair.one], records[pair.other]
        shared = [number for _, number in set(one["documents"]) & set(other["documents"]) if is_sound(number)]
        names = set(one["names"]) & set(other["names"]) - {""}
        if pair.is_sure:
            assert shared
            assert names
            assert one["births"] == other["births"] is not None


@settings(max_examples=100)
@given(CROWD, st.integers(0, 6))
def test_looking_for_some_gives_their_part_of_all(records: list[dict[str, Any]], wanted: int) -> None:
    everybody = find(columns(records))
    theirs = find(columns(records), among=[wanted] if wanted < len(records) else [])
    assert theirs == [pair for pair in everybody if wanted in (pair.one, pair.other)]
