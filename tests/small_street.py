"""A small invented street as lists: areas, buildings, one line a person; and what tests ask of a loaded list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.apps import apps

from linli.domain.identity import check_digit
from linli.records.journal.actions import Who
from linli.records.lists.models import List, Row

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


def outcomes(of: List) -> dict[int, str]:
    """The outcome of every line."""
    return dict(Row.objects.filter(list=of).order_by("line").values_list("line", "outcome"))


def codes(of: List, line: int) -> list[str]:
    """The codes of the problems of a line."""
    return [problem["code"] for problem in Row.objects.get(list=of, line=line).problems]


def table_counts() -> dict[str, int]:
    """How many rows every table of the register holds; the journal and the lists themselves aside."""
    leave = {"List", "Row", "Export", "Entry", "Subject"}
    return {
        model.__name__: model.objects.count()
        for model in apps.get_app_config("records").get_models()
        if model.__name__ not in leave
    }


def resident_id(born: str, order: int) -> str:
    """An invented resident id with a right check digit: birth date as YYYYMMDD, order code."""
    body = f"310106{born}{order:03d}"
    return body + check_digit(body)


PEOPLE_HEADER = (
    "姓名,证件号码,联系电话,居委会,楼栋,单元,室号,现住址,户籍地址,人户状态,"
    "第一针接种日期,第一针疫苗名称,第二针接种日期,第二针疫苗名称\n"
)


def person_line(
    name: str = "王建国",
    number: str | None = None,
    *,
    phone: str = "13800000001",
    area: str = "东王居委会",
    building: str = "新昌路1号",
    stair: str = "1",
    door: str = "301",
    living: str = "",
    registered: str = "",
    state: str = "人户一致",
    first: tuple[str, str] = ("", ""),
    second: tuple[str, str] = ("", ""),
) -> str:
    """One line under PEOPLE_HEADER about an invented person."""
    told = resident_id("19500101", 1) if number is None else number
    cells = (name, told, phone, area, building, stair, door, living, registered, state, *first, *second)
    return ",".join(cells) + "\n"
