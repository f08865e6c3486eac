"""SQLite, through its own backup interface: safe while others read and write."""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import closing
from pathlib import Path

from linli.cli.backup.engine import BackupError
from linli.cli.language import gettext as _

PATIENCE_S = 120.0


class Sqlite:
    """The embedded database: one file."""

    file_name = "linli.sqlite3"

    def dump(self, to: Path) -> dict[str, int]:
        with closing(_connected()) as source, closing(sqlite3.connect(to)) as copy:
            # One step for all pages: in several steps each write by somebody else would start it from the beginning.
            source.backup(copy, pages=-1)
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, without a -wal beside it
            return _counts(copy)

    def examine(self, file: Path) -> dict[str, int]:
        try:
            with closing(sqlite3.connect(file)) as copy:
                verdict = copy.execute("PRAGMA quick_check").fetchone()[0]
                if verdict == "ok":
                    return _counts(copy)
        except sqlite3.DatabaseError as error:
            verdict = str(error)
        raise BackupError(_("The database inside the backup is damaged: {verdict}").format(verdict=verdict))

    def load(self, file: Path) -> None:
        started = time.monotonic()

        def impatient(_status: int, _remaining: int, _total: int) -> None:
            if time.monotonic() - started > PATIENCE_S:
                raise BackupError(
                    _("Somebody is writing all the time. Stop linli (or the import that runs) and try again.")
                )

        # To those who have the database open this is one transaction; none of it remains when it is killed half way.
        with closing(sqlite3.connect(file)) as copy, closing(_connected()) as target:
            copy.backup(target, pages=-1, progress=impatient)

    def counts(self) -> dict[str, int]:
        with closing(_connected()) as found:
            return _counts(found)

    def compact(self) -> bool:
        from django.conf import settings
        from django.db import connection

        os.environ.setdefault("SQLITE_TMPDIR", str(settings.HOME))  # the copy it makes is as private as the database
        connection.close()  # a reader of ours would keep the log from being emptied
        until = time.monotonic() + PATIENCE_S
        with closing(_connected()) as found:
            try:
                found.execute("VACUUM")
                while found.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:  # somebody reads
                    if time.monotonic() > until:
                        return False
                    time.sleep(0.2)
            except sqlite3.OperationalError:
                return False
        return True


def _connected() -> sqlite3.Connection:
    from django.db import connection

    found = sqlite3.connect(connection.settings_dict["NAME"], timeout=30)
    found.execute("PRAGMA synchronous=FULL")
    return found


def _counts(found: sqlite3.Connection) -> dict[str, int]:
    names = found.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
    )
    tables = sorted(name for (name,) in names)
    return {table: found.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0] for table in tables}  # noqa: S608  # names from the database itself
