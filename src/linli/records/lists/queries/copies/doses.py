"""Doses as a copy shows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.db.models import F, QuerySet

from linli.domain.sheets import Value
from linli.domain.sheets.copies import written_word
from linli.records.doses.models import Correction, Dose
from linli.records.lists.queries.copies.keeper import Met
from linli.records.lists.queries.copies.people import PLACE, seen_people
from linli.records.lists.queries.copies.words import PlaceWords, ProductWords
from linli.records.people.models import Person
from linli.records.people.queries import chunks, in_areas
from linli.records.places.models import Area


class Doses:
    """The doses that stand, of those who live, are registered or work in an area."""

    reading = ("name", "birth_date", "building", "door", "source")

    def of_area(self, area: Area) -> Sequence[Dose]:
        """By person, as the people's own list has them, the first dose first."""
        place = [F(f"person__{column}").asc(nulls_last=True) for column in PLACE]
        return list(_seen([area.path]).order_by(*place, "person__name", "person_id", "given_on", "pk"))

    def load(self, keys: Sequence[int]) -> Mapping[int, Dose]:
        """Doses by id, with product and person."""
        return {one.pk: one for chunk in chunks(keys) for one in _whole().filter(pk__in=chunk)}

    def cells(self, found: Sequence[Dose], *, language: str) -> list[tuple[Value, ...]]:
        """Product, day, number, lot, place, how it is known, and whether supply had ended."""
        products = ProductWords(language)
        return [
            (
                products.of(dose.vaccine),
                dose.given_on,
                dose.number,
                dose.lot,
                dose.place,
                written_word("evidence", dose.evidence, language),
                written_word("supply_ended", "yes" if dose.supply_ended else "no", language),
            )
            for dose in found
        ]

    def more(self, found: Sequence[Dose], *, language: str, on: date) -> list[tuple[Value, ...]]:
        """Whose it is, and who told of it."""
        words = PlaceWords(language)
        words.know(buildings=(dose.person.living_building_id for dose in found))
        return [
            (
                dose.person.name,
                dose.person.birth_date,
                words.building(dose.person.living_building_id),
                str(dose.person.living_door or ""),
                dose.source.name,
            )
            for dose in found
        ]

    def meet(self, records: Sequence[str], *, paths: Sequence[str]) -> dict[str, Met]:
        """A dose that was corrected leads to the one that stands in its place, whoever's it is now."""
        leads: dict[str, int | None] = {}
        for chunk in chunks(records):
            leads |= dict(Dose.objects.filter(public_id__in=chunk).values_list("public_id", "pk"))
        straight = dict(leads)
        self._follow(leads)
        # Of a dose that was never given, whoever may see its person may know so.
        owners: dict[int, int] = {}
        for keys in chunks(sorted({end or straight[record] or 0 for record, end in leads.items()})):
            owners |= dict(Dose.objects.filter(pk__in=keys).values_list("pk", "person_id"))
        mine = seen_people(owners.values(), paths=paths)
        seen = {key for key, person in owners.items() if person in mine}
        return {
            record: Met(end, "" if end == straight[record] else "corrected" if end else "struck")
            for record, end in leads.items()
            if (end or straight[record]) in seen
        }

    def people(self, found: Sequence[Dose]) -> list[str]:
        """Whose doses they are."""
        return list(dict.fromkeys(dose.person.public_id for dose in found))

    def _follow(self, leads: dict[str, int | None]) -> None:
        open_ends = {end for end in leads.values() if end}
        while open_ends:
            next_ones: dict[int, int | None] = {}
            for chunk in chunks(sorted(open_ends)):
                next_ones |= dict(Correction.objects.filter(dose__in=chunk).values_list("dose_id", "by_dose_id"))
            for record, end in leads.items():
                if end in next_ones:
                    leads[record] = next_ones[end]
            open_ends = {end for end in next_ones.values() if end}


def _whole() -> QuerySet[Dose]:
    # Opening a sealed phone takes longer than reading all the rest of a row.
    return Dose.objects.select_related("vaccine", "source", "person", "person__living_door").defer("person__phone")


def _seen(paths: Sequence[str]) -> QuerySet[Dose]:
    people = Person.objects.filter(in_areas(paths), merged_into=None)
    return _whole().filter(person__in=people, is_struck=False)
