"""All that is kept of one person, for themselves: every fact with its source, what was decided, and who looked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from linli.records.doses.models import Correction
from linli.records.doses.queries import Told, corrections_of, statuses
from linli.records.duplicates.models import Merge, Pair
from linli.records.journal.models import Entry
from linli.records.journal.queries import history, looks
from linli.records.lists.models import Export, List, Row
from linli.records.people.models import Document, Listing, Name, Person, Phone
from linli.records.people.queries import signposts
from linli.records.programme.queries import NoDriveError, current
from linli.records.reports.queries.chronicle import Chronicle, chronicle


@dataclass(frozen=True, slots=True)
class Whole:
    """One person on a day, with nothing left out; of others only that they exist.

    `told` is empty while no schedule is adopted. `rows` are rows of lists that mean this person; `copies` are lists
    that went out to Excel with them on it.
    """

    person: Person
    signposts: list[Person]
    on: date
    told: Chronicle | None
    statuses: list[Told]
    corrections: list[Correction]
    merges: list[Merge]
    pairs: list[Pair]
    rows: list[Row]
    copies: list[Export]
    history: list[Entry]
    looks: list[Entry]

    @property
    def records(self) -> list[str]:
        """The public ids of this person and of the records that were merged into them."""
        return [self.person.public_id, *(row.public_id for row in self.signposts)]


def whole(*, person: Person, on: date) -> Whole:
    """Everything that is kept of a person."""
    merged = signposts(person)
    merges = Merge.objects.select_related("kept", "gone")
    ids, records = [person.pk, *(row.pk for row in merged)], [person.public_id, *(row.public_id for row in merged)]
    return Whole(
        person=person,
        signposts=merged,
        on=on,
        told=_told(person, on),
        statuses=statuses(person=person.pk),
        corrections=corrections_of(person.pk),
        merges=list(merges.filter(Q(kept__in=ids) | Q(gone__in=ids)).order_by("id")),
        pairs=list(Pair.objects.filter(Q(one__in=ids) | Q(other__in=ids)).order_by("id")),
        rows=_rows(person, records),
        copies=_copies(records),
        history=list(history(noun="person", subject_ids=records)),
        looks=list(looks(noun="person", subject_ids=records)),
    )


def _told(person: Person, on: date) -> Chronicle | None:
    try:
        return chronicle(person=person, programme=current(), on=on, paths=[])
    except NoDriveError:
        return None


def _rows(person: Person, records: Sequence[str]) -> list[Row]:
    """Rows that were found to mean this person, and those of applied lists by which they first became known.

    The latter say of nobody whom they mean, so their cells are opened: one of this person's numbers must stand in one,
    or a name and a phone of theirs.
    """
    sources = Listing.objects.filter(person=person).values("source")
    found = Row.objects.filter(subject_id__in=records)
    first = Row.objects.filter(
        subject_id="", outcome=Row.Outcome.NEW, list__state=List.State.APPLIED, list__source__in=sources
    )
    numbers = {row.number for row in Document.objects.filter(person=person)}
    numbers |= {number[:6] + number[8:17] for number in numbers if len(number) == 18}  # as written before 1999
    names = set(Name.objects.filter(person=person).values_list("value", flat=True))
    phones = {row.value for row in Phone.objects.filter(person=person)}
    meant = [row.pk for row in found]
    for key, cells in first.values_list("pk", "cells").iterator():
        told = {str(cell).strip() for cell in cells}
        if told & numbers or (told & names and told & phones):
            meant.append(key)
    rows = Row.objects.filter(pk__in=meant).select_related("list__source").defer("list__content")
    return list(rows.order_by("list_id", "line"))


def _copies(records: Sequence[str]) -> list[Export]:
    """Whom a copy holds stands in its sealed text alone, so each is opened."""
    wanted = [record.encode() for record in records]
    opened = Export.objects.select_related("by").order_by("id").iterator(chunk_size=1)
    return [export for export in opened if any(record in export.snapshot for record in wanted)]
