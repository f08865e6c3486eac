"""Copying a whole database out and in; what both databases have in common."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

import click


class BackupError(click.ClickException):
    """A backup cannot be made or restored; the message says why and what to do."""


class Engine(Protocol):
    """One kind of database. Tables are counted by their names."""

    file_name: str

    def dump(self, to: Path) -> dict[str, int]:
        """Copy the database as it is at one moment, while others write; gives its tables' row counts."""

    def examine(self, file: Path) -> dict[str, int] | None:
        """See that a copy is whole; gives its row counts where they can be had without a server."""

    def load(self, file: Path) -> None:
        """Put a copy in the place of the database, at one stroke: all of it or nothing."""

    def counts(self) -> dict[str, int]:
        """Row counts of the database now."""

    def compact(self) -> bool:
        """Write the database's files anew, so that nothing which was changed or removed remains in their free space.

        False where others were in the way; then it remains until the next time.
        """


def engine() -> Engine:
    """The engine of this installation's database."""
    from django.db import connection

    if connection.vendor == "postgresql":
        from linli.cli.backup.postgres import Postgres

        return Postgres()
    from linli.cli.backup.sqlite import Sqlite

    return Sqlite()
