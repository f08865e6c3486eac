"""Areas that came back from Excel: names, kinds, and where in the tree they hang."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from linli.domain.sheets.edits import Edit
from linli.records.lists.queries.returns.pending import Pending, Wanted
from linli.records.places.models import Area
from linli.records.places.queries import parent_code

COLUMNS = {"area_name": "name", "area_name_en": "name_en", "area_kind": "kind", "parent_code": "parent_code"}


class AreasSettler:
    """Knows the tree; an area hangs below another one of the same worker's, and never below itself."""

    def __init__(self, rows: Sequence[Pending], *, paths: Sequence[str], on: date) -> None:
        self._paths = tuple(paths)
        self._tree = {area.code: area for area in Area.objects.defer("outline")}
        self._codes = {code.lower(): code for code in self._tree}

    def settle(self, row: Pending) -> None:
        """Find the area above by its code, as the register writes it."""
        if "parent_code" not in row.edits:
            return
        typed = row.edits["parent_code"].text
        code = self._codes.get(typed.lower())
        if code is None:
            row.tell("unknown_parent", "parent_code", typed)
            return
        row.edits["parent_code"] = Edit(code, code)
        if code != row.ours["parent_code"] and not self._is_mine(code, row.ours["parent_code"]):
            row.tell("parent_outside", "parent_code", typed)

    def plan(self, wanted: Sequence[Wanted]) -> None:
        """The area whole, as it is drawn, with what was changed; one that would lie inside itself is told."""
        above = {code: parent_code(area) for code, area in self._tree.items()}
        for one in wanted:
            one.what = _drawn(one.row.subject) | {COLUMNS[unit]: one.row.edits[unit].value for unit in one.units}
            above[one.row.subject.code] = one.what["parent_code"]
        moved = [one for one in wanted if "parent_code" in one.units]
        # What is refused stays where it is, and may so close another ring.
        while refused := [one for one in moved if _is_ring(one.row.subject.code, above)]:
            for one in refused:
                one.row.tell("parent_below_itself", "parent_code", one.what["parent_code"])
                above[one.row.subject.code] = parent_code(one.row.subject)
            moved = [one for one in moved if not one.row.is_bad]

    def subject_of(self, subject: Area) -> str:
        """The area."""
        return subject.public_id

    def _is_mine(self, *codes: str) -> bool:
        """Whether areas lie in the subtrees of whoever brought the list back; above the top is nobody's."""
        return all(code in self._tree and self._tree[code].path.startswith(self._paths) for code in codes)


def _drawn(area: Area) -> dict[str, Any]:
    return {
        "code": area.code,
        "name": area.name,
        "name_en": area.name_en,
        "kind": area.kind,
        "parent_code": parent_code(area),
        "outline": area.outline,
    }


def _is_ring(code: str, above: dict[str, str]) -> bool:
    """Whether the way up from an area comes back to it."""
    way, here = {""}, above.get(code, "")
    while here not in way:
        if here == code:
            return True
        way.add(here)
        here = above.get(here, "")
    return False
