"""Refused, deferred, contraindicated, moved away: written down, holding, ended, and what follows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from linli.records.doses import actions
from linli.records.doses.actions import (
    DeferralWithoutEndError,
    EndsBeforeStartError,
    PaperMissingError,
    RefusalByOtherError,
    StatusAheadError,
    StatusEndedError,
    StatusError,
    StatusHoldsError,
)
from linli.records.doses.models import Status
from linli.records.doses.queries import groups, standings, statuses
from linli.records.journal.queries import history
from linli.records.people.actions import NothingBeforeError, StayTold, move
from linli.records.people.models import Person
from linli.records.programme.models import Programme
from linli.records.reports.queries.board import coverage
from small_register import BY, TODAY, area, dose, house, person, state

EARLIER = TODAY - timedelta(days=10)


def refuse(of: Person, **said: Any) -> Status:
    asked = {"on": EARLIER, "today": TODAY, "told_by": "self"} | said
    return actions.refuse(by=BY, person=of, programme=Programme.objects.get(), **asked)


def defer(of: Person, **said: Any) -> Status:
    asked = {"on": EARLIER, "today": TODAY, "until_on": TODAY + timedelta(days=5)} | said
    return actions.defer(by=BY, person=of, programme=Programme.objects.get(), **asked)


def contraindicate(of: Person, **said: Any) -> Status:
    asked = {"on": EARLIER, "today": TODAY, "paper": "静安区中心医院（虚构）"} | said
    return actions.contraindicate(by=BY, person=of, programme=Programme.objects.get(), **asked)


def move_away(of: Person, **said: Any) -> Status:
    return actions.move_away(by=BY, person=of, **({"on": EARLIER, "today": TODAY, "to": "外地"} | said))


ALL: dict[str, Callable[..., Status]] = {
    "refused": refuse,
    "deferred": defer,
    "contraindicated": contraindicate,
    "moved": move_away,
}


@pytest.mark.parametrize("kind", ALL)
def test_a_status_holds_from_its_day_on_and_leaves_the_working_list(programme: Programme, kind: str) -> None:
    of = person("陈秀英（虚构）")
    assert state(of) == "due"
    told = ALL[kind](of)
    assert (told.kind, told.who_name, told.who_id) == (kind, BY.name, BY.public_id)
    assert state(of, EARLIER - timedelta(days=1)) == "due"
    assert state(of, EARLIER) == state(of) == kind
    here = standings(programme=programme, on=TODAY)
    found = groups(programme=programme, on=TODAY)
    assert not here.filter(found["open"]).exists()
    assert here.filter(found[kind]).count() == 1
    assert here.filter(found["people"]).exists() is (kind != "moved")
    verbs = [line.verb for line in history(noun="person", subject_ids=[of.public_id])]
    assert "doses.set_status" in verbs


@pytest.mark.parametrize("kind", ["refused", "deferred", "contraindicated"])
def test_complete_stands_above_all_but_moved(programme: Programme, kind: str) -> None:
    of = person("陈秀英（虚构）")
    dose(of, "Ad5-nCoV", date(2021, 5, 20))
    ALL[kind](of)
    assert state(of) == "complete"
    move_away(of)
    assert state(of) == "moved"


def test_a_deferral_ends_by_itself(programme: Programme) -> None:
    of = person("陈秀英（虚构）")
    defer(of, until_on=TODAY + timedelta(days=5))
    assert state(of, TODAY + timedelta(days=4)) == "deferred"
    assert state(of, TODAY + timedelta(days=5)) == "due"


def test_unknown_stands_below_what_rows_say(programme: Programme) -> None:
    from small_register import source

    of = person("陈秀英（虚构）", of=source("names", covers_doses=False))
    assert state(of) == "unknown"
    told = defer(of)
    assert state(of) == "deferred"
    actions.end(by=BY, status=told, on=TODAY, today=TODAY)
    assert state(of) == "unknown"


def test_a_refusal_is_taken_back_by_the_person_alone_and_stays_in_the_history(programme: Programme) -> None:
    of = person("陈秀英（虚构）")
    told = refuse(of)
    with pytest.raises(RefusalByOtherError):
        actions.end(by=BY, status=told, on=TODAY, today=TODAY, told_by="staff")
    actions.end(by=BY, status=told, on=TODAY, today=TODAY, told_by="self")
    assert (state(of, TODAY - timedelta(days=1)), state(of)) == ("refused", "due")
    (known,) = statuses(person=of.pk)
    assert (known.status, known.until_on, known.holds_on(EARLIER), known.holds_on(TODAY)) == (told, TODAY, True, False)


@pytest.mark.parametrize("kind", ALL)
def test_a_status_written_down_by_mistake_never_held(programme: Programme, kind: str) -> None:
    of = person("陈秀英（虚构）")
    told = ALL[kind](of)
    actions.end(by=BY, status=told, on=TODAY, today=TODAY, why="mistake")
    assert [state(of, day) for day in (EARLIER, TODAY)] == ["due", "due"]
    assert [known.end is not None for known in statuses(person=of.pk)] == [True]
    ALL[kind](of)  # and may be written down again
    assert state(of) == kind


def test_moving_away_and_coming_back_keeps_the_address_before(programme: Programme) -> None:
    of = person("陈秀英（虚构）", building=house("H7"))
    told = move_away(of, to="苏州市（虚构地址）")
    of.refresh_from_db()
    assert (told.place, of.living_building, state(of)) == ("苏州市（虚构地址）", house("H7"), "moved")
    counted = coverage(place=area(), programme=programme, on=TODAY, of="living")
    assert (counted.people, counted.moved) == (0, 1)
    actions.end(by=BY, status=told, on=TODAY, today=TODAY, why="mistake")
    counted = coverage(place=area(), programme=programme, on=TODAY, of="living")
    assert (counted.people, counted.moved, state(of)) == (1, 0, "due")


def test_moving_within_the_area_is_a_fact_and_no_status(programme: Programme) -> None:
    of = person("陈秀英（虚构）")
    new = house("H2")
    move(by=BY, person=of, on=TODAY, to=StayTold("living", new.area_id, new.pk))
    of.refresh_from_db()
    assert (of.living_building, state(of)) == (new, "due")


def test_nobody_moves_back_who_never_moved(programme: Programme) -> None:
    from linli.records.people.actions import move_back

    with pytest.raises(NothingBeforeError):
        move_back(by=BY, person=person("陈秀英（虚构）"), on=TODAY)


WRONG: list[Any] = [
    pytest.param(lambda of: defer(of, until_on=None), DeferralWithoutEndError, id="a deferral without end"),
    pytest.param(lambda of: defer(of, until_on=EARLIER), DeferralWithoutEndError, id="over as it begins"),
    pytest.param(lambda of: refuse(of, told_by="family"), RefusalByOtherError, id="a refusal by the family"),
    pytest.param(lambda of: refuse(of, told_by="staff"), RefusalByOtherError, id="a refusal by a worker"),
    pytest.param(lambda of: contraindicate(of, paper="  "), PaperMissingError, id="a contraindication without paper"),
    pytest.param(lambda of: contraindicate(of, until_on=EARLIER), EndsBeforeStartError, id="over before it begins"),
    pytest.param(lambda of: refuse(of, on=TODAY + timedelta(days=1)), StatusAheadError, id="tomorrow's refusal"),
    pytest.param(lambda of: (refuse(of), refuse(of)), StatusHoldsError, id="refused twice"),
    pytest.param(lambda of: (move_away(of), move_away(of)), StatusHoldsError, id="moved twice"),
]


@pytest.mark.parametrize(("act", "error"), WRONG)
def test_what_cannot_be_is_refused_and_writes_nothing(
    programme: Programme, act: Callable[[Person], Any], error: type[StatusError]
) -> None:
    of = person("陈秀英（虚构）")
    with pytest.raises(error), transaction.atomic():
        act(of)
    assert not Status.objects.exists()
    assert state(of) == "due"


def test_a_status_ends_once_and_not_before_it_began(programme: Programme) -> None:
    of = person("陈秀英（虚构）")
    told = defer(of)
    with pytest.raises(EndsBeforeStartError):
        actions.end(by=BY, status=told, on=EARLIER - timedelta(days=1), today=TODAY)
    with pytest.raises(StatusAheadError):
        actions.end(by=BY, status=told, on=TODAY + timedelta(days=1), today=TODAY)
    actions.end(by=BY, status=told, on=TODAY, today=TODAY)
    with pytest.raises(StatusEndedError):
        actions.end(by=BY, status=told, on=TODAY, today=TODAY)


IMPOSSIBLE: list[Any] = [
    pytest.param({"kind": "deferred"}, id="deferred for ever"),
    pytest.param({"kind": "refused", "told_by": "staff"}, id="refused by a worker"),
    pytest.param({"kind": "deferred", "until_on": EARLIER}, id="over as it begins"),
    pytest.param({"kind": "dead"}, id="no such kind"),
    pytest.param({"kind": "moved"}, id="moved under one programme"),
    pytest.param({"kind": "refused", "told_by": "self", "programme": None}, id="refused nothing"),
]


@pytest.mark.parametrize("columns", IMPOSSIBLE)
def test_the_database_itself_refuses_what_cannot_be(programme: Programme, columns: dict[str, Any]) -> None:
    of = person("陈秀英（虚构）")
    row = {"person": of, "programme": programme, "on": EARLIER, "who_name": "x", "at": timezone.now()} | columns
    with pytest.raises(IntegrityError), transaction.atomic():
        Status.objects.create(**row)
