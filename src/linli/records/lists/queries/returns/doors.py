"""Doors that came back from Excel: a stair and number belong to one door of a building."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from linli.records.lists.queries.returns.pending import Pending, Wanted
from linli.records.people.queries import chunks
from linli.records.places.models import Door

COLUMNS = {"stair": "stair", "door": "number", "floor": "floor"}
Spot = tuple[int, str, str]  # building, stair, number


class DoorsSettler:
    """Knows every door of the buildings in question."""

    def __init__(self, rows: Sequence[Pending], *, paths: Sequence[str], on: date) -> None:
        self._spots: dict[int, Spot] = {}
        for chunk in chunks(sorted({row.subject.building_id for row in rows})):
            doors = Door.objects.filter(building__in=chunk).values_list("pk", "building_id", "stair", "number")
            self._spots |= {key: (building, stair, number) for key, building, stair, number in doors}

    def settle(self, row: Pending) -> None:
        """A cleared cell takes nothing away."""
        for field in ("stair", "door"):
            if field in row.edits and not row.edits[field].text:
                row.tell("emptied", field, severity="warning")
                del row.edits[field]

    def plan(self, wanted: Sequence[Wanted]) -> None:
        """The doors with what was changed; numbers may be exchanged, but each is one door's in the end."""
        spots = dict(self._spots)
        for one in wanted:
            door: Door = one.row.subject
            for unit, difference in one.units.items():
                for field, text in zip(difference.fields, difference.file, strict=True):
                    setattr(door, COLUMNS[field], one.row.edits["floor"].value if unit == "floor" else text)
            spots[door.pk] = (door.building_id, door.stair, door.number)
            one.what = door
        self._refuse(wanted, spots)

    def subject_of(self, subject: Door) -> str:
        """The building."""
        return subject.building.public_id

    def _refuse(self, wanted: Sequence[Wanted], spots: dict[int, Spot]) -> None:
        """Tell of rows that want a door's place which is not free; what they leave undone may stop others."""
        held = Counter(spots.values())
        moved = [one for one in wanted if "spot" in one.units]
        while taken := [one for one in moved if held[spots[one.row.subject.pk]] > 1]:
            for one in taken:
                key, column = one.row.subject.pk, "door" if "door" in one.row.edits else "stair"
                one.row.tell("door_taken", column, one.row.edits[column].text)
                held[spots[key]] -= 1
                spots[key] = self._spots[key]
                held[spots[key]] += 1
            moved = [one for one in moved if not one.row.is_bad]
