"""A list that went out to Excel comes back row by row, and only what somebody changed is written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from excel_desk import (
    EMPLOYERS,
    LI,
    PEOPLE,
    STAFF,
    WANG,
    apply,
    bring_back,
    by_hand_phone,
    fates,
    person,
    remarks,
    row,
    take_out,
)
from linli.domain.sheets.copies import COPY_KINDS
from linli.records.doses.models import Forecast
from linli.records.journal.models import Entry, Subject
from linli.records.journal.queries import history
from linli.records.lists import actions as lists
from linli.records.lists.models import Export, List
from linli.records.people.actions import StayTold, move
from linli.records.people.models import Document, Person, Phone, Stay
from linli.records.places.models import Area, Building, Door
from round_trip import changed, put
from small_street import OFFICE, ON, PEOPLE_HEADER, Load, person_line, resident_id, table_counts


@pytest.fixture
def people(street: Area, load: Load) -> None:
    load(PEOPLE)


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("kind", COPY_KINDS)
def test_what_nobody_touched_comes_back_the_same(
    people: None, load: Load, kind: str, language: str, ending: str
) -> None:
    load(EMPLOYERS)
    load(STAFF)
    back = bring_back(take_out(kind, language=language, ending=ending), f"copy.{ending}")
    assert (back.state, back.kind, back.is_return) == ("staged", kind, True), back.refusal
    assert set(fates(back)) == {"same"}
    before = table_counts()
    assert set(fates(apply(back))) == {"same"}
    assert table_counts() == before


CHANGES: list[Any] = [
    pytest.param("people", put("联系电话", "13911112222"), {"phone": ("13800000001", "13911112222")}, id="phone"),
    pytest.param("people", put("联系电话", 13911112222), {"phone": ("13800000001", "13911112222")}, id="number"),
    pytest.param("people", put("姓名", "王新国"), {"name": ("王建国", "王新国")}, id="name"),
    pytest.param("people", put("室号", "0303"), {"door": ("301", "0303")}, id="door"),
    pytest.param("people", put("楼栋", "B2"), {"building": ("新昌路1号", "新昌路3号")}, id="building by its code"),
    pytest.param("people", put("单位名称", "新开小店"), {"employer": ("", "新开小店")}, id="employer"),
    pytest.param("doses", put("批号", "A1"), {"lot": ("", "A1")}, id="lot"),
    pytest.param("doses", put("接种日期", date(2021, 5, 2)), {"given_on": ("2021-05-01", "2021-05-02")}, id="day"),
    pytest.param("doses", put("疫苗名称", "510"), {}, id="the same vaccine by its number"),
    pytest.param("employers", put("楼层", "13"), {"floor": ("012", "13")}, id="floor"),
    pytest.param("buildings", put("层数", 7), {"floors": ("6", "7")}, id="floors"),
    pytest.param("buildings", put("楼栋类型", "商铺"), {"building_kind": ("住宅", "商铺")}, id="kind"),
    pytest.param("areas", put("区域名称", "石二街道"), {"area_name": ("石门二路街道", "石二街道")}, id="area name"),
    pytest.param("areas", put("区域类型", "网格", row=3), {"area_kind": ("居村委会", "网格")}, id="kind of an area"),
    pytest.param(
        "areas", put("上级代码", "s-2", row=3), {"parent_code": ("S", "S-2")}, id="the area above, whatever the case"
    ),
    pytest.param("doors", put("室号", "0303"), {"door": ("301", "0303")}, id="number of a door"),
    pytest.param("doors", put("单元", "12"), {"stair": ("1", "12")}, id="stair of a door"),
    pytest.param("doors", put("楼层", 3), {"floor": ("", "3")}, id="floor of a door"),
]


@pytest.mark.parametrize(("kind", "change", "told"), CHANGES)
def test_a_change_is_shown_written_and_the_same_from_then_on(
    people: None, load: Load, kind: str, change: Callable[[Any], None], told: dict[str, tuple[str, str]]
) -> None:
    load(EMPLOYERS)
    if kind == "people":
        load(
            STAFF.replace("钱职员", "王建国")
            .replace(resident_id("19800404", 5), WANG)
            .replace("示范信息公司", "虚构商行")
        )
        told = {name: (("虚构商行", "新开小店") if name == "employer" else pair) for name, pair in told.items()}
    content = changed(take_out(kind), change)
    back = bring_back(content)
    if not told:
        assert set(fates(back)) == {"same"}
        return
    assert back.counts["changed"] == 1
    shown = {one["field"]: (one["old"], one["new"]) for one in row(back, "changed").changes}
    assert shown == told
    assert apply(back).counts["changed"] == 1
    assert set(fates(bring_back(content))) == {"same"}
    again = bring_back(take_out(kind))
    assert set(fates(again)) == {"same"}


def test_what_a_person_came_back_with_is_written_by_hand_and_stays_beside_what_was(people: None) -> None:
    def change(sheet: Any) -> None:
        for header, value in (("联系电话", "13911112222"), ("楼栋", "新昌路3号"), ("单元", "2"), ("室号", "808")):
            put(header, value)(sheet)

    back = apply(bring_back(changed(take_out(), change)))
    wang = person("王建国")
    assert (wang.phone, wang.living_building.code, wang.living_door.stair, wang.living_door.number) == (
        *("13911112222", "B2"),
        *("2", "808"),
    )
    assert wang.registered_building.code == "B1"
    stays = Stay.objects.filter(person=wang, kind="living").order_by("id")
    assert [(stay.building.code, stay.source.code, stay.on) for stay in stays] == [
        ("B1", "committee", ON),
        ("B2", "by-hand", ON),
    ]
    assert list(Phone.objects.filter(person=wang).order_by("id").values_list("source__code", flat=True)) == [
        "committee",
        "by-hand",
    ]
    told = history(noun="person", subject_ids=[wang.public_id])
    assert told.filter(verb="people.record").count() == 2
    assert (back.source.code, back.as_of) == ("by-hand", ON)


def test_a_corrected_birth_date_moves_what_is_due(people: None) -> None:
    before = Forecast.objects.get(person=person("李秀英"), until_on__gt=ON)

    def change(sheet: Any) -> None:
        put("出生日期", date(2015, 1, 1), row=3)(sheet)

    back = bring_back(changed(take_out(), change))
    # Her id says when she was born: a date that contradicts it is a slip.
    assert remarks(back, "bad") == ["birth_date_differs"]

    Document.objects.filter(person=person("李秀英")).delete()
    apply(bring_back(changed(take_out(), change)))
    after = Forecast.objects.get(person=person("李秀英"), until_on__gt=ON)
    assert person("李秀英").birth_date == date(2015, 1, 1)
    assert before.pk != after.pk


def test_a_dose_before_the_new_birth_date_keeps_the_row_out(people: None) -> None:

    Document.objects.all().delete()
    back = bring_back(changed(take_out(), put("出生日期", date(2021, 5, 15))))
    assert remarks(back, "bad") == ["dose_before_birth"]


class TestConflicts:
    @pytest.fixture
    def conflict(self, people: None) -> List:
        content = changed(take_out(), put("联系电话", "13911112222"))
        by_hand_phone("王建国", "13933334444")
        return bring_back(content)

    def test_all_three_are_shown(self, conflict: List) -> None:
        assert fates(conflict) == {"conflict": 1, "same": 2}
        assert row(conflict, "conflict").changes == [
            {
                "field": "phone",
                "base": "13800000001",
                "old": "13933334444",
                "new": "13911112222",
                "conflict": "open",
            }
        ]

    def test_undecided_is_left_out(self, conflict: List) -> None:
        assert fates(apply(conflict)) == {"conflict": 1, "same": 2}
        assert person("王建国").phone == "13933334444"

    @pytest.mark.parametrize(
        ("word", "outcome", "phone"), [("take", "changed", "13911112222"), ("keep", "same", "13933334444")]
    )
    def test_decided(self, conflict: List, word: str, outcome: str, phone: str) -> None:
        decided = lists.decide(by=OFFICE, row=row(conflict, "conflict"), decision=word, on=ON)
        assert (decided.outcome, decided.changes[0]["conflict"]) == (outcome, {"take": "taken", "keep": "kept"}[word])
        apply(conflict)
        assert person("王建国").phone == phone

    def test_all_at_once_and_taken_back(self, conflict: List) -> None:
        assert lists.decide_all(by=OFFICE, of=conflict, decision="take", on=ON) == 1
        decided = row(conflict, "changed")
        conflict.refresh_from_db()
        assert fates(conflict) == {"changed": 1, "same": 2}
        assert lists.decide(by=OFFICE, row=decided, decision="", on=ON).outcome == "conflict"

    def test_a_decision_does_not_outlive_what_it_was_made_of(self, conflict: List) -> None:
        lists.decide(by=OFFICE, row=row(conflict, "conflict"), decision="take", on=ON)
        by_hand_phone("王建国", "13955556666")
        assert fates(apply(conflict)) == {"conflict": 1, "same": 2}
        assert person("王建国").phone == "13955556666"
        left = row(conflict, "conflict")
        assert (left.decision, left.changes[0]["old"]) == ("", "13955556666")

    @pytest.mark.parametrize("word", ["new", "accept", "nonsense"])
    def test_other_words_decide_nothing(self, conflict: List, word: str) -> None:
        with pytest.raises(lists.UnknownDecisionError):
            lists.decide(by=OFFICE, row=row(conflict, "conflict"), decision=word, on=ON)

    def test_the_same_change_by_both_is_no_conflict(self, people: None) -> None:
        content = changed(take_out(), put("联系电话", "13911112222"))
        by_hand_phone("王建国", "13911112222")
        assert fates(bring_back(content)) == {"same": 3}

    def test_changes_of_other_cells_meet(self, people: None) -> None:
        content = changed(take_out(), put("姓名", "王新国"))
        by_hand_phone("王建国", "13933334444")
        apply(bring_back(content))
        assert person("王新国").phone == "13933334444"

    def test_a_home_is_one_thing(self, people: None) -> None:
        content = changed(take_out(), put("室号", "808"))
        here = person("王建国")
        move(
            by=OFFICE,
            person=here,
            on=ON,
            to=StayTold("living", here.living_area_id, Building.objects.get(code="B2").pk),
        )
        back = bring_back(content)
        shown = {one["field"]: (one["base"], one["old"], one["new"]) for one in row(back, "conflict").changes}
        assert shown == {
            "building": ("新昌路1号", "新昌路3号", "新昌路1号"),
            "stair": ("1", "", "1"),
            "door": ("301", "", "808"),
        }
        lists.decide_all(by=OFFICE, of=back, decision="take", on=ON)
        apply(back)
        here.refresh_from_db()
        assert (here.living_building.code, here.living_door.number) == ("B1", "808")


def test_a_bad_row_is_mended_and_its_ids_stay(people: None) -> None:
    back = bring_back(changed(take_out(), put("联系电话", "12")))
    bad = row(back, "bad")
    cells = ["13911112222" if cell == "12" else cell for cell in bad.cells]
    cells[0], cells[1] = "AAAAbbbbCCCC", "AAAAbbbbCCCC"
    mended = lists.mend(by=OFFICE, row=bad, cells=cells, on=ON)
    assert (mended.outcome, mended.is_mended) == ("changed", True)
    apply(back)
    assert person("王建国").phone == "13911112222"


def test_a_file_of_last_month_changes_only_what_was_changed_in_it(people: None, load: Load) -> None:
    content = changed(take_out(on=date(2021, 5, 20)), put("姓名", "王新国"))
    load(
        PEOPLE_HEADER
        + person_line("王建国", WANG, building="新昌路3号", phone="13877776666")
        + person_line("李秀英", LI, door="808", phone="13866665555"),
        as_of=date(2021, 6, 20),
    )
    back = bring_back(content)
    assert fates(back) == {"changed": 1, "same": 2}
    apply(back)
    wang, li = person("王新国"), person("李秀英")
    assert (wang.living_building.code, wang.phone) == ("B2", "13877776666")
    assert (li.living_door.number, li.phone) == ("808", "13866665555")
    assert Export.objects.get(public_id=back.copies[0]).on == date(2021, 5, 20)


def test_two_files_of_one_state_do_not_overwrite_each_other(people: None) -> None:
    first = bring_back(changed(take_out(), put("联系电话", "13911112222")))
    second = bring_back(changed(take_out(), put("联系电话", "13933334444")))
    assert fates(apply(first)) == {"changed": 1, "same": 2}
    assert fates(apply(second)) == {"conflict": 1, "same": 2}
    assert person("王建国").phone == "13911112222"


def test_undoing_is_another_row(people: None) -> None:
    apply(bring_back(changed(take_out(), put("联系电话", "13911112222"))))
    apply(bring_back(changed(take_out(), put("联系电话", "13800000001"))))
    assert person("王建国").phone == "13800000001"
    told = Phone.objects.filter(person=person("王建国")).order_by("id")
    assert [(one.value, one.source.code) for one in told] == [
        ("13800000001", "committee"),
        ("13911112222", "by-hand"),
        ("13800000001", "by-hand"),
    ]


def test_set_aside_and_judged_again(people: None) -> None:
    back = bring_back(changed(take_out(), put("联系电话", "13911112222")))
    lists.set_aside(by=OFFICE, of=back)
    again = lists.stage(by=OFFICE, of=back, on=ON)
    assert fates(again) == {"changed": 1, "same": 2}


def test_taking_out_leaves_a_line_and_every_look_one(people: None) -> None:
    take_out()
    line = Entry.objects.get(verb="lists.take_out")
    export = Export.objects.get()
    assert line.detail == {"kind": "people", "rows": 3}
    assert ("export", export.public_id) in Subject.objects.filter(entry=line).values_list("noun", "subject_id")
    look = Entry.objects.get(verb="people.look")
    assert set(Subject.objects.filter(entry=look).values_list("subject_id", flat=True)) == set(
        Person.objects.values_list("public_id", flat=True)
    )
    assert "王建国" not in str(line.detail) + str(look.detail)


def test_too_many_rows_are_refused(people: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("linli.records.lists.actions.taking_out.MOST_ROWS", 2)
    with pytest.raises(lists.TooManyRowsError):
        take_out()
    assert not Export.objects.exists()
    assert not Door.objects.filter(number="").exists()
