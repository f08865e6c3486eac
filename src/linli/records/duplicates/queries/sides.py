"""Two records side by side: every fact of both with its source and day, every dose, every status."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from linli.domain.identity.masking import mask_name, mask_number, mask_phone
from linli.records.doses.models import Dose, Status, StatusEnd
from linli.records.duplicates.queries.queue import PLACES, seen_of
from linli.records.people.models import Document, Listing, Name, Person, Phone, Stay
from linli.records.people.queries import Fact

BELIEVED = ("source__rank", "-on", "-id")


@dataclass(frozen=True, slots=True)
class Side:
    """All that is known of one record. Of somebody outside the reader's areas (`is_seen` false) only masked values."""

    person: Person
    is_seen: bool
    names: list[tuple[str, str, date]] = field(default_factory=list)  # value, source, day; the believed first
    phones: list[tuple[str, str, date]] = field(default_factory=list)
    documents: list[tuple[str, str]] = field(default_factory=list)  # kind, number
    stays: dict[str, list[Fact]] = field(default_factory=dict)
    listings: list[Listing] = field(default_factory=list)
    doses: list[Dose] = field(default_factory=list)
    statuses: list[Status] = field(default_factory=list)  # those that nobody took back


def side_by_side(one: int, other: int, *, paths: Sequence[str], with_numbers: bool = True) -> tuple[Side, Side]:
    """Two people (ids) for the reader who may see the names in some subtrees; ten queries.

    Without `with_numbers` the numbers of documents are masked: who cannot decide has no need of them.
    """
    people = Person.objects.select_related(*PLACES).in_bulk([one, other])
    seen = seen_of(people, paths=paths)
    sides = {person.pk: Side(person, person.pk in seen) for person in people.values()}
    _facts(sides)
    for document in Document.objects.filter(person__in=people).order_by("kind", "id"):
        side = sides[document.person_id]
        number = document.number if side.is_seen and with_numbers else mask_number(document.number)
        side.documents.append((document.kind, number))
    shown = [key for key in people if key in seen]
    for listing in Listing.objects.filter(person__in=shown).select_related("source").order_by("source__rank", "-on"):
        sides[listing.person_id].listings.append(listing)
    doses = Dose.objects.filter(person__in=shown, is_struck=False).select_related("vaccine", "source")
    for dose in doses.order_by("given_on", "id"):
        sides[dose.person_id].doses.append(dose)
    mistakes = StatusEnd.objects.filter(why=StatusEnd.Why.MISTAKE).values("status_id")
    statuses = Status.objects.filter(person__in=shown).exclude(pk__in=mistakes).select_related("programme")
    for status in statuses.order_by("-on", "-id"):
        sides[status.person_id].statuses.append(status)
    return sides[one], sides[other]


def _facts(sides: dict[int, Side]) -> None:
    """Names, phones and stays, the newest of the best source first."""
    for name in Name.objects.filter(person__in=sides).select_related("source").order_by(*BELIEVED):
        side = sides[name.person_id]
        side.names.append((name.value if side.is_seen else mask_name(name.value), name.source.name, name.on))
    for phone in Phone.objects.filter(person__in=sides).select_related("source").order_by(*BELIEVED):
        side = sides[phone.person_id]
        side.phones.append((phone.value if side.is_seen else mask_phone(phone.value), phone.source.name, phone.on))
    stays = Stay.objects.filter(person__in=[key for key, side in sides.items() if side.is_seen])
    by_person: dict[int, dict[str, list[Fact]]] = defaultdict(lambda: defaultdict(list))
    for stay in stays.select_related("area", "building", "door", "employer", "source").order_by(*BELIEVED):
        by_person[stay.person_id][stay.kind].append(Fact(stay, stay.source.name, stay.on))
    for key, told in by_person.items():
        sides[key].stays.update(told)
