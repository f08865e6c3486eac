"""An invented street where some people stand twice, and browsers in which its workers are signed in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from pytest_django import Settings

from linli.records.accounts.actions import enrol, grant
from linli.records.accounts.models import Worker
from linli.records.duplicates.actions import find
from linli.records.duplicates.models import Pair
from linli.records.people.models import Person
from linli.records.places.models import Area, Building
from linli.records.programme.actions import adopt, open_drive
from small_register import BY, TODAY, dose, person, source

ID = "310100195005019044"


@pytest.fixture(autouse=True)
def _english_on_the_day(settings: Settings) -> None:
    settings.LANGUAGE_CODE = "en"
    settings.TODAY = TODAY.isoformat()


@pytest.fixture
def street(db: None) -> dict[str, Area]:
    """A street with two committees, each with a house, and a drive."""
    top = Area.objects.create(code="S", name="街道（虚构）", name_en="Street", path="S/")
    areas = {"S": top}
    for code, name, name_en in (("N", "北居委（虚构）", "North"), ("Z", "南居委（虚构）", "South")):
        areas[code] = Area.objects.create(code=code, name=name, name_en=name_en, path=f"S/{code}/", parent=top)
        Building.objects.create(code=f"{code}1", name=f"{name}一号", name_en=f"{name_en} 1", area=areas[code])
    programme = adopt(by=BY, code="covid-19-cn-2021")
    open_drive(by=BY, name="drive", programme=programme, area=top, starts_on=date(2021, 3, 29))
    return areas


def house(code: str) -> Building:
    return Building.objects.get(code=code)


@pytest.fixture
def grandmother(street: dict[str, Area]) -> tuple[Person, Person]:
    """A woman in the police list with her id, and in the committee's under a variant of her name and another phone."""
    first = person("陈秀英", document=ID, phone="13800000001", of=source("police", rank=10), building=house("N1"))
    second = person("陳秀英", phone="13800000002", of=source("committee"), building=house("N1"))
    dose(second, "CoronaVac", date(2021, 5, 20), 1)
    return first, second


@pytest.fixture
def neighbour(street: dict[str, Area]) -> tuple[Person, Person]:
    """A man whom both committees list: he lives in the north and is written down in the south too."""
    born = date(1962, 8, 17)
    first = person("林国强", born=born, sex="M", phone="13900000005", building=house("N1"))
    second = person("林国强", born=born, sex="M", phone="13900000005", building=house("Z1"))
    return first, second


@pytest.fixture
def queued(grandmother: tuple[Person, Person], neighbour: tuple[Person, Person]) -> list[Pair]:
    """Both pairs in the queue, the likeliest first."""
    find(by=BY)
    return list(Pair.objects.order_by("-score"))


@pytest.fixture
def sign_in(street: dict[str, Area]) -> Callable[..., Client]:
    """A browser in which a new worker with a role in an area is signed in."""

    def _sign_in(role: str = "office", area: str = "S") -> Client:
        worker: Worker = enrol(by=BY, username=f"{role}-{area}", name="王芳（虚构）", password=None)
        grant(by=BY, worker=worker, area=street[area], role=role)
        client = Client()
        client.force_login(worker)
        return client

    return _sign_in


@pytest.fixture
def office(sign_in: Callable[..., Client]) -> Client:
    """The street office's browser."""
    return sign_in()
