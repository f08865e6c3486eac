"""`linli lists` at the command line: what it prints, what it does, how it ends."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.utils import translation
from pytest_django import Settings

from linli.cli.lists import lists
from linli.domain.sheets import KINDS, read, recognise
from linli.records.journal.models import Entry
from linli.records.lists.models import List
from linli.records.people.models import Person, Source
from linli.records.programme import actions as programme
from small_street import AREAS, BUILDINGS, OFFICE, PEOPLE_HEADER, person_line, resident_id, table_counts

WANG, LI = resident_id("19500101", 1), resident_id("19600202", 2)
PEOPLE = (
    PEOPLE_HEADER
    + person_line("王建国", WANG, first=("2021-05-01", "BIBP"))
    + person_line("李秀英", LI[:-1] + ("1" if LI[-1] != "1" else "2"))
    + person_line("陈大文", resident_id("19700101", 3), building="新昌路9号")
)


@pytest.fixture(autouse=True)
def _spoken_to_in_english(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Iterator[None]:
    monkeypatch.setenv("LINLI_LANGUAGE", "en")
    settings.TODAY = "2021-06-20"
    with translation.override("en"):
        yield


class Terminal:
    """Runs commands on files of a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def file(self, content: str | bytes, name: str = "list.csv") -> str:
        """Put a file into the folder."""
        path = self.folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return str(path)

    def run(self, *arguments: str) -> Result:
        """Run `linli lists`."""
        return CliRunner().invoke(lists, list(arguments))

    def load(self, content: str | bytes, *options: str, name: str = "list.csv") -> Result:
        """Run `linli lists import` on a file with this content."""
        return self.run("import", self.file(content, name), *options)


@pytest.fixture
def terminal(db: None, tmp_path: Path) -> Terminal:
    """A terminal at an installation that knows nothing."""
    return Terminal(tmp_path)


@pytest.fixture
def street(terminal: Terminal) -> Terminal:
    """A terminal at an installation that knows a street."""
    programme.adopt(by=OFFICE, code="covid-19-cn-2021")
    assert terminal.load(AREAS, "--yes").exit_code == 0
    assert terminal.load(BUILDINGS, "--area", "S", "--yes").exit_code == 0
    return terminal


def test_a_list_is_shown_and_applied(street: Terminal) -> None:
    done = street.load(PEOPLE, "--area", "S", "--covers-doses", "--yes")
    assert done.exit_code == 0
    out = done.stdout.splitlines()
    assert out[0] == "list.csv: Residents · 石门二路街道 · office · covers doses"
    assert "New: 1" in out
    assert any(line.startswith("       3  证件号码 “3101061960") and "a digit is wrong" in line for line in out)
    assert any(line.startswith("       4  楼栋 “新昌路9号”: Nobody knows this building.") for line in out)
    assert out[-1] == "Applied: 1 new, 0 changed, 0 as they are; left out: 0 in doubt, 2 bad"
    assert "Reading the rows" in done.stderr
    assert Person.objects.get().is_covered is True
    assert Entry.objects.latest("id").who_id == ""


def test_loading_again_changes_nothing(street: Terminal) -> None:
    street.load(PEOPLE, "--area", "S", "--yes")
    before = table_counts()
    again = street.load(PEOPLE, "--area", "S", "--yes")
    assert (again.exit_code, table_counts()) == (0, before)
    assert "The same file was applied before" in again.stdout
    assert "Applied: 0 new, 0 changed, 1 as they are" in again.stdout


def test_as_an_object_for_programs(street: Terminal) -> None:
    done = street.load(PEOPLE, "--area", "S", "--yes", "--json")
    told = json.loads(done.stdout)
    assert (told["kind"], told["state"], told["area"], told["counts"]["bad"]) == ("people", "applied", "S", 2)
    assert {(row["line"], row["code"]) for row in told["rows"]} == {(3, "check_digit"), (4, "unknown_building")}


def test_rows_known_by_all_but_an_id_are_taken_for_the_same_people_only_when_told(street: Terminal) -> None:
    street.load(PEOPLE_HEADER + person_line("王建国", WANG), "--area", "S", "--yes")
    line = "姓名,出生日期,联系电话,楼栋\n王建国,1950-01-01,13800000001,B1\n"
    left = street.load(line, "--area", "S", "--source", "gate", "--yes")
    assert "Known by all but an ID: 1" in left.output
    assert "left out: 1 in doubt" in left.output
    taken = street.load(line, "--area", "S", "--source", "gate", "--yes", "--probable", "same")
    assert "1 changed" in taken.output
    assert Person.objects.count() == 1


def test_judging_alone_applies_nothing(street: Terminal) -> None:
    done = street.load(PEOPLE, "--area", "S", "--stage-only")
    assert (done.exit_code, Person.objects.count()) == (0, 0)
    of = List.objects.get(kind="people")
    assert f"The list is staged: /lists/{of.public_id}/" in done.stdout


def test_without_a_terminal_nobody_is_asked(street: Terminal) -> None:
    done = street.load(PEOPLE, "--area", "S")
    assert (done.exit_code, Person.objects.count()) == (0, 1)
    assert "Apply the list?" not in done.output


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        pytest.param("", "a.csv", "The file is empty.", id="empty"),
        pytest.param("甲,乙\n1,2\n", "a.csv", "No header was found.", id="unknown header"),
        pytest.param(
            "姓名,证件号码\n" + "王,1\n" * 500_001, "a.csv", "at most 500000 are read at once", id="too many rows"
        ),
    ],
)
def test_a_refused_file_ends_with_one(street: Terminal, content: str, name: str, words: str) -> None:
    done = street.load(content, "--area", "S", "--yes", name=name)
    assert done.exit_code == 1
    assert "nothing of it was taken" in done.stderr
    assert words in done.stderr
    told = street.load(content, "--area", "S", "--yes", "--json", name=name)
    assert (told.exit_code, json.loads(told.stdout)["state"]) == (1, "refused")


def test_a_file_above_the_limit_is_not_read(street: Terminal, settings: Settings) -> None:
    settings.LIST_MAX_BYTES = 10
    before = List.objects.count()
    done = street.load(PEOPLE, "--area", "S", "--yes")
    assert (done.exit_code, List.objects.count()) == (1, before)
    assert "at most 0 are taken" in done.stderr


def test_the_area_is_needed_once_there_are_areas(street: Terminal) -> None:
    assert "--area CODE" in street.load(PEOPLE, "--yes").stderr
    unknown = street.load(PEOPLE, "--area", "X", "--yes")
    assert (unknown.exit_code, "There are: S 石门二路街道" in unknown.stderr) == (1, True)


def test_the_first_list_of_areas_may_name_an_area_that_it_brings(terminal: Terminal) -> None:
    early = terminal.load(PEOPLE, "--area", "S", "--yes")
    assert (early.exit_code, "There are no areas yet" in early.stderr) == (1, True)
    assert terminal.load(AREAS, "--area", "S", "--yes").exit_code == 0
    again = terminal.load(AREAS, "--area", "S", "--yes")
    assert "Applied: 0 new, 0 changed, 3 as they are" in again.stdout


def test_work_that_a_page_stops_ends_with_a_word(street: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("linli.records.lists.progress.is_stopped", lambda public_id: bool(public_id))
    done = street.load(PEOPLE, "--area", "S", "--yes")
    assert (done.exit_code, "Stopped. Nothing was changed." in done.stderr) == (1, True)
    assert not Person.objects.exists()


def test_a_new_source_is_named(street: Terminal) -> None:
    street.load(PEOPLE, "--area", "S", "--yes", "--source", "police", "--source-name", "公安", "--rank", "5")
    source = Source.objects.get(code="police")
    assert (source.name, source.rank, source.covers_doses) == ("公安", 5, False)


@pytest.mark.parametrize("name", ["bad.csv", "bad.xlsx"])
def test_every_row_to_look_at_goes_to_a_file(street: Terminal, name: str) -> None:
    lines = "".join(person_line(f"王{'一二三四五'[n % 5]}", "310106195001010017", door=str(n)) for n in range(60))
    out = street.folder / name
    done = street.load(PEOPLE_HEADER + lines, "--area", "S", "--stage-only", "--bad-to", str(out))
    assert "… and 10 more; --bad-to FILE writes them all." in done.stdout
    sheet = read(out.read_bytes(), filename=name)
    assert (len(sheet.rows), sheet.header[-1]) == (60, "Problem reason")


def test_without_a_schedule_it_says_how_to_adopt_one(terminal: Terminal) -> None:
    terminal.load(AREAS, "--yes")
    terminal.load(BUILDINGS, "--area", "S", "--yes")
    assert "linli programme adopt CODE" in terminal.load(PEOPLE, "--area", "S", "--stage-only").stdout


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("ending", "language"), [("xlsx", "zh"), ("csv", "en")])
def test_templates_are_written(terminal: Terminal, kind: str, ending: str, language: str) -> None:
    out = terminal.folder / f"{kind}.{ending}"
    assert terminal.run("template", kind, str(out), "--language", language).exit_code == 0
    assert recognise(read(out.read_bytes(), filename=out.name).header).kind == kind


def test_a_template_of_another_form_is_refused(terminal: Terminal) -> None:
    done = terminal.run("template", "people", str(terminal.folder / "a.pdf"))
    assert (done.exit_code, ".xlsx or .csv" in done.stderr) == (1, True)


def test_help_is_quick_and_loads_no_django() -> None:
    script = (
        "import sys; from linli.cli.lists import lists; "
        "print(sum(name.split('.')[0] == 'django' for name in sys.modules))"
    )
    began = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", script], env=os.environ, capture_output=True, text=True, check=True)
    assert (done.stdout.strip(), time.perf_counter() - began < 2) == ("0", True)


def test_it_speaks_chinese(street: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINLI_LANGUAGE", "zh")
    done = street.load(PEOPLE, "--area", "S", "--stage-only")
    assert translation.get_language() == "zh-hans"
    assert done.exit_code == 0
