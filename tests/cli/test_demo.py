"""The demo: built whole or not at all, apart from any real installation, open to this computer alone."""

from __future__ import annotations

import signal
import socket
import stat
import subprocess
import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from installation import PATIENCE_S, PROGRAM, Installation, fetch, free_port

from linli.cli import root
from linli.cli.demo import FEWEST, MOST, STAGES
from linli.cli.demo.state import State, environment
from linli.demo import neighbourhood, stages

SMALL = ("demo", "--stage", "places", "--people", "300")
NAME = "places-300-20210620"


def test_the_words_of_the_stages_are_those_of_the_demo() -> None:
    assert list(STAGES) == list(stages.STAGES)


def test_the_range_of_people_is_that_of_the_demo() -> None:
    assert (FEWEST, MOST) == (neighbourhood.FEWEST, neighbourhood.MOST)


@pytest.mark.parametrize("people", ["3", "99", "80001", "-5", "many"])
def test_a_size_that_cannot_be_invented_is_refused_at_once(people: str) -> None:
    done = CliRunner().invoke(root, ["demo", "--people", people])
    assert done.exit_code == 2
    assert "100<=x<=80000" in done.output or "is not a valid integer" in done.output


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.20", "::", "example.org"])  # noqa: S104  # refused, not bound
def test_others_are_never_let_in(host: str) -> None:
    done = CliRunner().invoke(root, ["demo", "--host", host])
    assert done.exit_code == 1
    assert "stays on this computer" in done.output


def test_a_port_in_use_is_said_before_anything_is_built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINLI_HOME", str(tmp_path))
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = CliRunner().invoke(root, ["demo", "--port", str(port)])
    assert done.exit_code == 1
    assert f"make demo PORT={port + 1}" in done.output
    assert not (tmp_path / "demo").exists()


def test_nothing_of_a_real_installation_reaches_the_demo(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    real = {
        "LINLI_DATABASE_URL": "postgresql://real",
        "LINLI_SECRET_KEY": "real",
        "LINLI_HOSTS": "real",
        "LINLI_HTTPS": "1",
    }
    for name, value in real.items():
        monkeypatch.setenv(name, value)
    made = {name: value for name, value in environment(tmp_path).items() if name.startswith("LINLI_")}
    assert made == {"LINLI_HOME": str(tmp_path), "LINLI_DEMO": "1", "LINLI_TODAY": "2021-06-20", "LINLI_LANGUAGE": "en"}


@pytest.mark.parametrize(
    ("mark", "current"),
    [(None, False), ("", False), ("{}", False), ('{"linli": "0.0.1", "migrations": []}', False)],
    ids=["unfinished", "cut off", "unknown", "of an earlier linli"],
)
def test_what_is_not_whole_is_built_again(mark: str | None, *, current: bool, tmp_path: Path) -> None:
    state = State(tmp_path, "places", 300, 1)
    state.folder.mkdir()
    if mark is not None:
        (state.folder / "demo.json").write_text(mark)
    assert state.is_current() == current


def test_twice_is_safe_and_quick(installation: Installation) -> None:
    (installation.home / "settings.env").write_text("LINLI_DATABASE_URL=postgresql://linli@127.0.0.1:1/real\n")
    left = installation.home / "demo/.places-300-20210620.4194303"
    left.mkdir(parents=True)
    built = installation.run(*SMALL, "--no-serve").stdout
    assert "Inventing" not in built  # this stage shows nobody
    assert built.count("invented.") == 1
    folder = installation.home / "demo" / NAME
    assert not left.exists()
    assert [path.name for path in folder.parent.iterdir()] == [NAME]
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    first = (folder / "linli.sqlite3").stat().st_ino
    again = installation.run(*SMALL, "--no-serve")
    assert "All people here are invented" in again.stdout
    assert (folder / "linli.sqlite3").stat().st_ino == first
    installation.run(*SMALL, "--no-serve", "--fresh")
    assert (folder / "linli.sqlite3").stat().st_ino != first
    assert not (installation.home / "linli.sqlite3").exists()

    made = installation.run(
        "backup", str(installation.home / "demo.zip"), LINLI_HOME=str(folder), LINLI_DATABASE_URL=""
    )
    assert "rows in" in made.stdout


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL], ids=["Ctrl+C", "killed"])
def test_a_build_that_is_broken_off_leaves_no_demo(number: signal.Signals, installation: Installation) -> None:
    command = [*PROGRAM, "demo", "--people", "20000", "--no-serve"]
    with subprocess.Popen(
        command, env=installation.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as building:
        until = time.monotonic() + PATIENCE_S
        while not list(installation.home.glob("demo/.morning-*/linli.sqlite3")):
            assert time.monotonic() < until
            time.sleep(0.05)
        building.send_signal(number)
    assert building.returncode != 0
    assert not (installation.home / "demo/morning-20000-20210620").exists()
    installation.run(*SMALL, "--no-serve")  # throws away what a killed one left
    assert [path.name for path in (installation.home / "demo").iterdir()] == [NAME]


def test_one_click_opens_the_demo_and_only_the_demo(installation: Installation) -> None:
    port = free_port()
    top = f"http://127.0.0.1:{port}"
    with installation.serving(*SMALL, "--port", str(port)) as server:
        links = [line.split()[0] for line in server.said.splitlines() if "/demo/" in line and line.startswith("  http")]
        assert links == [f"{top}/demo/{name}/" for name in ("office", "committee", "leader", "volunteer")]
        assert "Fault" not in server.said
        assert "Note" not in server.said  # there are logins and a drive
        for link in links:
            status, _headers, body = fetch(link)
            assert status == 200, link
            assert b"sign-out" in body
        assert fetch(f"{top}/demo/chen/")[0] == 404
    installation.run("accounts", "list")
    with installation.serving("serve", "--port", str(port)):
        assert fetch(f"{top}/demo/office/")[0] == 404


def test_make_gives_its_port() -> None:
    project = Path(__file__).resolve().parents[2]
    command = ["make", "--dry-run", "--old-file=.venv/ready", "demo", "PORT=8123"]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=True)
    assert "linli demo --port 8123" in done.stdout
