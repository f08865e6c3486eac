"""The root command: quick, complete, and in the terminal's language."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from installation import PROGRAM, Installation

from linli import __version__
from linli.cli import COMMANDS, root
from linli.cli.language import language
from linli.cli.ready import read_settings_file

ROOT = Path(__file__).resolve().parents[2]
HEAVY = ("django", "numpy", "polars", "cryptography", "granian", "openpyxl", "psycopg", "segno", "numba")


def test_help_names_every_command() -> None:
    done = subprocess.run(
        [*PROGRAM, "--help"], capture_output=True, text=True, check=True, env=os.environ | {"LINLI_LANGUAGE": "en"}
    )
    listed = re.findall(r"^  ([a-z]+)  +(.+)$", done.stdout.split("Commands:")[1], re.MULTILINE)
    assert listed == [(name, words) for name, (_where, words) in COMMANDS.items()]


@pytest.mark.parametrize(
    "arguments", [(), *((name,) for name in COMMANDS)], ids=lambda arguments: " ".join(arguments) or "linli"
)
def test_help_loads_nothing_heavy(arguments: tuple[str, ...]) -> None:
    code = f"""
import json, sys
from linli.cli import main
try:
    main({[*arguments, "--help"]!r})
except SystemExit as end:
    print(json.dumps([end.code, sorted(set(sys.modules) & set({HEAVY!r}))]), file=sys.stderr)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert json.loads(done.stderr.splitlines()[-1]) == [0, []]


@pytest.mark.parametrize(("name", "where"), [(name, where) for name, (where, _words) in COMMANDS.items()])
def test_a_command_is_where_the_table_says_and_explains_itself(name: str, where: str) -> None:
    module, _colon, attribute = where.partition(":")
    command = getattr(import_module(module), attribute)
    assert isinstance(command, click.Command)
    helped = CliRunner().invoke(root, [name, "--help"])
    assert helped.exit_code == 0
    assert "Usage" in helped.output
    assert command.help


def test_version() -> None:
    assert CliRunner().invoke(root, ["--version"]).output == f"linli, version {__version__}\n"


def test_an_unknown_command_is_a_clear_mistake() -> None:
    done = CliRunner().invoke(root, ["migrate"])
    assert done.exit_code == 2
    assert "No such command 'migrate'" in done.output


@pytest.mark.parametrize(
    ("set_", "spoken"),
    [
        ({}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh-hans"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "en_US.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LINLI_LANGUAGE": "zh"}, "zh-hans"),
        ({"LANG": "zh_CN.UTF-8", "LINLI_LANGUAGE": "en"}, "en"),
    ],
    ids=lambda value: value if isinstance(value, str) else " ".join(f"{k}={v}" for k, v in value.items()) or "nothing",
)
def test_the_terminal_is_spoken_to_in_its_language(
    set_: dict[str, str], spoken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LINLI_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in set_.items():
        monkeypatch.setenv(name, value)
    assert language() == spoken


def test_settings_file_gives_what_the_environment_does_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINLI_HOME", str(tmp_path))
    monkeypatch.setenv("LINLI_HOSTS", "from.environment")
    monkeypatch.setenv("LINLI_TILES", "")  # restored afterwards
    monkeypatch.delenv("LINLI_TILES")
    lines = [
        "# tiles",
        'LINLI_TILES="https://tiles.example/{z}"',
        "LINLI_HOSTS=from.file",
        "LINLI_HOME=/elsewhere",
        "PATH=/evil",
        "nonsense",
    ]
    (tmp_path / "settings.env").write_text("\n".join(lines))
    before = dict(os.environ)
    read_settings_file()
    assert os.environ == before | {"LINLI_TILES": "https://tiles.example/{z}"}
    monkeypatch.delenv("LINLI_TILES")


def test_every_setting_is_explained_and_nothing_else() -> None:
    """docs/settings.md has one row a variable: those the program reads, no more and no fewer."""
    read = set()
    for file in (ROOT / "src/linli").rglob("*.py"):
        read |= set(re.findall(r"[\"'](LINLI_[A-Z_]+)[\"']", file.read_text()))
    explained = re.findall(r"^\| `(LINLI_[A-Z_]+)` \|", (ROOT / "docs/settings.md").read_text(), re.MULTILINE)
    assert sorted(explained) == sorted(read)
    for file in ("settings.py", "home.py"):
        assert set(re.findall(r"LINLI_[A-Z_]+", (ROOT / "src/linli/config" / file).read_text())) - {"LINLI_"} <= set(
            explained
        )


def test_a_new_database_is_made_by_the_first_command_that_needs_it(installation: Installation) -> None:
    first, second = installation.run("accounts", "list"), installation.run("accounts", "list")
    assert "A new database was made" in first.stderr
    assert second.stderr == ""


def test_a_database_of_an_earlier_linli_is_left_alone(installation: Installation) -> None:
    installation.run("accounts", "list")
    installation.python(
        "from django.core.management import call_command\n"
        "call_command('migrate', 'django_tasks_database', '0020', verbosity=0)"
    )
    refused = installation.run("accounts", "list", code=1)
    assert "linli serve check" in refused.stderr
    upgraded = installation.run("serve", "check")
    kept = list((installation.home / "backups").glob("before-upgrade-*.zip"))
    assert len(kept) == 1
    assert str(kept[0]) in upgraded.stderr
    assert installation.run("accounts", "list").stderr == ""


def test_a_database_that_does_not_answer_is_said_to_be_that(installation: Installation) -> None:
    refused = installation.run("accounts", "list", code=1, LINLI_DATABASE_URL="postgresql://linli@127.0.0.1:1/linli")
    assert "The database does not answer" in refused.stderr
    assert "Traceback" not in refused.stderr
