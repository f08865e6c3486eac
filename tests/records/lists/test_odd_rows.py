"""Rows that no form would let through: too long, twice in disguise, or empty where something is known."""

from __future__ import annotations

from datetime import date

import pytest

from linli.records.doses.models import Dose, Forecast
from linli.records.lists import actions as lists
from linli.records.lists.models import List, Row
from linli.records.people.models import Employer, Person
from linli.records.places.models import Area, Building, Door
from small_street import OFFICE, ON, PEOPLE_HEADER, Load, codes, outcomes, person_line, resident_id, table_counts

WANG, LI = resident_id("19500101", 1), resident_id("19600202", 2)
PASSPORTS = "姓名,证件类型,证件号码,出生日期,楼栋,人户状态\n"
PASSPORT_DOSES = "姓名,证件类型,证件号码,接种日期,疫苗名称\n"

TOO_LONG = [
    pytest.param(f"区域代码,区域名称,上级代码\n{'X' * 41},甲,S\n", id="area code"),
    pytest.param(f"区域代码,区域名称,上级代码\nX,{'甲' * 121},S\n", id="area name"),
    pytest.param(f"楼栋代码,楼栋名称,居委会\n{'Q' * 41},甲,S-1\n", id="building code"),
    pytest.param(f"楼栋名称,居委会\n{'楼' * 161},S-1\n", id="building name"),
    pytest.param(f"地址,居委会,楼栋代码\n{'路' * 161},S-1,Q\n", id="address"),
    pytest.param(f"楼栋,单元,室号\nB1,{'单' * 21},1\n", id="stair"),
    pytest.param(f"楼栋,室号\nB1,{'5' * 41}\n", id="door"),
    pytest.param(f"姓名,证件号码,楼栋,室号,户号\n王建国,{WANG},B1,1,{'9' * 41}\n", id="household"),
    pytest.param(f"单位名称,办公楼宇,楼层\n{'司' * 161},T1,1\n", id="employer"),
    pytest.param(
        f"姓名,证件号码,楼栋,第一针日期,第一针疫苗,第一针批号\n王建国,{WANG},B1,2021-6-1,BIBP,{'L' * 41}\n", id="lot"
    ),
]


@pytest.mark.parametrize("content", TOO_LONG)
def test_what_the_register_cannot_hold_is_said_of_the_row(street: Area, load: Load, content: str) -> None:
    before = table_counts()
    applied = load(content)
    assert (outcomes(applied), codes(applied, 2)) == ({2: "bad"}, ["too_long"])
    assert table_counts() == before


def test_an_address_with_an_endless_door_is_no_address_of_ours(street: Area, load: Load) -> None:
    line = person_line("王建国", WANG, building="", door="", stair="", living=f"新昌路1号{'5' * 41}室")
    assert codes(load(PEOPLE_HEADER + line), 2) == ["unknown_building"]


def test_a_null_character_far_down_is_left_out(street: Area, load: Load) -> None:
    lines = "".join(person_line(f"王{'一二三四五六七八九'[n % 9]}", resident_id("19600101", n)) for n in range(60))
    applied = load(PEOPLE_HEADER + lines + person_line("李\0秀英", LI))
    assert outcomes(applied)[62] == "new"
    assert Person.objects.filter(name="李秀英").exists()
    staged = lists.stage(by=OFFICE, of=_again(applied), on=ON)
    row = Row.objects.get(list=staged, line=62)
    assert lists.mend(by=OFFICE, row=row, cells=["李\0秀英", *row.cells[1:]], on=ON).cells[0] == "李秀英"


@pytest.mark.parametrize(
    ("floor", "known"), [("3", 3), ("-1", -1), ("--5", None), ("99999", None), ("B1层", None), ("²", 2)]
)
def test_a_floor_that_is_no_number_keeps_no_door_out(street: Area, load: Load, floor: str, known: int | None) -> None:
    load(f"楼栋,室号,楼层\nB1,301,{floor}\n")
    assert Door.objects.get().floor == known


def test_an_absent_column_takes_nothing_away(street: Area, load: Load) -> None:
    assert outcomes(load("楼栋代码,楼栋名称,居委会\nB1,新昌路1号,S-1\n")) == {2: "same"}
    assert outcomes(load("区域代码,区域名称\nS-1,东王新居委会\n")) == {2: "changed"}
    assert Building.objects.get(code="B1").kind == "residential"
    area = Area.objects.get(code="S-1")
    assert (area.name, area.name_en, area.kind) == ("东王新居委会", "Dongwang", "committee")


def test_buildings_of_one_name_are_told_apart_by_their_address(street: Area, load: Load) -> None:
    content = (
        "楼栋名称,地址,居委会\n1号楼,新闸路100弄1号,S-1\n1号楼,新闸路200弄1号,S-1\n1号楼,新闸路100弄1号,东王居委会\n"
    )
    applied = load(content)
    assert outcomes(applied) == {2: "new", 3: "new", 4: "bad"}
    assert codes(applied, 4) == ["code_twice"]
    assert outcomes(load(content)) == {2: "same", 3: "same", 4: "bad"}
    assert Building.objects.filter(name="1号楼").count() == 2
    assert codes(load("楼栋名称,居委会\n1号楼,S-1\n"), 2) == ["several_buildings"]


def test_tower_b_is_not_a_door_of_the_tower(street: Area, load: Load) -> None:
    assert outcomes(load("楼栋名称,居委会\n金融大厦B,S-2\n")) == {2: "new"}
    assert set(Building.objects.filter(name__startswith="金融大厦").values_list("name", flat=True)) == {
        "金融大厦",
        "金融大厦B",
    }


def test_area_codes_that_differ_in_case_alone_are_one_area(street: Area, load: Load) -> None:
    assert outcomes(load("区域代码,区域名称,上级代码\ns-1,东王居委会,s\n")) == {2: "same"}
    applied = load("区域代码,区域名称,上级代码\nX,甲,S\nx,乙,S\ny,丙,x\n")
    assert (outcomes(applied), codes(applied, 3)) == ({2: "new", 3: "bad", 4: "new"}, ["code_twice"])
    assert Area.objects.get(code="y").path == "S/X/y/"


def test_two_firms_of_one_name_are_two_firms(street: Area, load: Load) -> None:
    first, second = "91310000MA1FL4C448", "91310000MA1FL5D559"
    for code in (first, second, first):
        load(f"单位名称,统一社会信用代码,办公楼宇\n示范公司,{code},T1\n")
    assert set(Employer.objects.values_list("code", flat=True)) == {first, second}


def test_a_dose_before_the_birth_date_that_the_register_knows(street: Area, load: Load) -> None:
    load(PASSPORTS + "Ann Lee,护照,E12345678,1990-03-04,B1,人在户不在\n")
    applied = load(PASSPORT_DOSES + "Ann Lee,护照,E12345678,1985-05-01,BIBP\nAnn Lee,护照,E12345678,2021-05-01,BIBP\n")
    assert outcomes(applied) == {2: "bad", 3: "changed"}
    (problem,) = Row.objects.get(list=applied, line=2).problems
    assert (problem["code"], problem["column"], problem["value"]) == ("dose_before_birth", "接种日期", "1985-05-01")
    assert list(Dose.objects.values_list("given_on", flat=True)) == [date(2021, 5, 1)]


def test_a_birth_date_after_a_dose_that_the_register_knows(street: Area, load: Load) -> None:
    load(PASSPORTS + "Ann Lee,护照,E12345678,,B1,人在户不在\n")
    load(PASSPORT_DOSES + "Ann Lee,护照,E12345678,2021-05-01,BIBP\n")
    applied = load(PASSPORTS + "Ann Lee,护照,E12345678,2021-06-01,B1,人在户不在\n")
    (problem,) = Row.objects.get(list=applied, line=2).problems
    assert (problem["code"], problem["column"], problem["value"]) == ("dose_before_birth", "出生日期", "2021-06-01")
    assert Person.objects.get().birth_date is None


def test_a_later_line_tells_the_birth_date(street: Area, load: Load) -> None:
    content = PASSPORT_DOSES.replace("疫苗名称", "疫苗名称,出生日期,楼栋,人户状态") + (
        "Ann Lee,护照,E12345678,2021-05-01,BIBP,,B1,人在户不在\n"
        "Ann Lee,护照,E12345678,2021-06-01,BIBP,1990-03-04,B1,人在户不在\n"
    )
    load(content)
    assert Person.objects.get().birth_date == date(1990, 3, 4)
    assert outcomes(load(content)) == {2: "same", 3: "same"}


STAFF = "姓名,手机,单位名称,办公楼宇\n"


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(STAFF + "张三,13912345678,甲公司,T1\n李四,13912345679,甲公司,T1\n", id="phones"),
        pytest.param(STAFF + "张三,,甲公司,T1\n李四,,甲公司,T1\n", id="no phones"),
        pytest.param(STAFF + "张三,13912345678,甲公司,T1\n张三,13912345679,乙公司,T1\n", id="one name twice"),
        pytest.param(STAFF + "张三,13912345678,甲公司,T1\n李四,13912345678,甲公司,T1\n", id="one phone twice"),
    ],
)
def test_a_staff_list_without_ids_changes_nothing_when_it_comes_again(street: Area, load: Load, content: str) -> None:
    assert outcomes(load(content)) == {2: "new", 3: "new"}
    before = table_counts()
    assert outcomes(load(content)) == {2: "same", 3: "same"}
    assert table_counts() == before


def test_who_works_here_without_an_id_and_lives_here_with_one_is_one_person(street: Area, load: Load) -> None:
    resident = PEOPLE_HEADER + person_line("王建国", WANG) + person_line("李秀英", LI, phone="13800000002")
    load(STAFF + "王建国,13800000001,甲公司,T1\n")
    assert outcomes(load(resident)) == {2: "changed", 3: "new"}
    assert outcomes(load(STAFF + "李秀英,13800000002,甲公司,T1\n李秀英,13900000003,乙公司,T1\n")) == {
        2: "changed",
        3: "new",
    }
    wang = Person.objects.get(name="王建国")
    assert (wang.birth_date, wang.living_building_id is None, wang.working_building_id is None) == (
        date(1950, 1, 1),
        False,
        False,
    )
    assert Person.objects.filter(name="李秀英").count() == 2


def test_a_cvx_number_with_and_without_noughts_is_one_vaccine(street: Area, load: Load) -> None:
    load(PEOPLE_HEADER + person_line("李秀英", LI))
    load(
        "证件号码,接种日期,疫苗名称\n"
        + "".join(f"{LI},2021-05-01,{cvx}\n" for cvx in ("8", "08", "008"))
        + f"{LI},2021-06-01,0510\n"
    )
    assert set(Dose.objects.values_list("vaccine__code", flat=True)) == {"08", "BIBP"}


def _again(of: List) -> List:
    return lists.receive(
        by=OFFICE, file_name=of.file_name, content=bytes(of.content), source=of.source, area=of.area, as_of=of.as_of
    )


def test_an_area_code_with_a_slash_is_refused_at_the_row(load: Load) -> None:
    applied = load("区域代码,区域名称\nS/1,甲\nS2,乙\n", area=None)
    assert (outcomes(applied), codes(applied, 2)) == ({2: "bad", 3: "new"}, ["bad_code"])


def test_supply_ended_reaches_the_record_and_the_engine(street: Area, load: Load) -> None:
    document = resident_id("19700101", 1)
    load(PEOPLE_HEADER + person_line("张三", document, first=("2021-04-01", "BIBP")))
    load(f"姓名,证件号码,接种日期,疫苗名称,因断供换苗\n张三,{document},2021-05-01,Ad5-nCoV,是\n")
    assert list(Dose.objects.order_by("given_on").values_list("supply_ended", flat=True)) == [False, True]
    newest = Forecast.objects.order_by("since_on").last()
    assert newest is not None
    assert newest.next_dose is None


def test_somebody_registered_here_may_live_where_nobody_of_us_knows(street: Area, load: Load) -> None:
    header = "姓名,证件号码,户籍地址,现住址\n"
    applied = load(header + f"张三,{resident_id('19700101', 1)},新昌路1号,苏州市平江路9号\n", basis="registered")
    assert outcomes(applied) == {2: "new"}
    assert Person.objects.get().living_area is None


def test_a_new_person_without_any_place_belongs_to_the_lists_area(street: Area, receive: Load) -> None:
    document = resident_id("19700101", 1)
    of = receive(f"姓名,证件号码,接种日期,疫苗名称\n张三,{document},2021-05-01,BIBP\n")
    row = Row.objects.get(list=of)
    assert row.outcome == "doubt"
    lists.decide(by=OFFICE, row=row, decision="new", on=ON)
    lists.apply(by=OFFICE, of=of, on=ON)
    assert Person.objects.get().living_area == street
