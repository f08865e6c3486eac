"""The files are lists as offices have them: recognised by their words, with exactly the faults that were planted."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from openpyxl import load_workbook

from linli import reference
from linli.demo import Manifest, generate, write
from linli.domain.identity.resident_id import expand
from linli.domain.sheets import Parsed, PersonRow, Problem, Sheet, parse, read, recognise

PRODUCTS = {
    word.strip().lower(): vaccine.code
    for vaccine in reference.schedule("covid-19-cn-2021").vaccines
    for word in (vaccine.code, *vaccine.cvx, *vaccine.aliases)
}
KINDS = {"areas", "buildings", "doors", "employers", "people", "staff", "doses"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def manifest(folder: Path) -> Manifest:
    return write(generate(people=4000), folder)


@pytest.fixture(scope="module")
def parsed(manifest: Manifest, folder: Path) -> dict[str, tuple[Sheet, Parsed]]:
    lists = {}
    for entry in manifest.files:
        sheet = read((folder / entry.file).read_bytes(), filename=entry.file)
        lists[entry.file] = sheet, parse(sheet, recognise(sheet.header), products=PRODUCTS, on=manifest.on)
    return lists


def test_the_files_cover_every_kind_and_load_places_first(manifest: Manifest) -> None:
    assert {entry.kind for entry in manifest.files} == KINDS
    assert [entry.kind for entry in manifest.files[:4]] == ["areas", "buildings", "doors", "employers"]
    assert manifest.files[-1].kind == "doses"
    assert [entry.file for entry in manifest.files] == sorted(entry.file for entry in manifest.files)
    assert {entry.form for entry in manifest.files} == {"csv", "xlsx", "gb18030"}
    assert {entry.covers_doses for entry in manifest.files if entry.kind == "people"} == {True, False}


def test_every_file_is_recognised_as_its_kind_with_every_row(
    manifest: Manifest, parsed: dict[str, tuple[Sheet, Parsed]]
) -> None:
    for entry in manifest.files:
        sheet, found = parsed[entry.file]
        assert (found.kind, found.total) == (entry.kind, entry.rows), entry.file
        assert set(recognise(sheet.header).unknown) <= {"与户主关系"}, entry.file
        assert sheet.encoding == {"csv": "utf-8", "gb18030": "gb18030", "xlsx": ""}[entry.form]


def test_the_faults_found_are_the_faults_planted(manifest: Manifest, parsed: dict[str, tuple[Sheet, Parsed]]) -> None:
    planted = {(fault.file, fault.line): fault for fault in manifest.planted if fault.level == "sheet"}
    found: dict[tuple[str, int], list[Problem]] = defaultdict(list)
    for file, (_, sheet) in parsed.items():
        for problem in sheet.problems:
            found[file, problem.line].append(problem)
    assert set(found) == set(planted)
    for place, fault in planted.items():
        assert (fault.code, fault.column, fault.severity) in [
            (problem.code, problem.column, problem.severity) for problem in found[place]
        ], fault


FAULTS = [
    *("check_digit", "excel_lost_digits", "id_length", "id_masked", "formula_text"),
    *("missing", "birth_date_differs", "sex_differs", "bad_phone", "repeated_row"),
    *("person_twice", "unknown_building", "dose_in_future", "dose_before_birth", "ambiguous_date"),
    *("impossible_date", "unknown_product", "two_first_doses", "doses_out_of_order", "missing_product"),
    *("bad_dose_number", "person_not_in_register", "uscc_check_digit", "code_twice", "unknown_area"),
]


@pytest.mark.parametrize("code", FAULTS)
def test_every_kind_of_fault_is_planted(manifest: Manifest, code: str) -> None:
    assert manifest.counts()[code] >= 1


def test_about_one_row_in_a_hundred_and_fifty_is_dirty(manifest: Manifest) -> None:
    rows = sum(entry.rows for entry in manifest.files)
    assert 0.005 <= len(manifest.planted) / rows <= 0.01


def test_every_file_says_that_it_is_invented(manifest: Manifest, folder: Path) -> None:
    for entry in manifest.files:
        assert "invented" in entry.file
        path = folder / entry.file
        if entry.form == "xlsx":
            book = load_workbook(path, read_only=True)
            assert "虚构" in book.sheetnames[0]
            first = str(next(book.worksheets[0].iter_rows(values_only=True))[0])
            book.close()
        else:
            encoding = "gb18030" if entry.form == "gb18030" else "utf-8-sig"
            first = path.read_text(encoding=encoding).splitlines()[0]
        assert "虚构" in first or "invented" in first, entry.file


def test_the_manifest_is_written_beside_the_files(manifest: Manifest, folder: Path) -> None:
    said = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert said["seed"] == manifest.seed
    assert [row["file"] for row in said["files"]] == [entry.file for entry in manifest.files]
    assert len(said["planted"]) == len(manifest.planted)
    assert said["invented"].startswith("Everything")


def test_old_papers_show_fifteen_digits_of_the_number_in_the_register(parsed: dict[str, tuple[Sheet, Parsed]]) -> None:
    _, register = parsed["10-police-register.invented.xlsx"]
    registered = {row.document.number for row in register.rows if isinstance(row, PersonRow) and row.document}
    old = []
    for file in parsed:
        if file.startswith("1") and "register" not in file:
            sheet, _ = parsed[file]
            column = sheet.header.index("证件号码")
            old += [row[column] for row in sheet.rows if len(row[column]) == 15 and row[column].isdigit()]
    assert len(old) > 10
    assert sum(expand(number) in registered for number in old) > len(old) * 0.6


def files_of(folder: Path) -> Iterator[tuple[str, object]]:
    """Every file of a folder: its bytes, of a workbook its cells (Excel's files hold the hour they were written)."""
    for path in sorted(folder.iterdir()):
        if path.suffix == ".xlsx":
            with closing(load_workbook(path, read_only=True)) as book:
                yield path.name, list(book.worksheets[0].iter_rows(values_only=True))
        else:
            yield path.name, path.read_bytes()


def test_the_same_seed_gives_the_same_files_and_another_seed_others(tmp_path: Path) -> None:
    for name, seed in (("one", 5), ("again", 5), ("other", 6)):
        write(generate(people=600, seed=seed), tmp_path / name)
    one, again, other = (dict(files_of(tmp_path / name)) for name in ("one", "again", "other"))
    assert one == again
    assert [name for name in one if one[name] == other[name]] == ["01-areas.invented.csv"]


def test_a_small_neighbourhood_has_all_its_files_too(tmp_path: Path) -> None:
    manifest = write(generate(people=100, seed=3), tmp_path)
    assert {entry.kind for entry in manifest.files} == KINDS
    for entry in manifest.files:
        assert recognise(read((tmp_path / entry.file).read_bytes(), filename=entry.file).header).kind == entry.kind
