"""The cells that somebody changed are read one by one; what is wrong with one is told and the others stand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from invented_lists import DAY, PRODUCTS, keep_to_the_table

from linli.domain.sheets.copies import COPY_FIELDS, CopyKind, copy_columns, copy_header
from linli.domain.sheets.edits import Edit, Edits
from linli.domain.sheets.returned import place


def read(kind: CopyKind, language: str = "zh", **cells: str) -> tuple[dict[str, Edit], list[tuple[str, str]]]:
    """The edits of one row, and the codes and severities of what is wrong."""
    returned = place(copy_header(copy_columns(kind, language, ()), language), kind)
    row = ("record", "copy", *(cells.get(field, "") for field in COPY_FIELDS[kind]))
    edits, problems = Edits(returned, kind, products=PRODUCTS, on=DAY, language=language).read(2, row, list(cells))
    keep_to_the_table(problems)
    return edits, [(problem.code, problem.severity) for problem in problems]


GOOD: list[Any] = [
    ("people", {"name": " 王 建国 "}, "name", Edit("王建国", "王建国")),
    ("people", {"sex": "male"}, "sex", Edit("M", "男")),
    ("people", {"sex": "女性"}, "sex", Edit("F", "女")),
    ("people", {"birth_date": "1990/1/2"}, "birth_date", Edit(date(1990, 1, 2), "1990-01-02")),
    ("people", {"phone": "+86 138-0000-0001"}, "phone", Edit("13800000001", "13800000001")),
    ("people", {"phone": "'021-62580000"}, "phone", Edit("021-62580000", "021-62580000")),
    ("people", {"door": "0301"}, "door", Edit("0301", "0301")),
    ("people", {"door": ""}, "door", Edit("", "")),
    (
        "employers",
        {"employer_code": "91350100M000100Y43"},
        "employer_code",
        Edit("91350100M000100Y43", "91350100M000100Y43"),
    ),
    ("buildings", {"building_kind": "办公楼"}, "building_kind", Edit("office", "写字楼")),
    ("buildings", {"floors": "12.0"}, "floors", Edit(12, "12")),
    ("buildings", {"lon": "121.4600"}, "lon", Edit(121.46, "121.46")),
    ("areas", {"area_kind": "社区"}, "area_kind", Edit("committee", "居村委会")),
    ("areas", {"area_kind": "Residents' committee"}, "area_kind", Edit("committee", "居村委会")),
    ("areas", {"parent_code": "310106"}, "parent_code", Edit("310106", "310106")),
    ("doors", {"floor": "-1"}, "floor", Edit(-1, "-1")),
    ("employers", {"floor": "3-4"}, "floor", Edit("3-4", "3-4")),
    ("doses", {"product": "科兴"}, "product", Edit("CoronaVac", "CoronaVac")),
    ("doses", {"given_on": "2021年6月1日"}, "given_on", Edit(date(2021, 6, 1), "2021-06-01")),
    ("doses", {"dose_number": "第二针"}, "dose_number", Edit(2, "2")),
    ("doses", {"evidence": "纸质凭证"}, "evidence", Edit("paper", "见凭证")),
    ("doses", {"evidence": "told, no paper"}, "evidence", Edit("told", "仅口述")),
    ("doses", {"supply_ended": "y"}, "supply_ended", Edit("yes", "是")),
]


@pytest.mark.parametrize(("kind", "cells", "field", "edit"), GOOD)
def test_what_was_typed(kind: CopyKind, cells: dict[str, str], field: str, edit: Edit | None) -> None:
    assert read(kind, **cells)[0].get(field) == edit


WRONG = [
    ("people", "name", "123", "not_a_name", "bad"),
    ("people", "name", "=A1", "formula_text", "bad"),
    ("people", "name", "", "emptied", "warning"),
    ("people", "phone", "12", "bad_phone", "bad"),
    ("people", "phone", "无", "emptied", "warning"),
    ("people", "phone", "#REF!", "cell_error", "warning"),
    ("people", "sex", "maybe", "unknown_choice", "bad"),
    ("people", "birth_date", "2021-06-21", "birth_in_future", "bad"),
    ("people", "birth_date", "1890-01-01", "too_old", "bad"),
    ("people", "birth_date", "01/02/1990", "ambiguous_date", "bad"),
    ("people", "birth_date", "", "emptied", "warning"),
    ("people", "stair", "x" * 21, "too_long", "bad"),
    ("employers", "employer_code", "123", "uscc_format", "bad"),
    ("employers", "floor", "", "emptied", "warning"),
    ("buildings", "floors", "2.5", "bad_number", "bad"),
    ("buildings", "floors", "many", "bad_number", "bad"),
    ("buildings", "floors", "300", "out_of_range", "bad"),
    ("buildings", "building_kind", "castle", "unknown_choice", "bad"),
    ("areas", "area_kind", "castle", "unknown_choice", "bad"),
    ("areas", "area_name", "=A1", "formula_text", "bad"),
    ("areas", "parent_code", "", "emptied", "warning"),
    ("doors", "floor", "B1", "bad_number", "bad"),
    ("doors", "floor", "900", "out_of_range", "bad"),
    ("doors", "door", "x" * 41, "too_long", "bad"),
    ("doses", "product", "Snake oil", "unknown_product", "bad"),
    ("doses", "given_on", "2021-06-21", "dose_in_future", "bad"),
    ("doses", "dose_number", "many", "bad_dose_number", "bad"),
    ("doses", "evidence", "rumour", "unknown_choice", "bad"),
    ("doses", "lot", "", "emptied", "warning"),
    ("doses", "lot", "=A1", "formula_text", "warning"),
]


@pytest.mark.parametrize(("kind", "field", "cell", "code", "severity"), WRONG)
def test_what_is_wrong_is_told_and_not_taken(kind: CopyKind, field: str, cell: str, code: str, severity: str) -> None:
    edits, problems = read(kind, **{field: cell})
    assert (code, severity) in problems
    assert field not in edits


def test_a_wrong_cell_does_not_stop_the_others() -> None:
    edits, problems = read("people", phone="12", name="王新", sex="女")
    assert set(edits) == {"name", "sex"}
    assert problems == [("bad_phone", "bad")]


def test_choices_are_told_in_the_language_of_the_copy() -> None:
    returned = place(copy_header(copy_columns("people", "en", ()), "en"), "people")
    row = ("r", "c", "", "maybe", *[""] * 9)
    _, (problem,) = Edits(returned, "people", products={}, on=DAY, language="en").read(2, row, ["sex"])
    assert (problem.params, problem.column, problem.value) == ({"choices": ("Female", "Male")}, "Sex", "maybe")
