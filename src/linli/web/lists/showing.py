"""Rows of a list as a page shows them: the main cells, what is wrong in words, what would change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from linli.domain.sheets import Layout, SheetError, recognise
from linli.records.lists.models import List, Row
from linli.records.people.models import Person
from linli.records.people.queries import in_areas
from linli.web.lists import returned
from linli.words import problems as words

# The columns by which people know a row again, alternatives joined by a bar.
MAIN: dict[str, tuple[str, ...]] = {
    "areas": ("area_code", "area_name", "area_kind", "parent_code"),
    "buildings": ("building_code", "building_name", "area", "address"),
    "doors": ("building", "stair", "door", "household"),
    "people": ("name", "id_number|birth_date", "building|living_address|registered_address|area", "door"),
    "doses": ("name", "id_number", "dose_number", "given_on", "product|maker"),
    "employers": ("employer", "employer_code", "work_building", "floor"),
    "staff": ("name", "id_number|birth_date", "employer|employer_code", "work_building"),
}
NAMING = ("people", "doses", "staff")  # the kinds of list whose rows name people


@dataclass(frozen=True, slots=True)
class Trouble:
    """One problem of a row, in words; `is_bad` keeps the row out, as a doubt does until it is decided."""

    column: str
    value: str
    words: str
    is_bad: bool
    index: int | None = None  # the column's position


@dataclass(frozen=True, slots=True)
class Change:
    """What applying a row would change.

    Of a conflict also `base`, as it went out, and `state`: open, or kept or taken by somebody's decision.
    """

    field: str
    old: str
    new: str
    base: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A row of the table."""

    line: int
    outcome: str
    is_in_file: bool
    is_mended: bool
    is_decided: bool
    cells: list[tuple[str, str]]  # header and text
    troubles: list[Trouble]
    changes: list[Change]


def layout_of(of: List) -> Layout | None:
    """The layout of a staged list; None while it has no header."""
    if of.is_return:
        return returned.layout_of(of)
    try:
        return recognise(of.header) if of.header else None
    except SheetError:
        return None


def main_columns(of: List, layout: Layout | None) -> list[tuple[int, str]]:
    """Position and header of the columns by which rows are known again."""
    if of.is_return:
        return returned.main_columns(of)
    if layout is None:
        return []
    wanted = (next((field for field in one.split("|") if field in layout.columns), "") for one in MAIN[layout.kind])
    return [(layout.columns[field].index, layout.columns[field].header) for field in wanted if field]


def shown(
    rows: Iterable[Row],
    *,
    columns: Sequence[tuple[int, str]],
    seen: frozenset[str],
    subjects: frozenset[str] | None = None,
) -> list[Shown]:
    """Rows for the table; `seen` are the people whom the reader may know by name, `subjects` those of a list back."""
    return [
        Shown(
            line=row.line,
            outcome=row.outcome,
            is_in_file=row.outcome != Row.Outcome.REMOVED,
            is_mended=row.is_mended,
            is_decided=bool(row.decision),
            cells=[(header, row.cells[index]) for index, header in columns],
            troubles=troubles(row, seen=seen),
            changes=changes(row, subjects=subjects),
        )
        for row in rows
    ]


def changes(row: Row, *, subjects: frozenset[str] | None = None) -> list[Change]:
    """What applying a row would change, in words; what the register has of somebody not in `subjects` stays hidden."""
    hidden = _("(a person of another area)") if subjects is not None and row.subject_id not in subjects else ""
    return [
        Change(
            words.field_words(change["field"]),
            hidden or change["old"],
            change["new"],
            hidden or change.get("base", ""),
            change.get("conflict", ""),
        )
        for change in row.changes
    ]


def troubles(row: Row, *, seen: frozenset[str], header: Sequence[str] = ()) -> list[Trouble]:
    """What is wrong with a row, in words."""
    return [
        Trouble(
            column=problem["column"],
            value=problem["value"],
            words=words.problem_words(_without_names(problem, seen)),
            is_bad=problem["severity"] != "warning",
            index=header.index(problem["column"]) if problem["column"] in header else None,
        )
        for problem in row.problems
    ]


def people_meant(rows: Iterable[Row], *, paths: Sequence[str]) -> dict[str, Person]:
    """The people whom rows in doubt may mean and whom a worker of these areas may see, by public id; one query."""
    wanted = {key for row in rows for problem in row.problems for key in problem["params"].get("candidates", ())}
    if not wanted:
        return {}
    found = Person.objects.filter(in_areas(paths), public_id__in=wanted).select_related(
        "living_building", "living_door", "registered_building", "working_building", "employer"
    )
    return {person.public_id: person for person in found}


def people_shown(of: List, rows: Iterable[Row], meant: Iterable[str]) -> list[str]:
    """Public ids of everybody of the register whom a page of a list's rows names: those met, and those maybe meant."""
    met = [row.subject_id for row in rows if row.subject_id] if of.kind in NAMING and not of.is_return else []
    return [*met, *meant]


def _without_names(problem: Mapping[str, Any], seen: frozenset[str]) -> Mapping[str, Any]:
    """A problem that names somebody whom the reader may not see says so instead."""
    meant = problem["params"].get("candidates") or []
    if "known" not in problem["params"] or set(meant) <= seen:
        return problem
    return {**problem, "params": {**problem["params"], "known": _("(a person of another area)")}}
