"""Areas as a copy shows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.db.models import Count

from linli.domain.sheets import Value
from linli.domain.sheets.copies import written_word
from linli.records.lists.queries.copies.keeper import Met, within
from linli.records.people.models import Person
from linli.records.people.queries import chunks
from linli.records.places.models import Area
from linli.records.places.queries import parent_code, subtree


class Areas:
    """An area and those below it.

    The code is for reading: paths are made of it, and lists, files and the command line find the area by it.
    """

    reading = ("code", "people")

    def of_area(self, area: Area) -> Sequence[Area]:
        """From the root down."""
        return list(subtree(area).defer("outline"))

    def load(self, keys: Sequence[int]) -> Mapping[int, Area]:
        """Areas by id."""
        return {one.pk: one for chunk in chunks(keys) for one in Area.objects.filter(pk__in=chunk)}

    def cells(self, found: Sequence[Area], *, language: str) -> list[tuple[Value, ...]]:
        """Names, kind, and the code of the area above."""
        return [
            (one.name, one.name_en, written_word("area_kind", one.kind, language), parent_code(one)) for one in found
        ]

    def more(self, found: Sequence[Area], *, language: str, on: date) -> list[tuple[Value, ...]]:
        """Code, and how many people live there, with the areas below."""
        living: dict[str, int] = {}
        rows = Person.objects.filter(living_area__isnull=False).order_by().values_list("living_area__path")
        for path, count in rows.annotate(count=Count("pk")):
            for place, sign in enumerate(path):
                if sign == "/":
                    top = path[: place + 1]
                    living[top] = living.get(top, 0) + count
        return [(one.code, living.get(one.path, 0)) for one in found]

    def meet(self, records: Sequence[str], *, paths: Sequence[str]) -> dict[str, Met]:
        """Those in the subtrees."""
        seen = within(paths, "path")
        return {
            record: Met(key)
            for chunk in chunks(records)
            for record, key in Area.objects.filter(seen, public_id__in=chunk).values_list("public_id", "pk")
        }

    def people(self, found: Sequence[Area]) -> list[str]:
        """Nobody is named."""
        return []
