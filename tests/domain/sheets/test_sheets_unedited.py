"""A cell that was left alone is known as such, whatever programs made of it; a changed one never passes for it."""

from __future__ import annotations

import time
from datetime import date

import pytest

from linli.domain.sheets.dates import may_mean
from linli.domain.sheets.unedited import is_as_written
from linli.domain.sheets.writing import kept

LEFT_ALONE = [
    ("王建国", "王建国", "equal"),
    ("王建国", " 王建国 ", "spaces"),
    ("王建国", "'王建国", "mark of a text"),
    ("0012", "'0012", "kept zeros"),
    ("'王", "王", "eaten apostrophe"),
    ("A座", "Ａ座", "width"),
    ("甲\n乙", "甲 乙", "line break"),
    ("1990-01-02", "1990/1/2", "Chinese day"),
    ("1990-01-02", "1/2/1990", "American day"),
    ("1990-01-02", "02/01/1990", "British day"),
    ("1990-01-02", "2-Jan-90", "short year"),
    ("1990-01-02", "90/1/2", "short year first"),
    ("1990-01-02", "32875", "serial"),
    ("1990-01-02", "1990-01-02 00:00", "with a clock"),
    ("121.46", "121.460000", "zeros behind"),
    ("30", "30.0", "whole"),
    ("310106199001011236", "3.10106199001011E+17", "rounded"),
    ("𠮷田", "??田", "lost character"),
    ("㛃", "?", "lost letter"),
    ("𠮷田 家", "?田 家", "lost once"),
    ("👩‍👧", "?????", "lost many"),
    ("", "  ", "nothing"),
]
CHANGED = [
    ("王建国", "王建军", "another name"),
    ("13800000001", "13800000002", "another phone"),
    ("310106199001011236", "310106199001011237", "last digit"),
    ("310106199001011236", "4.10106199001011E+17", "another rounded number"),
    ("0012", "12", "zeros gone"),
    ("12", "0012", "zeros come"),
    ("1990-01-02", "1990-01-03", "another day"),
    ("1990-01-02", "not a day", "no day"),
    ("1990-01-02", "1990", "a year"),
    ("121.46", "121.47", "another number"),
    ("王建国", "", "emptied"),
    ("", "王建国", "filled in"),
    ("𠮷田", "???田", "not what is lost"),
    ("王建国", "王?国", "never lost"),
    ("王建国", "???", "question marks"),
    ("1", "1室", "more"),
]


@pytest.mark.parametrize(("base", "cell"), [pytest.param(b, c, id=name) for b, c, name in LEFT_ALONE])
def test_left_alone(base: str, cell: str) -> None:
    assert is_as_written(base, cell)


@pytest.mark.parametrize(("base", "cell"), [pytest.param(b, c, id=name) for b, c, name in CHANGED])
def test_changed(base: str, cell: str) -> None:
    assert not is_as_written(base, cell)


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("2021-06-01", True),
        ("6/1/2021", True),
        ("1/6/2021", True),
        ("01-Jun-21", True),
        ("210601", True),
        ("1.6.21", True),
        ("2/6/2021", False),
        ("02-Jun-21", False),
        ("210602", False),
        ("June", False),
    ],
)
def test_what_may_mean_a_day(text: str, means: bool) -> None:
    assert may_mean(text, date(2021, 6, 1)) is means


@pytest.mark.parametrize(
    "text",
    [
        "=1",
        "+86",
        "-1",
        "@a",
        " =1",
        "0012",
        "1E5",
        "3-5",
        "3月5日",
        "5月6日",
        "12:30",
        "true",
        "50%",
        "310106199001011236",
        "'王",
        "1.10",
    ],
)
def test_what_excel_would_take_for_something_else_is_kept(text: str) -> None:
    assert kept(text) == f"'{text}"


def test_texts_that_are_long_or_full_of_lost_characters_take_no_time() -> None:
    began = time.process_time()
    assert not is_as_written("👩" * 100, "?" * 150 + "x")
    assert is_as_written("👩" * 100, "?" * 150)
    assert kept("1" * 30_000) == "'" + "1" * 30_000
    assert kept("1" * 30_000 + "x") == "1" * 30_000 + "x"
    assert time.process_time() - began < 1


@pytest.mark.parametrize("text", ["王建国", "13800000001", "101", "0", "3号楼", "A-12", "B1", "1-301室", "", "May"])
def test_what_excel_leaves_alone_is_written_as_it_is(text: str) -> None:
    assert kept(text) == text
