"""A whole installation in a temporary folder, worked by the real program in processes of its own, as by an operator."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from ssl import SSLContext
from typing import Any

import psycopg

PROGRAM = (sys.executable, "-c", "from linli.cli import main; main()")
PATIENCE_S = 60.0


@dataclass(frozen=True)
class Installation:
    """A data folder and a database; the database server is the one the tests were started with."""

    home: Path
    env: dict[str, str]

    @property
    def is_sqlite(self) -> bool:
        return "LINLI_DATABASE_URL" not in self.env

    @property
    def database(self) -> str:
        """The name of its database on a server."""
        return self.env["LINLI_DATABASE_URL"].rpartition("/")[2]

    @contextlib.contextmanager
    def connected(self) -> Iterator[Any]:
        """A connection of somebody else, as a running server has it."""
        if self.is_sqlite:
            with contextlib.closing(sqlite3.connect(self.home / "linli.sqlite3", timeout=10)) as connection:
                yield connection
        else:
            with psycopg.connect(self.env["LINLI_DATABASE_URL"]) as connection:
                yield connection

    def counts(self) -> dict[str, int]:
        """Rows in each table."""
        named = (
            "SELECT name FROM sqlite_master WHERE type = 'table' AND substr(name, 1, 7) <> 'sqlite_'"
            if self.is_sqlite
            else "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        )
        with self.connected() as connection:
            tables = [table for (table,) in connection.execute(named).fetchall()]
            counting = "SELECT count(*) FROM "  # the names come out of the catalogue
            return {table: connection.execute(counting + table).fetchone()[0] for table in tables}

    def run(
        self, *arguments: str, said: str = "", code: int | None = 0, **env: str
    ) -> subprocess.CompletedProcess[str]:
        """Run one command; `code` is the exit code it must have, None for any."""
        done = subprocess.run(
            [*PROGRAM, *arguments],
            env=self.env | env,
            input=said,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert code is None or done.returncode == code, done.stdout + done.stderr
        return done

    def python(self, code: str) -> str:
        """Run Python inside the installation, Django ready; gives what it prints."""
        start = "from linli.cli import django_ready; django_ready()\n"
        done = subprocess.run(
            [sys.executable, "-c", start + code], env=self.env, capture_output=True, text=True, timeout=120, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    @contextlib.contextmanager
    def serving(self, *arguments: str, **env: str) -> Iterator[Server]:
        """A running server; ends it by SIGTERM and sees that nothing of it remains."""
        log = self.home.parent / f"{secrets.token_hex(4)}.log"
        with log.open("w") as opened:
            process = subprocess.Popen([*PROGRAM, *arguments], env=self.env | env, stdout=opened, stderr=opened)
        server = Server(process, log)
        try:
            server.wait_for("linli is open")
            yield server
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
            process.wait(PATIENCE_S)


@dataclass(frozen=True)
class Server:
    """A server process and what it has said."""

    process: subprocess.Popen[bytes]
    log: Path

    @property
    def said(self) -> str:
        return self.log.read_text()

    def wait_for(self, words: str) -> None:
        """Wait until it says something."""
        until = time.monotonic() + PATIENCE_S
        while words not in self.said:
            assert self.process.poll() is None, self.said
            assert time.monotonic() < until, self.said
            time.sleep(0.1)

    def children(self, name: str) -> list[int]:
        """Its processes that run a module."""
        return [pid for pid in descendants(self.process.pid) if name in command_of(pid)]


def areas(letter: str) -> str:
    """Code that draws three areas."""
    return f"""
from linli.records.journal.actions import Who
from linli.records.places.actions import draw_areas
more = {{"name": "居委会", "name_en": "", "kind": "committee", "parent_code": "", "outline": None}}
draw_areas(by=Who("", "test"), areas=[{{"code": f"{letter}{{number}}", **more}} for number in range(3)])
"""


def descendants(pid: int) -> list[int]:
    """Every process below one, from /proc."""
    parents: dict[int, int] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            with contextlib.suppress(OSError):
                parents[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
    found, fresh = [], [pid]
    while fresh:
        fresh = [child for child, parent in parents.items() if parent in fresh]
        found += fresh
    return found


def command_of(pid: int) -> str:
    """The command line of a process; empty when it is gone or a zombie."""
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    return ""


def fetch(url: str, *, trust: SSLContext | None = None) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of an address; a redirect is followed with its cookies."""
    handlers = [urllib.request.HTTPCookieProcessor(), urllib.request.ProxyHandler({})]
    if trust is not None:
        handlers.append(urllib.request.HTTPSHandler(context=trust))
    try:
        with urllib.request.build_opener(*handlers).open(url, timeout=20) as answer:
            return answer.status, dict(answer.headers), answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, dict(error.headers), error.read()


def free_port() -> int:
    """A port nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def new_installation(folder: Path, *, like: Installation | None = None) -> Iterator[Installation]:
    """An installation that is new and empty, or a copy of another that is at rest."""
    home = folder / "home"
    if like is None:
        home.mkdir(mode=0o700)
    else:
        shutil.copytree(like.home, home)
    not_ours = ("LINLI_", "DJANGO_", "LC_", "LANG")
    env = {name: value for name, value in os.environ.items() if not name.startswith(not_ours)}
    env |= {"LINLI_HOME": str(home), "LINLI_LANGUAGE": "en"}
    server = os.environ.get("LINLI_DATABASE_URL", "")
    if not server.startswith("postgres"):
        yield Installation(home, env)
        return
    name = f"linli_cli_{secrets.token_hex(6)}"
    pattern = f"TEMPLATE {like.database}" if like else ""
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name} {pattern}")
        try:
            yield Installation(home, env | {"LINLI_DATABASE_URL": f"{server.rpartition('/')[0]}/{name}"})
        finally:
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
