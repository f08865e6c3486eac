"""`linli lists export` and what it took out, coming back by `linli lists import`."""

from __future__ import annotations

import json
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.utils import translation
from pytest_django import Settings

from linli.cli.lists import lists
from linli.records.journal.models import Entry
from linli.records.lists.models import Export, List
from linli.records.people.actions import Told, by_hand, record
from linli.records.people.models import Person
from linli.records.programme import actions as programme
from round_trip import changed, put, rows_of
from small_street import AREAS, BUILDINGS, OFFICE, ON, PEOPLE_HEADER, person_line, resident_id

PEOPLE = (
    PEOPLE_HEADER
    + person_line("王建国", resident_id("19500101", 1))
    + person_line("李秀英", resident_id("19600202", 2), door="302", phone="13800000002")
)


@pytest.fixture(autouse=True)
def _spoken_to_in_english(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Iterator[None]:
    monkeypatch.setenv("LINLI_LANGUAGE", "en")
    settings.TODAY = "2021-06-20"
    with translation.override("en"):
        yield


def run(*arguments: str) -> Result:
    return CliRunner().invoke(lists, list(arguments))


@pytest.fixture
def folder(db: None, tmp_path: Path) -> Path:
    """A folder, at an installation that knows two people."""
    programme.adopt(by=OFFICE, code="covid-19-cn-2021")
    for name, content, options in (
        ("areas.csv", AREAS, ()),
        ("buildings.csv", BUILDINGS, ("--area", "S")),
        ("people.csv", PEOPLE, ("--area", "S")),
    ):
        (tmp_path / name).write_text(content)
        assert run("import", str(tmp_path / name), *options, "--yes").exit_code == 0
    return tmp_path


def out(folder: Path, kind: str = "people", name: str = "copy.xlsx", *options: str) -> Path:
    file = folder / name
    done = run("export", kind, "--area", "S", "--out", str(file), *options)
    assert done.exit_code == 0, done.output
    return file


@pytest.mark.parametrize(("language", "header"), [("zh", "记录号"), ("en", "Record")])
def test_a_list_goes_out_for_nobody_else_to_read(folder: Path, language: str, header: str) -> None:
    file = out(folder, "people", "copy.xlsx", "--language", language)
    rows = rows_of(file.read_bytes(), "xlsx")
    assert rows[0][0] == header
    assert [line[2] for line in rows[1:]] == ["王建国", "李秀英"]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert Entry.objects.get(verb="lists.take_out").detail == {"kind": "people", "rows": 2}


def test_what_went_out_comes_back(folder: Path) -> None:
    file = out(folder)
    file.write_bytes(changed(file.read_bytes(), put("联系电话", "13911112222")))
    done = run("import", str(file))
    assert done.exit_code == 0, done.output
    assert "copy.xlsx: People · 石门二路街道 · back from Excel" in done.output
    assert "Phone: 13800000001 → 13911112222" in done.output
    assert "Applied: 1 changed, 1 as they are; left out: 0 in conflict" in done.output
    assert Person.objects.get(name="王建国").phone == "13911112222"


@pytest.mark.parametrize(
    ("kind", "header", "value", "line"),
    [
        ("areas", "区域英文名", "East Court", "Area name (English): Dongwang → East Court"),
        ("doors", "室号", "303", "Door: 301 → 303"),
    ],
)
def test_the_tree_and_the_doors_go_out_and_come_back(
    folder: Path, kind: str, header: str, value: str, line: str
) -> None:
    file = out(folder, kind)
    at = next(n for n, row in enumerate(rows_of(file.read_bytes(), "xlsx"), 1) if {"Dongwang", "301"} & {*row})
    file.write_bytes(changed(file.read_bytes(), put(header, value, row=at)))
    done = run("import", str(file))
    assert done.exit_code == 0, done.output
    assert line in done.output
    assert "Applied: 1 changed" in done.output


@pytest.mark.parametrize(
    ("choice", "phone"), [("leave", "13933334444"), ("keep", "13933334444"), ("take", "13911112222")]
)
def test_conflicts_are_left_kept_or_taken(folder: Path, choice: str, phone: str) -> None:
    file = out(folder)
    file.write_bytes(changed(file.read_bytes(), put("联系电话", "13911112222")))
    told = Told(Person.objects.get(name="王建国").pk, "", None, "", None, "13933334444")
    record(by=OFFICE, source=by_hand(by=OFFICE), on=ON, covers_doses=False, told=[told])
    done = run("import", str(file), "--conflicts", choice)
    assert done.exit_code == 0, done.output
    if choice == "leave":
        words = "Phone: went out as “13800000001”, the register says “13933334444” now, the file “13911112222”"
        assert words in done.output
        assert "1 in conflict" in done.output
    assert Person.objects.get(name="王建国").phone == phone


def test_a_program_is_told_of_conflicts(folder: Path) -> None:
    file = out(folder, "people", "copy.csv")
    file.write_bytes(file.read_bytes().replace(b"13800000001", b"13911112222"))
    told = Told(Person.objects.get(name="王建国").pk, "", None, "", None, "13933334444")
    record(by=OFFICE, source=by_hand(by=OFFICE), on=ON, covers_doses=False, told=[told])
    answer = json.loads(run("import", str(file), "--json").stdout)
    assert answer["counts"] == {"changed": 0, "conflict": 1, "same": 1, "bad": 0, "unknown": 0, "removed": 0}
    assert answer["conflicts"] == [
        {
            "line": 2,
            "field": "phone",
            "base": "13800000001",
            "old": "13933334444",
            "new": "13911112222",
            "conflict": "open",
        }
    ]


def test_a_copy_without_its_copy_column_is_refused(folder: Path) -> None:
    file = out(folder)
    file.write_bytes(changed(file.read_bytes(), lambda sheet: sheet.delete_cols(2)))
    done = run("import", str(file))
    assert done.exit_code == 1
    assert "its Copy column is gone" in done.output


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("people", "--area", "S", "--out", "copy.txt"), "must end in .xlsx or .csv"),
        (("people", "--area", "nowhere", "--out", "copy.xlsx"), "nowhere"),
        (("employers", "--area", "S", "--out", "copy.xlsx"), "No file was made"),
        (("staff", "--area", "S", "--out", "copy.xlsx"), "Invalid value for"),
    ],
    ids=["ending", "area", "nothing there", "kind"],
)
def test_what_cannot_go_out(
    folder: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], words: str
) -> None:
    monkeypatch.chdir(folder)
    done = run("export", *arguments)
    assert done.exit_code != 0
    assert words in done.output
    assert not Export.objects.exists()
    assert not list(folder.glob("copy.*"))


def test_too_many_rows(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("linli.records.lists.actions.taking_out.MOST_ROWS", 1)
    done = run("export", "people", "--area", "S", "--out", str(folder / "copy.xlsx"))
    assert done.exit_code == 1
    assert "Choose a smaller area" in done.output


def test_staged_only(folder: Path) -> None:
    file = out(folder)
    assert run("import", str(file), "--stage-only").exit_code == 0
    assert List.objects.get(is_return=True).state == "staged"
