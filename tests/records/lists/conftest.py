"""A small invented street, loaded through the same lists an office uses."""

from __future__ import annotations

from typing import Any

import pytest

from linli.records.lists import actions as lists
from linli.records.lists.models import List
from linli.records.people import actions as people
from linli.records.people.models import Source
from linli.records.places.models import Area
from linli.records.programme import actions as programme
from linli.records.programme.models import Programme
from small_street import AREAS, BUILDINGS, OFFICE, ON, Load


@pytest.fixture
def source(db: None) -> Source:
    """The committees' own list; it covers doses."""
    return people.open_source(by=OFFICE, code="committee", name="居委会名单", rank=20, covers_doses=True)


@pytest.fixture
def covid(db: None) -> Programme:
    """The schedule in force."""
    return programme.adopt(by=OFFICE, code="covid-19-cn-2021")


@pytest.fixture
def receive(source: Source) -> Load:
    """Receive and judge a list: text is written as UTF-8, bytes as they are."""

    def _receive(content: str | bytes, name: str = "list.csv", *, area: str | None = "S", **told: Any) -> List:
        received = lists.receive(
            by=OFFICE,
            file_name=name,
            content=content.encode() if isinstance(content, str) else content,
            source=told.pop("source", source),
            area=Area.objects.get(code=area) if area else None,
            as_of=told.pop("as_of", ON),
            **told,
        )
        return lists.stage(by=OFFICE, of=received, on=ON)

    return _receive


@pytest.fixture
def load(receive: Load) -> Load:
    """Receive, judge and apply a list."""

    def _load(*args: Any, **told: Any) -> List:
        return lists.apply(by=OFFICE, of=receive(*args, **told), on=ON)

    return _load


@pytest.fixture
def street(load: Load, covid: Programme) -> Area:
    """The street with its committees and buildings, and the schedule adopted."""
    load(AREAS, "areas.csv", area=None)
    load(BUILDINGS, "buildings.csv")
    return Area.objects.get(code="S")
