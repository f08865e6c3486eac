"""The queue of likely pairs as a reader may see it, and the merges that were done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from linli.domain.identity.masking import mask_name
from linli.records.duplicates.models import Merge, Pair
from linli.records.people.models import Person
from linli.records.people.queries import in_areas
from linli.records.places.models import Area

PLACES = ("living_area", "living_building", "living_door", "working_building", "registered_building")


@dataclass(frozen=True, slots=True)
class Half:
    """One of the two of a pair as the reader may see it: whole, or the surname alone if they belong elsewhere."""

    person: Person
    is_seen: bool

    @property
    def name(self) -> str:
        """The name, masked where the reader has no right to it."""
        return self.person.name if self.is_seen else mask_name(self.person.name)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A pair of the queue."""

    pair: Pair
    one: Half
    other: Half


def queue(*, paths: Sequence[str], within: Sequence[str] | None = None) -> QuerySet[Pair]:
    """The open pairs of which at least one belongs to the reader's areas, the likeliest first.

    `paths` are the subtrees whose names the reader may see, `within` narrows them (a filter by area).
    """
    found = pairs(paths=paths).filter(state=Pair.State.OPEN)
    if within is not None:
        found = found.filter(_belongs(("one", "other"), within))
    return found.order_by("-score", "id")


def pairs(*, paths: Sequence[str]) -> QuerySet[Pair]:
    """The pairs, open or decided, of which at least one belongs to the reader's areas."""
    return Pair.objects.filter(_belongs(("one", "other"), paths))


def pair_of(one: int, other: int) -> str:
    """The public id of the pair of two people (ids, in any order); empty where there is none."""
    low, high = sorted((one, other))
    found = Pair.objects.filter(one_id=low, other_id=high).values_list("public_id", flat=True).first()
    return found or ""


def merges(*, paths: Sequence[str]) -> QuerySet[Merge]:
    """The merges whose kept record belongs to the reader's areas, the newest first."""
    return Merge.objects.filter(_belongs(("kept",), paths)).select_related("kept", "gone").order_by("-id")


def waiting(pairs: Iterable[Pair], *, paths: Sequence[str]) -> list[Waiting]:
    """Pairs with both people; two queries however many there are."""
    rows = list(pairs)
    ids = {person for pair in rows for person in (pair.one_id, pair.other_id)}
    people = Person.objects.select_related(*PLACES).in_bulk(ids)
    seen = seen_of(ids, paths=paths)
    return [
        Waiting(
            pair,
            Half(people[pair.one_id], pair.one_id in seen),
            Half(people[pair.other_id], pair.other_id in seen),
        )
        for pair in rows
    ]


def seen_of(people: Iterable[int], *, paths: Sequence[str]) -> set[int]:
    """Those of some people (ids) who belong to one of the subtrees."""
    return set(Person.objects.filter(in_areas(paths), pk__in=list(people)).values_list("pk", flat=True))


def _belongs(sides: Sequence[str], paths: Sequence[str]) -> Q:
    """Whether somebody on one of the sides lives, is registered or works in one of the subtrees."""
    found = Q(pk__in=[])
    for path in paths:
        areas = Area.objects.filter(path__startswith=path)
        for side in sides:
            for kind in ("living", "registered", "working"):
                found |= Q(**{f"{side}__{kind}_area__in": areas})
    return found
