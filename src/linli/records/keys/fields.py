"""Model fields whose columns hold sealed values: read and assign them plain, never filter by them."""

from __future__ import annotations

import json
import zlib
from typing import Any

from django.core.exceptions import FieldError
from django.db import models

from linli.records.keys.sealing import seal, seal_bytes, unseal, unseal_bytes


class _Sealed:
    """What sealed fields share: a column that cannot be compared in a query, since equal values differ when sealed."""

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name != "isnull":
            raise FieldError(f"a sealed field cannot be searched ({lookup_name}): use its look-up hash")
        return super().get_lookup(lookup_name)  # type: ignore[misc]  # a mixin before a field

    def get_transform(self, lookup_name: str) -> Any:
        raise FieldError(f"a sealed field cannot be searched ({lookup_name}): use its look-up hash")


class SealedText(_Sealed, models.TextField[str, str]):
    """A text sealed in the database; `lookup` and `tail` name the columns of its keyed hashes, set when saved."""

    def __init__(self, *args: Any, lookup: str = "", tail: str = "", **kwargs: Any) -> None:
        self.lookup_column, self.tail_column = lookup, tail
        super().__init__(*args, **kwargs)

    def get_prep_value(self, value: Any) -> Any:
        return seal(str(value)) if value else value

    def from_db_value(self, value: str | None, *_: Any) -> str | None:
        return unseal(value) if value else value

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        from linli.records.keys.sealing import lookup, tail_lookup

        value = getattr(model_instance, self.attname)
        if self.lookup_column:
            setattr(model_instance, self.lookup_column, lookup(value))
        if self.tail_column:
            setattr(model_instance, self.tail_column, tail_lookup(value))
        return value


class SealedJSON(_Sealed, models.TextField[Any, Any]):
    """A value that JSON can say, sealed in the database; an empty one is nothing, and reads as the field's default."""

    def get_prep_value(self, value: Any) -> Any:
        return seal_json(value)

    def from_db_value(self, value: str | None, *_: Any) -> Any:
        return json.loads(unseal(value)) if value else self.get_default()

    def to_python(self, value: Any) -> Any:
        return value


class SealedBytes(_Sealed, models.BinaryField[bytes, bytes]):
    """A file's content, packed and then sealed in the database."""

    def get_prep_value(self, value: Any) -> Any:
        return seal_bytes(zlib.compress(bytes(value), level=1)) if value else value

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        value = value if prepared else self.get_prep_value(value)
        return connection.Database.Binary(value) if value is not None else None

    def from_db_value(self, value: Any, *_: Any) -> bytes | None:
        return zlib.decompress(unseal_bytes(bytes(value))) if value else value


def seal_json(value: Any) -> str:
    """A value as a SealedJSON column stores it, for rows that are written in bulk; most lists of problems are empty."""
    return "" if not value else seal(json.dumps(value, ensure_ascii=False, separators=(",", ":")))
