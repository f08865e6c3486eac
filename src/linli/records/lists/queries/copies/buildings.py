"""Buildings as a copy shows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.db.models import Count

from linli.domain.sheets import Value
from linli.domain.sheets.copies import written_word
from linli.records.lists.queries.copies.keeper import Met, within
from linli.records.lists.queries.copies.words import PlaceWords
from linli.records.people.models import Person
from linli.records.people.queries import chunks
from linli.records.places.models import Area, Building
from linli.records.places.queries import buildings


class Buildings:
    """The buildings of an area.

    The code by which lists find a building, and the area that its people are counted in, are for reading: changing
    either in a cell would leave people behind.
    """

    reading = ("code", "area", "people")

    def of_area(self, area: Area) -> Sequence[Building]:
        """By code."""
        return list(buildings(area).defer("outline"))

    def load(self, keys: Sequence[int]) -> Mapping[int, Building]:
        """Buildings by id."""
        return {one.pk: one for chunk in chunks(keys) for one in Building.objects.filter(pk__in=chunk)}

    def cells(self, found: Sequence[Building], *, language: str) -> list[tuple[Value, ...]]:
        """Names, kind, address, floors and where on the map."""
        return [
            (
                one.name,
                one.name_en,
                written_word("building_kind", one.kind, language),
                one.address,
                one.floors,
                one.lon,
                one.lat,
            )
            for one in found
        ]

    def more(self, found: Sequence[Building], *, language: str, on: date) -> list[tuple[Value, ...]]:
        """Code, area, and how many people live there."""
        words = PlaceWords(language)
        words.know(areas=(one.area_id for one in found))
        counts: dict[int | None, int] = {}
        for chunk in chunks([one.pk for one in found]):
            rows = Person.objects.filter(living_building__in=chunk).order_by().values_list("living_building_id")
            counts |= dict(rows.annotate(count=Count("pk")))
        return [(one.code, words.area(one.area_id), counts.get(one.pk, 0)) for one in found]

    def meet(self, records: Sequence[str], *, paths: Sequence[str]) -> dict[str, Met]:
        """Those in the subtrees."""
        seen = within(paths, "area__path")
        return {
            record: Met(key)
            for chunk in chunks(records)
            for record, key in Building.objects.filter(seen, public_id__in=chunk).values_list("public_id", "pk")
        }

    def people(self, found: Sequence[Building]) -> list[str]:
        """Nobody is named."""
        return []
