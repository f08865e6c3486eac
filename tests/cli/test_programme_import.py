"""`linli programme`: published files come in, a group is adopted, a drive of it is opened and chosen."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from invented import files
from linli.cli import root
from linli.records.journal.actions import Who
from linli.records.places.actions import draw_areas
from linli.records.programme.models import Drive, Library, Programme
from linli.records.programme.queries import current
from shared import CDSI, needs_cdsi

pytestmark = pytest.mark.django_db
AREAS = [{"code": "S", "name": "S", "parent_code": "", "name_en": "", "kind": "subdistrict", "outline": None}]


@pytest.fixture
def linli(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    monkeypatch.setattr("linli.cli.ready._database_ready", lambda: None)
    return lambda *words: CliRunner().invoke(root, [str(word) for word in words])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The invented files as a publisher hands them out, with others beside them."""
    made = tmp_path / "Version 4.64 - 508"
    (made / "XML").mkdir(parents=True)
    for name, data in files().items():
        (made / "XML" / name).write_bytes(data)
    (made / "notes.txt").write_text("notes")
    (made / "XML" / "antigen-Redpox.xml").write_bytes(b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>")
    (made / "link.xml").symlink_to("/etc/hostname")
    return made


def zipped(folder: Path) -> Path:
    path = Path(f"{folder}.zip")
    with zipfile.ZipFile(path, "w") as archive:
        for file in folder.rglob("*"):
            if file.is_file() and not file.is_symlink():
                archive.write(file, str(file.relative_to(folder.parent)))
    return path


@pytest.mark.parametrize("how", [lambda folder: folder, zipped], ids=["folder", "zip"])
def test_a_folder_or_a_zip_comes_in_and_each_file_left_out_is_named(
    linli: Callable[..., Result], folder: Path, how: Callable[[Path], Path]
) -> None:
    told = linli("programme", "import", how(folder))
    assert told.exit_code == 0, told.output
    assert "6 vaccine groups, version 4.64, can be adopted: cdc-live-one" in told.stdout
    assert "antigen-Redpox.xml: has a document type or entities" in told.stderr
    assert "vaccine group Redpox is left out: no file of Redpox can be used" in told.stderr
    assert "notes.txt: left aside: not XML" in told.stderr
    assert ("link.xml: left aside: a link, not a file" in told.stderr) == how(folder).is_dir()


def test_json_tells_the_same(linli: Callable[..., Result], folder: Path) -> None:
    told: dict[str, Any] = json.loads(linli("programme", "import", folder, "--version", "5", "--json").stdout)
    assert (told["code"], told["version"], told["sha256"]) == ("cdc", "5", Library.objects.get().sha256)
    assert {"name": "Twins", "code": "cdc-twins", "antigens": ["Twin A", "Twin B"]} in told["groups"]
    assert {row["file"] for row in told["problems"]} == {
        "antigen-Redpox.xml", "schedule.xml", "notes.txt", "link.xml",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.zip", b"no zip", "This is no zip that can be opened"),
        ("a.csv", b"a,b", "left aside: not XML"),
        ("a.xml", b"<a/>", "a.xml: is another kind of file: it begins with <a>"),
        ("a.xml", files()["schedule.xml"], "No file of an antigen is among them: hand in all files of one version."),
    ],
)
def test_where_nothing_can_be_used_the_command_says_what_to_do(
    linli: Callable[..., Result], tmp_path: Path, name: str, data: bytes, message: str
) -> None:
    (tmp_path / name).write_bytes(data)
    told = linli("programme", "import", tmp_path / name)
    assert told.exit_code == 1
    assert message in told.stderr
    assert not Library.objects.exists()


def test_a_group_is_adopted_and_a_drive_of_it_chosen(linli: Callable[..., Result], folder: Path) -> None:
    draw_areas(by=Who("", "test"), areas=AREAS)
    linli("programme", "import", folder)
    assert linli("programme", "adopt", "covid-19-cn-2021").exit_code == 0
    assert "Adopted cdc-twins, version 4.64." in linli("programme", "adopt", "TWINS").stdout
    for code in ("cdc-twins", "covid-19-cn-2021"):
        opened = linli("programme", "open", code, "--area", "S", "--from", "2026-01-05", "--name", code)
        assert opened.exit_code == 0, opened.output
    assert current().code == "covid-19-cn-2021"
    assert "is worked at now" in linli("programme", "choose", "CDC-Twins", "--area", "S").stdout
    assert current().code == "cdc-twins"
    listed = linli("programme", "list").stdout.splitlines()
    assert "cdc-twins\tTwins\tadopted, version 4.64" in listed
    assert "cdc-bluepox\tBluepox\tnot adopted" in listed
    assert [line.endswith("worked at now") for line in listed if "Drive: " in line] == [True, False]
    assert Drive.objects.count() == 2


def test_a_code_that_is_not_known_names_those_there_are(linli: Callable[..., Result]) -> None:
    told = linli("programme", "adopt", "cdc-hpv")
    assert told.exit_code == 1
    assert "There are: covid-19-cn-2021" in told.stderr
    assert "linli programme import FOLDER" in told.stderr


@needs_cdsi
def test_the_published_files_offer_every_group(linli: Callable[..., Result]) -> None:
    told = json.loads(linli("programme", "import", CDSI / "supporting-data", "--version", "4.64", "--json").stdout)
    assert len(told["groups"]) == 26
    assert [row for row in told["problems"] if not row["file"].endswith(".xsd")] == []
    for name in ("Influenza", "HPV", "MMR", "HepB", "Zoster", "RSV"):
        assert linli("programme", "adopt", name).exit_code == 0
    assert Programme.objects.get(code="cdc-zoster").name == "带状疱疹疫苗"
