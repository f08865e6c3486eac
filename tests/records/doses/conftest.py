"""An invented crowd in the register: every age near a gate, every kind of history."""

from __future__ import annotations

import contextlib
import random
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from linli.domain.eligibility import Schedule
from linli.records.doses.actions import Given, correct, forecast, record, strike
from linli.records.doses.models import Dose, Status, StatusEnd
from linli.records.doses.queries import DoseError
from linli.records.journal.actions import Who
from linli.records.people import actions as people
from linli.records.people.models import Source
from linli.records.programme.actions import adopt, know_vaccines
from linli.records.programme.models import Programme, Vaccine
from linli.reference import schedule

BY = Who("", "test")
NOON = datetime(2021, 6, 20, 4, tzinfo=UTC)
CODE = "covid-19-cn-2021"
OTHER = ("140", "33", "18")  # influenza, pneumococcal; rabies needs no wait
FIRST_DAY, LAST_DAY = date(2020, 7, 1), date(2022, 2, 1)


@pytest.fixture
def programme(db: None) -> Programme:
    """The schedule of 2021, with some other vaccines and one product that nobody knows."""
    adopted = adopt(by=BY, code=CODE)
    know_vaccines(by=BY, cvx=OTHER)
    Vaccine.objects.create(code="mystery", name="?")
    return adopted


@pytest.fixture
def rules() -> Schedule:
    """The same schedule as the engine reads it."""
    return schedule(CODE)


@pytest.fixture
def crowd(programme: Programme) -> Callable[[int, int], list[int]]:
    """Write down invented people with doses and draw their forecasts: `crowd(count, seed)` gives their ids."""

    def invent(count: int, seed: int) -> list[int]:
        chance = random.Random(seed)
        ids: list[int] = []
        for covers in (False, True):
            source = people.open_source(by=BY, code=f"list-{covers}", name="list", covers_doses=covers)
            told = [people.Told(None, f"居民{k}", _birth(chance), "") for k in range(count // 2)]
            ids += people.record(by=BY, source=source, on=FIRST_DAY, covers_doses=covers, told=told)
        _vaccinate(chance, ids, Source.objects.get(code="list-True"))
        _correct_some(chance)
        _tell_statuses(chance, ids, programme)
        forecast(by=BY, programme=programme)
        return ids

    return invent


def _birth(chance: random.Random) -> date | None:
    """Half of all births lie within two months of an age that some gate asks for."""
    if chance.random() < 0.03:
        return None
    if chance.random() < 0.5:
        years = chance.choice([3, 6, 12, 15, 18, 60, 76])
        return date(2021, chance.randrange(1, 13), 1).replace(year=2021 - years) + timedelta(chance.randrange(-60, 60))
    return date(2022, 1, 1) - timedelta(chance.randrange(0, 97 * 365))


def _vaccinate(chance: random.Random, ids: list[int], source: Source) -> None:
    codes = ["BIBP", "BIBP", "WIBP", "CoronaVac", "KCONVAC", "Ad5-nCoV", "ZF2001", "ZF2001", "mystery", *OTHER]
    vaccines = {row.code: row.pk for row in Vaccine.objects.all()}
    given = []
    for person in ids:
        day = FIRST_DAY + timedelta(chance.randrange(0, (LAST_DAY - FIRST_DAY).days))
        favourite = chance.choice(codes)
        for _ in range(chance.choice([0, 0, 0, 1, 1, 2, 2, 3, 4, 5])):
            code = favourite if chance.random() < 0.7 else chance.choice(codes)
            evidence = chance.choice(["record", "record", "record", "paper", "told"])
            given.append(Given(person, vaccines[code], day, supply_ended=chance.random() < 0.1, evidence=evidence))
            day += timedelta(chance.choice([0, 1, 13, 14, 15, 20, 21, 22, 27, 28, 29, 56, 57, 120, 184]))
    record(by=BY, source=source, given=given)


def _correct_some(chance: random.Random) -> None:
    """Strike some doses, put others in the place of some."""
    for dose in Dose.objects.order_by("id"):
        if chance.random() < 0.03:
            strike(by=BY, dose=dose)
        elif chance.random() < 0.03:
            with contextlib.suppress(DoseError):  # the right day may be known already, or lie before the birth
                correct(
                    by=BY, dose=dose, reason="day", given_on=dose.given_on - timedelta(days=20), today=date(2030, 1, 1)
                )


def _tell_statuses(chance: random.Random, ids: list[int], programme: Programme) -> None:
    """Statuses of a third of the people, several of some, overlapping, ended or not."""
    rows = []
    for person in ids:
        for _ in range(chance.choice([0, 0, 0, 0, 0, 0, 1, 1, 2, 3])):
            kind = chance.choice(Status.Kind.values)
            on = FIRST_DAY + timedelta(chance.randrange(0, (LAST_DAY - FIRST_DAY).days))
            until = on + timedelta(chance.choice([1, 14, 90])) if kind == "deferred" or chance.random() < 0.2 else None
            of = None if kind == "moved" else programme
            told_by = "self" if kind == "refused" else "staff"
            rows.append(
                Status(person_id=person, kind=kind, programme=of, on=on, until_on=until, told_by=told_by, at=NOON)
            )
    Status.objects.bulk_create(rows)
    ends = [
        StatusEnd(
            status=row,
            on=row.on + timedelta(chance.choice([0, 1, 30])),
            why=chance.choice(StatusEnd.Why.values),
            at=NOON,
        )
        for row in rows
        if chance.random() < 0.4
    ]
    StatusEnd.objects.bulk_create(ends)
