"""PostgreSQL, through the installed client's pg_dump, pg_restore and psql."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from linli.cli.backup.engine import BackupError
from linli.cli.language import gettext as _

# What a restore replaces: everything in the schema of this installation, newer tables included. The limit keeps a
# restore from waiting for ever behind an import that runs.
CLEAR = """
SET lock_timeout = '60s';
SET client_min_messages = warning;
DO $clear$
DECLARE name text;
BEGIN
    FOR name IN SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname = current_schema() LOOP
        EXECUTE 'DROP TABLE IF EXISTS ' || name || ' CASCADE';
    END LOOP;
    FOR name IN SELECT format('%s', oid::regprocedure) FROM pg_proc AS p
        WHERE pronamespace = current_schema()::regnamespace
        AND NOT EXISTS (SELECT 1 FROM pg_depend AS d WHERE d.objid = p.oid AND d.deptype = 'e') LOOP
        EXECUTE 'DROP ROUTINE IF EXISTS ' || name || ' CASCADE';
    END LOOP;
END
$clear$;
"""
# What client programs of every version understand; psycopg brings a newer libpq than Debian's programs and says more.
KNOWN = ("host", "hostaddr", "port", "user", "dbname", "sslmode", "sslrootcert", "sslcert", "sslkey", "passfile")


class Postgres:
    """A database server."""

    file_name = "linli.pgdump"

    def dump(self, to: Path) -> dict[str, int]:
        from django.db import connection, transaction

        program = _program("pg_dump")
        with transaction.atomic(durable=True), connection.cursor() as cursor:
            # Count and dump the same moment: pg_dump looks at the snapshot of this transaction.
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute("SELECT pg_export_snapshot()")
            snapshot = cursor.fetchone()[0]
            options = ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}", f"--file={to}"]
            _run([program, *options, _address()])
            return _counts()

    def examine(self, file: Path) -> None:
        _run([_program("pg_restore"), "--list", str(file)])

    def load(self, file: Path) -> None:
        program, psql = _program("pg_restore"), _program("psql")
        script = file.with_suffix(".sql")
        with script.open("wb") as opened:
            os.fchmod(opened.fileno(), 0o600)
            opened.write(CLEAR.encode())
        _run([program, "--no-owner", "--no-privileges", f"--file={file.with_suffix('.body')}", str(file)])
        try:
            options = ["--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1", "--output=/dev/null"]
            files = [f"--file={script}", f"--file={file.with_suffix('.body')}"]
            _run([psql, *options, *files, _address()])
        finally:
            script.unlink()
            file.with_suffix(".body").unlink()

    def counts(self) -> dict[str, int]:
        return _counts()

    def compact(self) -> bool:
        from django.db import connection
        from django.db.utils import OperationalError

        tables = ", ".join(connection.ops.quote_name(table) for table in _tables())
        try:
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = '60s'")
                cursor.execute(f"VACUUM (FULL) {tables}")
        except OperationalError:
            return False
        finally:
            connection.close()
        return True


def _counts() -> dict[str, int]:
    from django.db import connection

    counted = {}
    with connection.cursor() as cursor:
        for table in _tables():
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608  # names out of the catalogue
            counted[table] = cursor.fetchone()[0]
    return counted


def _tables() -> list[str]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename")
        return [row[0] for row in cursor.fetchall()]


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise BackupError(
            _(
                "{name} is missing. Install PostgreSQL's client programs, as: sudo apt-get install postgresql-client"
            ).format(name=name)
        )
    return found


def _address() -> str:
    """The database as libpq writes it, without the password, which other users of this computer could read."""
    from django.db import connection
    from psycopg.conninfo import make_conninfo

    connection.ensure_connection()
    said = connection.connection.info.get_parameters()
    parameters = {name: value for name, value in said.items() if name in KNOWN}
    return f"--dbname={make_conninfo(**parameters)}"


def _run(command: list[str]) -> None:
    from django.db import connection

    environment = {**os.environ, "PGPASSWORD": str(connection.settings_dict.get("PASSWORD") or "")}
    if not environment["PGPASSWORD"]:
        del environment["PGPASSWORD"]
    done = subprocess.run(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False
    )
    if "lock timeout" in done.stderr:
        raise BackupError(_("Somebody is writing all the time. Stop linli (or the import that runs) and try again."))
    if done.returncode:
        lines = done.stderr.strip().splitlines()
        raise BackupError(
            _("{program} failed: {reason}").format(
                program=Path(command[0]).name, reason=" ".join(lines[-3:]) or done.returncode
            )
        )
