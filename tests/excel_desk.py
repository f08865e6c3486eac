"""Taking lists out and bringing them back through the actions, for tests of both."""

from __future__ import annotations

from typing import Any

from django.utils import translation

from linli.records.accounts.models import Worker
from linli.records.lists import actions as lists
from linli.records.lists.models import List, Row
from linli.records.lists.queries.copies import KEEPERS
from linli.records.people import actions as people
from linli.records.people.actions import Told, by_hand, record
from linli.records.people.models import Person
from linli.records.places.models import Area
from linli.words.copies import file, reading
from small_street import OFFICE, ON, PEOPLE_HEADER, person_line, resident_id

WANG, LI, ZHAO = resident_id("19500101", 1), resident_id("19600202", 2), resident_id("19700303", 3)
PEOPLE = (
    PEOPLE_HEADER
    + person_line("王建国", WANG, first=("2021-05-01", "BIBP"), second=("2021-05-29", "BIBP"))
    + person_line("李秀英", LI, door="302", phone="13800000002")
    + person_line("赵远", ZHAO, area="张家宅居委会", building="山海关路5号", phone="13800000003")
)
EMPLOYERS = (
    "单位名称,统一社会信用代码,办公楼宇,楼层\n示范信息公司,91350100M000100Y43,金融大厦,012\n虚构商行,,金融大厦,3\n"
)
STAFF = f"姓名,证件号码,单位名称,办公楼宇\n钱职员,{resident_id('19800404', 5)},示范信息公司,金融大厦\n"


def take_out(
    kind: Any = "people", *, area: str = "S", language: str = "zh-hans", ending: str = "xlsx", on: Any = ON
) -> bytes:
    """The file of a list."""
    place = Area.objects.get(code=area)
    found = KEEPERS[kind].of_area(place)
    with translation.override(language):
        told = reading(kind, found, on=on)
        taken = lists.take_out(by=OFFICE, kind=kind, found=found, reading=told, language=language, on=on, area=place)
        return file(taken, ending)


def bring_back(content: bytes, name: str = "copy.xlsx", *, worker: Worker | None = None) -> List:
    """A file received and judged; by the operator unless by a worker."""
    received = lists.receive(
        by=OFFICE,
        file_name=name,
        content=content,
        source=people.by_hand(by=OFFICE),
        area=None,
        as_of=ON,
        is_return=True,
        worker=worker,
    )
    return lists.stage(by=OFFICE, of=received, on=ON)


def apply(of: List) -> List:
    """A list applied."""
    return lists.apply(by=OFFICE, of=of, on=ON)


def fates(of: List) -> dict[str, int]:
    """How many rows have each outcome, those that none has left out."""
    return {code: count for code, count in of.counts.items() if count}


def row(of: List, outcome: str) -> Row:
    """The one row of an outcome."""
    return Row.objects.get(list=of, outcome=outcome)


def remarks(of: List, outcome: str) -> list[str]:
    """The codes of what is told of the one row of an outcome."""
    return [problem["code"] for problem in row(of, outcome).problems]


def person(name: str) -> Person:
    """Somebody by name."""
    return Person.objects.get(name=name)


def by_hand_phone(name: str, phone: str) -> None:
    """Somebody in the office writes down another phone."""
    told = Told(person(name).pk, "", None, "", None, phone)
    record(by=OFFICE, source=by_hand(by=OFFICE), on=ON, covers_doses=False, told=[told])
