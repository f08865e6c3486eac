"""Files made to fill memory, time or disk, or to make the reader fetch something: refused soon, in little memory.

Each is read in a process of its own with a limit on its memory and time, as one upload must not end the server.
"""

from __future__ import annotations

import io
import json
import resource
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from two_committees import Ground, browser

from linli.records.lists.models import List
from linli.records.people.models import Source

MEMORY = 1_500_000_000  # of which the interpreter and its libraries take a part
SECONDS = 25
READ = """
import json, sys
from linli.domain.sheets import SheetError, read
data = open(sys.argv[1], "rb").read()
try:
    sheet = read(data, filename=sys.argv[2])
    print(json.dumps({"rows": len(sheet.rows), "text": str(sheet.rows[:3])[:2000]}))
except SheetError as error:
    print(json.dumps({"code": error.code}))
"""
BOOK = (
    '<?xml version="1.0"?>{dtd}<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>'
)
RELS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
    'Target="{target}"/></Relationships>'
)
TYPES = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
SHEET = (
    '<?xml version="1.0"?>{dtd}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    "<sheetData>{rows}</sheetData></worksheet>"
)
HEADER = (
    "<row r='1'>"
    + "".join(
        f"<c r='{place}' t='inlineStr'><is><t>{name}</t></is></c>"
        for place, name in (("A1", "姓名"), ("B1", "证件号码"))
    )
    + "</row>"
)


def book(
    rows: str = "", *, dtd: str = "", target: str = "worksheets/sheet1.xml", more: dict[str, bytes] | None = None
) -> bytes:
    """A workbook of these rows, with other parts beside."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", RELS.format(target="xl/workbook.xml"))
        archive.writestr("xl/workbook.xml", BOOK.format(dtd=""))
        archive.writestr("xl/_rels/workbook.xml.rels", RELS.format(target=target))
        archive.writestr("xl/worksheets/sheet1.xml", SHEET.format(dtd=dtd, rows=HEADER + rows))
        for name, content in (more or {}).items():
            archive.writestr(name, content)
    return out.getvalue()


def cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def row(number: int, *cells: str) -> str:
    return f'<row r="{number}">{"".join(cells)}</row>'


def columns(count: int) -> Iterator[str]:
    for number in range(1, count + 1):
        name, left = "", number
        while left:
            left, letter = divmod(left - 1, 26)
            name = chr(65 + letter) + name
        yield name


def zip_bomb() -> bytes:
    return book(more={"xl/sharedStrings.xml": b"<sst>" + b"<si><t>a</t></si>" * 60_000_000})


def quine_of_zips() -> bytes:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("0", b"\0" * 200_000_000)
    return book(more={f"xl/media/{k}.zip": inner.getvalue() for k in range(50)})


def huge_shared_string() -> bytes:
    return book(more={"xl/sharedStrings.xml": b"<sst><si><t>" + b"a" * 600_000_000 + b"</t></si></sst>"})


def many_columns() -> bytes:
    return book(row(2, *(cell(f"{name}2", "x") for name in columns(16_384))))


def deep() -> bytes:
    return book(row(2, f'<c r="A2" t="inlineStr"><is>{"<r>" * 400_000}<t>x</t>{"</r>" * 400_000}</is></c>'))


def billion_laughs() -> bytes:
    entities = "<!DOCTYPE x [<!ENTITY a0 'ha'>"
    entities += "".join(f"<!ENTITY a{k} '{f'&a{k - 1};' * 10}'>" for k in range(1, 12)) + "]>"
    return book(row(2, cell("A2", "&a11;"), cell("B2", "x")), dtd=entities)


def many_parts() -> bytes:
    return book(row(2, cell("A2", "王")), more={f"xl/x{k}.xml": b"<x/>" for k in range(60_000)})


def many_merged() -> bytes:
    merged = "".join(f'<mergeCell ref="A{k}:XFD{k}"/>' for k in range(3, 200_000))
    return book(row(2, cell("A2", "王")) + "</sheetData><mergeCells>" + merged + "</mergeCells><sheetData>")


def one_line() -> bytes:
    return "姓名,证件号码\n".encode() + b"a" * 200_000_000


def many_commas() -> bytes:
    return "姓名,证件号码\n".encode() + b"," * 100_000_000


def many_quotes() -> bytes:
    return "姓名,证件号码\n".encode() + b'"' * 100_000_001


def many_empty_lines() -> bytes:
    return "姓名,证件号码\n".encode() + b"\n" * 250_000_000


BOMBS: dict[str, tuple[Callable[[], bytes], str, set[str]]] = {
    "zip bomb": (zip_bomb, "a.xlsx", {"xlsx_bomb"}),
    "zips in a zip": (quine_of_zips, "a.xlsx", {"no_rows", "xlsx_bomb", "broken_xlsx"}),
    "one huge shared string": (huge_shared_string, "a.xlsx", {"xlsx_bomb"}),
    "many columns": (many_columns, "a.xlsx", {"too_wide"}),
    "deep XML": (deep, "a.xlsx", {"broken_xlsx", "rows"}),
    "entities of entities": (billion_laughs, "a.xlsx", {"broken_xlsx", "rows"}),
    "many parts": (many_parts, "a.xlsx", {"broken_xlsx", "xlsx_bomb", "rows"}),
    "many merged cells": (many_merged, "a.xlsx", {"broken_xlsx", "xlsx_bomb", "rows"}),
    "one line": (one_line, "a.csv", {"not_a_sheet"}),
    "many commas": (many_commas, "a.csv", {"not_a_sheet"}),
    "many quotes": (many_quotes, "a.csv", {"not_a_sheet"}),
    "many empty lines": (many_empty_lines, "a.csv", {"too_many_rows"}),
}


def read_apart(content: bytes, name: str, folder: Path) -> dict[str, object]:
    """What the reader says of a file, within the limits. Fails where it dies, or takes too long."""
    file = folder / "file"
    file.write_bytes(content)
    limit = lambda: resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))  # noqa: E731
    done = subprocess.run(
        [sys.executable, "-c", READ, str(file), name],
        preexec_fn=limit,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-800:]
    found: dict[str, object] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("kind", BOMBS)
def test_a_bomb_is_refused_within_memory_and_time(kind: str, tmp_path: Path) -> None:
    make, name, expected = BOMBS[kind]
    found = read_apart(make(), name, tmp_path)
    assert (found.get("code") or "rows") in expected, found


@pytest.mark.parametrize(
    "outside",
    ['SYSTEM "file:///etc/passwd"', 'SYSTEM "http://127.0.0.1:9/x"', 'PUBLIC "x" "file:///etc/passwd"'],
    ids=["a file", "an address", "public"],
)
def test_nothing_outside_the_file_is_read(outside: str, tmp_path: Path) -> None:
    dtd = f"<!DOCTYPE x [<!ENTITY e {outside}>]>"
    found = read_apart(book(row(2, cell("A2", "a&e;b"), cell("B2", "x")), dtd=dtd), "a.xlsx", tmp_path)
    assert "root:" not in json.dumps(found)
    assert found.get("code") in ("broken_xlsx", None)


@pytest.mark.parametrize(
    "target", ["../../../../etc/passwd", "/etc/passwd", "file:///etc/passwd", "http://127.0.0.1/x"]
)
def test_a_part_outside_the_book_is_not_opened(target: str, tmp_path: Path) -> None:
    found = read_apart(book(row(2, cell("A2", "x")), target=target), "a.xlsx", tmp_path)
    assert found == {"code": "broken_xlsx"}


@pytest.mark.parametrize("name", ["../../evil.xml", "/etc/cron.d/evil", "C:\\evil.xml", "a\0b"])
def test_nothing_is_ever_unpacked_onto_the_disk(name: str, tmp_path: Path) -> None:
    """Names of parts mean nothing: no file is written at all."""
    before = set(tmp_path.rglob("*")) | set(Path("/etc").glob("cron.d/*"))
    read_apart(book(row(2, cell("A2", "王")), more={name: b"<x/>"}), "a.xlsx", tmp_path)
    after = set(tmp_path.rglob("*")) | set(Path("/etc").glob("cron.d/*"))
    assert after - before == {tmp_path / "file"}


@pytest.mark.parametrize("kind", ["zip bomb", "many columns", "entities of entities"])
def test_the_page_says_so_and_goes_on(kind: str, ground: Ground) -> None:
    """Uploaded by the office: the answer names the fault, and the next upload works."""
    make, name, _ = BOMBS[kind]
    client = browser("office")
    for content, file in ((make(), name), ("姓名,证件号码\n王,\n".encode(), "good.csv")):
        answer = client.post(
            "/lists/new/",
            {
                "area": ground.areas["N"].public_id,
                "source": Source.objects.get(code="register").code,
                "covers_doses": "yes",
                "as_of": "2021-06-20",
                "basis": "living",
                "file": SimpleUploadedFile(file, content),
            },
            follow=True,
        )
        assert answer.status_code == 200
    bad, good = List.objects.order_by("-id")[1], List.objects.order_by("-id")[0]
    assert bad.state in (List.State.REFUSED, List.State.RECEIVED, List.State.STAGED)
    assert good.state == List.State.STAGED
