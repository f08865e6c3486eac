"""Beginning with keys, and changing them."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable
from datetime import datetime
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.db import connection, transaction
from django.utils import timezone

from linli.records.journal.actions import Who, action, write
from linli.records.keys import holding
from linli.records.keys.models import KeyMark
from linli.records.keys.queries import (
    MARK,
    WORD,
    SealedColumn,
    as_bytes,
    check,
    mark,
    opens,
    sealed_columns,
    values,
)
from linli.records.keys.ring import KeysWrongError, Ring, keep
from linli.records.keys.sealing import key_file, lookup, read_anew, ring, tail_lookup

Progress = Callable[[str, int], None]


class KeysBegunError(RuntimeError):
    """The database is sealed already, with the keys of its mark."""


@action
def begin(*, by: Who, at: datetime | None = None) -> KeyMark:
    """Mark the database with the keys it is sealed with from now on. Raises KeysBegunError and KeysWrongError."""
    if mark() is not None:
        raise KeysBegunError
    if not opens():
        raise KeysWrongError(str(key_file()))
    made = _mark(ring(), at)
    write(by=by, verb="keys.begin", detail={"key": made.fingerprint}, at=at)
    return made


@action
def rotate(
    *,
    by: Who,
    lookup_too: bool = False,
    drop_older: bool = False,
    progress: Progress | None = None,
    at: datetime | None = None,
) -> dict[str, int]:
    """Seal everything anew with a new key; gives the rows by table. Raises KeysBusyError while others use the keys.

    The new key stands in the file before any row is sealed with it, the older ones stay there until all rows are
    committed: whenever this is stopped, every row can be opened. With `lookup_too` the hashes get a new key as well.
    With `drop_older` only the newest key stays: backups made before cannot be opened any more.
    """
    holding.be_alone()
    try:
        return _rotate(by, lookup_too, drop_older, progress, at)
    except BaseException:
        holding.be_joined()
        raise


def _rotate(
    by: Who, lookup_too: bool, drop_older: bool, progress: Progress | None, at: datetime | None
) -> dict[str, int]:
    check()
    before = ring().with_new_seal()
    after = before.with_next_lookup() if lookup_too else before.with_same_lookup()
    keep(after, key_file())
    coming = after.with_lookup_changed()
    cipher = MultiFernet([Fernet(key) for key in after.seal])
    hashes = (functools.partial(lookup, under=coming), functools.partial(tail_lookup, under=coming))
    done: dict[str, int] = {}
    for column in sealed_columns():
        table = column.model._meta.db_table  # noqa: SLF001  # Django's public name for it
        count = _reseal(column, cipher, *hashes)
        done[table] = max(done.get(table, 0), count)
        if progress:
            progress(f"{table}.{column.column}", count)
    KeyMark.objects.all().delete()
    _mark(coming, at)
    detail = {"key": coming.fingerprint, "rows": sum(done.values()), "lookup": lookup_too, "older_dropped": drop_older}
    write(by=by, verb="keys.rotate", detail=detail, at=at)
    final = coming.with_newest_only() if drop_older else coming

    def settle() -> None:
        keep(final, key_file())
        read_anew()
        holding.be_joined()

    transaction.on_commit(settle)
    return done


def _mark(keys: Ring, at: datetime | None) -> KeyMark:
    # Two processes begin at once: both would write the row of this id, and the second is refused.
    return KeyMark.objects.create(
        pk=MARK,
        fingerprint=keys.fingerprint,
        sealed=Fernet(keys.seal[0]).encrypt(WORD.encode()).decode(),
        hashed=lookup(WORD, under=keys),
        made_at=at or timezone.now(),
    )


def _reseal(column: SealedColumn, cipher: MultiFernet, hashed: Callable[[str], str], tail: Callable[[str], str]) -> int:
    """Seal one column anew, batch by batch in the order of ids; its hashes are drawn from the opened text."""
    quote = connection.ops.quote_name
    table, name = quote(column.model._meta.db_table), quote(column.column)  # noqa: SLF001  # Django's public name for it
    sets = [name, *(quote(hash_column) for hash_column in (column.lookup, column.tail) if hash_column)]
    update = f"UPDATE {table} SET {', '.join(f'{one} = %s' for one in sets)} WHERE id = %s"  # noqa: S608  # names come from models
    count = 0
    found = values(column)
    while batch := list(itertools.islice(found, column.batch)):
        with connection.cursor() as cursor:
            cursor.executemany(update, [_anew(key, token, column, cipher, hashed, tail) for key, token in batch])
        count += len(batch)
    return count


def _anew(
    key: int,
    token: Any,
    column: SealedColumn,
    cipher: MultiFernet,
    hashed: Callable[[str], str],
    tail: Callable[[str], str],
) -> list[Any]:
    try:
        plain = cipher.decrypt(as_bytes(token))
    except InvalidToken:
        raise KeysWrongError(str(key_file())) from None
    fresh = cipher.encrypt(plain)
    found: list[Any] = [fresh.decode() if isinstance(token, str) else connection.Database.Binary(fresh)]  # type: ignore[attr-defined]  # the driver of this connection
    if column.lookup:
        found.append(hashed(plain.decode()))
    if column.tail:
        found.append(tail(plain.decode()))
    return [*found, key]
