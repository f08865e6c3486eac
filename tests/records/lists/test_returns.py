"""A list that went out to Excel comes back row by row, and only what somebody changed is written."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.utils import translation

from linli.records.lists import actions as lists
from linli.records.lists.models import List, Row
from linli.records.lists.queries.copies import KEEPERS
from linli.records.people.models import Employer, Person, Phone
from linli.records.places.models import Area, Building
from linli.words.copies import file, reading
from round_trip import changed, put
from small_street import OFFICE, ON, PEOPLE_HEADER, Load, codes, outcomes, person_line, resident_id

WANG, LI = resident_id("19500101", 1), resident_id("19600202", 2)
PEOPLE = (
    PEOPLE_HEADER
    + person_line("王建国", WANG, first=("2021-05-01", "BIBP"), second=("2021-05-29", "BIBP"))
    + person_line("李秀英", LI, door="302", phone="13800000002")
)


def take_out(kind: Any = "people", *, area: str = "S", language: str = "zh-hans", ending: str = "xlsx") -> bytes:
    found = KEEPERS[kind].of_area(Area.objects.get(code=area))
    with translation.override(language):
        taken = lists.take_out(
            by=OFFICE,
            kind=kind,
            found=found,
            reading=reading(kind, found, on=ON),
            language=language,
            on=ON,
            area=Area.objects.get(code=area),
        )
        return file(taken, ending)


def bring_back(content: bytes, name: str = "copy.xlsx", **told: Any) -> List:
    from linli.records.people import actions as people

    received = lists.receive(
        by=OFFICE,
        file_name=name,
        content=content,
        source=people.by_hand(by=OFFICE),
        area=None,
        as_of=ON,
        is_return=True,
        **told,
    )
    return lists.stage(by=OFFICE, of=received, on=ON)


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("kind", ["people", "doses", "employers", "buildings"])
def test_what_nobody_touched_comes_back_the_same(
    street: Area, load: Load, kind: str, language: str, ending: str
) -> None:
    load(PEOPLE)
    load("单位名称,统一社会信用代码,办公楼宇,楼层\n示范信息公司,,金融大厦,012\n")
    back = bring_back(take_out(kind, language=language, ending=ending), f"copy.{ending}")
    assert (back.state, back.kind) == ("staged", kind), back.refusal
    assert set(outcomes(back).values()) == {"same"}
    assert back.counts["same"] > 0


def test_a_changed_phone_is_written_by_hand_and_nothing_else(street: Area, load: Load) -> None:
    load(PEOPLE)
    back = bring_back(changed(take_out(), put("联系电话", "13911112222")))
    assert back.counts["changed"] == 1
    row = Row.objects.get(list=back, outcome="changed")
    assert row.changes == [{"field": "phone", "old": "13800000001", "new": "13911112222"}]
    lists.apply(by=OFFICE, of=back, on=ON)
    assert Person.objects.get(name="王建国").phone == "13911112222"
    assert Phone.objects.filter(person__name="王建国").count() == 2
