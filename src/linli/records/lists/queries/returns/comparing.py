"""The rows of a list that came back in which somebody changed something, against the register as it is now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from linli.domain.sheets.copies import COPY_FIELDS, UNITS, CopyKind, cell_text
from linli.domain.sheets.edits import Edit, Edits
from linli.domain.sheets.three_way import Difference, differences
from linli.records.lists.queries.copies import KEEPERS, Met
from linli.records.lists.queries.plan import Outcome, Planned, as_json, trouble
from linli.records.lists.queries.returns.areas import AreasSettler
from linli.records.lists.queries.returns.buildings import BuildingsSettler
from linli.records.lists.queries.returns.doors import DoorsSettler
from linli.records.lists.queries.returns.doses import DosesSettler
from linli.records.lists.queries.returns.employers import EmployersSettler
from linli.records.lists.queries.returns.gathering import Gathered, Line
from linli.records.lists.queries.returns.pending import Decided, Pending, Settler, Wanted
from linli.records.lists.queries.returns.people import PeopleSettler
from linli.records.programme.queries import product_words

SETTLERS: dict[CopyKind, type[Settler]] = {
    "people": PeopleSettler,
    "employers": EmployersSettler,
    "buildings": BuildingsSettler,
    "areas": AreasSettler,
    "doors": DoorsSettler,
    "doses": DosesSettler,
}
# A row with where its record leads, the fields that somebody changed, and the columns for reading changed in vain.
Touched = tuple[Line, Met, list[str], list[str]]


def compare(
    file: Gathered,
    touched: Sequence[Touched],
    header: Sequence[str],
    paths: Sequence[str],
    on: date,
    decided: Mapping[int, Decided],
) -> dict[int, Planned]:
    """The fates of the rows in which somebody changed something."""
    subjects = KEEPERS[file.kind].load(sorted({found.pk for _, found, _, _ in touched if found.pk}))
    ours = _ours(file.kind, subjects, {line.copied.language for line, *_ in touched})
    editors = _Editors(file, on)
    plans: dict[int, Planned] = {}
    pending: list[Pending] = []
    for line, found, fields, vain in touched:
        if found.pk is None:
            struck = trouble("dose_struck", header[file.returned.record], line.record)
            plans[line.line] = Planned(line.line, Outcome.BAD, [struck])
            continue
        row = _pending(line, file, subjects[found.pk], ours[line.copied.language][found.pk])
        row.edits, wrong = editors.read(line, fields)
        row.problems = remarks_of(found, vain, line, header)
        row.problems += [as_json(problem) | {"field": _field(problem.column, file)} for problem in wrong]
        pending.append(row)
    return plans | _judge(file.kind, pending, paths, on, decided)


class _Editors:
    """Reads edits in the language of each row's copy."""

    def __init__(self, file: Gathered, on: date) -> None:
        self._file, self._on = file, on
        self._products = product_words() if file.kind == "doses" else {}
        self._readers: dict[str, Edits] = {}

    def read(self, line: Line, fields: Sequence[str]) -> tuple[dict[str, Edit], list[Any]]:
        language = line.copied.language
        if language not in self._readers:
            self._readers[language] = Edits(
                self._file.returned, self._file.kind, products=self._products, on=self._on, language=language
            )
        return self._readers[language].read(line.line, line.cells, fields)


def _ours(kind: CopyKind, subjects: Mapping[int, Any], languages: set[str]) -> dict[str, dict[int, tuple[str, ...]]]:
    """What the register says now, as each language would write it."""
    keys, rows = list(subjects), list(subjects.values())
    return {
        language: {
            key: tuple(cell_text(value) for value in cells)
            for key, cells in zip(keys, KEEPERS[kind].cells(rows, language=language), strict=True)
        }
        for language in languages
    }


def _pending(line: Line, file: Gathered, subject: Any, now: Sequence[str]) -> Pending:
    base = line.copied.rows[line.record]
    fields = COPY_FIELDS[file.kind]
    return Pending(
        line=line.line,
        record=line.record,
        copied=line.copied,
        headers={field: column.header for field, column in file.returned.fields.items()},
        base={column.field: base[at] for at, column in enumerate(line.copied.columns) if column.field},
        ours=dict(zip(fields, now, strict=True)),
        subject=subject,
        edits={},
    )


def _field(column: str, file: Gathered) -> str:
    return next((field for field, one in file.returned.fields.items() if one.header == column), "")


def remarks_of(found: Met, vain: Sequence[str], line: Line, header: Sequence[str]) -> list[dict[str, Any]]:
    """What is worth knowing and changes nothing: another record is meant, a column for reading was changed."""
    remarks = []
    if found.via in ("merged", "corrected"):
        remarks.append(trouble(f"record_{found.via}", severity="warning"))
    for column in vain:
        remarks.append(trouble("reading_only", column, line.cells[header.index(column)], "warning"))
    return remarks


def _judge(
    kind: CopyKind, pending: Sequence[Pending], paths: Sequence[str], on: date, decided: Mapping[int, Decided]
) -> dict[int, Planned]:
    if not pending:
        return {}
    settler = SETTLERS[kind](pending, paths=paths, on=on)
    changes: dict[int, list[dict[str, Any]]] = {}
    wanted: list[Wanted] = []
    open_rows: set[int] = set()
    for row in pending:
        settler.settle(row)
        _keep_emptied(kind, row)
        texts = {field: edit.text for field, edit in row.edits.items()}
        found = differences(kind, base=row.base, ours=row.ours, edits=texts)
        word = _decision(decided.get(row.line), found)
        changes[row.line] = [entry for one in found for entry in _entries(one, word)]
        if any(one.is_conflict for one in found) and not word:
            open_rows.add(row.line)
        units = {one.unit: one for one in found if word == "take" or not one.is_conflict}
        if units and not row.is_bad and row.line not in open_rows:
            wanted.append(Wanted(row, units))
    _once_a_record(wanted)
    live = [one for one in wanted if one.units and not one.row.is_bad]
    settler.plan(live)
    whats = {one.row.line: one.what for one in live}
    return {
        row.line: _planned(row, changes[row.line], whats, settler, is_open=row.line in open_rows) for row in pending
    }


def _keep_emptied(kind: CopyKind, row: Pending) -> None:
    """Cells that together say one thing, all of them cleared, take nothing away."""
    for fields in UNITS[kind].values():
        mine = [field for field in fields if field in row.edits]
        texts = [row.edits[field].text if field in row.edits else row.base.get(field, "") for field in fields]
        if mine and not any(texts):
            row.tell("emptied", mine[0], severity="warning")
            for field in mine:
                del row.edits[field]


def _once_a_record(wanted: Sequence[Wanted]) -> None:
    """Two copies of one record in one file, or two records that were merged: only one of them may change it."""
    by_subject: dict[int, list[Wanted]] = defaultdict(list)
    for one in wanted:
        by_subject[one.row.subject.pk].append(one)
    for alike in by_subject.values():
        said = {tuple(sorted((unit, one.file) for unit, one in each.units.items())) for each in alike}
        if len(alike) > 1 and len(said) > 1:
            for each in alike:
                each.row.tell("record_twice", "", lines=tuple(str(one.row.line) for one in alike))
        else:
            for each in alike[1:]:
                each.units = {}


def _planned(
    row: Pending, changes: list[dict[str, Any]], whats: Mapping[int, Any], settler: Settler, *, is_open: bool
) -> Planned:
    what = whats.get(row.line)
    if row.is_bad:
        outcome: str = Outcome.BAD
    elif is_open:
        outcome = Outcome.CONFLICT
    else:
        outcome = Outcome.CHANGED if what is not None else Outcome.SAME
    shown = changes if outcome != Outcome.SAME or any("conflict" in one for one in changes) else []
    return Planned(row.line, outcome, row.problems, shown, settler.subject_of(row.subject), what)


def _entries(one: Difference, word: str) -> list[dict[str, Any]]:
    """A difference field by field, as it is stored and shown."""
    texts = zip(one.fields, one.base, one.ours, one.file, strict=True)
    if not one.is_conflict:
        return [{"field": field, "old": now, "new": file} for field, _, now, file in texts if now != file]
    state = {"take": "taken", "keep": "kept"}.get(word, "open")
    return [
        {"field": field, "base": base, "old": now, "new": file, "conflict": state}
        for field, base, now, file in texts
        if len({base, now, file}) > 1
    ]


def _decision(decided: Decided | None, found: Sequence[Difference]) -> str:
    """The decision on a row, while the conflict is the one that was shown; another change meanwhile opens it again."""
    if decided is None or decided.word not in ("keep", "take"):
        return ""
    now = {_mark(entry) for one in found if one.is_conflict for entry in _entries(one, "")}
    seen = {_mark(entry) for entry in decided.seen if "conflict" in entry}
    return decided.word if now == seen else ""


def _mark(entry: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(str(entry[key]) for key in ("field", "base", "old", "new"))
