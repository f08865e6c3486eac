"""What linli writes is never computed by a spreadsheet, and reads back as it was."""

from __future__ import annotations

import csv
from datetime import date, datetime
from io import BytesIO, StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from linli.domain.sheets import read, write_csv, write_xlsx
from linli.domain.sheets.writing import LIVE

HEADER = ("姓名", "证件号码", "备注")
SNEAKY = ["=1+1", "+A1", "-A1", "@SUM(A1)", "\t=1", "\r=1", " =1+1", "＝1+1", '=HYPERLINK("http://x")']


@pytest.mark.parametrize("text", SNEAKY)
def test_a_formula_is_written_as_text(text: str) -> None:
    rows = [HEADER, (text, 5, -5)]
    cells = list(csv.reader(StringIO(write_csv(rows).decode("utf-8-sig"), newline="")))[1]
    assert cells == [f"'{text}", "5", "-5"]
    sheet = load_workbook(BytesIO(write_xlsx(rows))).active
    assert sheet is not None
    cell = sheet["A2"]
    assert (cell.data_type, cell.quotePrefix) == ("s", True)
    assert (sheet["B2"].value, sheet["C2"].value) == (5, -5)


def test_ids_keep_their_digits_and_dates_are_dates() -> None:
    rows = [HEADER, ("张示例", "310106199001011236", date(2021, 6, 1)), ("李示例", None, datetime(2021, 6, 1, 8, 30))]
    assert read(write_xlsx(rows, title="名单: 2021/6"), filename="a.xlsx").rows == [
        ("张示例", "310106199001011236", "2021-06-01"),
        ("李示例", "", "2021-06-01 08:30:00"),
    ]
    assert read(write_csv(rows), filename="a.csv").rows == [
        ("张示例", "310106199001011236", "2021-06-01"),
        ("李示例", "", "2021-06-01 08:30"),
    ]


@given(st.lists(st.text(), min_size=1, max_size=5))
def test_nothing_live_whatever_the_text(texts: list[str]) -> None:
    rows = [HEADER, *[("张示例", "1", text) for text in texts]]
    for line in list(csv.reader(StringIO(write_csv(rows).decode("utf-8-sig"), newline="")))[1:]:
        assert not line[2].lstrip().startswith(LIVE)
    book = load_workbook(BytesIO(write_xlsx(rows)))
    assert book.active is not None
    for row in book.active.iter_rows():
        assert all(cell.data_type != "f" for cell in row)


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=20), min_size=1, max_size=5))
def test_text_reads_back(texts: list[str]) -> None:
    rows = [HEADER, *[("张示例", "1", text) for text in texts]]
    sheet = read(write_xlsx(rows), filename="a.xlsx")
    assert [row[2] for row in sheet.rows] == texts
    written = [row[2].removeprefix("'") for row in read(write_csv(rows), filename="a.csv").rows]
    assert written == [text.removeprefix("'") for text in texts]
