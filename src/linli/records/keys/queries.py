"""Whether the key file fits the database, and what is sealed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import Model

from linli.records.keys.fields import SealedBytes, SealedJSON, SealedText
from linli.records.keys.models import KeyMark
from linli.records.keys.ring import KeysWrongError, keep
from linli.records.keys.sealing import key_file, lookup, read_anew, ring, tail_lookup, unseal, unseal_bytes

WORD = "linli"
MARK = 1  # the id of the one mark


@dataclass(frozen=True, slots=True)
class SealedColumn:
    """A column that is sealed, with the columns of its keyed hashes (empty: none)."""

    model: type[Model]
    column: str
    lookup: str = ""
    tail: str = ""

    @property
    def batch(self) -> int:
        """How many values to hold at once: of whole files one, of others some hundred."""
        return 1 if isinstance(self.model._meta.get_field(self.column), SealedBytes) else 500  # noqa: SLF001


def mark() -> KeyMark | None:
    """The mark of the keys that this database is sealed with; none: it has never been sealed."""
    return KeyMark.objects.filter(pk=MARK).first()


def check() -> None:
    """See that the key file is the one this database knows. Raises KeysLostError and KeysWrongError.

    A change of the look-up key that was cut off between the database and the file is completed here.
    """
    keys, known = ring(), mark()
    if known is None or (unseal(known.sealed) == WORD and lookup(WORD, under=keys) == known.hashed):
        return
    if keys.lookup_next and lookup(WORD, under=keys.with_lookup_changed()) == known.hashed:
        keep(keys.with_lookup_changed(), key_file())
        read_anew()
        return
    raise KeysWrongError(str(key_file()))


def is_sealed() -> bool:
    """Whether the database holds anything that only keys can open."""
    return any(True for column in sealed_columns() for _ in values(column, most=1))


def opens() -> bool:
    """Whether the keys open the first and the newest value of every sealed column."""
    try:
        for column in sealed_columns():
            for newest in (False, True):
                for _, token in values(column, most=1, newest_first=newest):
                    unseal_bytes(as_bytes(token))
    except KeysWrongError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class Survey:
    """One sealed column: values in all, those the keys do not open, those their hash does not find."""

    table: str
    column: str
    values: int
    shut: int
    lost: int


def survey() -> Iterator[Survey]:
    """Open every sealed value, column by column, and see that its hash finds it."""
    for column in sealed_columns():
        count = shut = lost = 0
        hashes = [name for name in (column.lookup, column.tail) if name]
        for _, token, *hashed in values(column, also=hashes):
            count += 1
            try:
                plain = unseal_bytes(as_bytes(token))
            except KeysWrongError:
                shut += 1
                continue
            wanted = [lookup(plain.decode())] if column.lookup else []
            wanted += [tail_lookup(plain.decode())] if column.tail else []
            lost += wanted != hashed
        yield Survey(column.model._meta.db_table, column.column, count, shut, lost)  # noqa: SLF001  # Django's public name for it


def values(
    column: SealedColumn, *, also: Sequence[str] = (), most: int = 0, newest_first: bool = False
) -> Iterator[tuple[Any, ...]]:
    """Id and sealed value, as stored, of every row of a column that holds one, and other columns after them."""
    quote = connection.ops.quote_name
    table, name, more = quote(column.model._meta.db_table), quote(column.column), [quote(one) for one in also]  # noqa: SLF001
    after, size, given = 0, most or column.batch, 0
    order = "id DESC" if newest_first else "id"
    read = (
        f"SELECT {', '.join(('id', name, *more))} FROM {table} "  # noqa: S608  # names come from models
        f"WHERE id > %s AND length({name}) > 0 ORDER BY {order} LIMIT {size}"
    )
    while True:
        with connection.cursor() as cursor:
            cursor.execute(read, [after])
            rows = cursor.fetchall()
        yield from rows
        given += len(rows)
        if len(rows) < size or (most and given >= most):
            return
        after = rows[-1][0]


def as_bytes(token: Any) -> bytes:
    """A sealed value as the sealing library takes it, from a column of text or of bytes."""
    return token.encode() if isinstance(token, str) else bytes(token)


def sealed_columns() -> Iterator[SealedColumn]:
    """Every sealed column of every noun."""
    for model in apps.get_app_config("records").get_models():
        for field in model._meta.get_fields():  # noqa: SLF001  # Django's public name for it
            if isinstance(field, SealedText):
                yield SealedColumn(model, field.attname, field.lookup_column, field.tail_column)
            elif isinstance(field, SealedJSON | SealedBytes):
                yield SealedColumn(model, field.attname)


def told() -> dict[str, Any]:
    """What may be said of the keys: the newest one's fingerprint, how many older ones there are."""
    found = ring()
    return {"fingerprint": found.fingerprint, "older": len(found.seal) - 1}
