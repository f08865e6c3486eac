"""Writing many rows at once: tuples straight to the database, without an object for each row.

Django's `bulk_create` spends ten times longer making objects and SQL than the database needs; lists of 40,000 people
must go in within seconds. Values must be what the database stores: ids for foreign keys, text for JSON (`as_json`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Model


def insert(
    model: type[Model],
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    unique: Sequence[str] = (),
    where: str = "",
    update: Sequence[str] = (),
) -> None:
    """Insert rows given as tuples of `columns` (names of database columns).

    With `unique`, a row that is there already by those columns is left as it is, or gets the columns in `update`;
    `where` is the condition of a constraint that holds for some rows only, in the database's words. Must run inside a
    transaction. No signals, no defaults of fields: every column without a database default must be given.
    """
    table = connection.ops.quote_name(model._meta.db_table)  # noqa: SLF001  # Django's public name for it
    names = ", ".join(connection.ops.quote_name(column) for column in columns)
    conflict = _conflict(unique, where, update)
    if connection.vendor == "postgresql":
        _copy(table, names, list(rows), conflict)
        return
    marks = ", ".join(["?"] * len(columns))
    plain = [tuple(value.isoformat() if type(value) is date else value for value in row) for row in rows]
    with connection.cursor() as cursor:
        # Django's own cursor turns %s into ? for each row; the driver's takes the statement as it is.
        cursor.cursor.connection.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks}){conflict}", plain)  # noqa: S608  # names come from models


def _conflict(unique: Sequence[str], where: str, update: Sequence[str]) -> str:
    if not unique:
        return ""
    keys = ", ".join(connection.ops.quote_name(column) for column in unique)
    keys = f"({keys}) WHERE {where}" if where else f"({keys})"
    if not update:
        return f" ON CONFLICT {keys} DO NOTHING"
    sets = ", ".join(f"{(name := connection.ops.quote_name(column))} = excluded.{name}" for column in update)
    return f" ON CONFLICT {keys} DO UPDATE SET {sets}"


def _copy(table: str, names: str, rows: list[Sequence[Any]], conflict: str) -> None:
    """COPY into the table; where rows may be there already, into a table of the transaction first."""
    with connection.cursor() as cursor:
        target = table
        if conflict:
            target = "linli_bulk"
            cursor.execute(f"CREATE TEMP TABLE linli_bulk ON COMMIT DROP AS SELECT {names} FROM {table} WITH NO DATA")  # noqa: S608  # names come from models
        with cursor.copy(f"COPY {target} ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        if conflict:
            cursor.execute(f"INSERT INTO {table} ({names}) SELECT {names} FROM linli_bulk{conflict}")  # noqa: S608  # names come from models
            cursor.execute("DROP TABLE linli_bulk")


def as_json(value: Any) -> str:
    """A value as the text of a JSON column."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
