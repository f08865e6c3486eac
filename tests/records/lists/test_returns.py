"""A list that went out to Excel comes back row by row, and only what somebody changed is written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from excel_desk import apply, bring_back, fates, remarks, row, take_out
from linli.records.doses.models import Correction, Dose, Forecast
from linli.records.duplicates.actions import merge
from linli.records.journal.models import Entry, Subject
from linli.records.lists import actions as lists
from linli.records.lists.models import Export, List, Row
from linli.records.people.actions import StayTold, Told, by_hand, move, record
from linli.records.people.models import Employer, Person, Phone, Stay
from linli.records.places.models import Area, Building, Door
from linli.records.programme.queries import vaccines
from round_trip import changed, column, put, rows_of, table
from small_street import OFFICE, ON, PEOPLE_HEADER, Load, outcomes, person_line, resident_id, table_counts

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


@pytest.fixture
def people(street: Area, load: Load) -> None:
    load(PEOPLE)


def person(name: str) -> Person:
    return Person.objects.get(name=name)


def by_hand_phone(name: str, phone: str) -> None:
    """Somebody in the office writes down another phone."""
    told = Told(person(name).pk, "", None, "", None, phone)
    record(by=OFFICE, source=by_hand(by=OFFICE), on=ON, covers_doses=False, told=[told])


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("kind", ["people", "doses", "employers", "buildings"])
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
    told = Entry.objects.filter(verb__in=("lists.apply", "people.record"), id__in=_lines_of("person", wang.public_id))
    assert told.filter(verb="people.record").count() == 2
    assert (back.source.code, back.as_of) == ("by-hand", ON)


def _lines_of(noun: str, key: str) -> list[int]:
    return list(Subject.objects.filter(noun=noun, subject_id=key).values_list("entry_id", flat=True))


def test_a_corrected_birth_date_moves_what_is_due(people: None) -> None:
    before = Forecast.objects.get(person=person("李秀英"), until_on__gt=ON)

    def change(sheet: Any) -> None:
        put("出生日期", date(2015, 1, 1), row=3)(sheet)

    back = bring_back(changed(take_out(), change))
    # Her id says when she was born: a date that contradicts it is a slip.
    assert remarks(back, "bad") == ["birth_date_differs"]
    from linli.records.people.models import Document

    Document.objects.filter(person=person("李秀英")).delete()
    apply(bring_back(changed(take_out(), change)))
    after = Forecast.objects.get(person=person("李秀英"), until_on__gt=ON)
    assert person("李秀英").birth_date == date(2015, 1, 1)
    assert before.pk != after.pk


def test_a_dose_before_the_new_birth_date_keeps_the_row_out(people: None) -> None:
    from linli.records.people.models import Document

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


class TestTheFile:
    def test_rows_may_be_sorted_cut_and_joined_from_two_copies(self, people: None) -> None:
        first, second = rows_of(take_out(), "xlsx"), rows_of(take_out(language="en"), "xlsx")
        phone = first[0].index("联系电话")
        first[1][phone], second[3][phone] = "13911112222", "13933334444"
        back = bring_back(table([first[0], second[3], first[1]]), "joined.csv")
        assert fates(back) == {"changed": 2, "removed": 1}
        assert len(back.copies) == 2
        assert {one["old"] for one in row_changes(back)} == {"13800000001", "13800000003"}

    def test_a_header_pasted_in_between_is_passed_over(self, people: None) -> None:
        first, second = rows_of(take_out(area="S-1"), "xlsx"), rows_of(take_out(area="S-2"), "xlsx")
        back = bring_back(table([*first, *second]), "joined.csv")
        assert fates(back) == {"same": 4}
        assert Row.objects.get(list=back, line=4).problems[0]["code"] == "repeated_header"

    def test_columns_may_move_go_and_come(self, people: None) -> None:
        rows = rows_of(take_out(), "xlsx")
        keep = [rows[0].index(header) for header in ("联系电话", "副本号", "姓名", "记录号")]
        moved = [[line[at] for at in keep] + ["my own"] for line in rows]
        moved[0][-1] = "我的备注"
        moved[2][0] = "13911112222"
        back = bring_back(table(moved), "moved.csv")
        assert (fates(back), back.unknown_columns) == ({"changed": 1, "same": 2}, ["我的备注"])
        apply(back)
        assert person("李秀英").phone == "13911112222"
        assert person("李秀英").living_door.number == "302"

    def test_a_column_for_reading_is_read_in_vain_and_says_so(self, people: None) -> None:
        back = bring_back(changed(take_out(), put("年龄（只读）", 5)))
        assert fates(back) == {"same": 3}
        told = Row.objects.get(list=back, line=2).problems
        assert [(one["code"], one["column"], one["value"], one["severity"]) for one in told] == [
            ("reading_only", "年龄（只读）", "5", "warning")
        ]

    def test_an_emptied_cell_takes_nothing_away(self, people: None) -> None:
        def change(sheet: Any) -> None:
            for header in ("姓名", "联系电话", "居委会", "楼栋", "单元", "室号"):
                put(header, None)(sheet)

        back = bring_back(changed(take_out(), change))
        before = table_counts()
        assert fates(back) == {"same": 3}
        told = Row.objects.get(list=back, line=2).problems
        assert {(one["code"], one["field"]) for one in told} >= {("emptied", "name"), ("emptied", "phone")}
        apply(back)
        assert table_counts() == before
        assert person("王建国").living_door.number == "301"

    def test_the_same_file_twice(self, people: None) -> None:
        content = changed(take_out(), put("联系电话", "13911112222"))
        assert fates(apply(bring_back(content))) == {"changed": 1, "same": 2}
        assert fates(apply(bring_back(content))) == {"same": 3}

    def test_a_row_twice_says_both_lines(self, people: None) -> None:
        rows = rows_of(take_out(), "xlsx")
        phone = rows[0].index("联系电话")
        other = [*rows[1]]
        other[phone] = "13911112222"
        back = bring_back(table([*rows, other, rows[2]]), "twice.csv")
        assert fates(back) == {"bad": 2, "same": 3}
        for line in (2, 5):
            (problem,) = Row.objects.get(list=back, line=line).problems
            assert (problem["code"], problem["params"]) == ("record_twice", {"lines": ["2", "5"]})
        assert outcomes(back)[6] == "same"  # word for word the same as line 3
        assert Row.objects.get(list=back, line=6).problems[0]["params"] == {"first_line": 3}

    def test_one_record_of_two_copies_is_changed_once(self, people: None) -> None:
        first, second = rows_of(take_out(), "xlsx"), rows_of(take_out(), "xlsx")
        phone, name = first[0].index("联系电话"), first[0].index("姓名")
        first[1][phone] = second[1][phone] = "13911112222"
        back = bring_back(table([first[0], first[1], second[1]]), "twice.csv")
        assert fates(back) == {"changed": 1, "same": 1, "removed": 2}
        second[1][name] = "王新国"
        back = bring_back(table([first[0], first[1], second[1]]), "twice.csv")
        assert fates(back) == {"bad": 2, "removed": 2}

    def test_a_missing_row_is_shown_and_nothing_is_deleted(self, people: None) -> None:
        back = bring_back(changed(take_out(), lambda sheet: sheet.delete_rows(3)))
        before = table_counts()
        assert fates(back) == {"same": 2, "removed": 1}
        assert row(back, "removed").cells[2:6] == ["李秀英", "女", "1960-02-02", "13800000002"]
        assert apply(back).counts["removed"] == 1
        assert table_counts() == before


def row_changes(back: List) -> list[dict[str, Any]]:
    return [change for one in Row.objects.filter(list=back, outcome="changed") for change in one.changes]


class TestIds:
    @pytest.mark.parametrize(
        ("header", "value", "outcome", "code"),
        [
            ("记录号", "AAAAbbbbCCCC", "unknown", "unknown_record"),
            ("记录号", None, "bad", "record_missing"),
            ("副本号", "AAAAbbbbCCCC", "unknown", "unknown_copy"),
        ],
    )
    def test_an_id_that_leads_nowhere(
        self, people: None, header: str, value: str | None, outcome: str, code: str
    ) -> None:
        back = bring_back(changed(take_out(), put(header, value)))
        assert remarks(back, outcome) == [code]
        assert fates(back) == {outcome: 1, "same": 2, "removed": 1}

    def test_a_row_that_lost_its_copy_is_found_in_the_only_one_that_has_it(self, people: None) -> None:
        def change(sheet: Any) -> None:
            put("副本号", None)(sheet)
            put("联系电话", "13911112222")(sheet)

        assert fates(bring_back(changed(take_out(), change))) == {"changed": 1, "same": 2}

    def test_ids_survive_an_apostrophe(self, people: None) -> None:
        rows = rows_of(take_out(), "xlsx")
        quoted = [rows[0], *([f"'{line[0]}", f"'{line[1]}", *line[2:]] for line in rows[1:])]
        assert fates(bring_back(table(quoted), "quoted.csv")) == {"same": 3}

    @pytest.mark.parametrize(
        ("drop", "code"), [("副本号", "copy_missing"), ("记录号", "not_a_copy")], ids=["copy", "record"]
    )
    def test_a_column_of_ids_is_gone(self, people: None, drop: str, code: str) -> None:
        content = changed(take_out(), lambda sheet: sheet.delete_cols(column(sheet, drop)))
        back = bring_back(content)
        assert (back.state, back.refusal["code"]) == ("refused", code)

    def test_a_copy_of_another_installation(self, people: None) -> None:
        content = take_out()
        Export.objects.all().delete()
        back = bring_back(content)
        assert (back.state, back.refusal["code"]) == ("refused", "copy_unknown")

    def test_a_list_that_never_went_out(self, people: None) -> None:
        back = bring_back(PEOPLE.encode(), "people.csv")
        assert (back.state, back.refusal["code"]) == ("refused", "not_a_copy")

    def test_a_copy_that_comes_as_any_other_list_is_taken_for_what_it_is(self, people: None, receive: Load) -> None:
        back = receive(changed(take_out(), put("联系电话", "13911112222")), "copy.xlsx")
        assert (back.is_return, back.source.code, fates(back)) == (True, "by-hand", {"changed": 1, "same": 2})

    def test_rows_of_another_kind(self, people: None) -> None:
        first, second = rows_of(take_out(), "xlsx"), rows_of(take_out("buildings"), "xlsx")
        pasted = [*second[1][:2], *[""] * (len(first[0]) - 2)]
        back = bring_back(table([*first, pasted]), "mixed.csv")
        assert remarks(back, "bad") == ["copy_of_other_kind"]

    def test_someone_merged_leads_to_the_kept_one_and_says_so(self, people: None, load: Load) -> None:
        load(PEOPLE_HEADER + person_line("王健国", resident_id("19500101", 7), door="303", phone="13800000009"))
        content = changed(take_out(), put("联系电话", "13911112222", row=4))
        assert rows_of(content, "xlsx")[3][2] == "王健国"
        kept = person("王建国")
        merge(by=OFFICE, kept=kept, gone=person("王健国"))
        back = bring_back(content)
        assert remarks(back, "changed") == ["record_merged"]
        assert row(back, "changed").subject_id == kept.public_id
        apply(back)
        kept.refresh_from_db()
        assert kept.phone == "13911112222"


class TestDoses:
    def test_a_change_is_a_correction_and_the_forecast_follows(self, people: None) -> None:
        due = Forecast.objects.get(person=person("王建国"), until_on__gt=ON)
        assert due.next_dose is None

        def change(sheet: Any) -> None:
            put("疫苗名称", "Ad5-nCoV", row=3)(sheet)
            put("接种依据", "见凭证", row=3)(sheet)

        apply(bring_back(changed(take_out("doses"), change)))
        (correction,) = Correction.objects.all()
        assert (correction.reason, correction.by_dose.vaccine.code, correction.by_dose.evidence) == (
            *("product", "Ad5-nCoV"),
            "paper",
        )
        assert Forecast.objects.get(person=person("王建国"), until_on__gt=ON).next_dose == 2

    @pytest.mark.parametrize(
        ("header", "value", "reason"),
        [("接种日期", date(2021, 5, 2), "day"), ("剂次", 3, "number"), ("批号", "A1", "details")],
    )
    def test_why_a_dose_was_corrected(self, people: None, header: str, value: object, reason: str) -> None:
        apply(bring_back(changed(take_out("doses"), put(header, value))))
        assert list(Correction.objects.values_list("reason", flat=True)) == [reason]

    def test_two_doses_may_move_one_after_the_other(self, people: None) -> None:
        def change(sheet: Any) -> None:
            put("接种日期", date(2021, 5, 29), row=2)(sheet)
            put("接种日期", date(2021, 6, 19), row=3)(sheet)

        back = apply(bring_back(changed(take_out("doses"), change)))
        assert back.counts["changed"] == 2
        days = Dose.objects.filter(is_struck=False).order_by("given_on").values_list("given_on", "number")
        assert list(days) == [(date(2021, 5, 29), 1), (date(2021, 6, 19), 2)]

    @pytest.mark.parametrize(
        ("header", "value", "code"),
        [
            ("接种日期", date(2021, 5, 29), "dose_known"),
            ("剂次", 2, "number_taken"),
            ("接种日期", date(1949, 1, 1), "dose_before_birth"),
            ("接种日期", date(2021, 6, 21), "dose_in_future"),
        ],
    )
    def test_what_cannot_be(self, people: None, header: str, value: object, code: str) -> None:
        back = bring_back(changed(take_out("doses"), put(header, value)))
        assert remarks(back, "bad") == [code]
        apply(back)
        assert not Correction.objects.exists()

    def test_a_dose_corrected_meanwhile_leads_to_what_stands_in_its_place(self, people: None) -> None:
        from linli.records.doses.actions import correct

        content = changed(take_out("doses"), put("批号", "A1"))
        first = Dose.objects.order_by("given_on").first()
        assert first is not None
        correct(by=OFFICE, dose=first, reason="product", today=ON, vaccine=vaccines()["CoronaVac"])
        back = bring_back(content)
        assert remarks(back, "changed") == ["record_corrected"]
        apply(back)
        now = Dose.objects.filter(is_struck=False).order_by("given_on").first()
        assert now is not None
        assert (now.vaccine.code, now.lot) == ("CoronaVac", "A1")

    def test_a_dose_struck_meanwhile_cannot_be_changed(self, people: None) -> None:
        from linli.records.doses.actions import strike

        content = changed(take_out("doses"), put("批号", "A1"))
        first = Dose.objects.order_by("given_on").first()
        assert first is not None
        strike(by=OFFICE, dose=first)
        assert remarks(bring_back(content), "bad") == ["dose_struck"]
        assert fates(bring_back(take_out("doses"))) == {"same": 1}


class TestPlaces:
    def test_a_place_nobody_knows(self, people: None) -> None:
        assert remarks(bring_back(changed(take_out(), put("楼栋", "新昌路9号"))), "bad") == ["unknown_building"]

    def test_a_building_outside_the_area_that_was_typed(self, people: None) -> None:
        def change(sheet: Any) -> None:
            put("居委会", "张家宅居委会")(sheet)

        assert remarks(bring_back(changed(take_out(), change)), "bad") == ["building_elsewhere"]

    def test_a_whole_address_says_its_door(self, people: None) -> None:
        apply(bring_back(changed(take_out(), put("楼栋", "新昌路3号2单元505室"))))
        door = person("王建国").living_door
        assert (door.building.code, door.stair, door.number) == ("B2", "2", "505")

    def test_a_door_without_a_building(self, people: None) -> None:
        back = bring_back(changed(take_out(), put("楼栋", None)))
        assert remarks(back, "bad") == ["missing"]

    def test_to_another_committee(self, people: None) -> None:
        def change(sheet: Any) -> None:
            for header, value in (("居委会", "S-2"), ("楼栋", "山海关路5号"), ("单元", None), ("室号", "1201")):
                put(header, value)(sheet)

        apply(bring_back(changed(take_out(), change)))
        wang = person("王建国")
        assert (wang.living_area.code, wang.living_building.code, wang.living_door.number) == ("S-2", "B3", "1201")

    def test_an_employer_of_the_same_code(self, people: None, load: Load) -> None:
        load(EMPLOYERS)
        back = bring_back(changed(take_out("employers"), put("统一社会信用代码", "91350100M000100Y43", row=3)))
        assert remarks(back, "bad") == ["code_taken"]

    def test_an_employer_and_a_building_are_changed_where_they_are(self, people: None, load: Load) -> None:
        load(EMPLOYERS)
        apply(bring_back(changed(take_out("employers"), put("单位名称", "示范信息股份公司"))))
        assert Employer.objects.get(code="91350100M000100Y43").name == "示范信息股份公司"
        apply(bring_back(changed(take_out("buildings", language="en"), put("Building name", "新昌路1号西楼"))))
        assert Building.objects.get(code="B1").name == "新昌路1号西楼"
        assert Building.objects.count() == 4
        lines = Entry.objects.filter(id__in=_lines_of("building", Building.objects.get(code="B1").public_id))
        assert lines.filter(verb="places.draw_buildings").count() == 2

    def test_a_point_needs_both_numbers(self, people: None) -> None:
        Building.objects.filter(code="B1").update(lon=None, lat=None)
        assert remarks(bring_back(changed(take_out("buildings"), put("经度", 121.4))), "bad") == ["missing"]


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
