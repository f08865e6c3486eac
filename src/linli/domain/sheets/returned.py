"""A list that comes back from Excel: where its columns are now, and which of its cells somebody changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from linli.domain.sheets.copies import COPY_FIELDS, READING_MARK, Copied, CopyKind
from linli.domain.sheets.header import concept, normal
from linli.domain.sheets.layout import Column
from linli.domain.sheets.problem import SheetError
from linli.domain.sheets.unedited import is_as_written

MARKS: Final = tuple(normal(mark) for mark in READING_MARK)


@dataclass(frozen=True, slots=True)
class Returned:
    """The columns of a file that came back: Record, Copy, fields that may be changed, columns for reading, others."""

    record: int
    copy: int
    fields: Mapping[str, Column]
    reading: Mapping[str, Column]
    unknown: tuple[str, ...]


def id_columns(header: Sequence[str]) -> tuple[int | None, int | None]:
    """Where Record and Copy stand in a header; None where they are missing.

    Raises SheetError: duplicate_columns.
    """
    found: dict[str, list[int]] = {"record": [], "copy": []}
    for index, cell in enumerate(header):
        if (word := concept(cell)) in found:
            found[word].append(index)
    for field, places in found.items():
        if len(places) > 1:
            raise SheetError("duplicate_columns", field=field, columns=tuple(header[place] for place in places))
    record, copy = (places[0] if places else None for places in found.values())
    return record, copy


def place(header: Sequence[str], kind: CopyKind) -> Returned:
    """Find the columns of a copy, in whatever order they are now; columns may be missing and others have come.

    Raises SheetError: copy_missing, duplicate_columns.
    """
    record, copy = id_columns(header)
    if record is None or copy is None:
        raise SheetError("copy_missing")
    fields: dict[str, Column] = {}
    reading: dict[str, Column] = {}
    unknown: list[str] = []
    for index, cell in enumerate(header):
        words = normal(cell)
        if index in (record, copy) or not words:
            continue
        if words.endswith(MARKS):
            reading.setdefault(words, Column(index, cell))
            continue
        field = (concept(cell) or "").removesuffix(".")  # "address" alone means the one of this kind of list
        if field not in COPY_FIELDS[kind]:
            unknown.append(cell)
        elif field in fields:
            raise SheetError("duplicate_columns", field=field, columns=(fields[field].header, cell))
        else:
            fields[field] = Column(index, cell)
    return Returned(record, copy, fields, reading, tuple(unknown))


class Changed:
    """Which cells of a row differ from a copy as it went out."""

    def __init__(self, returned: Returned, copied: Copied) -> None:
        self._pairs: list[tuple[int, int, str, str]] = []
        for position, column in enumerate(copied.columns):
            here = returned.fields.get(column.field) if column.field else returned.reading.get(normal(column.header))
            if here is not None:
                self._pairs.append((here.index, position, column.field, here.header))

    def of(self, cells: Sequence[str], base: Sequence[str]) -> tuple[list[str], list[str]]:
        """The fields that somebody changed, and the headers of columns for reading that somebody changed in vain."""
        fields: list[str] = []
        vain: list[str] = []
        for here, position, field, header in self._pairs:
            cell, before = cells[here], base[position]
            if cell != before and not is_as_written(before, cell):
                if field:
                    fields.append(field)
                else:
                    vain.append(header)
        return fields, vain
