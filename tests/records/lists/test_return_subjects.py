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
    take_out,
)
from linli.records.doses.actions import correct, strike
from linli.records.doses.models import Correction, Dose, Forecast
from linli.records.journal.queries import history
from linli.records.people.models import Employer
from linli.records.places.models import Area, Building
from linli.records.programme.queries import vaccines
from round_trip import changed, put
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
