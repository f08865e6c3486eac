"""What the command line says of a judged list: a sample, every row to look at, the whole as one object."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from linli.cli.language import gettext as _
from linli.domain.sheets import write_csv, write_xlsx
from linli.records.lists.models import List, Row
from linli.records.lists.queries import rows
from linli.words.problems import OUTCOMES, field_words, problem_words

MOST_SHOWN = 50
TO_LOOK_AT = (Row.Outcome.BAD, Row.Outcome.DOUBT, Row.Outcome.CONFLICT, Row.Outcome.UNKNOWN)


def show_rows(of: List, *, sample: int) -> None:
    """A sample of what would be written, then the rows to look at with line, column, value and reason."""
    for outcome in (Row.Outcome.NEW, Row.Outcome.CHANGED):
        found = list(rows(of, outcome=outcome)[:sample])
        if not found:
            continue
        click.secho(f"{OUTCOMES[outcome]}: {of.counts[outcome]:,}", bold=True)
        for row in found:
            click.echo(f"  {row.line:>6}  {_row_words(row)}")
    wrong = rows(of).filter(outcome__in=TO_LOOK_AT)
    count = sum(int(of.counts.get(outcome, 0)) for outcome in TO_LOOK_AT)
    if not count:
        return
    click.secho(_("To look at: {count}").format(count=f"{count:,}"), bold=True)
    for row in wrong[:MOST_SHOWN]:
        if row.outcome == Row.Outcome.CONFLICT:
            click.echo(f"  {row.line:>6}  {_conflict_words(row)}")
        for problem in _grave(row):
            where = " ".join(
                part for part in (problem["column"], f"“{problem['value']}”" if problem["value"] else "") if part
            )
            click.echo(f"  {row.line:>6}  {where}{': ' if where else ''}{problem_words(problem)}")
    if count > MOST_SHOWN:
        click.echo(_("  … and {count} more; --bad-to FILE writes them all.").format(count=f"{count - MOST_SHOWN:,}"))


def write_bad(of: List, out: Path) -> int:
    """Write every bad row and row in doubt to a file, its cells first; gives their number."""
    lines = list(_bad_lines(of))
    out.write_bytes(write_xlsx(lines) if out.suffix.lower() == ".xlsx" else write_csv(lines))
    return len(lines) - 1


def as_object(of: List) -> dict[str, Any]:
    """A list and its rows to look at, for programs; reasons in words beside their codes."""
    wrong = rows(of).filter(outcome__in=TO_LOOK_AT)[: 10 * MOST_SHOWN]
    return {
        "list": of.public_id,
        "file": of.file_name,
        "kind": of.kind,
        "state": of.state,
        "area": of.area.code if of.area else None,
        "source": of.source.code,
        "covers_doses": of.covers_doses,
        "as_of": of.as_of.isoformat(),
        "counts": of.counts,
        "unknown_columns": of.unknown_columns,
        "refusal": of.refusal,
        "rows": [
            {
                "line": row.line,
                "outcome": row.outcome,
                "column": problem["column"],
                "value": problem["value"],
                "code": problem["code"],
                "reason": problem_words(problem),
            }
            for row in wrong
            for problem in _grave(row)
        ],
        "conflicts": [
            {"line": row.line, **change} for row in wrong for change in row.changes if change.get("conflict") == "open"
        ],
    }


def _bad_lines(of: List) -> Iterator[list[str]]:
    own = (_("Problem line"), _("Problem column"), _("Problem value"), _("Problem reason"))
    yield [*of.header, *own]
    for row in rows(of).filter(outcome__in=TO_LOOK_AT).iterator(chunk_size=2_000):
        wrong = _grave(row)
        yield [
            *(str(cell) for cell in row.cells),
            str(row.line),
            "\n".join(problem["column"] for problem in wrong),
            "\n".join(problem["value"] for problem in wrong),
            "\n".join(problem_words(problem) for problem in wrong),
        ]


def _grave(row: Row) -> list[dict[str, Any]]:
    """What keeps a row out."""
    return [problem for problem in row.problems if problem["severity"] != "warning"]


def _conflict_words(row: Row) -> str:
    told = _("{field}: went out as “{base}”, the register says “{old}” now, the file “{new}”")
    return "; ".join(
        told.format(field=field_words(change["field"]), base=change["base"], old=change["old"], new=change["new"])
        for change in row.changes
        if change.get("conflict")
    )


def _row_words(row: Row) -> str:
    if row.outcome == Row.Outcome.CHANGED:
        return ", ".join(
            f"{field_words(change['field'])}: {change['old']} → {change['new']}"
            if change["old"]
            else f"{field_words(change['field'])}: {change['new']}"
            for change in row.changes
        )
    return " | ".join(str(cell) for cell in row.cells if cell)[:120]
