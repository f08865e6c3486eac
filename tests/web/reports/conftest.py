"""A street with two committees, a home and a tower in each, a few invented people, and those who look at its board."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from linli.records.accounts.actions import enrol, grant
from linli.records.accounts.models import Worker
from linli.records.doses.actions import Given, forecast, record
from linli.records.journal.actions import Who
from linli.records.people import actions as people
from linli.records.people.models import Employer, Source
from linli.records.places.models import Area, Building, Door
from linli.records.programme.actions import adopt, open_drive
from linli.records.programme.models import Vaccine

BY = Who("", "test")
DAY = date(2021, 6, 20)
NAMES = {"east": ("居民甲", "居民乙", "居民丙", "居民丁"), "west": ("邻居甲", "邻居乙", "邻居丙", "邻居丁")}


@pytest.fixture(autouse=True)
def _day_and_language(settings: Any) -> Iterator[None]:
    settings.TODAY = DAY.isoformat()
    with translation.override("en"):
        yield


@pytest.fixture
def street(db: None) -> Area:
    """The street and its committees `east` and `west`, without people and without a drive."""
    top = Area.objects.create(
        code="street", name="虚构街道", name_en="Invented Street", kind="subdistrict", path="street/"
    )
    for code in NAMES:
        part = Area.objects.create(
            code=code, name=f"{code}居委会", name_en=f"{code.title()} Committee", parent=top, path=f"street/{code}/"
        )
        home = Building.objects.create(
            code=f"{code}-1", name=f"{code}新村1号", area=part, outline=square(121.45, 31.23)
        )
        Building.objects.create(code=f"{code}-2", name=f"{code}大厦", area=part, kind="office", lon=121.46, lat=31.24)
        Door.objects.create(building=home, stair="1", number="101", floor=1)
    return top


@pytest.fixture
def drive(street: Area) -> Area:
    """A drive is open in the street."""
    open_drive(by=BY, name="drive", programme=adopt(by=BY, code="covid-19-cn-2021"), area=street, starts_on=DAY)
    return street


@pytest.fixture
def inhabited(drive: Area) -> Area:
    """Four people live in each home: complete, overdue, due, unknown; the first works in the tower next door."""
    for code, names in NAMES.items():
        part, home = Area.objects.get(code=code), Building.objects.get(code=f"{code}-1")
        tower, door = Building.objects.get(code=f"{code}-2"), Door.objects.get(building__code=f"{code}-1")
        firm = Employer.objects.create(name=f"{code}公司", building=tower)
        here = people.StayTold("living", part.pk, home.pk, door.pk)
        work = people.StayTold("working", part.pk, tower.pk, employer=firm.pk)
        for covers, some in ((True, names[:3]), (False, names[3:])):
            source = people.open_source(by=BY, code=f"{code}-{covers}", name="list", covers_doses=covers)
            told = [
                people.Told(None, name, date(1970, 5, 1), "F", stays=(here, work) if name == names[0] else (here,))
                for name in some
            ]
            ids = people.record(by=BY, source=source, on=DAY, covers_doses=covers, told=told)
            if covers:
                _vaccinate(ids, source)
    programme = adopt(by=BY, code="covid-19-cn-2021")
    forecast(by=BY, programme=programme)
    return drive


def _vaccinate(ids: list[int], source: Source) -> None:
    vaccine = Vaccine.objects.get(code="BIBP").pk
    given = [Given(ids[0], vaccine, date(2021, 5, 20)), Given(ids[0], vaccine, date(2021, 6, 19))]
    record(by=BY, source=source, given=[*given, Given(ids[1], vaccine, date(2021, 4, 1))])


def square(lon: float, lat: float) -> dict[str, object]:
    """A small outline."""
    corners = [(0, 0), (0.001, 0), (0.001, 0.001), (0, 0.001), (0, 0)]
    return {"type": "Polygon", "coordinates": [[[lon + x, lat + y] for x, y in corners]]}


SignIn = Callable[..., Client]


@pytest.fixture
def signed_in(street: Area) -> SignIn:
    """A browser in which a new worker with a role in an area is signed in: `signed_in("leader", "street")`."""

    def sign_in(*grants: tuple[str, str], language: str = "en") -> Client:
        count = Worker.objects.count()
        worker = enrol(by=BY, username=f"worker{count}", name="Worker", password=None)
        for role, code in grants:
            grant(by=BY, worker=worker, area=Area.objects.get(code=code), role=role)
        client = Client(headers={"accept-language": language})
        client.force_login(worker)
        return client

    return sign_in
