"""A list that is stopped, killed or applied twice at once leaves nothing half done."""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from linli.records.lists import actions as lists
from linli.records.lists import progress
from linli.records.lists.models import List, Row
from linli.records.places.models import Area
from small_street import AREAS, BUILDINGS, OFFICE, ON, PEOPLE_HEADER, Load, person_line, resident_id, table_counts

WANG = resident_id("19500101", 1)
ONE = PEOPLE_HEADER + person_line("王建国", WANG, first=("2021-05-01", "BIBP"))


@pytest.mark.parametrize("phase", ["read", "compare", "people", "doses", "forecast"])
def test_stopping_while_applying_leaves_nothing(street: Area, receive: Load, phase: str) -> None:
    of = receive(ONE)
    before = table_counts()

    def stop(now: str, done: int, total: int) -> None:
        if now == phase:
            raise lists.StoppedError

    with pytest.raises(lists.StoppedError):
        lists.apply(by=OFFICE, of=of, on=ON, progress=stop)
    of.refresh_from_db()
    assert (of.state, table_counts()) == (List.State.STAGED, before)
    assert lists.apply(by=OFFICE, of=of, on=ON).counts["new"] == 1


def test_stopping_while_judging_keeps_the_file_alone(street: Area, receive: Load) -> None:
    of = receive(ONE)
    lists.set_aside(by=OFFICE, of=of)
    rows = list(Row.objects.filter(list=of).values_list("id", flat=True))
    with pytest.raises(lists.StoppedError):
        _stage_and_stop(of)
    told = progress.read(public_id=of.public_id)
    assert told is not None
    assert (told.state, progress.is_stopped(public_id=of.public_id)) == ("stopped", False)
    of.refresh_from_db()
    assert of.state == List.State.SET_ASIDE
    assert list(Row.objects.filter(list=of).values_list("id", flat=True)) == rows


def _stage_and_stop(of: List) -> None:
    with progress.watched(public_id=of.public_id, work="stage") as reporter:
        progress.ask_stop(public_id=of.public_id)
        lists.stage(by=OFFICE, of=of, on=ON, progress=reporter)


def test_progress_is_told_kept_and_forgotten() -> None:
    progress.queue(public_id="abc", work="apply")
    queued = progress.read(public_id="abc")
    assert queued is not None
    assert (queued.state, queued.is_open, queued.is_lost(time.time()), queued.is_lost(time.time() + 60)) == (
        "queued",
        True,
        False,
        True,
    )
    with progress.watched(public_id="abc", work="apply") as reporter:
        reporter("people", 0, 10)
        reporter("people", 10, 10)
        told = progress.read(public_id="abc")
        assert told is not None
        assert (told.state, told.phase, told.done, told.total) == ("running", "people", 10, 10)
        assert told.seconds_left(told.began_at + 5) == 0
    assert progress.read(public_id="abc") is None


def test_progress_that_fails_is_remembered_as_failed() -> None:
    with pytest.raises(ZeroDivisionError), progress.watched(public_id="bad", work="apply"):
        raise ZeroDivisionError
    told = progress.read(public_id="bad")
    assert told is not None
    assert told.state == "failed"
    progress.forget(public_id="bad")


def test_what_only_waits_stops_at_once() -> None:
    progress.queue(public_id="wait", work="apply")
    progress.ask_stop(public_id="wait")
    told = progress.read(public_id="wait")
    assert told is not None
    assert told.state == "stopped"
    progress.forget(public_id="wait")


# ---- real processes on a database of their own ------------------------------------------------------------------

CROWD = 1500
CLI = ("-c", "from linli.cli import main; main()")
# The command, struck by a real signal at the moment when a phase of writing begins.
STOPPED = """
import os
from linli.cli import django_ready, main
django_ready()
from linli.cli.lists.progress_line import ProgressLine
show = ProgressLine.show
def struck(self, phase, done, total):
    show(self, phase, done, total)
    if phase == "{phase}":
        os.kill(os.getpid(), {number})
ProgressLine.show = struck
main()
"""
SCRIPT = """
import json, sys
from linli.cli.ready import django_ready, operator
django_ready()
from datetime import date
from small_street import table_counts
from linli.records.lists import actions
from linli.records.lists.models import List
from linli.records.people.models import Document, Person
work, *ids = sys.argv[1:]
if work == "count":
    print(json.dumps(table_counts()))
elif work == "people":
    print(json.dumps([Person.objects.count(), Document.objects.count()]))
else:
    try:
        print(actions.apply(by=operator(), of=List.objects.get(public_id=ids[0]), on=date(2021, 6, 20)).state)
    except actions.ListStateError:
        print("refused")
"""


class Office:
    """An installation of its own: a folder, a database, processes."""

    def __init__(self, folder: Path, database: str) -> None:
        self.folder = folder
        self.environment = {
            **os.environ,
            "LINLI_HOME": str(folder),
            "LINLI_DATABASE_URL": database,
            "LINLI_TODAY": "2021-06-20",
            "LINLI_LANGUAGE": "en",
            "PYTHONPATH": "tests",
        }

    def start(self, *command: str) -> subprocess.Popen[str]:
        """Start a process."""
        return subprocess.Popen(  # fixed arguments of a test
            [sys.executable, *command], env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    def run(self, *command: str) -> str:
        """Run a process to its end; gives what it printed."""
        process = self.start(*command)
        out, err = process.communicate(timeout=120)
        assert process.returncode == 0, err
        return out

    def linli(self, *arguments: str) -> str:
        """Run a command of linli."""
        return self.run(*CLI, *arguments)

    def counts(self) -> dict[str, int]:
        """How many rows every table of the register holds."""
        found: dict[str, int] = json.loads(self.run("-c", SCRIPT, "count"))
        return found

    def staged(self, name: str) -> str:
        """Judge a list and keep it; gives its id."""
        told = self.linli("lists", "import", str(self.folder / name), "--area", "S", "--stage-only", "--json")
        return str(json.loads(told)["list"])


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """A street with buildings and the schedule, in a database of its own on the server under test."""
    with _database(tmp_path) as database:
        one = Office(tmp_path, database)
        (tmp_path / "areas.csv").write_text(AREAS)
        (tmp_path / "buildings.csv").write_text(BUILDINGS)
        crowd = "".join(
            person_line(
                f"王{'一二三四五六七八九十'[n % 10]}",
                resident_id(f"{1930 + n % 60}0101", 1 + n // 60),
                door=str(n),
                first=("2021-05-01", "BIBP"),
            )
            for n in range(CROWD)
        )
        (tmp_path / "people.csv").write_text(PEOPLE_HEADER + crowd)
        one.linli("lists", "import", str(tmp_path / "areas.csv"), "--yes")
        one.linli("lists", "import", str(tmp_path / "buildings.csv"), "--area", "S", "--yes")
        one.linli("programme", "adopt", "covid-19-cn-2021")
        yield one


@contextlib.contextmanager
def _database(folder: Path) -> Iterator[str]:
    address = os.environ.get("LINLI_DATABASE_URL", "")
    if not address.startswith("postgres"):
        yield f"sqlite:///{folder / 'linli.sqlite3'}"
        return
    import psycopg

    name = f"linli_kill_{os.getpid()}"
    with psycopg.connect(address, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        try:
            yield f"{address.rpartition('/')[0]}/{name}"
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_a_killed_or_interrupted_import_leaves_nothing_and_can_be_done_again(office: Office) -> None:
    before = office.counts()
    for phase, how in (("people", signal.SIGKILL), ("doses", signal.SIGKILL), ("people", signal.SIGINT)):
        arguments = ("lists", "import", str(office.folder / "people.csv"), "--area", "S", "--yes")
        process = office.start("-c", STOPPED.format(phase=phase, number=int(how)), *arguments)
        _out, err = process.communicate(timeout=120)
        assert process.returncode == (1 if how == signal.SIGINT else -how), err
        assert ("Stopped. Nothing was changed." in err) == (how == signal.SIGINT)
        assert office.counts() == before
    office.linli("lists", "import", str(office.folder / "people.csv"), "--area", "S", "--yes")
    after = office.counts()
    assert (after["Person"], after["Dose"]) == (before["Person"] + CROWD, before["Dose"] + CROWD)


def test_who_applies_at_once(office: Office) -> None:
    """Of two who apply one list one wins; two lists of the same people make each person once."""
    one, other = office.staged("people.csv"), office.staged("people.csv")
    processes = [office.start("-c", SCRIPT, "apply", public_id) for public_id in (one, one, other)]
    said = [process.communicate(timeout=120)[0].strip() for process in processes]
    assert (sorted(said[:2]), said[2]) == (["applied", "refused"], "applied")
    assert json.loads(office.run("-c", SCRIPT, "people")) == [CROWD, CROWD]


@pytest.mark.soak
def test_kills_at_any_moment_leave_nothing(office: Office) -> None:
    """Twenty kills spread over the whole of an import, with moments drawn from a seed."""
    file, rng = str(office.folder / "people.csv"), random.Random(20210620)
    before = office.counts()
    started = time.monotonic()
    whole = office.staged("people.csv")
    length = time.monotonic() - started
    kills = 0
    for _ in range(20):
        process = office.start("-c", SCRIPT, "apply", whole)
        time.sleep(rng.uniform(0.2, 0.9) * length)
        process.kill()
        if "applied" in process.communicate()[0]:
            break
        kills += 1
        assert office.counts() == before
    assert kills >= 5
    office.linli("lists", "import", file, "--area", "S", "--yes")
    after = office.counts()
    assert (after["Person"], after["Dose"]) == (before["Person"] + CROWD, before["Dose"] + CROWD)


@pytest.mark.soak
def test_ten_who_apply_ten_lists_of_the_same_people(office: Office) -> None:
    """However their work is interleaved, each person is there once and every list ends applied."""
    lists = [office.staged("people.csv") for _ in range(10)]
    processes = [office.start("-c", SCRIPT, "apply", public_id) for public_id in lists]
    said = [process.communicate(timeout=600)[0].strip() for process in processes]
    assert said == ["applied"] * 10
    assert json.loads(office.run("-c", SCRIPT, "people")) == [CROWD, CROWD]
