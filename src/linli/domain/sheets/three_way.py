"""Compare what went out, what came back, and what the register says by now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from linli.domain.sheets.copies import COPY_FIELDS, UNITS, CopyKind


@dataclass(frozen=True, slots=True)
class Difference:
    """A field, or fields that say one thing together, which the file wants otherwise than the register has it.

    The three texts of each field in the order of `fields`: as it went out, in the register now, in the file.
    A conflict: the register was changed meanwhile, and not to what the file says.
    """

    unit: str
    fields: tuple[str, ...]
    base: tuple[str, ...]
    ours: tuple[str, ...]
    file: tuple[str, ...]

    @property
    def is_conflict(self) -> bool:
        """Whether somebody else changed the same meanwhile."""
        return self.base != self.ours


def differences(
    kind: CopyKind, *, base: Mapping[str, str], ours: Mapping[str, str], edits: Mapping[str, str]
) -> list[Difference]:
    """What the file would change; a cell that nobody touched says nothing, whatever the register says by now."""
    found = []
    for unit, fields in _units(kind).items():
        if not any(field in edits for field in fields):
            continue
        before = tuple(base.get(field, "") for field in fields)
        now = tuple(ours.get(field, "") for field in fields)
        file = tuple(edits.get(field, text) for field, text in zip(fields, before, strict=True))
        if file != now and file != before:
            found.append(Difference(unit, fields, before, now, file))
    return found


def _units(kind: CopyKind) -> dict[str, tuple[str, ...]]:
    together = UNITS[kind]
    members = {field for fields in together.values() for field in fields}
    single = {field: (field,) for field in COPY_FIELDS[kind] if field not in members}
    return single | together
