"""Doses in lists, wide and long. All people are invented."""

from __future__ import annotations

from datetime import date

import pytest
from invented_lists import LI, ZHANG, parsed, told

from linli.domain.sheets import DoseRow, PersonRow

WIDE = "姓名|身份证号|第一针日期|第一针疫苗|第一针批号|第二针日期|第二针疫苗"
LONG = "姓名|身份证号|剂次|接种日期|疫苗|生产企业|批号|接种单位"


def test_wide_doses() -> None:
    (row,) = parsed(WIDE, f"张示例|{ZHANG}|2021-5-1|科兴|L1|2021年6月1日|BIBP").rows
    assert isinstance(row, PersonRow)
    assert row.doses == (
        DoseRow(date(2021, 5, 1), "CoronaVac", 1, "L1", "", "第一针日期", "第一针疫苗"),
        DoseRow(date(2021, 6, 1), "BIBP", 2, "", "", "第二针日期", "第二针疫苗"),
    )


def test_one_vaccine_column_for_all_doses() -> None:
    (row,) = parsed("姓名|身份证号|第一针|第二针|疫苗", f"张示例|{ZHANG}|2021-4-1|2021-5-1|BIBP").rows
    assert isinstance(row, PersonRow)
    assert [(dose.number, dose.product, dose.product_column) for dose in row.doses] == [
        (1, "BIBP", "疫苗"),
        (2, "BIBP", "疫苗"),
    ]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        pytest.param("||||", [], id="no dose"),
        pytest.param("未接种||||", [], id="said to have none"),
        pytest.param("2021-5-1|BIBP||未接种|-", [], id="one dose"),
        pytest.param("2021-5-1|511|||", [], id="a CVX number"),
        pytest.param("2021-5-1|神药|||", [("第一针疫苗", "unknown_product")], id="unknown product"),
        pytest.param("2021-5-1||||", [("第一针疫苗", "missing_product")], id="no product"),
        pytest.param("|BIBP|||", [("第一针日期", "missing_dose_date")], id="no date"),
        pytest.param("5/6/2021|BIBP|||", [("第一针日期", "ambiguous_date")], id="ambiguous"),
        pytest.param("1989-12-31|BIBP|||", [("第一针日期", "dose_before_birth")], id="before birth"),
        pytest.param("2021-6-21|BIBP|||", [("第一针日期", "dose_in_future")], id="tomorrow"),
        pytest.param("2021-6-20|BIBP|||", [], id="today"),
        pytest.param("2021-5-1|BIBP||2021-4-30|BIBP", [("第二针日期", "doses_out_of_order")], id="out of order"),
        pytest.param("2021-5-1|BIBP||2021-5-1|BIBP", [("第二针日期", "doses_same_day")], id="same day"),
        pytest.param(
            "2021-4-1、2021-4-3|BIBP|||", [("第一针日期", "two_first_doses")], id="two first doses in one cell"
        ),
        pytest.param("=TODAY()|BIBP|||", [("第一针日期", "formula_text"), ("第一针日期", "bad_date")], id="formula"),
        pytest.param("|||2021-5-1|BIBP", [], id="second dose only"),
    ],
)
def test_wide_doses_with_problems(cells: str, expected: list[tuple[str, str]]) -> None:
    result = parsed(WIDE, f"张示例|{ZHANG}|{cells}")
    assert [(problem.column, problem.code) for problem in result.problems] == expected
    assert len(result.rows) == (0 if expected else 1)


def test_long_doses() -> None:
    result = parsed(
        LONG,
        f"张示例|{ZHANG}|第一针|2021-5-1|新冠疫苗（Vero细胞）|科兴|L1|示例点",
        f"张示例|{ZHANG}|2|2021-6-1|说不清|北京生物||",
        f"李示例|{LI}||20210601|510|||",
    )
    assert result.problems == []
    assert [
        (row.line, row.doses[0].number, row.doses[0].product) for row in result.rows if isinstance(row, PersonRow)
    ] == [
        (2, 1, "Vero"),
        (3, 2, "BIBP"),
        (4, None, "BIBP"),
    ]


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        pytest.param("1|2021-5-1|BIBP", ("", "repeated_row", "warning"), id="the same again"),
        pytest.param("|2021-5-1|BIBP", ("", "repeated_row", "warning"), id="the same without its number"),
        pytest.param("1|2021-5-2|BIBP", ("剂次", "two_first_doses", "bad"), id="another first dose"),
        pytest.param("1|2021-5-1|科兴", ("剂次", "two_first_doses", "bad"), id="another product"),
        pytest.param("2|2021-5-1|BIBP", ("接种日期", "doses_same_day", "bad"), id="two on one day"),
        pytest.param("2|2021-4-1|BIBP", ("接种日期", "doses_out_of_order", "bad"), id="out of order"),
        pytest.param("九九|2021-6-1|BIBP", ("剂次", "bad_dose_number", "bad"), id="no number"),
    ],
)
def test_long_doses_of_one_person(second: str, expected: tuple[str, str, str]) -> None:
    result = parsed("身份证号|剂次|接种日期|疫苗", f"{ZHANG}|1|2021-5-1|BIBP", f"{ZHANG}|{second}")
    assert [(one.line, one.column, one.code, one.severity) for one in result.problems] == [(3, *expected)]
    assert len(result.rows) == 1


def test_a_dose_of_nobody() -> None:
    result = parsed("身份证号|接种日期|疫苗", "|2021-5-1|BIBP", f"{ZHANG}||BIBP", f"{ZHANG}|2021-5-1|")
    assert told(result) == [
        (2, "身份证号", "", "missing", "bad"),
        (3, "接种日期", "", "missing", "bad"),
        (4, "疫苗", "", "missing_product", "bad"),
    ]


@pytest.mark.parametrize(("word", "ended"), [("是", True), ("否", False), ("", False), ("yes", True)])
def test_a_dose_of_another_platform_because_supply_ended(word: str, ended: bool) -> None:
    header = "姓名|身份证号|接种日期|疫苗名称|因断供换苗"
    (row,) = parsed(header, f"张示例|{ZHANG}|2021-6-1|BIBP|{word}").rows
    assert isinstance(row, PersonRow)
    assert row.doses[0].supply_ended is ended
