"""Bad input: each gets a clear message at the row or the file, nothing is lost, nothing is half applied."""

from __future__ import annotations

import pytest
from django.utils import translation

from linli.records.lists import actions as lists
from linli.records.lists.models import List, Row
from linli.records.people.models import Person
from linli.records.places.models import Area
from linli.words.problems import problem_words, refusal_words
from small_street import OFFICE, ON, PEOPLE_HEADER, Load, outcomes, person_line, resident_id, table_counts

GOOD = person_line("好人", resident_id("19600101", 9))
TWICE = resident_id("19500505", 5)
DOSES = "姓名,证件号码,接种日期,疫苗名称,剂次\n"

FILES = [
    pytest.param(b"", "a.csv", "empty_file", "The file is empty.", id="empty file"),
    pytest.param(b"\xef\xbb\xbf \r\n", "a.csv", "empty_file", "The file is empty.", id="nothing but spaces"),
    pytest.param("姓名,证件号码\n", "a.csv", "no_rows", "no rows below it", id="a header alone"),
    pytest.param("甲,乙\n1,2\n", "a.csv", "no_header", "The file begins: 甲,乙", id="unknown header"),
    pytest.param(
        "姓名,电话\n王建国,1\n",
        "a.csv",
        "missing_columns",
        "ID number or Date of birth",
        id="a needed column is missing",
    ),
    pytest.param(
        "姓名,姓名,证件号码\n甲,乙,1\n",
        "a.csv",
        "duplicate_columns",
        "More than one column holds Full name",
        id="two columns of one name",
    ),
    pytest.param(b"\x89PNG\r\n\x1a\n\x00\x00", "a.csv", "not_a_sheet", "This is not a list.", id="a picture"),
    pytest.param(b"PK\x03\x04broken", "a.xlsx", "broken_xlsx", "The file is damaged", id="a damaged workbook"),
    pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.xls", "old_xls", "save it as .xlsx", id="an old workbook"),
    pytest.param("姓名,证件号码\n甲,1\n", "a.xlsx", "wrong_ending", "The name ends in .xlsx", id="a wrong ending"),
    pytest.param(
        "姓名,证件号码\n" + '甲,"1\n' + "乙,2\n" * 100,
        "a.csv",
        "open_quote",
        "line 2 is never closed",
        id="a quote never closed",
    ),
]


@pytest.mark.parametrize(("content", "name", "code", "words"), FILES)
def test_a_file_that_says_nothing_is_refused_whole(
    street: Area, receive: Load, content: str | bytes, name: str, code: str, words: str
) -> None:
    before = table_counts()
    refused = receive(content, name)
    assert refused.state == List.State.REFUSED
    assert refused.refusal is not None
    assert refused.refusal["code"] == code
    with translation.override("en"):
        assert words in refusal_words(refused.refusal)
    assert not Row.objects.filter(list=refused).exists()
    assert table_counts() == before


ROWS = [
    pytest.param(
        person_line(number="310106195001010017"),
        "check_digit",
        "证件号码",
        "310106195001010017",
        "should be 6, not 7",
        id="check digit",
    ),
    pytest.param(
        person_line(number="31010619500101"),
        "id_length",
        "证件号码",
        "31010619500101",
        "this one has 14",
        id="id too short",
    ),
    pytest.param(
        person_line(number="3.10106195001E+17"),
        "excel_lost_digits",
        "证件号码",
        "3.10106195001E+17",
        "Excel has rounded",
        id="Excel lost digits",
    ),
    pytest.param(
        person_line("=HYPERLINK(A1)"), "formula_text", "姓名", "=HYPERLINK(A1)", "never computed", id="a formula"
    ),
    pytest.param(
        person_line(first=("1949-12-31", "BIBP")),
        "dose_before_birth",
        "第一针接种日期",
        "1949-12-31",
        "before the birth date",
        id="a dose before birth",
    ),
    pytest.param(
        person_line(first=("2021-06-21", "BIBP")),
        "dose_in_future",
        "第一针接种日期",
        "2021-06-21",
        "after today (2021-06-20)",
        id="a dose in the future",
    ),
    pytest.param(
        person_line(first=("2021-05-01、2021-05-03", "BIBP")),
        "two_first_doses",
        "第一针接种日期",
        "2021-05-01、2021-05-03",
        "Keep the right one",
        id="two first doses in a cell",
    ),
    pytest.param(
        person_line(first=("2021-05-01", "仙丹")),
        "unknown_product",
        "第一针疫苗名称",
        "仙丹",
        "CVX number",
        id="a vaccine nobody knows",
    ),
    pytest.param(
        person_line(first=("05/06/2021", "BIBP")),
        "ambiguous_date",
        "第一针接种日期",
        "05/06/2021",
        "2021-05-06 or 2021-06-05",
        id="an ambiguous date",
    ),
    pytest.param(
        person_line(first=("2021-02-30", "BIBP")),
        "impossible_date",
        "第一针接种日期",
        "2021-02-30",
        "no such day",
        id="30 February",
    ),
    pytest.param(
        person_line(building="新昌路9号"),
        "unknown_building",
        "楼栋",
        "新昌路9号",
        "Nobody knows this building",
        id="a building nobody knows",
    ),
    pytest.param(
        person_line(area="火星居委会"),
        "unknown_area",
        "居委会",
        "火星居委会",
        "No area of this name",
        id="an area nobody knows",
    ),
    pytest.param(person_line("", TWICE), "missing", "姓名", "", "Full name is missing", id="no name"),
    pytest.param(
        person_line("张甲", TWICE) + person_line("张乙", TWICE),
        "person_twice",
        "证件号码",
        TWICE,
        "on line 2",
        id="one id twice",
    ),
]


@pytest.mark.parametrize(("lines", "code", "column", "value", "words"), ROWS)
def test_a_bad_row_says_line_column_value_and_reason_and_good_rows_go_in(
    street: Area, load: Load, lines: str, code: str, column: str, value: str, words: str
) -> None:
    applied = load(PEOPLE_HEADER + lines + GOOD)
    wrong = Row.objects.get(list=applied, outcome=Row.Outcome.BAD)
    assert wrong.line == 1 + lines.count("\n")
    problem = next(one for one in wrong.problems if one["code"] == code)
    assert (problem["column"], problem["value"]) == (column, value)
    with translation.override("en"):
        assert words in problem_words(problem)
    assert wrong.cells == lines.splitlines()[-1].split(",")
    assert Person.objects.filter(name="好人").count() == 1


def test_two_first_doses_on_two_lines(street: Area, load: Load) -> None:
    load(PEOPLE_HEADER + person_line("张甲", TWICE))
    applied = load(DOSES + f"张甲,{TWICE},2021-05-01,BIBP,1\n张甲,{TWICE},2021-05-20,BIBP,1\n")
    assert outcomes(applied) == {2: "changed", 3: "bad"}
    assert [one["code"] for one in Row.objects.get(list=applied, line=3).problems] == ["two_first_doses"]


def test_two_encodings_in_one_file_are_both_read_and_a_third_is_reported(street: Area, load: Load) -> None:
    lines = [person_line("张三", resident_id("19700101", 1)), person_line("李四", resident_id("19700101", 3))]
    content = PEOPLE_HEADER.encode() + lines[0].encode() + lines[1].encode("gb18030") + b"\xff\xfe\xfd,1,2\n"
    applied = load(content)
    assert outcomes(applied) == {2: "new", 3: "new", 4: "bad"}
    assert Row.objects.get(list=applied, line=4).problems[0]["code"] == "undecodable"
    assert set(Person.objects.values_list("name", flat=True)) == {"张三", "李四"}


def test_two_million_rows_are_refused_before_they_are_read(
    street: Area, receive: Load, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("linli.domain.sheets.csv_text.decode", lambda data: pytest.fail("it was read"))
    content = "姓名,证件号码\n".encode() + "王建国,1\n".encode() * 2_000_000
    refused = receive(content)
    assert refused.refusal == {"code": "too_many_rows", "params": {"rows": 2_000_001, "limit": 500_000}}


def test_a_file_above_the_limit_is_not_kept(street: Area, monkeypatch: pytest.MonkeyPatch, receive: Load) -> None:
    monkeypatch.setattr("linli.records.lists.actions.staging.MOST_BYTES", 10)
    with pytest.raises(lists.TooLargeError):
        receive("姓名,证件号码\n甲,1\n")
    assert not List.objects.filter(file_name="list.csv", area=street, kind="people").exists()


def test_what_is_skipped_is_said_and_costs_nothing(street: Area, load: Load) -> None:
    line = person_line()
    applied = load(PEOPLE_HEADER + line + line + PEOPLE_HEADER + "合计,2\n")
    assert outcomes(applied) == {2: "new", 3: "same", 4: "same", 5: "same"}
    told = {row.line: row.problems[0]["code"] for row in Row.objects.filter(list=applied, line__gt=2)}
    assert told == {3: "repeated_row", 4: "repeated_header", 5: "not_a_row"}
    assert lists.stage(by=OFFICE, of=_fresh(applied), on=ON).counts["bad"] == 0


def _fresh(of: List) -> List:
    return lists.receive(
        by=OFFICE, file_name=of.file_name, content=bytes(of.content), source=of.source, area=of.area, as_of=of.as_of
    )
