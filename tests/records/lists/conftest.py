"""A small invented neighbourhood, loaded through the same lists an office uses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from linli.records.journal.actions import Who
from linli.records.lists import actions as lists
from linli.records.lists.models import List, Row
from linli.records.people import actions as people
from linli.records.people.models import Source
from linli.records.places.models import Area
from linli.records.programme import actions as programme
from linli.records.programme.models import Programme

ON = date(2021, 6, 20)
OFFICE = Who("", "Office (invented)")

AREAS = """区域代码,区域名称,区域英文名,区域类型,上级代码
S,石门二路街道,Shimen Er Road,街道,
S-1,东王居委会,Dongwang,居委会,S
S-2,张家宅居委会,Zhangjiazhai,居委会,S
"""
BUILDINGS = """楼栋代码,楼栋名称,楼栋类型,地址,居委会,层数,经度,纬度
B1,新昌路1号,住宅,新昌路1号,东王居委会,6,121.4600,31.2350
B2,新昌路3号,住宅,新昌路3号,S-1,6,121.4610,31.2350
B3,山海关路5号,住宅,山海关路5号,S-2,18,121.4620,31.2360
T1,金融大厦,写字楼,南京西路100号,S-2,40,121.4630,31.2340
"""

Load = Callable[..., List]


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


def outcomes(of: List) -> dict[int, str]:
    """The outcome of every line."""
    return dict(Row.objects.filter(list=of).order_by("line").values_list("line", "outcome"))


def codes(of: List, line: int) -> list[str]:
    """The codes of the problems of a line."""
    return [problem["code"] for problem in Row.objects.get(list=of, line=line).problems]


def table_counts() -> dict[str, int]:
    """How many rows every table of the register holds; the journal and the lists themselves aside."""
    from django.apps import apps

    leave = {"List", "Row", "Entry", "Subject"}
    return {
        model.__name__: model.objects.count()
        for model in apps.get_app_config("records").get_models()
        if model.__name__ not in leave
    }
