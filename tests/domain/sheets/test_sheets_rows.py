"""From cells to typed rows: places, employers, people. All are invented."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented_lists import DAY, LI, PRODUCTS, ZHANG, keep_to_the_table, parsed, resident, told

from linli.domain.identity import Document
from linli.domain.sheets import (
    KINDS,
    AreaRow,
    BuildingRow,
    DoorRow,
    EmployerRow,
    PersonRow,
    Sheet,
    parse,
    recognise,
    template,
)
from linli.domain.sheets.dates import DateError, read_date


@pytest.mark.parametrize(
    "text",
    [
        *("2021-6-1", "2021/06/01", "20210601", "2021.6.1", "2021年6月1日", "2021年06月01号", "2021-06-01 08:30:00"),
        *("2021-06-01T08:30:00+08:00", "2021/6/1 8:30", "2021年6月1日 8时30分", "44348", "44348.35", "1 Jun 2021"),
        *("June 1, 2021", "01-JUN-2021", "2021 - 6 - 1", "2021-06-01 星期二", "2021/6/1 8:30:00 PM"),
    ],
)
def test_one_day_however_it_is_written(text: str) -> None:
    assert read_date(text) == date(2021, 6, 1)


@pytest.mark.parametrize(
    ("text", "day"),
    [("6/13/2021", date(2021, 6, 13)), ("13.6.2021", date(2021, 6, 13)), ("6-6-2021", date(2021, 6, 6))],
)
def test_the_year_last_where_it_can_be_read_in_one_way(text: str, day: date) -> None:
    assert read_date(text) == day


@pytest.mark.parametrize(
    ("text", "code"),
    [
        *(("6/1/2021", "ambiguous_date"), ("01-06-2021", "ambiguous_date")),
        *(("21-6-1", "two_digit_year"), ("6/1/21", "two_digit_year"), ("210601", "two_digit_year")),
        *(("1-Jun-21", "two_digit_year"), ("2021-2-29", "impossible_date"), ("20211301", "impossible_date")),
        *(("31/6/2021", "impossible_date"), ("2021", "bad_date"), ("2021-06", "bad_date"), ("已接种", "bad_date")),
        *(("123", "bad_date"), ("99999", "bad_date"), ("0001-01-01", "bad_date"), ("1 Foo 2021", "bad_date")),
    ],
)
def test_no_date(text: str, code: str) -> None:
    with pytest.raises(DateError) as refused:
        read_date(text)
    assert refused.value.code == code


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_every_day_is_read_back(day: date) -> None:
    for text in (f"{day:%Y-%m-%d}", f"{day:%Y%m%d}", f"{day.year}年{day.month}月{day.day}日", f"{day:%d %b %Y}"):
        assert read_date(text) == day


def test_places() -> None:
    outline = "POLYGON((121.46 31.23, 121.47 31.23, 121.47 31.24, 121.46 31.23))"
    assert parsed("代码|名称|类型|上级代码|轮廓", f"A1|示例居委会|居委会|A|{outline}").rows == [
        AreaRow(2, "A1", "示例居委会", kind="committee", parent_code="A", outline=outline)
    ]
    assert parsed("楼栋名称|地址|居委会|层数|经度|纬度|楼栋类型", "|示例路1号|A1|6|121.46|31.23|住宅").rows == [
        BuildingRow(2, "", "示例路1号", "", "residential", "示例路1号", "A1", 121.46, 31.23, 6)
    ]
    assert parsed("楼栋|单元|室号|户号", "示例路1号|１|301|H1").rows == [DoorRow(2, "示例路1号", "301", "1", "H1")]


def test_places_with_problems() -> None:
    result = parsed(
        "代码|名称|类型|经度|轮廓", "A1|甲|委|1.2.3|圆", "A1|乙|街道|500|", "A1|乙|街道||", "A1|乙|街道||", "A1|丙|||"
    )
    assert told(result) == [
        (2, "类型", "委", "unknown_word", "warning"),
        (2, "经度", "1.2.3", "bad_number", "bad"),
        (2, "轮廓", "圆", "bad_outline", "warning"),
        (3, "经度", "500", "out_of_range", "bad"),
        (5, "", "", "repeated_row", "warning"),
        (6, "代码", "A1", "code_twice", "bad"),
    ]
    assert (len(result.rows), result.bad_lines, result.total) == (1, {2, 3, 6}, 5)


def test_employers() -> None:
    result = parsed(
        "单位名称|统一社会信用代码|楼宇|楼层|联系人|联系电话",
        "示例公司|91110000600037341L|示例大厦|12|李示例|021-62580000",
        "示例公司|91110000600037341L|示例大厦|13||",
        "另一公司|91110000600037341M|示例大厦|||",
        "=CMD()||示例大厦|||",
        "||示例大厦|||",
    )
    assert result.rows == [
        EmployerRow(2, "示例公司", "91110000600037341L", "示例大厦", "12", "", "021-62580000", "李示例"),
        EmployerRow(3, "示例公司", "91110000600037341L", "示例大厦", "13"),
    ]
    assert told(result) == [
        (4, "统一社会信用代码", "91110000600037341M", "uscc_check_digit", "bad"),
        (5, "单位名称", "=CMD()", "formula_text", "bad"),
        (6, "单位名称", "", "missing", "bad"),
    ]


def test_a_person() -> None:
    result = parsed(
        "姓名|身份证号|手机|居委会|楼栋|室号|现住址|户籍地址|人户状态|工作单位|备注",
        f"张 示例|{ZHANG}|138 0000 0000|示例居委|3号|301|示例路3号|某路1号|人在户不在|示例公司|无",
    )
    assert result.rows == [
        PersonRow(
            line=2,
            name="张示例",
            birth_date=date(1990, 1, 1),
            sex="M",
            document=Document("resident_id", ZHANG, date(1990, 1, 1), "M"),
            phone="13800000000",
            area="示例居委",
            building="3号",
            door="301",
            living_address="示例路3号",
            registered_address="某路1号",
            living_here=True,
            registered_here=False,
            employer="示例公司",
        )
    ]
    assert result.problems == []


@pytest.mark.parametrize(
    ("words", "flags"),
    [
        ("人户一致", (True, True)),
        ("both", (True, True)),
        ("人在户不在", (True, False)),
        ("living_here", (True, False)),
        ("Lives here only", (True, False)),
        ("户在人不在", (False, True)),
        ("空挂", (False, True)),
        ("Registered here", (False, True)),
        ("已迁出", (False, False)),
        ("户籍人口", (None, True)),
        ("", (None, None)),
    ],
)
def test_residence_states(words: str, flags: tuple[bool | None, bool | None]) -> None:
    (row,) = parsed("姓名|身份证号|人户状态", f"张示例|{ZHANG}|{words}").rows
    assert isinstance(row, PersonRow)
    assert (row.living_here, row.registered_here) == flags


CASES = [
    ("check digit", f"张示例|{ZHANG[:-1]}0||||||", [("身份证号", "check_digit", "bad")]),
    ("rounded by Excel", "张示例|3.10106E+17||||||", [("身份证号", "excel_lost_digits", "bad")]),
    ("birth date differs", f"张示例|{ZHANG}|||1990-01-02|||", [("出生日期", "birth_date_differs", "bad")]),
    ("sex differs", f"张示例|{ZHANG}||女||||", [("性别", "sex_differs", "warning")]),
    ("sex unknown", f"张示例|{ZHANG}||？||||", [("性别", "unknown_word", "warning")]),
    ("kind unknown", "张示例|K12345678|读者证|||||", [("证件类型", "unknown_document_kind", "warning")]),
    ("kind differs", f"张示例|{ZHANG}|护照|||||", [("证件类型", "document_kind_differs", "warning")]),
    ("passport", "Jane Example|K12345678|护照||1990-1-1|||", []),
    ("nobody", "张示例|||||||", [("身份证号", "missing", "bad")]),
    ("no name", f"|{ZHANG}||||||", [("姓名", "missing", "bad")]),
    ("a name with a digit", f"张示例2|{ZHANG}||||||", [("姓名", "odd_name", "warning")]),
    ("a phone for a name", f"13800000000|{ZHANG}||||||", [("姓名", "not_a_name", "bad")]),
    ("formula for a name", f"=1+1|{ZHANG}||||||", [("姓名", "formula_text", "bad")]),
    ("formula for an id", "张示例|@SUM(A1)||||||", [("身份证号", "formula_text", "bad")]),
    ("formula for an address", f"张示例|{ZHANG}|||||=HYPERLINK(A1)|", [("现住址", "formula_text", "warning")]),
    ("neutralised formula", f"张示例|{ZHANG}|||||'=HYPERLINK(A1)|", [("现住址", "formula_text", "warning")]),
    ("plus before a phone", f"张示例|{ZHANG}||||+8613800000000||", []),
    ("dashes for nothing", f"张示例|{ZHANG}|-|-|—|/|--|无", []),
    ("Excel's error", f"张示例|{ZHANG}|||||#REF!|", [("现住址", "cell_error", "warning")]),
    ("no phone", f"张示例|{ZHANG}||||138||", [("电话", "bad_phone", "warning")]),
    ("born tomorrow", "张示例||||2021-6-21|||", [("出生日期", "birth_in_future", "bad")]),
    ("121 years old", "张示例||||1900-6-20|||", [("出生日期", "too_old", "bad")]),
    ("120 years old", "张示例||||1900-6-21|||", []),
    ("ambiguous birth date", f"张示例|{ZHANG}|||1/2/1990|||", [("出生日期", "ambiguous_date", "bad")]),
    ("long text", f"张示例|{ZHANG}|||||{'长' * 201}|", [("现住址", "too_long", "bad")]),
    (
        "two problems",
        "13800000000|123||||||",
        [("姓名", "not_a_name", "bad"), ("身份证号", "document_kind_needed", "bad")],
    ),
]


@pytest.mark.parametrize(("row", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_person_with_problems(row: str, expected: list[tuple[str, str, str]]) -> None:
    result = parsed("姓名|身份证号|证件类型|性别|出生日期|电话|现住址|备注", row)
    assert [(problem.column, problem.code, problem.severity) for problem in result.problems] == expected
    is_bad = any(severity == "bad" for _, _, severity in expected)
    assert (len(result.rows), result.bad_lines) == ((0, {2}) if is_bad else (1, frozenset()))


def test_the_same_person_twice() -> None:
    short = ZHANG[:6] + ZHANG[8:17]
    result = parsed(
        "姓名|身份证号|电话",
        f"张示例|{ZHANG}|",
        f"张示例|{ZHANG}|",
        f"张示例|{short}|",
        f"张示例|{ZHANG}|13800000000",
        f"李示例|{LI}|13800000000",
    )
    assert told(result) == [
        (3, "", "", "repeated_row", "warning"),
        (4, "", "", "repeated_row", "warning"),
        (5, "身份证号", ZHANG, "person_twice", "bad"),
    ]
    assert result.problems[-1].params == {"first_line": 2}
    assert [row.line for row in result.rows] == [2, 6]


def test_lines_that_are_no_rows() -> None:
    result = parsed(
        "姓名|身份证号|备注", f"张示例|{ZHANG}|", "姓名|身份证号|备注", "合计|1|", "填表人：李示例||", f"李|{LI}|示例"
    )
    assert told(result) == [
        (3, "", "", "repeated_header", "warning"),
        (4, "", "", "not_a_row", "warning"),
        (5, "", "", "not_a_row", "warning"),
        (6, "备注", "示例", "example_row", "warning"),
    ]
    assert [row.line for row in result.rows] == [2]


def test_staff() -> None:
    result = parsed("公司|姓名|手机|楼宇", "示例公司|张示例|13800000000|示例大厦", "|李示例||")
    (row,) = result.rows
    assert isinstance(row, PersonRow)
    assert (row.employer, row.work_building, row.document) == ("示例公司", "示例大厦", None)
    assert told(result) == [(3, "公司", "", "missing", "bad")]


def test_progress_is_told() -> None:
    rows = [("张示例", resident("19900101", order)) for order in range(1, 999)] * 2
    sheet = Sheet(("姓名", "身份证号"), rows, range(2, 2 + len(rows)), 1, "csv")
    steps: list[tuple[int, int]] = []
    parse(sheet, recognise(sheet.header), products={}, on=DAY, progress=lambda done, total: steps.append((done, total)))
    assert steps == [(0, 1996), (1000, 1996), (1996, 1996)]


cell = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["=1+1", ZHANG, "2021-6-1", "6/1/2021", "BIBP", "1", "-", "'=A1", "\t@x", "44348", "1E9", "٢٠٢١-٦-١"]
    ),
    st.from_regex(r"[0-9./\-年月日 :]{1,20}"),
)


@settings(max_examples=200)
@given(kind=st.sampled_from(KINDS), data=st.data())
def test_no_cell_can_break_the_reading(kind: str, data: st.DataObject) -> None:
    header = next(iter(template(kind, "zh")))  # type: ignore[arg-type]  # sampled from the kinds themselves
    rows = data.draw(st.lists(st.tuples(*[cell for _ in header]), min_size=1, max_size=4))
    sheet = Sheet(header, rows, range(2, 2 + len(rows)), 1, "xlsx")
    result = parse(sheet, recognise(header), products=PRODUCTS, on=DAY)
    keep_to_the_table(result.problems)
    good = {row.line for row in result.rows}
    assert not good & result.bad_lines
    # Nothing is lost: a line is a row, or it is named.
    assert good | {problem.line for problem in result.problems} == set(sheet.lines)
