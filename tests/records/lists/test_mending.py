"""A bad row is mended and a row in doubt decided, and each is judged again at once."""

from __future__ import annotations

import pytest

from linli.records.doses.models import Dose
from linli.records.lists import actions as lists
from linli.records.lists.models import List, Row
from linli.records.people import actions as people
from linli.records.people.models import Listing, Person, Source
from linli.records.places.models import Area
from small_street import OFFICE, ON, PEOPLE_HEADER, Load, codes, outcomes, person_line, resident_id

WANG, LI = resident_id("19500101", 1), resident_id("19600202", 2)
NO_ID = "姓名,出生日期,联系电话,楼栋,人户状态\n"
DOSES = "姓名,证件号码,剂次,接种日期,疫苗名称\n"


def mend(of: List, line: int, old: str, new: str) -> Row:
    """Mend the cells of a line that hold a text."""
    row = Row.objects.get(list=of, line=line)
    assert old in row.cells
    return lists.mend(by=OFFICE, row=row, cells=[new if cell == old else cell for cell in row.cells], on=ON)


def decide(of: List, line: int, decision: str) -> Row:
    """Decide a line."""
    return lists.decide(by=OFFICE, row=Row.objects.get(list=of, line=line), decision=decision, on=ON)


def test_a_mended_row_goes_in_and_the_counts_follow(street: Area, receive: Load) -> None:
    of = receive(PEOPLE_HEADER + person_line("王建国", WANG, building="新昌路9号") + person_line("李秀英", LI))
    row = mend(of, 2, "新昌路9号", "新昌路3号")
    assert (row.outcome, row.is_mended, row.problems) == ("new", True, [])
    of.refresh_from_db()
    assert (of.counts["new"], of.counts["bad"]) == (2, 0)
    lists.apply(by=OFFICE, of=of, on=ON)
    assert Person.objects.get(name="王建国").living_building.code == "B2"
    assert b"\xe6\x96\xb0\xe6\x98\x8c\xe8\xb7\xaf9" in bytes(List.objects.get(pk=of.pk).content)


def test_a_row_mended_into_another_bad_state_says_so(street: Area, receive: Load) -> None:
    of = receive(PEOPLE_HEADER + person_line("王建国", WANG, building="新昌路9号"))
    row = mend(of, 2, WANG, "310106195001010017")
    assert (row.outcome, [one["code"] for one in row.problems]) == ("bad", ["check_digit"])


def test_mending_a_row_frees_the_other_that_stood_against_it(street: Area, receive: Load) -> None:
    of = receive(PEOPLE_HEADER + person_line("张甲", WANG) + person_line("张乙", WANG))
    assert outcomes(of) == {2: "new", 3: "bad"}
    mend(of, 2, WANG, LI)
    assert outcomes(of) == {2: "new", 3: "new"}
    mend(of, 2, LI, WANG)
    assert outcomes(of) == {2: "new", 3: "bad"}
    of.refresh_from_db()
    assert (of.counts["new"], of.counts["bad"]) == (1, 1)


def test_a_mended_area_may_hang_below_another_of_the_list(street: Area, receive: Load) -> None:
    of = receive("区域代码,区域名称,上级代码\nS-3,新居委,S\nS-3-1,新网格,S-9\n")
    assert outcomes(of) == {2: "new", 3: "bad"}
    assert mend(of, 3, "S-9", "S-3").outcome == "new"


def test_a_line_that_could_not_be_read_can_be_typed_anew(street: Area, receive: Load) -> None:
    content = PEOPLE_HEADER.encode() + person_line("李秀英", LI).encode() + b"\xff\xfe\xfd,1\n"
    of = receive(content)
    row = Row.objects.get(list=of, line=3)
    cells = person_line("王建国", WANG).strip().split(",")
    assert lists.mend(by=OFFICE, row=row, cells=cells, on=ON).outcome == "new"


@pytest.fixture
def namesake(street: Area, load: Load, receive: Load) -> List:
    """王建国 is known by name and birth date alone; a list names somebody like him in another building."""
    load(NO_ID + "王建国,1950-01-01,13800000001,B1,人户一致\n")
    of = receive(NO_ID + "王建国,1950-01-01,13900000009,B2,人户一致\n")
    assert codes(of, 2) == ["maybe_known"]
    return of


def test_somebody_decides_that_it_is_the_same_person(namesake: List) -> None:
    known = Person.objects.get()
    assert decide(namesake, 2, known.public_id).outcome == "changed"
    lists.apply(by=OFFICE, of=namesake, on=ON)
    known.refresh_from_db()
    assert (Person.objects.count(), known.phone) == (1, "13900000009")


def test_somebody_decides_that_it_is_a_new_person(namesake: List) -> None:
    assert decide(namesake, 2, "new").outcome == "new"
    lists.apply(by=OFFICE, of=namesake, on=ON)
    assert Person.objects.count() == 2


@pytest.fixture
def gate(db: None) -> Source:
    return people.open_source(by=OFFICE, code="walk-in", name="Walk-ins (invented)", rank=60, covers_doses=False)


STRONG = "王建国,1950-01-01,13800000001,B1,人户一致\n"


@pytest.mark.parametrize(
    "line",
    [STRONG, "王建国,1950-01-01,13800000001,,\n", "王建国,1950-01-01,,B1,人户一致\n"],
    ids=["all agrees", "phone", "building"],
)
def test_without_an_id_another_sources_row_is_never_taken_for_somebody_unasked(
    street: Area, load: Load, receive: Load, gate: Source, line: str
) -> None:
    load(PEOPLE_HEADER + person_line("王建国", WANG, phone="13800000001"))
    known = Person.objects.get()
    of = receive(NO_ID + line, source=gate)
    assert codes(of, 2) == ["probably_known"]
    assert Row.objects.get(list=of).subject_id == known.public_id
    lists.apply(by=OFFICE, of=of, on=ON)
    assert (Person.objects.count(), Listing.objects.filter(source=gate).count()) == (1, 0)


def test_the_likely_ones_are_decided_all_at_once_and_the_next_list_of_that_source_knows_them(
    street: Area, load: Load, receive: Load, gate: Source
) -> None:
    load(PEOPLE_HEADER + person_line("王建国", WANG, phone="13800000001") + person_line("李秀英", LI))
    of = receive(NO_ID + STRONG + "李秀英,1960-02-02,13900000009,B2,人户一致\n", source=gate)
    assert [codes(of, 2), codes(of, 3)] == [["probably_known"], ["maybe_known"]]
    assert lists.decide_all(by=OFFICE, of=of, decision="probable", on=ON) == 1
    assert outcomes(of) == {2: "changed", 3: "doubt"}
    lists.apply(by=OFFICE, of=of, on=ON)
    assert Person.objects.count() == 2
    assert outcomes(receive(NO_ID + STRONG, source=gate)) == {2: "same"}


def test_two_rows_that_may_be_one_person_are_asked_for_one_by_one(
    street: Area, load: Load, receive: Load, gate: Source
) -> None:
    load(PEOPLE_HEADER + person_line("王建国", WANG, phone="13800000001"))
    of = receive(NO_ID + STRONG + "王建国,1950-01-01,13900000009,B1,人户一致\n", source=gate)
    assert [codes(of, 2), codes(of, 3)] == [["maybe_known"], ["maybe_known"]]
    assert lists.decide_all(by=OFFICE, of=of, decision="probable", on=ON) == 0
    with pytest.raises(lists.UnknownDecisionError):
        lists.decide_all(by=OFFICE, of=of, decision="take", on=ON)


def test_a_decision_can_be_taken_back(namesake: List) -> None:
    decide(namesake, 2, "new")
    row = decide(namesake, 2, "")
    assert (row.outcome, row.decision) == ("doubt", "")


def test_an_undecided_row_is_left_out(namesake: List) -> None:
    lists.apply(by=OFFICE, of=namesake, on=ON)
    assert Person.objects.count() == 1


def test_somebody_who_is_not_meant_cannot_be_chosen(namesake: List, load: Load) -> None:
    load(PEOPLE_HEADER + person_line("李秀英", LI))
    with pytest.raises(lists.UnknownDecisionError):
        decide(namesake, 2, Person.objects.get(name="李秀英").public_id)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        pytest.param(f"王大国,{WANG},,B1,\n", "name_conflicts", id="another name"),
        pytest.param("王建国,E12345678,1950-01-02,B1,护照\n", "birth_date_conflicts", id="another birth date"),
    ],
)
def test_the_same_document_with_other_facts_is_in_doubt(
    street: Area, load: Load, receive: Load, line: str, code: str
) -> None:
    header = "姓名,证件号码,出生日期,楼栋,证件类型\n"
    load(header + f"王建国,{WANG},,B1,\n王建国,E12345678,1950-01-01,B1,护照\n")
    of = receive(header + line)
    assert codes(of, 2) == [code]
    assert decide(of, 2, "accept").outcome == "changed"


def test_a_dose_that_contradicts_a_known_one_is_in_doubt_until_accepted(
    street: Area, load: Load, receive: Load
) -> None:
    load(PEOPLE_HEADER + person_line("王建国", WANG, first=("2021-05-01", "BIBP")))
    of = receive(DOSES + f"王建国,{WANG},,2021-05-01,CoronaVac\n王建国,{WANG},1,2021-05-20,BIBP\n")
    assert [codes(of, line) for line in (2, 3)] == [["dose_conflict"], ["dose_number_taken"]]
    decide(of, 2, "accept")
    lists.apply(by=OFFICE, of=of, on=ON)
    assert Dose.objects.count() == 2


def test_accepting_a_dose_keeps_the_person_that_was_chosen(street: Area, load: Load, receive: Load) -> None:
    wide = "姓名,出生日期,楼栋,第一针接种日期,第一针疫苗名称\n"
    load(wide + "王建国,1950-01-01,B1,2021-05-01,BIBP\n王建国,1950-01-01,B3,,\n")
    first = Person.objects.get(living_building__code="B1")
    of = receive(wide + "王建国,1950-01-01,B2,2021-05-01,CoronaVac\n")
    assert codes(of, 2) == ["maybe_known"]
    assert decide(of, 2, first.public_id).outcome == "doubt"
    row = decide(of, 2, "accept")
    assert (row.outcome, row.subject_id) == ("changed", first.public_id)


def test_nothing_can_be_mended_after_applying(street: Area, load: Load) -> None:
    of = load(PEOPLE_HEADER + person_line("王建国", WANG, building="新昌路9号"))
    with pytest.raises(lists.ListStateError):
        mend(of, 2, "新昌路9号", "新昌路3号")
    with pytest.raises(lists.ListStateError):
        decide(of, 2, "new")
