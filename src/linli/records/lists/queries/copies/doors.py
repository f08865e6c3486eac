"""Doors as a copy shows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.db.models import Count

from linli.domain.sheets import Value
from linli.records.lists.queries.copies.keeper import Met, within
from linli.records.lists.queries.copies.words import PlaceWords
from linli.records.people.models import Person
from linli.records.people.queries import chunks
from linli.records.places.models import Area, Door


class Doors:
    """The doors of an area's buildings.

    The building is for reading: a door does not move to another one, and its people would be left behind.
    """

    reading = ("building", "area", "people")

    def of_area(self, area: Area) -> Sequence[Door]:
        """By building, stair, floor and number, as somebody walks there."""
        doors = Door.objects.filter(within([area.path], "building__area__path"))
        walk = ("building__code", "stair", "floor", "number", "pk")
        return list(doors.order_by(*walk).select_related("building").defer("building__outline"))

    def load(self, keys: Sequence[int]) -> Mapping[int, Door]:
        """Doors by id, with their buildings."""
        rows = Door.objects.select_related("building").defer("building__outline")
        return {one.pk: one for chunk in chunks(keys) for one in rows.filter(pk__in=chunk)}

    def cells(self, found: Sequence[Door], *, language: str) -> list[tuple[Value, ...]]:
        """Stair, number and floor."""
        return [(one.stair, one.number, one.floor) for one in found]

    def more(self, found: Sequence[Door], *, language: str, on: date) -> list[tuple[Value, ...]]:
        """Building and area, and how many people live behind the door."""
        words = PlaceWords(language)
        words.know(
            areas=(one.building.area_id for one in found),
            buildings=(one.building_id for one in found),
        )
        counts: dict[int | None, int] = {}
        for chunk in chunks([one.pk for one in found]):
            rows = Person.objects.filter(living_door__in=chunk).order_by().values_list("living_door_id")
            counts |= dict(rows.annotate(count=Count("pk")))
        return [
            (words.building(one.building_id), words.area(one.building.area_id), counts.get(one.pk, 0)) for one in found
        ]

    def meet(self, records: Sequence[str], *, paths: Sequence[str]) -> dict[str, Met]:
        """Those whose building lies in the subtrees."""
        seen = within(paths, "building__area__path")
        return {
            record: Met(key)
            for chunk in chunks(records)
            for record, key in Door.objects.filter(seen, public_id__in=chunk).values_list("public_id", "pk")
        }

    def people(self, found: Sequence[Door]) -> list[str]:
        """Nobody is named."""
        return []
