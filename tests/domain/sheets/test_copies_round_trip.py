"""Whatever stands in a list that goes out: nothing of it is live, and what nobody touched comes back untouched."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import load_workbook

from linli.domain.sheets import Value, read
from linli.domain.sheets.copies import COPY_FIELDS, Copied, CopyKind, cell_text, copy_columns, copy_header, write_copy
from linli.domain.sheets.returned import Changed, place
from linli.domain.sheets.writing import APOSTROPHES, LIVE
from round_trip import as_bare_book, as_excel_csv, changed

READING = ("Age", "Status", "Reason", "Last day on time")
HOSTILE = (
    *(
        "=1+1",
        "+A1",
        "-A1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        " =1+1",
        "＝1+1",
        '=HYPERLINK("http://x")',
        "=cmd|' /C calc'!A0",
    ),
    *("'=1", "''", "'王", "’王", "0012", "00", "1e5", "1E+10", "3-5", "3/4", "2021/5", "12:30", "TRUE", "false", "50%"),
    *("310106199001011236", "3.10106E+17", "13800000001", "021-62580000", "+85261234567", "-5", "1.10", ".5", "1,234"),
    *(
        "王\n建国",
        "王\r\n建国",
        "欧阳·娜仁",
        "𠮷田",
        "👩‍👩‍👧",
        "王小明 ",
        "  两  格 ",
        "_x0041_",
        "a,b;c\td",
        '说"好"',
        "<b>&",
        "5月6日",
    ),
    *("101室", "1-301", "甲1-2", "№5", "五月", "May 5", "Mar-21", "¥5", "１２３", "  ", "无", "-", "N/A", "#REF!"),
)
TEXT = st.one_of(
    st.text(max_size=12),
    st.sampled_from(HOSTILE),
    st.from_regex(r"[0-9]{1,20}", fullmatch=True),
    st.from_regex(r"[=+\-@'0-9A-Ee.,:/% ]{1,8}", fullmatch=True),
    st.text("王李赵欧阳娜·𠮷龘0123456789-/年月日", min_size=1, max_size=8),
)
DAYS = st.one_of(st.none(), st.dates(date(1850, 1, 1), date(2199, 12, 31)))
NUMBERS = st.one_of(st.none(), st.integers(-(10**9), 10**9), st.floats(-180, 180).map(lambda n: round(n, 6)))
ROW = st.tuples(TEXT, TEXT, DAYS, *[TEXT] * 8, NUMBERS, TEXT, TEXT, DAYS)


def copy_of(
    rows: Sequence[Sequence[Value]], kind: CopyKind = "people", language: str = "zh"
) -> tuple[Copied, list[Sequence[Value]]]:
    """A copy and the rows of its file."""
    columns = copy_columns(kind, language, READING)
    ids = [f"rec{number:09d}" for number in range(len(rows))]
    kept = {record: [cell_text(value) for value in row] for record, row in zip(ids, rows, strict=True)}
    lines = [(record, "copy12345678", *row) for record, row in zip(ids, rows, strict=True)]
    return Copied(kind, language, columns, kept), [copy_header(columns, language), *lines]


def file_of(lines: Sequence[Sequence[Value]], ending: str) -> bytes:
    return write_copy(lines, ending=ending, reading=range(13, 17), title="名单", notes=("Notes",), notes_title="说明")


def touched(data: bytes, copied: Copied, ending: str) -> dict[str, tuple[list[str], list[str]]]:
    """The cells that differ, by record."""
    sheet = read(data, filename=f"copy.{ending}")
    returned = place(sheet.header, copied.kind)
    compare = Changed(returned, copied)
    records = [row[returned.record].removeprefix("'") for row in sheet.rows]
    assert records == list(copied.rows)
    found = {record: compare.of(row, copied.rows[record]) for record, row in zip(records, sheet.rows, strict=True)}
    return {record: cells for record, cells in found.items() if cells != ([], [])}


WAYS: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "xlsx": ("xlsx", lambda data: data),
    "xlsx saved by openpyxl": ("xlsx", lambda data: changed(data, lambda _: None)),
    "xlsx saved bare": ("xlsx", as_bare_book),
    "csv": ("csv", lambda data: data),
    "csv saved by Chinese Excel": ("csv", lambda data: as_excel_csv(data, errors="replace")),
    "csv saved by American Excel": ("csv", lambda data: as_excel_csv(data, day="%-m/%-d/%Y", encoding="utf-8-sig")),
    "csv saved by British Excel": ("csv", lambda data: as_excel_csv(data, day="%d/%m/%Y", encoding="utf-16")),
    "csv with short years": ("csv", lambda data: as_excel_csv(data, day="%-d-%b-%y", encoding="utf-8-sig")),
}


@pytest.mark.parametrize("way", WAYS)
@given(rows=st.lists(ROW, min_size=1, max_size=4), language=st.sampled_from(["zh-hans", "en"]))
@example(
    rows=[(*HOSTILE[n : n + 2], None, *HOSTILE[n + 2 : n + 10], 5, "", "", date(2021, 5, 6)) for n in range(0, 45, 10)],
    language="zh-hans",
)
def test_what_nobody_touched_comes_back_untouched(way: str, rows: list[tuple[Value, ...]], language: str) -> None:
    ending, saved = WAYS[way]
    copied, lines = copy_of(rows, language=language)
    assert touched(saved(file_of(lines, ending)), copied, ending) == {}


@given(st.lists(ROW, min_size=1, max_size=4))
def test_nothing_is_live(rows: list[tuple[Value, ...]]) -> None:
    _, lines = copy_of(rows)
    book = load_workbook(io.BytesIO(file_of(lines, "xlsx")))
    for sheet in book.worksheets:
        for line in sheet.iter_rows():
            for cell in line:
                assert cell.data_type != "f"
                if isinstance(cell.value, str) and cell.value.lstrip().startswith(LIVE):
                    assert cell.quotePrefix
    for cells in csv.reader(io.StringIO(file_of(lines, "csv").decode("utf-8-sig"), newline="")):
        for text in cells:
            shown = text.strip(" \u00a0\u3000")
            assert not shown.startswith(LIVE) or shown.lstrip("+-").replace(".", "", 1).replace("e-", "").isdigit(), (
                text
            )


@pytest.mark.parametrize("kind", COPY_FIELDS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_column_is_found_again_in_any_order(kind: CopyKind, language: str) -> None:
    header = copy_header(copy_columns(kind, language, READING), language)
    for order in (header, header[::-1], [*header[3:], *header[:3]]):
        returned = place(order, kind)
        assert set(returned.fields) == set(COPY_FIELDS[kind])
        assert len(returned.reading) == len(READING)
        assert returned.unknown == ()
        assert [order[returned.record], order[returned.copy]] == header[:2]


def test_columns_for_reading_are_grey_and_notes_stand_on_a_sheet_of_their_own() -> None:
    _, lines = copy_of([("王", "女", None, *[""] * 8, 5, "x", "", None)])
    book = load_workbook(io.BytesIO(file_of(lines, "xlsx")))
    assert [sheet.title for sheet in book.worksheets] == ["名单", "说明"]
    sheet = book.worksheets[0]
    grey = {cell.value for cell in sheet[1] if cell.fill.fgColor.rgb == "FFEFEFEF"}
    assert grey == {"Age（只读）", "Status（只读）", "Reason（只读）", "Last day on time（只读）"}
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:Q2")
    assert sheet.column_dimensions["F"].number_format == "@"  # a phone typed into an empty cell keeps its zero
    assert [cell.value for cell in book.worksheets[1]["A"]] == ["说明", "Notes"]
    assert all(not text.startswith(APOSTROPHES) for text in (cell.value for cell in sheet[2]) if isinstance(text, str))
