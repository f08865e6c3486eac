"""The queue, a pair and newer rows as text or JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from linli.cli.language import gettext as _
from linli.records.doses.models import Dose, Status
from linli.records.duplicates.models import Pair
from linli.records.duplicates.queries import queue, side_by_side
from linli.records.journal.actions import Who
from linli.records.people.actions import look
from linli.records.places.models import Area
from linli.words.duplicates import REASONS, likelihood
from linli.words.reasons import in_language
from linli.words.states import STATES


def as_text(counts: Mapping[str, int], *, everybody: int, as_json: bool) -> str:
    """What a search did."""
    waiting = queue(paths=_everywhere()).count()
    if as_json:
        return json.dumps({**counts, "people": everybody, "open": waiting})
    said = _("People compared: {people}. Pairs new: {new}, changed: {changed}, dropped: {dropped}, merged: {merged}.")
    return said.format(people=everybody, **counts) + "\n" + _("Open pairs: {count}").format(count=waiting)


def queue_text(*, within: Sequence[str] | None, limit: int, as_json: bool) -> str:
    """The first pairs of the queue without names: ids, how likely, why."""
    found = queue(paths=_everywhere(), within=within).select_related("one", "other")
    rows = [_row(pair) for pair in found[:limit]]
    count = found.count()
    if as_json:
        return json.dumps({"open": count, "pairs": rows}, ensure_ascii=False)
    lines = [
        "\t".join((row["pair"], f"{row['score']:+.1f}", str(likelihood(row["score"])[2]), ", ".join(row["why"])))
        for row in rows
    ]
    return "\n".join([*lines, _("Open pairs: {count}").format(count=count)])


def one_pair(pair: Pair, *, by: Who, as_json: bool) -> str:
    """One pair with both names and birth dates; the look is written down."""
    look(by=by, where="duplicates", people=[pair.one.public_id, pair.other.public_id])
    sides = side_by_side(pair.one_id, pair.other_id, paths=_everywhere())
    told: list[dict[str, Any]] = [
        {
            "record": side.person.public_id,
            "name": side.person.name,
            "born": side.person.birth_date.isoformat() if side.person.birth_date else "",
            "lists": [row.source.name for row in side.listings],
            "doses": len(side.doses),
        }
        for side in sides
    ]
    if as_json:
        return json.dumps(_row(pair) | {"state": pair.state, "records": told}, ensure_ascii=False)
    lines = [f"{pair.public_id}\t{pair.state}\t{pair.score:+.1f}\t{', '.join(_row(pair)['why'])}"]
    for one in told:
        listed = ", ".join(map(str, one["lists"]))
        doses = _("doses: {count}").format(count=one["doses"])
        lines.append(f"  {one['record']}\t{one['name']}\t{one['born'] or '—'}\t{listed}\t{doses}")
    return "\n".join(lines)


def newer_text(rows: Sequence[Dose | Status]) -> str:
    """The rows that came after a merge, and how to say whose they are."""
    lines = [_("Something was written down after the merge. Say whose it is with --to-gone ID, or --none-to-gone:")]
    for row in rows:
        if isinstance(row, Dose):
            what = f"{row.given_on}\t{in_language(row.vaccine.name, row.vaccine.name_en)}"
        else:
            what = f"{row.on}\t{STATES[row.kind]}"
        lines.append(f"  {row.public_id}\t{what}")
    return "\n".join(lines)


def _row(pair: Pair) -> dict[str, Any]:
    why = [str(REASONS[code]) for code in pair.reasons if code in REASONS]
    records = [pair.one.public_id, pair.other.public_id]
    return {"pair": pair.public_id, "records": records, "score": pair.score, "reasons": pair.reasons, "why": why}


def _everywhere() -> list[str]:
    """The whole tree: who has a shell on this computer sees every area."""
    return list(Area.objects.filter(parent=None).values_list("path", flat=True))
