"""Which copies a file that came back belongs to, and which row of it is which record."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from linli.domain.identity import plain
from linli.domain.sheets import Sheet, SheetError
from linli.domain.sheets.copies import Copied, CopyKind
from linli.domain.sheets.header import concept
from linli.domain.sheets.returned import Returned, id_columns, place
from linli.records.accounts.queries import granted_paths
from linli.records.lists.models import Export, List
from linli.records.lists.queries.copies import KEEPERS, RETURN_RIGHTS, copied, kind_of, meeting_area
from linli.records.lists.queries.plan import Outcome, Planned, trouble
from linli.records.people.queries import chunks
from linli.records.places.models import Area

LONGEST_SHOWN = 40
MOST_COPIES = 40  # each is held whole while its rows are compared


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the file with its record and the copy it is compared with."""

    line: int
    cells: tuple[str, ...]
    record: str
    copied: Copied


@dataclass(frozen=True)
class Gathered:
    """A file that came back: its columns, its copies, the rows that have a base, and those that have none."""

    kind: CopyKind
    returned: Returned
    copies: Mapping[str, Copied]
    lines: Sequence[Line]
    lost: Sequence[Planned]


def is_copy(sheet: Sheet) -> bool:
    """Whether a sheet went out from here: it has both columns, Record and Copy.

    Raises SheetError: copy_missing where only the first is left, duplicate_columns.
    """
    record, copy = id_columns(sheet.header)
    if record is None or copy is not None:
        return record is not None
    ids = [plain(row[record]) for row in sheet.rows[:1_000]]
    everything = [area.path for area in Area.objects.filter(parent=None)]
    if any(keeper.meet(ids, paths=everything) for keeper in KEEPERS.values()):
        raise SheetError("copy_missing")
    return False


def gather(sheet: Sheet, *, of: List) -> Gathered:
    """Find the copies of a file. Raises SheetError: copy_unknown, too_many_copies, not_a_copy and so on."""
    record_at, copy_at = id_columns(sheet.header)
    if record_at is None or copy_at is None:
        raise SheetError("not_a_copy")
    named = Counter(plain(row[copy_at]) for row in sheet.rows)
    known = [
        key
        for chunk in chunks([key for key in named if key])
        for key in Export.objects.filter(public_id__in=chunk).values_list("public_id", flat=True)
    ]
    if not known:
        raise SheetError("copy_unknown", seen=next((one for one in named if one), "")[:LONGEST_SHOWN])
    if len(known) > MOST_COPIES:
        raise SheetError("too_many_copies", copies=len(known), limit=MOST_COPIES)
    exports = {one.public_id: one for one in Export.objects.filter(public_id__in=known).select_related("area")}
    kinds: Counter[str] = Counter()
    for public_id, export in exports.items():
        kinds[export.kind] += named[public_id]
    kind = kind_of(kinds.most_common(1)[0][0])
    copies = {key: copied(export) for key, export in exports.items()}
    returned = place(sheet.header, kind)
    of.kind, of.copies = kind, sorted(exports)
    paths = [export.area.path for export in exports.values() if export.area]
    of.area = meeting_area(paths) if paths else None
    lines: list[Line] = []
    lost: list[Planned] = []
    for line, cells in zip(sheet.lines, sheet.rows, strict=True):
        found = _line(line, cells, kind, returned, copies, sheet.header)
        if isinstance(found, Line):
            lines.append(found)
        else:
            lost.append(found)
    return Gathered(kind, returned, copies, lines, lost)


def scope(of: List, kind: CopyKind, *, on: date) -> list[str]:
    """The subtrees in which a list may change anything: those of whoever brought it back, as their rights are now."""
    if of.received_by is None:
        return [area.path for area in Area.objects.filter(parent=None)]  # the operator, at the command line
    return granted_paths(of.received_by, RETURN_RIGHTS[kind]) if of.received_by.is_open(on) else []


def _line(
    line: int,
    cells: tuple[str, ...],
    kind: CopyKind,
    returned: Returned,
    copies: Mapping[str, Copied],
    header: Sequence[str],
) -> Line | Planned:
    record, copy = plain(cells[returned.record]), plain(cells[returned.copy])
    record_column, copy_column = header[returned.record], header[returned.copy]
    if concept(record) == "record":
        return Planned(line, Outcome.SAME, [trouble("repeated_header", severity="warning")])
    if not record:
        return Planned(line, Outcome.BAD, [trouble("record_missing", record_column)])
    if not copy:
        holding = [one for one in copies.values() if record in one.rows and one.kind == kind]
        if len(holding) != 1:
            return Planned(line, Outcome.BAD, [trouble("copy_left_out", copy_column)])
        return Line(line, cells, record, holding[0])
    base = copies.get(copy)
    if base is None:
        return Planned(line, Outcome.UNKNOWN, [trouble("unknown_copy", copy_column, copy)])
    if base.kind != kind:
        return Planned(line, Outcome.BAD, [trouble("copy_of_other_kind", copy_column, copy)])
    if record not in base.rows:
        return unknown(line, record, record_column)
    return Line(line, cells, record, base)


def unknown(line: int, record: str, column: str) -> Planned:
    """A row whose record does not exist, or not for whoever brought it back: nobody can tell which."""
    return Planned(line, Outcome.UNKNOWN, [trouble("unknown_record", column, record)])


def twice(lines: Iterable[Line], column: str) -> dict[int, Planned]:
    """The fates of rows that stand in the file more than once: the same again counts once, others are bad on each."""
    by_record: dict[tuple[str, int], list[Line]] = defaultdict(list)
    for one in lines:
        by_record[one.record, id(one.copied)].append(one)
    fates: dict[int, Planned] = {}
    for (record, _), alike in by_record.items():
        if len(alike) == 1:
            continue
        if len({one.cells for one in alike}) == 1:
            for one in alike[1:]:
                params = {"first_line": alike[0].line}
                fates[one.line] = Planned(one.line, Outcome.SAME, [trouble("repeated_row", "", "", "warning", params)])
            continue
        numbers = tuple(str(one.line) for one in alike)
        for one in alike:
            bad = trouble("record_twice", column, record, params={"lines": numbers})
            fates[one.line] = Planned(one.line, Outcome.BAD, [bad])
    return fates
