"""From the bytes of a file to a header and rows. All people are invented."""

from __future__ import annotations

import struct
import time
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from linli.domain.sheets import SHEET_ERRORS, Sheet, SheetError, read, xlsx_guard
from linli.domain.sheets.encoding import decode

HEADER = "姓名,证件号码,备注"
PLAIN = f"{HEADER}\n张示例,310106199001011236,一\n李示例,310106198001019999,二\n"
ROWS = [("张示例", "310106199001011236", "一"), ("李示例", "310106198001019999", "二")]


def xlsx(fill: Callable[[Workbook], None]) -> bytes:
    book = Workbook()
    fill(book)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def refused(data: bytes, filename: str = "名单.csv", **limits: int) -> tuple[str, dict[str, object]]:
    with pytest.raises(SheetError) as error:
        read(data, filename=filename, **limits)
    assert tuple(error.value.params) == SHEET_ERRORS[error.value.code]
    return error.value.code, dict(error.value.params)


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        pytest.param(PLAIN.encode(), "utf-8", id="UTF-8"),
        pytest.param(PLAIN.encode("utf-8-sig"), "utf-8", id="UTF-8 with a mark"),
        pytest.param(PLAIN.encode("gb18030"), "gb18030", id="GB18030"),
        pytest.param(PLAIN.replace(",", "\t").encode("utf-16"), "utf-16", id="Excel's Unicode text"),
        pytest.param(b"\xfe\xff" + PLAIN.encode("utf-16-be"), "utf-16", id="UTF-16 big end first"),
        pytest.param(PLAIN.replace("\n", "\r\n").encode(), "utf-8", id="CR LF"),
        pytest.param(PLAIN.replace("\n", "\r").encode(), "utf-8", id="CR alone"),
        pytest.param(PLAIN.replace(",", ";").encode(), "utf-8", id="semicolon"),
        pytest.param(PLAIN.replace(",", "\t").encode(), "utf-8", id="tab"),
        pytest.param(PLAIN.rstrip().encode(), "utf-8", id="no end of line at the end"),
    ],
)
def test_text_files(data: bytes, encoding: str) -> None:
    sheet = read(data, filename="名单.csv")
    assert (sheet.header, list(sheet.rows), list(sheet.lines)) == (tuple(HEADER.split(",")), ROWS, [2, 3])
    assert (sheet.encoding, sheet.header_line, sheet.problems) == (encoding, 1, ())


def test_two_encodings_in_one_file() -> None:
    data = f"{HEADER}\n".encode() + "王一,1,女\n".encode("gb18030") + "赵示例,2,静安\n".encode() + b"\xff\xff,3,x\n"
    sheet = read(data, filename="a.csv")
    assert list(sheet.rows) == [("王一", "1", "女"), ("赵示例", "2", "静安")]
    assert sheet.encoding == "utf-8+gb18030"
    assert [(problem.line, problem.code) for problem in sheet.problems] == [(4, "undecodable")]


def test_a_chinese_line_that_is_utf8_by_accident() -> None:
    # In GB18030 the line 女,一 has the bytes of two foreign letters in UTF-8.
    assert "女,一".encode("gb18030").decode("utf-8")
    data = "姓名,性别,备注\n张示例,男,三\n女,一,\n".encode("gb18030")
    assert read(data, filename="a.csv").rows[1] == ("女", "一", "")


def test_lines_are_counted_as_people_see_them() -> None:
    data = f'某居委会名单\n\n{HEADER}\n"张示例",1,"两\n行"\n\n,,\n李示例,2\n'.encode()
    sheet = read(data, filename="a.csv")
    assert sheet.header_line == 3
    assert list(sheet.rows) == [("张示例", "1", "两\n行"), ("李示例", "2", "")]
    assert list(sheet.lines) == [4, 8]


def test_excel_hint_of_the_separator() -> None:
    assert read(f"sep=,\n{PLAIN}".encode(), filename="a.csv").lines == [3, 4]


def test_lines_that_cannot_be_rows() -> None:
    data = f'{HEADER}\n张示例,1,石门,二路\n"李示例,2,x\n赵示例,3,y\n钱",4,z\n孙示例,5,w\n'.encode()
    sheet = read(data, filename="a.csv")
    assert list(sheet.rows) == [("孙示例", "5", "w")]
    assert [(problem.line, problem.code, dict(problem.params)) for problem in sheet.problems] == [
        (2, "too_many_cells", {"cells": 4, "columns": 3}),
        (3, "swallowed_lines", {"lines": 2}),
    ]


def test_a_quote_that_swallows_the_file() -> None:
    data = f'{HEADER}\n张示例,1,x\n"李示例,2,x\n'.encode() + "赵示例,3,y\n".encode() * 200
    assert refused(data) == ("open_quote", {"line": 3})


def people(book: Workbook) -> None:
    notes = book.active
    assert notes is not None
    notes.title = "填表说明"
    notes.append(["请按要求填写"])
    sheet = book.create_sheet("人员名单")
    sheet.append(["某街道人员名单"])
    sheet.merge_cells("A1:F1")
    sheet.append([])
    sheet.append(["姓名", "证件号码", "第一针", "", "联系电话", "备注"])
    sheet.append(["", "", "日期", "疫苗", "", ""])
    sheet.append(["张示例", "310106199001011236", date(2021, 5, 1), "BIBP", 13800000000, 1.5])
    sheet.append([])
    sheet.append(["李示例", 310106198001019999, datetime(2021, 5, 2, 8, 30), "科兴", "=1+1", True])
    second = book.create_sheet("另一名单")
    second.append(["姓名", "证件号码"])
    second.append(["王示例", "1"])
    hidden = book.create_sheet("隐藏")
    hidden.append(["姓名", "证件号码", "性别", "电话", "单元", "室号", "户号", "楼栋", "住址"])
    hidden.sheet_state = "hidden"


def test_workbooks() -> None:
    sheet = read(xlsx(people), filename="名单.XLSX")
    assert sheet == Sheet(
        header=("姓名", "证件号码", "第一针 日期", "第一针 疫苗", "联系电话", "备注"),
        rows=[
            ("张示例", "310106199001011236", "2021-05-01", "BIBP", "13800000000", "1.5"),
            ("李示例", "3.10106198001020E+17", "2021-05-02 08:30:00", "科兴", "=1+1", "TRUE"),
        ],
        lines=[5, 7],
        header_line=3,
        form="xlsx",
        name="人员名单",
        other_sheets=("另一名单",),
    )


def test_a_formula_gives_the_value_that_the_file_keeps() -> None:
    data = xlsx(lambda book: [book.active.append(row) for row in (["姓名", "证件号码"], ["张示例", "=A1"])])
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                assert b"<f>A1</f><v" in part
                part = part.replace(b"<f>A1</f><v />", b"<f>A1</f><v>7</v>").replace(
                    b"<f>A1</f><v></v>", b"<f>A1</f><v>7</v>"
                )
            target.writestr(name, part)
    assert read(out.getvalue(), filename="a.xlsx").rows == [("张示例", "7")]


def test_files_that_are_no_lists() -> None:
    book = xlsx(people)
    assert refused(b"") == ("empty_file", {})
    assert refused(b"\xef\xbb\xbf\r\n\r\n") == ("empty_file", {})
    assert refused(xlsx(lambda book: None), "a.xlsx") == ("empty_file", {})
    assert refused(f"{HEADER}\n".encode()) == ("no_rows", {})
    assert refused(book, "名单.csv") == ("wrong_ending", {"named": "csv", "really": "xlsx"})
    assert refused(PLAIN.encode(), "名单.xlsx") == ("wrong_ending", {"named": "xlsx", "really": "csv"})
    assert refused(book[:2000], "a.xlsx") == ("broken_xlsx", {})
    assert refused(b"PK\x03\x04" + bytes(500), "a.xlsx") == ("broken_xlsx", {})
    assert refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "a.xls") == ("old_xls", {})
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    assert refused(locked, "a.xlsx") == ("encrypted", {})
    assert refused(b"%PDF-1.7\n%\x00\x01") == ("not_a_sheet", {})
    assert refused("<html><table><tr><td>姓名</td></tr></table>".encode(), "a.xls") == ("not_a_sheet", {})
    assert refused("苹果,梨\n1,2\n".encode()) == ("no_header", {"seen": "苹果,梨"})
    assert refused(xlsx(lambda book: book.active.append(["苹果", "梨"])), "a.xlsx") == (
        "no_header",
        {"seen": "苹果 | 梨"},
    )


@pytest.mark.parametrize("line", [b"Zhang,310106199001011236,x\n", b'"Zhang","310106199001011236","x"\n'])
def test_two_million_rows_are_refused_at_once(line: bytes) -> None:
    data = b"name,id number,note\n" + line * 2_000_000
    before = time.perf_counter()
    assert refused(data) == ("too_many_rows", {"rows": 2_000_001, "limit": 500_000})
    assert time.perf_counter() - before < 2


def test_the_limit_is_exact() -> None:
    assert len(read(PLAIN.encode(), filename="a.csv", row_limit=2).rows) == 2
    assert refused(PLAIN.encode(), row_limit=1) == ("too_many_rows", {"rows": 2, "limit": 1})
    assert refused(xlsx(people), "a.xlsx", row_limit=1) == ("too_many_rows", {"rows": 2, "limit": 1})


def test_line_breaks_in_quotes_do_not_count_as_rows() -> None:
    data = f"{HEADER}\n".encode() + ('张示例,1,"' + "行\n" * 40 + '"\n').encode() * 20
    assert len(read(data, filename="a.csv", row_limit=20).rows) == 20


def packed(parts: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(xlsx(people))) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, parts.get(name, source.read(name)))
    return out.getvalue()


def test_a_workbook_that_would_fill_the_memory() -> None:
    bomb = packed({"xl/styles.xml": b" " * 60_000_000})
    assert len(bomb) < 200_000
    assert refused(bomb, "a.xlsx")[0] == "xlsx_bomb"


def test_a_bomb_that_lies_about_its_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_guard, "MOST_BYTES", 4_000_000)
    bomb = bytearray(packed({"xl/styles.xml": b" " * 4_500_000}))
    while (found := bomb.find(struct.pack("<L", 4_500_000))) >= 0:
        bomb[found : found + 4] = struct.pack("<L", 1000)
    assert refused(bytes(bomb), "a.xlsx")[0] == "xlsx_bomb"


@pytest.mark.parametrize("cell", ["A1048576", "XFD20", "ZZ1048576"])
def test_one_cell_far_away(cell: str) -> None:
    def fill(book: Workbook) -> None:
        sheet = book.active
        assert sheet is not None
        for row in (["姓名", "证件号码", *["备注"] * 40], ["张示例", "1", *["x"] * 40]):
            sheet.append(row)
        sheet[cell] = "far"

    assert refused(xlsx(fill), "a.xlsx")[0] in {"too_many_rows", "too_wide"}


@given(st.binary(max_size=400), st.sampled_from(["a.csv", "a.xlsx", "a.xls", "a", ""]))
def test_any_bytes_are_read_or_refused(data: bytes, filename: str) -> None:
    for start in (b"", b"PK\x03\x04", b"\xff\xfe", "姓名,证件号码\n".encode()):
        code, params = "", ()
        try:
            read(start + data, filename=filename)
        except SheetError as error:
            code, params = error.code, tuple(error.params)
        assert params == SHEET_ERRORS.get(code, ())


@pytest.mark.parametrize(
    ("written", "encoding", "read_as"),
    [
        ("name\n欧\n", "gb18030", "欧"),
        ("name\nJosé\n", "utf-8", "José"),
        ("name\nRené欧\n", "utf-8", "René欧"),
        ("name\nŷ\n", "utf-8-sig", "ŷ"),
    ],
)
def test_one_character_alone_is_not_taken_for_another_encoding(written: str, encoding: str, read_as: str) -> None:
    assert decode(written.encode(encoding)).lines[1] == read_as
