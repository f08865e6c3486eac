"""Where a demo lies, and whether it is whole: it is built in a folder of its own and takes its name when finished."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import click

from linli import __version__
from linli.cli.language import gettext as _
from linli.cli.ready import home_folder

TODAY = "2021-06-20"
KEPT = (
    "LINLI_LANGUAGE",
    "LINLI_TILES",
)  # settings of a real installation must not reach into the demo, nor it into them
MARK = "demo.json"


@dataclass(frozen=True, slots=True)
class State:
    """One state of the invented neighbourhood: a stage, a size and a seed."""

    base: Path
    stage: str
    people: int
    seed: int

    @classmethod
    def of(cls, *, stage: str, people: int, seed: int) -> State:
        """The state in this installation's data folder."""
        return cls(home_folder() / "demo", stage, people, seed)

    @property
    def name(self) -> str:
        return f"{self.stage}-{self.people}-{self.seed}"

    @property
    def folder(self) -> Path:
        return self.base / self.name

    def is_current(self) -> bool:
        """Whether it was built to the end, by this linli."""
        try:
            return bool(json.loads((self.folder / MARK).read_text()) == _signature())
        except (OSError, ValueError):
            return False

    def build(self) -> None:
        """Build it anew beside, then give it its name. Raises ClickException where building failed."""
        self.base.mkdir(mode=0o700, parents=True, exist_ok=True)
        _throw_away_unfinished(self.base)
        beside = self.base / f".{self.name}.{os.getpid()}"
        beside.mkdir(mode=0o700)
        try:
            _run_builder(beside, self)
            (beside / MARK).write_text(json.dumps(_signature()))
            if self.folder.exists():
                old = self.base / f".{self.name}.{os.getpid()}.old"
                self.folder.rename(old)
                shutil.rmtree(old)
            beside.rename(self.folder)
        finally:
            shutil.rmtree(beside, ignore_errors=True)


def set_environment(folder: Path) -> None:
    """Point every later step, and every process started, at a demo folder and at nothing of a real installation."""
    os.environ.update(environment(folder))
    for name in set(os.environ) - set(environment(folder)):
        if name.startswith("LINLI_"):
            del os.environ[name]


def environment(folder: Path) -> dict[str, str]:
    """The environment of a demo."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LINLI_") or name in KEPT}
    return kept | {"LINLI_HOME": str(folder), "LINLI_DEMO": "1", "LINLI_TODAY": TODAY}


def _run_builder(folder: Path, state: State) -> None:
    """In a process of its own: Django knows one database for life, and this one is about to change its name."""
    wanted = [state.stage, str(state.people), str(state.seed)]
    command = [sys.executable, "-P", "-m", "linli.cli.demo.building", *wanted]
    builder = subprocess.Popen(command, env=environment(folder))
    try:
        code = builder.wait()
    except KeyboardInterrupt:
        builder.send_signal(signal.SIGTERM)
        builder.wait()
        raise
    if code:
        raise click.ClickException(_("The demo could not be built; the messages above say why."))


def _throw_away_unfinished(base: Path) -> None:
    for left in base.glob(".*"):
        parts = left.name.removesuffix(".old").rpartition(".")
        if parts[2].isdigit() and not _is_alive(int(parts[2])):
            shutil.rmtree(left, ignore_errors=True)


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _signature() -> dict[str, object]:
    migrations = Path(__file__).resolve().parents[2] / "records/migrations"
    return {"linli": __version__, "migrations": sorted(file.stem for file in migrations.glob("0*.py"))}
