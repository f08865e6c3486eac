"""Weeks of random paperwork: whatever was written, corrected, merged and undone, every stored copy equals its rows."""

from __future__ import annotations

import contextlib
import random
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import transaction

from linli.records.doses import actions as doses
from linli.records.doses.actions import StatusError
from linli.records.doses.models import Correction, Dose, Forecast, Status
from linli.records.doses.queries import DoseError, MergedAwayError, doses_of, judge, standings, statuses
from linli.records.duplicates.actions import LaterMergeError, MergeUndoneError, NewRowsError, merge, undo
from linli.records.duplicates.models import Merge
from linli.records.people.actions import NothingBeforeError, rebuild
from linli.records.people.models import Person
from linli.records.programme.actions import adopt
from linli.records.programme.models import Programme, Vaccine
from small_register import BY, house, person, source

FIRST_DAY, DAYS = date(2021, 4, 1), 90
REFUSED = (DoseError, StatusError, MergedAwayError, LaterMergeError, MergeUndoneError, NewRowsError, NothingBeforeError)


class Paperwork:
    """One invented office: each step does one random thing on a day, or is refused whole."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.programme = adopt(by=BY, code="covid-19-cn-2021")
        self.steps: tuple[Callable[[date], object], ...] = (
            self.meet, self.give, self.give, self.correct, self.strike, self.take_correction_back, self.tell, self.end,
            self.merge, self.undo,
        )  # fmt: skip

    def do(self, on: date) -> None:
        """One step; what is refused leaves nothing behind."""
        step = self.chance.choice(self.steps)
        with contextlib.suppress(*REFUSED), transaction.atomic():
            step(on)

    def meet(self, on: date) -> None:
        lists = source(self.chance.choice(("a", "b")), covers_doses=self.chance.random() < 0.7)
        born = self.chance.choice((None, date(1950, 1, 1), on - timedelta(days=18 * 365)))
        person(f"居民{on:%m%d}（虚构）", born=born, of=lists, on=on, building=house(self.chance.choice("HJK")))

    def give(self, on: date) -> None:
        doses.record_by_hand(
            by=BY,
            person=self.someone(),
            vaccine=self.product(),
            given_on=on - timedelta(days=self.chance.choice((0, 0, 3, 40))),
            today=on,
            evidence=self.chance.choice(Dose.Evidence.values),
            accept=self.chance.random() < 0.5,
        )

    def correct(self, on: date) -> None:
        wrong = self.chance.choice(list(Dose.objects.order_by("id")) or [None])
        if wrong is None:
            return
        said = self.chance.choice(
            (
                {"person": self.someone()},
                {"vaccine": self.product()},
                {"given_on": wrong.given_on - timedelta(days=self.chance.choice((1, 20)))},
                {"number": self.chance.randrange(1, 4)},
            )
        )
        doses.correct(by=BY, dose=wrong, reason="details", today=on, **said)

    def strike(self, on: date) -> None:
        for wrong in Dose.objects.order_by("?")[:1]:
            doses.strike(by=BY, dose=wrong)

    def take_correction_back(self, on: date) -> None:
        for made in self.some(Correction):
            doses.undo(by=BY, correction=made, today=on)

    def tell(self, on: date) -> None:
        of, asked = self.someone(), {"by": BY, "on": on, "today": on}
        kind = self.chance.choice(Status.Kind.values)
        if kind == "moved":
            doses.move_away(person=of, **asked)
        elif kind == "refused":
            doses.refuse(person=of, programme=self.programme, told_by="self", **asked)
        elif kind == "deferred":
            doses.defer(person=of, programme=self.programme, until_on=on + timedelta(days=9), **asked)
        else:
            doses.contraindicate(person=of, programme=self.programme, paper="x", **asked)

    def end(self, on: date) -> None:
        for status in self.some(Status):
            why = self.chance.choice(("reversed", "mistake"))
            doses.end(by=BY, status=status, on=on, today=on, why=why, told_by="self")

    def merge(self, on: date) -> None:
        here = list(Person.objects.filter(merged_into=None).order_by("id"))
        if len(here) > 1:
            kept, gone = self.chance.sample(here, 2)
            merge(by=BY, kept=kept, gone=gone)

    def undo(self, on: date) -> None:
        for done in self.some(Merge):
            undo(by=BY, merge=done, to_gone=[] if self.chance.random() < 0.7 else None)

    def someone(self) -> Person:
        return self.chance.choice(list(Person.objects.order_by("id")))

    def product(self) -> Vaccine:
        return self.chance.choice(list(Vaccine.objects.order_by("id")))

    def some(self, model: type) -> list:  # type: ignore[type-arg]  # rows of any table
        rows = list(model.objects.order_by("id"))  # type: ignore[attr-defined]  # a model
        return [self.chance.choice(rows)] if rows else []


def copies() -> tuple[list[object], list[object]]:
    """What is stored beside the rows: the shown facts and the forecasts."""
    shown = [field.attname for field in Person._meta.concrete_fields if field.name != "phone"]
    drawn = [field.attname for field in Forecast._meta.concrete_fields if field.name != "id"]
    return (
        list(Person.objects.order_by("id").values_list(*shown)),
        list(Forecast.objects.order_by("person_id", "since_on").values_list(*drawn)),
    )


@pytest.mark.soak
@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(12))
def test_every_stored_copy_equals_its_rows(seed: int) -> None:
    office = Paperwork(seed)
    person("第一人（虚构）")
    for number in range(DAYS):
        on = FIRST_DAY + timedelta(days=number)
        for _ in range(3):
            office.do(on)
        if number % 10 == 9:
            stored = copies()
            rebuild(by=BY)
            doses.forecast(by=BY, programme=office.programme)
            assert copies() == stored, on
            standings_follow_the_rows(office.programme, on)
    assert Merge.objects.exists()
    assert Correction.objects.exists()


def standings_follow_the_rows(programme: Programme, on: date) -> None:
    """Every person not merged stands as the engine and the rows say."""
    here = list(Person.objects.filter(merged_into=None))
    judged = judge(programme=programme, people=[one.pk for one in here], on=on)
    states = dict(standings(programme=programme, on=on).values_list("person_id", "state"))
    assert states.keys() == {one.pk for one in here} == set(judged.people)
    for one in here:
        holding = {told.status.kind for told in statuses(person=one.pk, programme=programme) if told.holds_on(on)}
        if "moved" in holding:
            assert states[one.pk] == "moved"
        elif states[one.pk] != "complete" and holding:
            assert states[one.pk] == next(
                kind for kind in ("refused", "contraindicated", "deferred") if kind in holding
            )
        standing = [dose.pk for dose in doses_of(one.pk)]
        assert len(standing) == len({(dose.given_on, dose.vaccine_id) for dose in doses_of(one.pk)})
