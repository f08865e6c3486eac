"""Doses, places and firms that come back from Excel: corrections, moves, and what cannot be."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from excel_desk import (
    EMPLOYERS,
    PEOPLE,
    apply,
    bring_back,
    fates,
    person,
    remarks,
    row,
    take_out,
)
from linli.records.doses.actions import correct, record_by_hand, strike
from linli.records.doses.models import Correction, Dose, Forecast
from linli.records.journal.queries import history
from linli.records.lists.actions import decide_all, mend
from linli.records.lists.models import List, Row
from linli.records.people.models import Employer
from linli.records.places.actions import draw_areas, draw_doors
from linli.records.places.models import Area, Building, Door
from linli.records.programme.queries import vaccines
from round_trip import changed, put, rows_of, table
from small_street import OFFICE, ON, Load


@pytest.fixture
def people(street: Area, load: Load) -> None:
    load(PEOPLE)


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
        content = changed(take_out("doses"), put("批号", "A1"))
        first = Dose.objects.order_by("given_on").first()
        assert first is not None
        strike(by=OFFICE, dose=first)
        assert remarks(bring_back(content), "bad") == ["dose_struck"]
        assert fates(bring_back(take_out("doses"))) == {"same": 1}

    @pytest.mark.parametrize(
        ("language", "header", "name"),
        [("zh-hans", "疫苗名称", "不清楚是哪种"), ("en", "Vaccine", "Not known which")],
    )
    def test_a_product_nobody_knows_is_found_out_in_a_file(
        self, people: None, language: str, header: str, name: str
    ) -> None:
        _told_of("李秀英")
        content = take_out("doses", language=language)
        at = next(n for n, line in enumerate(rows_of(content, "xlsx"), 1) if name in line)
        assert fates(bring_back(content)) == {"same": 3}
        apply(bring_back(changed(content, put(header, "CoronaVac", row=at))))
        found = Dose.objects.get(person=person("李秀英"), is_struck=False)
        assert (found.vaccine.code, found.evidence) == ("CoronaVac", "told")

    def test_what_nobody_knows_no_register_shows(self, people: None) -> None:
        _told_of("李秀英")
        content = take_out("doses")
        at = next(n for n, line in enumerate(rows_of(content, "xlsx"), 1) if "不清楚是哪种" in line)

        def change(sheet: Any) -> None:
            put("接种依据", "有登记", row=at)(sheet)

        back = apply(bring_back(changed(content, change)))
        assert remarks(back, "bad") == ["product_missing"]
        assert not Correction.objects.exists()


def _told_of(name: str) -> None:
    """Somebody tells of a dose and does not know which it was."""
    record_by_hand(by=OFFICE, person=person(name), vaccine=None, given_on=date(2021, 5, 3), today=ON, evidence="told")


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
        lines = history(noun="building", subject_ids=[Building.objects.get(code="B1").public_id])
        assert lines.filter(verb="places.draw_buildings").count() == 2

    def test_a_point_needs_both_numbers(self, people: None) -> None:
        Building.objects.filter(code="B1").update(lon=None, lat=None)
        assert remarks(bring_back(changed(take_out("buildings"), put("经度", 121.4))), "bad") == ["missing"]


class TestAreas:
    def test_a_new_name_is_read_everywhere_and_the_code_stays(self, people: None) -> None:
        apply(bring_back(changed(take_out("areas", language="en"), put("Area name", "东王社区", row=3))))
        east = Area.objects.get(code="S-1")
        assert (east.name, east.name_en, east.path) == ("东王社区", "Dongwang", "S/S-1/")
        lines = history(noun="area", subject_ids=[east.public_id])
        assert lines.filter(verb="places.draw_areas").count() == 2

    def test_the_code_and_the_people_are_for_reading(self, people: None) -> None:
        back = bring_back(changed(take_out("areas"), put("编码（只读）", "S-9", row=3)))
        assert fates(back) == {"same": 3}
        assert [line.problems[0]["code"] for line in Row.objects.filter(list=back) if line.problems] == ["reading_only"]
        assert [line[-1] for line in rows_of(take_out("areas"), "xlsx")[1:]] == ["3", "2", "1"]

    def test_an_area_moves_with_all_below_it(self, people: None) -> None:
        apply(bring_back(changed(take_out("areas"), put("上级代码", "S-2", row=3))))
        assert dict(Area.objects.values_list("code", "path"))["S-1"] == "S/S-2/S-1/"
        assert Area.objects.get(code="S-1").parent == Area.objects.get(code="S-2")

    @pytest.mark.parametrize(
        ("changes", "fate"),
        [
            pytest.param({3: "nowhere"}, {3: "unknown_parent"}, id="nobody knows it"),
            pytest.param({3: "S-1"}, {3: "parent_below_itself"}, id="itself"),
            pytest.param({3: "S-2", 4: "S-1"}, {3: "parent_below_itself", 4: "parent_below_itself"}, id="a ring"),
            pytest.param({2: "S-1"}, {2: "parent_outside"}, id="the top"),
        ],
    )
    def test_what_cannot_be(self, people: None, changes: dict[int, str], fate: dict[int, str]) -> None:
        def change(sheet: Any) -> None:
            for line, code in changes.items():
                put("上级代码", code, row=line)(sheet)

        before = dict(Area.objects.values_list("code", "path"))
        back = apply(bring_back(changed(take_out("areas"), change)))
        assert {one.line: one.problems[0]["code"] for one in Row.objects.filter(list=back, outcome="bad")} == fate
        assert dict(Area.objects.values_list("code", "path")) == before

    def test_what_is_refused_may_close_another_ring(self, people: None) -> None:
        draw_areas(by=OFFICE, areas=[_grid("G1", "S-1"), _grid("G2", "S-1")])  # the order: S, S-1, G1, G2, S-2

        def change(sheet: Any) -> None:
            for line, code in ((3, "G2"), (4, "G2"), (5, "G1")):
                put("上级代码", code, row=line)(sheet)

        back = apply(bring_back(changed(take_out("areas"), change)))
        assert fates(back) == {"bad": 3, "same": 2}

    def test_somebody_else_renamed_it_meanwhile(self, people: None) -> None:
        content = changed(take_out("areas"), put("区域名称", "东王社区", row=3))
        Area.objects.filter(code="S-1").update(name="东王居民区")
        back = bring_back(content)
        assert row(back, "conflict").changes == [
            {"field": "area_name", "base": "东王居委会", "old": "东王居民区", "new": "东王社区", "conflict": "open"}
        ]
        decide_all(by=OFFICE, of=back, decision="take", on=ON)
        apply(back)
        assert Area.objects.get(code="S-1").name == "东王社区"

    def test_a_row_that_is_missing_is_kept(self, people: None) -> None:
        back = apply(bring_back(table(rows_of(take_out("areas"), "xlsx")[:3]), "copy.csv"))
        assert (fates(back), Area.objects.count()) == ({"same": 2, "removed": 1}, 3)


class TestDoors:
    def test_whoever_lives_there_stays(self, people: None) -> None:
        apply(bring_back(changed(take_out("doors"), put("室号", "0303"))))
        wang = person("王建国")
        assert (wang.living_door.stair, wang.living_door.number) == ("1", "0303")
        lines = history(noun="building", subject_ids=[wang.living_building.public_id])
        assert [line.detail for line in lines.filter(verb="places.number_doors")] == [{"doors": 1}]

    def test_numbers_may_be_exchanged_and_handed_on(self, people: None) -> None:
        def change(sheet: Any) -> None:
            put("室号", "302", row=2)(sheet)
            put("室号", "301", row=3)(sheet)

        back = apply(bring_back(changed(take_out("doors"), change)))
        assert back.counts["changed"] == 2
        assert person("王建国").living_door.number == "302"
        assert person("李秀英").living_door.number == "301"

    def test_a_number_belongs_to_one_door(self, people: None) -> None:
        def change(sheet: Any) -> None:
            put("室号", "302", row=2)(sheet)
            put("室号", "", row=3)(sheet)

        back = bring_back(changed(take_out("doors"), change))
        told = [(line.outcome, one["code"]) for line in Row.objects.filter(list=back) for one in line.problems]
        assert told == [("bad", "door_taken"), ("same", "emptied")]
        apply(back)
        assert person("王建国").living_door.number == "301"
        # Of a mended row the whole building is judged again: the other door may have moved meanwhile.
        bad = row(back, "bad")
        assert bad.subject_id == Building.objects.get(code="B1").public_id

    def test_a_row_that_is_left_out_leaves_its_number_to_nobody(self, people: None) -> None:
        draw_doors(by=OFFICE, doors=[Door(building=Building.objects.get(code="B1"), stair="1", number="303")])

        def change(sheet: Any) -> None:
            put("室号", "302", row=2)(sheet)  # wants the place of the next one,
            put("室号", "303", row=3)(sheet)  # which cannot leave it

        back = apply(bring_back(changed(take_out("doors"), change)))
        assert (back.counts["bad"], back.counts["changed"]) == (2, 0)
        assert {door.number for door in Door.objects.filter(building__code="B1")} == {"301", "302", "303"}

    def test_a_mended_row_is_judged_with_its_building(self, people: None) -> None:
        def change(sheet: Any) -> None:
            put("室号", "302", row=2)(sheet)
            put("室号", "309", row=3)(sheet)
            put("楼层", "B1", row=3)(sheet)

        back = bring_back(changed(take_out("doors"), change))
        assert back.counts["bad"] == 2
        bad = Row.objects.get(list=back, line=3)
        mend(by=OFFICE, row=bad, cells=["3" if cell == "B1" else cell for cell in bad.cells], on=ON)
        assert back.counts | {"bad": 0, "changed": 2} == List.objects.get(pk=back.pk).counts
        apply(back)
        assert (person("李秀英").living_door.number, person("李秀英").living_door.floor) == ("309", 3)

    def test_stair_and_number_are_one_thing(self, people: None) -> None:
        content = changed(take_out("doors"), put("室号", "808"))
        Door.objects.filter(number="301").update(stair="2")
        back = bring_back(content)
        shown = {one["field"]: (one["base"], one["old"], one["new"]) for one in row(back, "conflict").changes}
        assert shown == {"stair": ("1", "2", "1"), "door": ("301", "301", "808")}
        decide_all(by=OFFICE, of=back, decision="take", on=ON)
        apply(back)
        assert (person("王建国").living_door.stair, person("王建国").living_door.number) == ("1", "808")

    def test_a_door_does_not_move_to_another_building(self, people: None) -> None:
        back = bring_back(changed(take_out("doors"), put("楼栋（只读）", "新昌路3号")))
        told = [one["code"] for line in Row.objects.filter(list=back) for one in line.problems]
        assert (fates(back), told) == ({"same": 3}, ["reading_only"])


def _grid(code: str, parent: str) -> dict[str, Any]:
    return {"code": code, "name": code, "name_en": "", "kind": "grid", "parent_code": parent, "outline": None}
