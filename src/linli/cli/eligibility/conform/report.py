"""The score as text and as JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from linli.cli.eligibility.conform.cases import read_cases
from linli.cli.eligibility.conform.scoring import Score, score_cases
from linli.cli.eligibility.folder import left_out, read_folder
from linli.cli.eligibility.tables import FileError
from linli.cli.language import gettext as _

DISPUTED = "known_disputed_case_ids.json"


def conform_files(data: Path, cases: Path) -> tuple[Score, list[str]]:
    """Judge the cases of a file by the schedule of a folder; also tells what could not be read of the folder."""
    read = read_folder(data)
    score = score_cases(read.schedule, read_cases(cases), _disputed(cases))
    return score, left_out(read)


def as_text(score: Score) -> str:
    values = {
        "passed": f"{score.passed:,}",
        "cases": f"{score.cases:,}",
        "plain": f"{score.passed_plain_first:,}",
        "doses": f"{score.doses:,}",
        "doses_passed": f"{score.doses_passed:,}",
    }
    lines = [
        _("%(passed)s of %(cases)s cases pass (%(plain)s where the first forecast by series group is taken)") % values,
        _("%(doses_passed)s of %(doses)s doses are judged as expected") % values,
    ]
    lines += [f"  {group or '?'}: {row['passed']}/{row['cases']}" for group, row in sorted(score.by_group.items())]
    for row in score.failed:
        mark = _(" (disputed by others)") if row.get("disputed") else ""
        lines.append(f"{row['id'] or '?'}{mark}")
        lines.append("  " + _("expected: %(what)s") % {"what": _one(row["expected"])})
        got = row["got"] if isinstance(row["got"], str) else "; ".join(map(_one, row["got"])) or "-"
        lines.append("  " + _("got: %(what)s") % {"what": got})
    return "\n".join(lines)


def as_json(score: Score, notes: list[str]) -> str:
    return json.dumps({**vars(score), "notes": notes}, ensure_ascii=False)


def _one(row: dict[str, Any] | None) -> str:
    if row is None:
        return "-"
    names = ("status", "earliest", "recommended", "past_due", "series")
    return ", ".join(str(row[name]) for name in names if row.get(name))


def _disputed(cases: Path) -> frozenset[str]:
    """Ids that others dispute, from the list beside the file of cases; none where there is no such list."""
    beside = cases.with_name(DISPUTED)
    try:
        ids = json.loads(beside.read_text("utf-8")) if beside.is_file() else []
    except (OSError, ValueError) as error:
        raise FileError(_("%(file)s: cannot be read: %(error)s") % {"file": beside.name, "error": error}) from error
    return frozenset(str(one).strip() for one in ids) if isinstance(ids, list) else frozenset()
