"""Sealing what an earlier linli kept plain, once, when its database is upgraded."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from typing import Any

from linli.records.keys.ring import make
from linli.records.keys.sealing import key_file, lookup, seal, seal_bytes, tail_lookup

BATCH = 500


def _sealed(text: str) -> tuple[str, ...]:
    return (seal(text),)


def _sealed_number(text: str) -> tuple[str, ...]:
    return (seal(text), lookup(text))


def _sealed_phone(text: str) -> tuple[str, ...]:
    return (seal(text), lookup(text), tail_lookup(text))


def _sealed_file(content: Any) -> tuple[bytes, ...]:
    return (seal_bytes(zlib.compress(bytes(content), level=1)),)


# Table, the column that was plain, the columns it becomes, and how: as they stood in the version that was upgraded.
PLAIN: tuple[tuple[str, str, tuple[str, ...], Callable[[Any], tuple[Any, ...]]], ...] = (
    ("people_document", "number", ("number", "number_hash"), _sealed_number),
    ("people_phone", "value", ("value", "value_hash", "tail_hash"), _sealed_phone),
    ("people_person", "phone", ("phone", "phone_hash", "phone_tail_hash"), _sealed_phone),
    ("lists_list", "content", ("content",), _sealed_file),
    ("lists_list", "refusal", ("refusal",), _sealed),
    ("lists_list", "header", ("header",), _sealed),
    ("lists_list", "unknown_columns", ("unknown_columns",), _sealed),
    ("lists_row", "cells", ("cells",), _sealed),
    ("lists_row", "problems", ("problems",), _sealed),
    ("lists_row", "changes", ("changes",), _sealed),
)


def seal_plain_rows(connection: Any) -> int:
    """Seal every plain value of the tables above; gives how many. A database without any needs no keys."""
    count = 0
    with connection.cursor() as cursor:
        for table, column, columns, sealed in PLAIN:
            last = 0
            while True:
                batch = 1 if sealed is _sealed_file else BATCH  # whole files one by one
                cursor.execute(
                    f"SELECT id, {column} FROM {table} WHERE id > %s ORDER BY id LIMIT {batch}",  # noqa: S608  # names from above
                    [last],
                )
                rows = cursor.fetchall()
                if not rows:
                    break
                make(key_file())
                sets = ", ".join(f"{name} = %s" for name in columns)
                changes = [(*sealed(value), key) for key, value in rows if value]
                cursor.executemany(f"UPDATE {table} SET {sets} WHERE id = %s", changes)  # noqa: S608  # names from above
                last, count = rows[-1][0], count + len(changes)
    return count
