"""Buildings that came back from Excel."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from linli.records.lists.queries.returns.pending import Pending, Wanted
from linli.records.places.models import Building

COLUMNS = {
    "building_name": "name",
    "building_name_en": "name_en",
    "building_kind": "kind",
    "address": "address",
    "floors": "floors",
    "lon": "lon",
    "lat": "lat",
}


class BuildingsSettler:
    """Nothing of a building has to be found out first."""

    def __init__(self, rows: Sequence[Pending], *, paths: Sequence[str], on: date) -> None:
        pass

    def settle(self, row: Pending) -> None:
        """A point on the map needs both of its numbers."""
        for field, other in (("lon", "lat"), ("lat", "lon")):
            if field in row.edits and not (row.edits[other].text if other in row.edits else row.ours[other]):
                row.tell("missing", other, needed=other)

    def plan(self, wanted: Sequence[Wanted]) -> None:
        """The columns that were changed, beside the code by which the building is drawn."""
        for one in wanted:
            said = {COLUMNS[field]: one.row.edits[field].value for field in one.units}
            one.what = {"code": one.row.subject.code} | said

    def subject_of(self, subject: Building) -> str:
        """The building."""
        return subject.public_id
