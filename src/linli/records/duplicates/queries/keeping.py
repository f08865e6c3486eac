"""Which of two records to keep: the one that more is known of."""

from __future__ import annotations

from collections import Counter

from linli.domain.identity.duplicates.numbers import ID_KINDS
from linli.records.doses.models import Dose
from linli.records.duplicates.queries.sides import Side
from linli.records.people.models import Document, Listing, Person

Worth = tuple[bool, int, int, bool, int]


def better(one: Person, other: Person) -> tuple[Person, Person]:
    """The record to keep and the one to merge into it: first who has a resident id, then who has more doses and lists.

    Where nothing tells them apart, the older record is kept.
    """
    both = [one.pk, other.pk]
    with_id = set(Document.objects.filter(person__in=both, kind__in=ID_KINDS).values_list("person_id", flat=True))
    doses = Counter(Dose.objects.filter(is_struck=False, person__in=both).values_list("person_id", flat=True))
    lists = Counter(Listing.objects.filter(person__in=both).values_list("person_id", flat=True))

    def worth(person: Person) -> Worth:
        return _worth(person, has_id=person.pk in with_id, doses=doses[person.pk], lists=lists[person.pk])

    kept, gone = sorted((one, other), key=worth, reverse=True)
    return kept, gone


def better_side(left: Side, right: Side) -> Side:
    """The same of two records that were read already; no query."""

    def worth(side: Side) -> Worth:
        has_id = any(kind in ID_KINDS for kind, _ in side.documents)
        return _worth(side.person, has_id=has_id, doses=len(side.doses), lists=len(side.listings))

    return max(left, right, key=worth)


def _worth(person: Person, *, has_id: bool, doses: int, lists: int) -> Worth:
    return (has_id, doses, lists, person.birth_date is not None, -person.pk)
