"""Employers as a copy shows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.db.models import Count, Q

from linli.domain.sheets import Value
from linli.records.lists.queries.copies.keeper import Met, is_everything, within
from linli.records.lists.queries.copies.words import PlaceWords
from linli.records.people.models import Employer, Person
from linli.records.people.queries import chunks
from linli.records.places.models import Area


class Employers:
    """Firms and shops by the building they sit in; one without a building is the whole installation's."""

    reading = ("people",)

    def of_area(self, area: Area) -> Sequence[Employer]:
        """By building and name."""
        return list(Employer.objects.filter(_seen([area.path])).order_by("building__code", "name", "pk"))

    def load(self, keys: Sequence[int]) -> Mapping[int, Employer]:
        """Employers by id."""
        return {one.pk: one for chunk in chunks(keys) for one in Employer.objects.filter(pk__in=chunk)}

    def cells(self, found: Sequence[Employer], *, language: str) -> list[tuple[Value, ...]]:
        """Name, credit code, building and floor."""
        words = PlaceWords(language)
        words.know(buildings=(one.building_id for one in found))
        return [(one.name, one.code or "", words.building(one.building_id), one.floor) for one in found]

    def more(self, found: Sequence[Employer], *, language: str, on: date) -> list[tuple[Value, ...]]:
        """How many people work there."""
        counts: dict[int | None, int] = {}
        for chunk in chunks([one.pk for one in found]):
            rows = Person.objects.filter(employer__in=chunk).order_by().values_list("employer_id")
            counts |= dict(rows.annotate(count=Count("pk")))
        return [(counts.get(one.pk, 0),) for one in found]

    def meet(self, records: Sequence[str], *, paths: Sequence[str]) -> dict[str, Met]:
        """Those whose building lies in the subtrees."""
        return {
            record: Met(key)
            for chunk in chunks(records)
            for record, key in Employer.objects.filter(_seen(paths), public_id__in=chunk).values_list("public_id", "pk")
        }

    def people(self, found: Sequence[Employer]) -> list[str]:
        """Nobody is named."""
        return []


def _seen(paths: Sequence[str]) -> Q:
    seen = within(paths, "building__area__path")
    return seen | Q(building=None) if is_everything(paths) else seen
