"""The queue of likely pairs: found, kept up to date, decided; and what is merged without asking."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from linli.records.duplicates.actions import (
    NotOfPairError,
    PairDecidedError,
    find,
    join,
    keep_apart,
    merge,
    undo,
)
from linli.records.duplicates.models import Merge, Pair
from linli.records.duplicates.queries import better, queue, search, side_by_side, waiting
from linli.records.journal.models import Entry
from linli.records.journal.queries import history
from linli.records.people import actions as people
from linli.records.people.models import Document, Person
from linli.records.programme.actions import adopt
from linli.records.programme.models import Programme
from small_register import BY, dose, house, person, source

ID = "310100195005019044"
BORN = date(1950, 5, 1)
OTHER = date(1962, 8, 17)


@pytest.fixture(autouse=True)
def programme(db: None) -> Programme:
    return adopt(by=BY, code="covid-19-cn-2021")


def twice(**other: Any) -> tuple[Person, Person]:
    """One woman in two lists; what the second list says otherwise in `other`."""
    name = "陈秀英（虚构）"
    first = person(name, document=ID, phone="13800000001", of=source("police", rank=10), building=house("H1"))
    second = person(
        **{"name": name, "phone": "13800000002", "of": source("committee"), "building": house("H1"), **other}
    )
    return first, second


def pairs() -> list[tuple[int, int, str]]:
    return list(Pair.objects.order_by("-score", "id").values_list("one_id", "other_id", "state"))


def test_a_second_record_is_queued_with_its_reasons() -> None:
    first, second = twice()
    person("王小红（虚构）", born=OTHER, phone="13800000009")
    counts = find(by=BY)
    assert counts == {"new": 1, "changed": 0, "dropped": 0, "merged": 0}
    pair = Pair.objects.get()
    assert (pair.one, pair.other, pair.state) == (first, second, "open")
    assert {"same_name", "same_birth"} <= set(pair.reasons)
    line = Entry.objects.get(verb="duplicates.find")
    assert line.detail == counts | {"everybody": True}


def test_finding_again_changes_nothing() -> None:
    twice()
    find(by=BY)
    before = list(Pair.objects.values())
    assert find(by=BY) == {"new": 0, "changed": 0, "dropped": 0, "merged": 0}
    assert list(Pair.objects.values()) == before


def test_names_and_numbers_stay_out_of_pairs_and_journal() -> None:
    twice()
    find(by=BY)
    said = str(list(Pair.objects.values())) + str(list(Entry.objects.filter(verb__startswith="duplicates").values()))
    for secret in ("秀英", ID, "13800000001", "1950"):
        assert secret not in said


def test_the_likeliest_pair_comes_first() -> None:
    twice()
    person("林国强（虚构）", born=OTHER, sex="M", phone="13800000005", building=house("H2"))
    person("林国強（虚构）", born=OTHER, sex="M", phone="13800000005", building=house("H2"))
    find(by=BY)
    scores = list(queue(paths=["A/"]).values_list("score", flat=True))
    assert len(scores) == 2
    assert scores == sorted(scores, reverse=True)


def test_two_people_stay_two_until_there_is_other_evidence() -> None:
    first, second = twice()
    find(by=BY)
    keep_apart(by=BY, pair=Pair.objects.get())
    assert find(by=BY) == {"new": 0, "changed": 0, "dropped": 0, "merged": 0}
    assert pairs() == [(first.pk, second.pk, "apart")]
    assert not queue(paths=["A/"]).exists()
    # A third list gives both one phone: something that the human had not seen.
    told = [people.Told(key, first.name, BORN, "F", None, "13800000007") for key in (first.pk, second.pk)]
    people.record(by=BY, source=source("city"), on=date(2021, 6, 1), covers_doses=False, told=told)
    assert find(by=BY)["changed"] == 1
    pair = Pair.objects.get()
    assert (pair.state, pair.decided_by, pair.decided_at) == ("open", "", None)
    assert "same_phone" in pair.reasons


def test_a_pair_whose_likeness_is_gone_leaves_the_queue() -> None:
    _, second = twice(building=house("H2"))
    find(by=BY)
    Person.objects.filter(pk=second.pk).update(birth_date=OTHER)
    assert find(by=BY)["dropped"] == 1
    assert pairs() == []


def test_after_an_import_only_its_people_are_looked_for() -> None:
    first, second = twice()
    third = person("林国强（虚构）", born=OTHER, sex="M", phone="13800000005")
    fourth = person("林国强（虚构）", born=OTHER, sex="M", phone="13800000005")
    assert find(by=BY, people=[fourth.pk])["new"] == 1
    assert pairs() == [(third.pk, fourth.pk, "open")]
    assert find(by=BY, people=[first.pk])["new"] == 1
    assert {pair[:2] for pair in pairs()} == {(third.pk, fourth.pk), (first.pk, second.pk)}
    assert find(by=BY, people=[]) == {"new": 0, "changed": 0, "dropped": 0, "merged": 0}
    assert len(pairs()) == 2


def test_somebody_merged_since_the_search_is_left_out() -> None:
    first, second = twice()
    found = search()
    merge(by=BY, kept=first, gone=second)
    assert find(by=BY, found=found)["new"] == 0
    assert pairs() == []


def sure_pair() -> tuple[Person, Person]:
    """One woman twice under one sound number, which an old list called by another kind."""
    first, second = twice()
    Document.objects.create(person=second, kind="other", number=ID)
    return first, second


def test_equal_id_name_and_birth_date_are_merged_without_asking() -> None:
    first, second = sure_pair()
    dose(second, "BIBP", date(2021, 5, 1))
    assert find(by=BY)["merged"] == 1
    done = Merge.objects.get()
    assert (done.kept, done.gone, done.who_name) == (first, second, BY.name)
    assert not queue(paths=["A/"]).exists()
    assert find(by=BY) == {"new": 0, "changed": 0, "dropped": 0, "merged": 0}


def test_what_a_human_took_apart_is_not_merged_again() -> None:
    first, second = sure_pair()
    find(by=BY)
    undo(by=BY, merge=Merge.objects.get())
    assert find(by=BY)["merged"] == 0
    assert pairs() == [(first.pk, second.pk, "open")]
    keep_apart(by=BY, pair=Pair.objects.get())
    assert find(by=BY)["merged"] == 0
    assert pairs() == [(first.pk, second.pk, "apart")]


@pytest.mark.parametrize(
    "other",
    [
        pytest.param({"name": "陈秀瑛（虚构）"}, id="another name"),
        pytest.param({"born": date(1950, 5, 2)}, id="another birth date"),
        pytest.param({"sex": "M"}, id="another sex"),
    ],
)
def test_an_equal_id_alone_is_for_a_human(other: dict[str, Any]) -> None:
    _, second = twice(**other)
    Document.objects.create(person=second, kind="other", number=ID)
    assert find(by=BY) == {"new": 1, "changed": 0, "dropped": 0, "merged": 0}


def test_a_pair_is_decided_once() -> None:
    first, second = twice()
    find(by=BY)
    pair = Pair.objects.get()
    with pytest.raises(NotOfPairError):
        join(by=BY, pair=pair, kept=person("王小红（虚构）", born=OTHER))
    done = join(by=BY, pair=pair, kept=second)
    assert (done.kept, done.gone) == (second, first)
    for decide in (lambda: join(by=BY, pair=pair, kept=first), lambda: keep_apart(by=BY, pair=pair)):
        with pytest.raises(PairDecidedError):
            decide()
    assert pairs() == [(first.pk, second.pk, "merged")]


def test_keeping_apart_stands_in_the_history_of_both() -> None:
    first, second = twice()
    find(by=BY)
    keep_apart(by=BY, pair=Pair.objects.get())
    for one in (first, second):
        assert [line.verb for line in history(noun="person", subject_ids=[one.public_id])][:1] == [
            "duplicates.keep_apart"
        ]


def test_the_record_to_keep_is_the_one_more_is_known_of() -> None:
    first, second = twice()
    assert better(second, first) == (first, second)  # it has the id
    third, fourth = (person("林国强（虚构）", born=OTHER, sex="M", phone="13800000005") for _ in range(2))
    assert better(fourth, third) == (third, fourth)  # the older one
    dose(fourth, "BIBP", date(2021, 5, 1))
    assert better(third, fourth) == (fourth, third)  # it has a dose


def test_each_sees_the_pairs_of_their_own_areas_and_nothing_more() -> None:
    first, second = twice(building=house("H9", of="B"))
    find(by=BY)
    assert [pair.one for pair in queue(paths=["A/"])] == [first]
    assert queue(paths=["B/"]).count() == 1
    assert queue(paths=["A/"], within=["B/"]).count() == 1
    assert [queue(paths=paths).count() for paths in (["C/"], [])] == [0, 0]
    (shown,) = waiting(queue(paths=["A/"]), paths=["A/"])
    assert (shown.one.is_seen, shown.one.name) == (True, "陈秀英（虚构）")
    assert (shown.other.is_seen, shown.other.name) == (False, "陈******")
    mine, theirs = side_by_side(first.pk, second.pk, paths=["A/"])
    assert [value for value, _, _ in mine.names] == ["陈秀英（虚构）"]
    assert [number for _, number in mine.documents] == [ID]
    assert [value for value, _, _ in theirs.names] == ["陈******"]
    assert [value for value, _, _ in theirs.phones] == ["138****0002"]
    assert (theirs.stays, theirs.listings, theirs.doses, theirs.statuses) == ({}, [], [], [])


def test_both_sides_tell_everything_with_its_source() -> None:
    first, second = twice()
    dose(second, "BIBP", date(2021, 5, 1))
    mine, theirs = side_by_side(first.pk, second.pk, paths=["A/"])
    assert [(value, told_by) for value, told_by, _ in mine.phones] == [("13800000001", "police")]
    assert [fact.row.building.code for fact in theirs.stays["living"]] == ["H1"]
    assert [listing.source.name for listing in theirs.listings] == ["committee"]
    assert [given.given_on for given in theirs.doses] == [date(2021, 5, 1)]
    assert mine.doses == []


def test_the_queue_takes_a_fixed_number_of_queries(django_assert_max_num_queries: Any) -> None:
    for number in range(8):
        person(f"居民{number}（虚构）", born=date(1950, 1, 2 + number), phone=f"1380000{number:04}")
        person(f"居民{number}（虚构）", born=date(1950, 1, 2 + number), phone=f"1380000{number:04}")
    with django_assert_max_num_queries(20):
        find(by=BY)
    with django_assert_max_num_queries(3):
        assert len(waiting(queue(paths=["A/"]), paths=["A/"])) == 8
    first = Pair.objects.order_by("id")[0]
    with django_assert_max_num_queries(12):
        side_by_side(first.one_id, first.other_id, paths=["A/"])
