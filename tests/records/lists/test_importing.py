"""Every kind of list goes in whole, once, and says what it would do before it does it."""

from __future__ import annotations

from datetime import date

import pytest

from linli.domain.sheets import KINDS, Value, template, write_xlsx
from linli.records.doses.models import Dose, Forecast
from linli.records.journal.models import Entry
from linli.records.keys.sealing import lookup
from linli.records.lists import actions as lists
from linli.records.lists.models import List, Row
from linli.records.lists.queries import applied_before
from linli.records.lists.queries import lists as lists_of
from linli.records.people import actions as people
from linli.records.people.models import Document, Employer, Person, Source, Stay
from linli.records.places.models import Area, Building, Door
from small_street import (
    AREAS,
    BUILDINGS,
    OFFICE,
    ON,
    PEOPLE_HEADER,
    Load,
    codes,
    outcomes,
    person_line,
    resident_id,
    table_counts,
)

WANG, LI, ZHAO = resident_id("19500101", 1), resident_id("19600202", 2), resident_id("19700303", 3)
DOORS = "楼栋,单元,室号,楼层\n新昌路1号,1,301,3\nB1,1,302,3\n新昌路9号,1,1,1\n"
EMPLOYERS = "单位名称,统一社会信用代码,办公楼宇,楼层\n示范信息公司,,金融大厦,12\n示范信息公司,,金融大厦,13\n"
STAFF = f"姓名,证件号码,单位名称,办公楼宇\n赵职员,{ZHAO},示范信息公司,金融大厦\n"
PEOPLE = PEOPLE_HEADER + "".join(
    (
        person_line("王建国", WANG, first=("2021-05-01", "BIBP"), second=("2021-05-29", "CoronaVac")),
        person_line("李秀英", LI, door="302", first=("2021年6月1日", "北京生物")),
        person_line("张外地", "", building="", state="", living="", registered=""),
        person_line("=1+1", resident_id("19800101", 3)),
    )
)
DOSES = (
    f"姓名,证件号码,剂次,接种日期,疫苗名称,批号\n李秀英,{LI},1,2021-06-01,BIBP,A1\n李秀英,{LI},2,2021-06-20,510,A2\n"
)
FILES = [
    pytest.param(AREAS, {2: "same", 3: "same", 4: "same"}, id="areas"),
    pytest.param(BUILDINGS, {2: "same", 3: "same", 4: "same", 5: "same"}, id="buildings"),
    pytest.param(DOORS, {2: "new", 3: "new", 4: "bad"}, id="doors"),
    pytest.param(PEOPLE, {2: "new", 3: "new", 4: "bad", 5: "bad"}, id="people"),
    pytest.param(DOSES, {2: "new", 3: "new"}, id="doses"),
    pytest.param(EMPLOYERS, {2: "new", 3: "same"}, id="employers"),
    pytest.param(STAFF, {2: "new"}, id="staff"),
]


@pytest.mark.parametrize(("content", "expected"), FILES)
def test_a_list_is_judged_applied_and_changes_nothing_when_it_comes_again(
    street: Area, receive: Load, load: Load, content: str, expected: dict[int, str]
) -> None:
    if content is DOSES:
        load(PEOPLE_HEADER + person_line("李秀英", LI))
        expected = {2: "changed", 3: "changed"}
    staged = receive(content)
    assert outcomes(staged) == expected
    before = table_counts()
    assert receive(content).counts == staged.counts
    assert table_counts() == before
    applied = lists.apply(by=OFFICE, of=staged, on=ON)
    assert (applied.state, outcomes(applied)) == (List.State.APPLIED, expected)
    after = table_counts()
    again = load(content)
    kept = {line: "bad" if outcome == "bad" else "same" for line, outcome in expected.items()}
    assert outcomes(again) == kept
    assert table_counts() == after


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_template_is_recognised_and_its_example_is_passed_over(
    street: Area, receive: Load, kind: str, language: str
) -> None:
    lines: list[tuple[Value, ...]] = [*template(next(one for one in KINDS if one == kind), language)]
    staged = receive(write_xlsx(lines), "template.xlsx")
    assert (staged.kind, staged.unknown_columns) == (kind, [])
    assert (outcomes(staged), codes(staged, 2)) == ({2: "same"}, ["example_row"])


def test_what_is_known_after_loading(street: Area, load: Load) -> None:
    load(PEOPLE)
    wang = Person.objects.get(name="王建国")
    assert (wang.birth_date, wang.sex, wang.phone) == (date(1950, 1, 1), "M", "13800000001")
    assert wang.living_building == wang.registered_building == Building.objects.get(code="B1")
    assert (wang.living_door and wang.living_door.number, wang.is_covered) == ("301", True)
    doses = list(
        Dose.objects.filter(person=wang).order_by("given_on").values_list("given_on", "vaccine__code", "number")
    )
    assert doses == [(date(2021, 5, 1), "BIBP", 1), (date(2021, 5, 29), "CoronaVac", 2)]
    assert Forecast.objects.filter(person=wang, completed_on=date(2021, 5, 29)).exists()
    assert list(Dose.objects.filter(person__name="李秀英").values_list("vaccine__code", flat=True)) == ["BIBP"]


def test_a_fifteen_digit_id_and_the_eighteen_digit_one_are_one_person(street: Area, receive: Load, load: Load) -> None:
    load(PEOPLE_HEADER + person_line("王建国", WANG))
    assert outcomes(receive(PEOPLE_HEADER + person_line("王建国", WANG[:6] + WANG[8:17]))) == {2: "same"}


def test_people_who_live_here_but_are_registered_elsewhere_and_the_reverse(street: Area, load: Load) -> None:
    load(
        PEOPLE_HEADER
        + person_line("租客", WANG, state="人在户不在", registered="江苏省苏州市观前街1号")
        + person_line("空户", LI, state="户在人不在", living="浦东新区世纪大道8号")
    )
    stays = {
        (stay.person.name, stay.kind): stay.building.code if stay.building else stay.elsewhere
        for stay in Stay.objects.select_related("person", "building")
    }
    assert stays == {
        ("租客", "living"): "B1",
        ("租客", "registered"): "江苏省苏州市观前街1号",
        ("空户", "living"): "浦东新区世纪大道8号",
        ("空户", "registered"): "B1",
    }
    tenant = Person.objects.get(name="租客")
    assert (tenant.living_area, tenant.registered_area) == (Area.objects.get(code="S-1"), None)


@pytest.mark.parametrize(
    ("basis", "living", "registered"),
    [("living", "B1", None), ("registered", None, "B1")],
)
def test_where_the_list_does_not_say_its_basis_does(
    street: Area, load: Load, basis: str, living: str | None, registered: str | None
) -> None:
    load(PEOPLE_HEADER + person_line("王建国", WANG, state=""), basis=basis)
    person = Person.objects.select_related("living_building", "registered_building").get()
    found = (person.living_building, person.registered_building)
    assert tuple(place.code if place else None for place in found) == (living, registered)


def test_doses_of_one_person_on_several_lines_join_one_person(street: Area, load: Load) -> None:
    applied = load(DOSES, basis="living")
    assert outcomes(applied) == {2: "doubt", 3: "doubt"}
    assert codes(applied, 2) == ["person_not_in_register"]
    load(PEOPLE_HEADER + person_line("李秀英", LI))
    assert outcomes(load(DOSES)) == {2: "changed", 3: "changed"}
    person = Person.objects.get()
    assert list(Dose.objects.filter(person=person).order_by("number").values_list("number", "lot")) == [
        (1, "A1"),
        (2, "A2"),
    ]


def test_another_vaccine_is_known_by_its_cvx_code(street: Area, load: Load) -> None:
    load(PEOPLE_HEADER + person_line("李秀英", LI))
    load(f"姓名,证件号码,接种日期,疫苗名称\n李秀英,{LI},2021-06-10,141\n")
    dose = Dose.objects.select_related("vaccine").get()
    assert (dose.vaccine.code, dose.vaccine.programme) == ("141", None)


def test_a_phone_shared_by_a_household_keeps_two_people(street: Area, load: Load) -> None:
    load(PEOPLE_HEADER + person_line("王建国", WANG) + person_line("李秀英", LI))
    assert Person.objects.filter(phone_hash=lookup("13800000001")).count() == 2


def test_other_documents_are_taken_with_their_kind(street: Area, load: Load) -> None:
    header = "姓名,证件类型,证件号码,出生日期,楼栋,人户状态\n"
    load(
        header
        + "Anna Example,护照,E12345678,1985-03-04,B1,人在户不在\n陈台胞,台胞证,12345678,1971-01-02,B1,人在户不在\n"
    )
    assert set(Document.objects.values_list("kind", "number")) == {
        ("passport", "E12345678"),
        ("taiwan_permit", "12345678"),
    }


def test_an_older_list_that_comes_late_is_kept_but_not_shown(street: Area, load: Load) -> None:
    new, old = person_line("王建国", WANG, phone="13900000001"), person_line("王建国", WANG, phone="13700000001")
    load(PEOPLE_HEADER + new, as_of=date(2021, 6, 10))
    load(PEOPLE_HEADER + old, as_of=date(2021, 5, 1))
    assert Person.objects.get().phone == "13900000001"
    before = table_counts()
    assert outcomes(load(PEOPLE_HEADER + old, as_of=date(2021, 5, 1))) == {2: "same"}
    assert table_counts() == before


def test_a_change_says_what_was_there_and_what_comes(street: Area, receive: Load, load: Load) -> None:
    load(PEOPLE_HEADER + person_line("王建国", WANG))
    moved = receive(PEOPLE_HEADER + person_line("王建国", WANG, building="新昌路3号", door="402", phone="13900000002"))
    changes = {one["field"]: (one["old"], one["new"]) for one in Row.objects.get(list=moved).changes}
    assert changes["phone"] == ("13800000001", "13900000002")
    assert changes["living"][1] == "新昌路3号 1 402"
    assert changes["living"][0].startswith("新昌路1号")


def test_an_employer_in_two_towers_is_kept_once(street: Area, load: Load) -> None:
    applied = load(EMPLOYERS)
    assert (outcomes(applied), codes(applied, 3)) == ({2: "new", 3: "same"}, ["employer_twice"])
    assert Employer.objects.get().floor == "12"


def test_doors_and_buildings_follow(street: Area, load: Load) -> None:
    load(DOORS)
    assert set(Door.objects.values_list("building__code", "number", "floor")) == {("B1", "301", 3), ("B1", "302", 3)}
    changed = load("楼栋代码,楼栋名称,层数\nB1,新昌路1号,7\n")
    assert outcomes(changed) == {2: "changed"}
    assert Building.objects.get(code="B1").floors == 7


@pytest.mark.parametrize(
    ("content", "code"),
    [
        pytest.param("楼栋代码,楼栋名称\nB3,改名\n", "outside_area", id="a building of another committee"),
        pytest.param("区域代码,区域名称,上级代码\nS-2,改名,S\n", "outside_area", id="an area of the neighbour"),
        pytest.param("区域代码,区域名称,上级代码\nS-1-9,新网格,S-2\n", "outside_area", id="a parent of the neighbour"),
        pytest.param("区域代码,区域名称,上级代码\nS-1-9,新网格,X\n", "unknown_parent", id="a parent nobody knows"),
        pytest.param("区域代码,区域名称,上级代码\nS-1-9,新网格,\n", "missing_parent", id="no parent"),
        pytest.param("区域代码,区域名称,上级代码\nA,甲,B\nB,乙,A\n", "parent_below_itself", id="a ring"),
        pytest.param("楼栋,室号\n山海关路5号,301\n", "unknown_building", id="a door outside"),
    ],
)
def test_a_list_for_one_committee_touches_no_other(street: Area, load: Load, content: str, code: str) -> None:
    before = table_counts()
    applied = load(content, area="S-1")
    assert code in codes(applied, 2)
    assert table_counts() == before


def test_a_name_that_two_buildings_share_asks_for_the_code(street: Area, load: Load) -> None:
    load("楼栋代码,楼栋名称,居委会\nB7,同名楼,S-1\nB8,同名楼,S-2\n")
    applied = load(PEOPLE_HEADER + person_line("王建国", WANG, building="同名楼", area=""))
    assert codes(applied, 2) == ["several_buildings"]
    assert Row.objects.get(list=applied).problems[0]["params"]["alike"] == ["B7", "B8"]


def test_long_names_that_begin_alike_get_codes_of_their_own(street: Area, load: Load) -> None:
    names = [f"{'很长的楼名' * 9}{number}号" for number in (1, 2)]
    load("楼栋名称,居委会\n" + "".join(f"{name},S-1\n" for name in names))
    assert set(Building.objects.filter(name__in=names).values_list("name", flat=True)) == set(names)


def test_two_rows_about_one_person_write_each_fact_once(street: Area, load: Load) -> None:
    load(PEOPLE_HEADER + person_line("王建国", WANG))
    doses = "姓名,证件号码,联系电话,接种日期,疫苗名称\n"
    load(doses + "".join(f"王建国,{WANG},13900000009,2021-0{month}-01,BIBP\n" for month in (5, 6)))
    before = table_counts()
    assert before["Phone"] == 2
    load(doses + "".join(f"王建国,{WANG},13900000009,2021-0{month}-01,BIBP\n" for month in (5, 6)))
    assert table_counts() == before


def test_the_same_file_is_known_again_and_every_step_leaves_a_line(street: Area, receive: Load, load: Load) -> None:
    first = load(PEOPLE)
    again = receive(PEOPLE)
    assert applied_before(again) == first
    assert applied_before(first) is None
    lists.set_aside(by=OFFICE, of=again)
    verbs = Entry.objects.filter(verb__startswith="lists.").order_by("id").values_list("verb", flat=True)
    assert list(verbs)[-6:] == [
        "lists.receive",
        "lists.stage",
        "lists.apply",
        "lists.receive",
        "lists.stage",
        "lists.set_aside",
    ]
    with pytest.raises(lists.ListStateError):
        lists.apply(by=OFFICE, of=again, on=ON)
    assert lists.stage(by=OFFICE, of=again, on=ON).state == List.State.STAGED


def test_lists_are_seen_by_those_of_their_area(street: Area, load: Load) -> None:
    load(PEOPLE, area="S-1")
    assert {of.area and of.area.code for of in lists_of(paths=["S/S-1/"])} == {"S-1"}
    assert {of.area and of.area.code for of in lists_of(paths=["S/"])} == {None, "S", "S-1"}
    assert not lists_of(paths=["S/S-2/"]).exists()
    assert not lists_of(paths=[]).exists()


def test_a_source_that_covers_no_doses_leaves_people_unknown(street: Area, load: Load) -> None:
    police: Source = people.open_source(by=OFFICE, code="police", name="公安", rank=10)
    load(PEOPLE_HEADER + person_line("王建国", WANG), source=police)
    assert Person.objects.get().is_covered is False
    load(PEOPLE_HEADER + person_line("王建国", WANG), source=police, covers_doses=True)
    assert Person.objects.get().is_covered is True
