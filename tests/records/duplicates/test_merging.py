"""Two records of one person made one, and two again."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction

from linli.records.doses import actions as doses
from linli.records.doses.models import Forecast, Status
from linli.records.doses.queries import MergedAwayError, doses_of
from linli.records.duplicates.actions import (
    LaterMergeError,
    MergeUndoneError,
    NewRowsError,
    SamePersonError,
    merge,
    undo,
)
from linli.records.duplicates.models import Merge, Pair
from linli.records.duplicates.queries.rows import owned
from linli.records.journal.queries import history
from linli.records.people.models import Document, Listing, Person, Phone
from linli.records.people.queries import by_document, by_name_and_birth, facts, root, signposts
from linli.records.programme.actions import adopt
from linli.records.programme.models import Programme, Vaccine
from small_register import BY, TODAY, dose, house, person, source, state

NAME, VARIANT, NEW_ID = "陈秀英（虚构）", "陳秀英（虚构）", "310100195005019042"
MAY_1, MAY_29 = date(2021, 5, 1), date(2021, 5, 29)


@pytest.fixture
def programme(db: None) -> Programme:
    return adopt(by=BY, code="covid-19-cn-2021")


@pytest.fixture
def two(programme: Programme) -> tuple[Person, Person]:
    """One woman in two lists: under an old phone without a document, and under her id with a variant of her name."""
    kept = person(
        "陈秀英（虚构）", document=NEW_ID, phone="13800000001", of=source("police", rank=10), building=house("H1")
    )
    gone = person(
        "陳秀英（虚构）", born=None, sex="", phone="13800000002", of=source("committee"), building=house("H2")
    )
    dose(kept, "BIBP", MAY_1)
    dose(gone, "BIBP", MAY_29)
    return kept, gone


def everything() -> dict[str, list[Any]]:
    """Every row of a person, and every person, as the database holds them; sealed values opened."""
    left = (Merge, Pair)
    tables = {model for model, _ in owned()} | {Person, Forecast}
    found: dict[str, list[Any]] = {}
    for model in apps.get_app_config("records").get_models():
        if model in tables and model not in left:
            columns = [f.attname for f in model._meta.concrete_fields if not (model is Forecast and f.name == "id")]
            found[model.__name__] = sorted(map(repr, model._default_manager.values_list(*columns)))
    return found


def test_a_merge_joins_facts_doses_and_histories(two: tuple[Person, Person]) -> None:
    kept, gone = two
    merge(by=BY, kept=kept, gone=gone)
    kept.refresh_from_db()
    gone.refresh_from_db()
    assert (gone.merged_into, root(gone), signposts(kept)) == (kept, kept, [gone])
    assert [fact.row.value for fact in facts(kept)["name"]] == ["陈秀英（虚构）", "陳秀英（虚构）"]
    assert [fact.row.value for fact in facts(kept)["phone"]] == ["13800000001", "13800000002"]
    assert [dose.given_on for dose in doses_of(kept.pk)] == [MAY_1, MAY_29]
    assert state(kept) == "complete"
    assert (gone.living_building, gone.phone, Forecast.objects.filter(person=gone).exists()) == (None, "", False)
    lines = history(noun="person", subject_ids=[kept.public_id, gone.public_id])
    assert "duplicates.merge" in [line.verb for line in lines]
    assert len([line for line in lines if line.verb == "doses.record"]) == 2


def test_old_lists_still_find_the_right_person(two: tuple[Person, Person]) -> None:
    kept, gone = two
    merge(by=BY, kept=gone, gone=kept)
    assert by_document([("resident_id", NEW_ID)]) == {("resident_id", NEW_ID): gone.pk}
    assert by_name_and_birth([("陈秀英（虚构）", date(1950, 5, 1))]) == {
        ("陈秀英（虚构）", date(1950, 5, 1)): [gone.pk]
    }


def test_what_the_kept_one_lacks_is_filled_in_and_taken_back(two: tuple[Person, Person]) -> None:
    kept, gone = two
    done = merge(by=BY, kept=gone, gone=kept)
    gone.refresh_from_db()
    assert (gone.birth_date, gone.sex) == (date(1950, 5, 1), "F")
    undo(by=BY, merge=done)
    gone.refresh_from_db()
    assert (gone.birth_date, gone.sex) == (None, "")


@pytest.mark.parametrize("other_way", [False, True])
def test_undoing_gives_back_every_row(two: tuple[Person, Person], other_way: bool) -> None:
    kept, gone = reversed(two) if other_way else two
    before = everything()
    done = merge(by=BY, kept=kept, gone=gone)
    assert everything() != before
    undo(by=BY, merge=done)
    assert everything() == before
    done.refresh_from_db()
    assert (done.undone_by, done.undone_at is not None) == (BY.name, True)
    merge(by=BY, kept=kept, gone=gone)  # and may be merged again


@pytest.mark.parametrize("seed", range(6))
def test_any_two_people_can_be_merged_and_made_two_again(programme: Programme, seed: int) -> None:
    chance = random.Random(seed)
    sources = [source(code, covers_doses=code != "b") for code in ("a", "b", "c")]
    crowd = [
        person(
            f"居民{k}（虚构）",
            born=chance.choice([None, date(1960, 1, k + 1)]),
            document=chance.choice(["", f"31010019600101{9000 + k}"]),
            phone=chance.choice(["", "13800000003"]),
            of=chance.choice(sources),
            on=chance.choice([MAY_1, MAY_29]),
        )
        for k in range(5)
    ]
    for one in crowd:
        for _ in range(chance.randrange(3)):
            on = MAY_1 + timedelta(chance.choice([0, 28]))
            dose(one, chance.choice(["BIBP", "CoronaVac"]), on, evidence=chance.choice(["record", "told"]))
        if chance.random() < 0.5:
            doses.refuse(by=BY, person=one, programme=programme, on=MAY_29, today=TODAY, told_by="self")
    before, done = everything(), []
    for _ in range(3):
        kept, gone = chance.sample(list(Person.objects.filter(merged_into=None)), 2)
        done.append(merge(by=BY, kept=kept, gone=gone))
    for last in reversed(done):
        undo(by=BY, merge=last)
    assert everything() == before


def test_new_doses_are_given_to_the_one_whom_a_human_names(two: tuple[Person, Person]) -> None:
    kept, gone = two
    done = merge(by=BY, kept=kept, gone=gone)
    made = doses.record_by_hand(
        by=BY,
        person=kept,
        vaccine=Vaccine.objects.get(code="BIBP"),
        given_on=TODAY,
        today=TODAY,
        evidence="paper",
    )
    told = doses.refuse(by=BY, person=kept, programme=Programme.objects.get(), on=TODAY, today=TODAY, told_by="self")
    with pytest.raises(NewRowsError) as refused, transaction.atomic():
        undo(by=BY, merge=done)
    assert refused.value.rows == [made, told]
    assert Person.objects.get(pk=gone.pk).merged_into == kept
    undo(by=BY, merge=done, to_gone=[made.public_id])
    assert [dose.given_on for dose in doses_of(gone.pk)] == [MAY_29, TODAY]
    assert [dose.given_on for dose in doses_of(kept.pk)] == [MAY_1]
    assert (Status.objects.get().person, state(kept)) == (kept, "refused")


def test_the_same_dose_in_both_is_one_dose_and_comes_apart_again(programme: Programme) -> None:
    one, other = person("陈秀英（虚构）"), person("陈秀英（虚构）", building=house("H3"))
    dose(one, "BIBP", MAY_1)
    dose(other, "BIBP", MAY_1)
    done = merge(by=BY, kept=one, gone=other)
    assert doses_of(one.pk).count() == 1
    undo(by=BY, merge=done)
    assert [doses_of(who.pk).count() for who in (one, other)] == [1, 1]


def test_a_source_that_lists_both_lists_the_kept_one_once(programme: Programme) -> None:
    told = source("police")
    one, other = person("陈秀英（虚构）", of=told, on=MAY_1), person("陈秀英（虚构）", of=told, on=MAY_29)
    merge(by=BY, kept=one, gone=other)
    assert Listing.objects.get(person=one).on == MAY_29


REFUSED: list[tuple[str, Callable[[Person, Person], Any], type[Exception]]] = [
    ("with themselves", lambda a, b: merge(by=BY, kept=a, gone=a), SamePersonError),
    ("twice", lambda a, b: (merge(by=BY, kept=a, gone=b), merge(by=BY, kept=a, gone=b)), MergedAwayError),
    ("into a signpost", lambda a, b: (merge(by=BY, kept=a, gone=b), merge(by=BY, kept=b, gone=a)), MergedAwayError),
]


@pytest.mark.parametrize(("act", "error"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_what_cannot_be_merged_stays_as_it_is(
    two: tuple[Person, Person], act: Callable[[Person, Person], Any], error: type[Exception]
) -> None:
    before = everything()
    with pytest.raises(error), transaction.atomic():
        act(*two)
    assert everything() == before
    assert not Merge.objects.exists()


def test_merges_are_undone_in_turn_and_once(two: tuple[Person, Person]) -> None:
    kept, gone = two
    third = person("陈秀英（虚构）", born=date(1950, 5, 1), building=house("H3"))
    first = merge(by=BY, kept=kept, gone=gone)
    second = merge(by=BY, kept=third, gone=kept)
    with pytest.raises(LaterMergeError) as refused, transaction.atomic():
        undo(by=BY, merge=first)
    assert refused.value.later == second
    undo(by=BY, merge=second)
    undo(by=BY, merge=first)
    with pytest.raises(MergeUndoneError):
        undo(by=BY, merge=first)


def test_nothing_more_is_written_down_of_a_signpost(two: tuple[Person, Person]) -> None:
    kept, gone = two
    merge(by=BY, kept=kept, gone=gone)
    with pytest.raises(MergedAwayError):
        doses.refuse(by=BY, person=gone, programme=Programme.objects.get(), on=TODAY, today=TODAY, told_by="self")
    with pytest.raises(MergedAwayError):
        doses.record_by_hand(
            by=BY,
            person=gone,
            vaccine=Vaccine.objects.get(code="BIBP"),
            given_on=TODAY,
            today=TODAY,
            evidence="told",
        )


def test_a_pair_is_settled_by_its_merge(two: tuple[Person, Person]) -> None:
    kept, gone = two
    one, other = sorted((kept.pk, gone.pk))
    from django.utils import timezone

    pair = Pair.objects.create(one_id=one, other_id=other, score=9.0, found_at=timezone.now())
    done = merge(by=BY, kept=kept, gone=gone)
    pair.refresh_from_db()
    assert (pair.state, pair.decided_by) == ("merged", BY.name)
    undo(by=BY, merge=done)
    pair.refresh_from_db()
    assert pair.state == "open"


def test_phones_and_documents_go_over_sealed(two: tuple[Person, Person]) -> None:
    kept, gone = two
    merge(by=BY, kept=gone, gone=kept)
    assert {row.person_id for row in Phone.objects.all()} == {gone.pk}
    assert Document.objects.get().person == gone
    assert Document.objects.get().number == NEW_ID
