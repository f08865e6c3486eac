"""An invented quarter: committees, grids, five buildings, and people who live, are registered or work there."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from linli.records.doses.actions import Given, forecast, record
from linli.records.doses.models import Status
from linli.records.journal.actions import Who
from linli.records.people import actions as people
from linli.records.people.models import Employer, Source
from linli.records.places.models import Area, Building, Door
from linli.records.programme.actions import adopt, know_vaccines
from linli.records.programme.models import Programme, Vaccine

BY = Who("", "test")
DAY = date(2021, 6, 20)
EVE = date(2021, 1, 1)
NOON = datetime(2021, 6, 20, 4, tzinfo=UTC)
# code: parent
TREE = {"s": "", "s1": "s", "s2": "s", "s10": "s", "g11": "s1", "g12": "s1", "g21": "s2"}
HOUSES = {"b1": "g11", "b2": "g11", "b3": "g12", "b4": "g21", "b5": "s2"}
Quarter = dict[str, Area]
Crowd = Callable[[int, int], None]


@pytest.fixture
def programme(db: None) -> Programme:
    """The schedule of 2021 and another vaccine."""
    adopted = adopt(by=BY, code="covid-19-cn-2021")
    know_vaccines(by=BY, cvx=("140",))
    return adopted


@pytest.fixture
def quarter(db: None) -> Quarter:
    """The areas by code; `s10` shares the first characters of `s1` and holds nobody."""
    areas: Quarter = {}
    for code, parent in TREE.items():
        path = f"{areas[parent].path if parent else ''}{code}/"
        areas[code] = Area.objects.create(code=code, name=code, parent=areas.get(parent), path=path)
    houses = [Building(code=code, name=code, area=areas[area]) for code, area in HOUSES.items()]
    Building.objects.bulk_create(houses)
    Employer.objects.bulk_create([Employer(name=f"e{k}", building=house) for k, house in enumerate(houses[3:])])
    return areas


@pytest.fixture
def crowd(programme: Programme, quarter: Quarter) -> Crowd:
    """Write down some invented people with their stays and doses and draw their forecasts: `crowd(count, seed)`."""

    def invent(count: int, seed: int) -> None:
        chance = random.Random(seed)
        ids: list[int] = []
        ground = Ground(quarter)
        for covers in (False, True):
            source = people.open_source(by=BY, code=f"list-{covers}", name="list", covers_doses=covers)
            told = [
                people.Told(None, f"居民{k}", _birth(chance), chance.choice("FM"), stays=_stays(chance, ground))
                for k in range(count // 2)
            ]
            ids += people.record(by=BY, source=source, on=DAY, covers_doses=covers, told=told)
        record(by=BY, source=Source.objects.get(code="list-True"), given=_given(chance, ids))
        _tell_statuses(chance, ids, programme)
        forecast(by=BY, programme=programme)

    return invent


def _tell_statuses(chance: random.Random, ids: list[int], programme: Programme) -> None:
    """One status for ever of every fifth person or so."""
    rows = []
    for person in ids:
        kind = chance.choice(Status.Kind.values)
        of, until = (None if kind == "moved" else programme), date(2030, 1, 1) if kind == "deferred" else None
        told_by = "self" if kind == "refused" else "staff"
        rows.append(Status(person_id=person, kind=kind, programme=of, on=EVE, until_on=until, told_by=told_by, at=NOON))
    Status.objects.bulk_create(row for row in rows if chance.random() < 0.2)


def _birth(chance: random.Random) -> date | None:
    """Ages of all kinds, some near the gate of 18 years, a few unknown."""
    if chance.random() < 0.03:
        return None
    if chance.random() < 0.3:
        return date(2003, 6, 20) + timedelta(chance.randrange(-20, 20))
    return date(2021, 1, 1) - timedelta(chance.randrange(0, 90 * 365))


class Ground:
    """Where people may be: the buildings, no building, and the employer in each tower."""

    def __init__(self, quarter: Quarter) -> None:
        self.houses: list[Building | None] = [*Building.objects.select_related("area").order_by("code"), None]
        self.areas = [quarter[code] for code in ("s", "s1", "g21")]
        self.employers = {employer.building_id: employer.pk for employer in Employer.objects.all()}


def _stays(chance: random.Random, ground: Ground) -> tuple[people.StayTold, ...]:
    stays = []
    for kind in ("living", "registered", "working"):
        if chance.random() < 0.3:
            continue
        house = chance.choice(ground.houses)
        area = house.area if house else chance.choice(ground.areas)
        employer = ground.employers.get(house.pk) if kind == "working" and house else None
        stays.append(people.StayTold(kind, area.pk, house.pk if house else None, employer=employer))
    return tuple(stays)


def _given(chance: random.Random, ids: list[int]) -> list[Given]:
    codes = ("BIBP", "BIBP", "CoronaVac", "Ad5-nCoV", "ZF2001", "140")
    vaccines = dict(Vaccine.objects.values_list("code", "pk"))
    given = []
    for person in ids:
        day, code = date(2021, 2, 1) + timedelta(chance.randrange(0, 150)), chance.choice(codes)
        for _ in range(chance.choice([0, 0, 1, 1, 2, 2, 3])):
            product = vaccines[code if chance.random() < 0.9 else chance.choice(codes)]
            given.append(Given(person, product, day, evidence=chance.choice(("record", "told"))))
            day += timedelta(chance.choice([1, 13, 14, 20, 21, 28, 30, 56, 57, 80]))
    return given


@pytest.fixture
def doors(quarter: Quarter) -> list[Door]:
    """Doors of the first building whose text order is not the order of a walk."""
    house = Building.objects.get(code="b1")
    numbers = [("10", "101", 1), ("2", "1001", 10), ("2", "102", 1), ("2", "201", 2), ("", "9", None)]
    return [Door.objects.create(building=house, stair=s, number=n, floor=f) for s, n, f in numbers]
