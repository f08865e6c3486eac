"""Workers of a small invented street, signed in, and lists to look at."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from linli.records.accounts import actions as accounts
from linli.records.accounts.models import Worker
from linli.records.lists import actions as lists
from linli.records.lists.models import List
from linli.records.people import actions as people
from linli.records.people.models import Source
from linli.records.places.models import Area
from linli.records.programme import actions as programme
from small_street import AREAS, BUILDINGS, OFFICE, ON, Load


@pytest.fixture(autouse=True)
def _english_on_the_day(settings: Settings) -> None:
    settings.LANGUAGE_CODE = "en"
    settings.TODAY = ON.isoformat()


@pytest.fixture
def source(db: None) -> Source:
    """The committees' own list."""
    return people.open_source(by=OFFICE, code="committee", name="居委会名单", rank=20, covers_doses=True)


@pytest.fixture
def receive(source: Source) -> Load:
    """Receive and judge a list."""

    def _receive(content: str | bytes, name: str = "list.csv", *, area: str | None = "S", **told: Any) -> List:
        received = lists.receive(
            by=OFFICE,
            file_name=name,
            content=content.encode() if isinstance(content, str) else content,
            source=told.pop("source", source),
            area=Area.objects.get(code=area) if area else None,
            as_of=ON,
            **told,
        )
        return lists.stage(by=OFFICE, of=received, on=ON)

    return _receive


@pytest.fixture
def load(receive: Load) -> Load:
    """Receive, judge and apply a list."""
    return lambda *args, **told: lists.apply(by=OFFICE, of=receive(*args, **told), on=ON)


@pytest.fixture
def street(load: Load) -> Area:
    """The street with its committees and buildings, and the schedule adopted."""
    programme.adopt(by=OFFICE, code="covid-19-cn-2021")
    load(AREAS, "areas.csv", area=None)
    load(BUILDINGS, "buildings.csv")
    return Area.objects.get(code="S")


@pytest.fixture
def sign_in(street: Area) -> Callable[..., Client]:
    """A browser in which a new worker with a role in an area is signed in."""

    def _sign_in(role: str = "office", area: str = "S", **options: Any) -> Client:
        worker: Worker = accounts.enrol(by=OFFICE, username=f"{role}-{area}", name="王芳", password=None)
        accounts.grant(by=OFFICE, worker=worker, area=Area.objects.get(code=area), role=role)
        client = Client(**options)
        client.force_login(worker)
        return client

    return _sign_in


@pytest.fixture
def office(sign_in: Callable[..., Client]) -> Client:
    """The street office's browser."""
    return sign_in()
