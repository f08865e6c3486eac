"""What rows say of people beyond their doses: refused, deferred, contraindicated, moved away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from linli.domain.stretches import Span
from linli.records.doses.models import NEVER, Correction, Status, StatusEnd
from linli.records.programme.models import Programme


@dataclass(frozen=True, slots=True)
class Told:
    """A status as it was written down, and how it ended before its time, if it did."""

    status: Status
    end: StatusEnd | None

    @property
    def until_on(self) -> date | None:
        """The first day on which it holds no more; empty: it holds until somebody ends it."""
        ends = [day for day in (self.status.until_on, self.end.on if self.end else None) if day is not None]
        return min(ends, default=None)

    def holds_on(self, day: date) -> bool:
        """Whether it holds on a day."""
        if self.end is not None and self.end.why == StatusEnd.Why.MISTAKE:
            return False
        return self.status.on <= day and (self.until_on is None or day < self.until_on)


def statuses(*, person: int, programme: Programme | None = None) -> list[Told]:
    """Everything written down of a person's statuses, the newest first; of a programme with those of all programmes."""
    found = Status.objects.filter(person_id=person).select_related("programme").order_by("-on", "-id")
    if programme is not None:
        found = found.filter(Q(programme=programme) | Q(programme=None))
    rows = list(found)
    ends = {end.status_id: end for end in StatusEnd.objects.filter(status__in=rows)}
    return [Told(status, ends.get(status.pk)) for status in rows]


def spans(*, programme: Programme, people: Sequence[int]) -> dict[int, list[Span]]:
    """The days on which a status held, by person id; people without one are left out."""
    columns = ("id", "person_id", "kind", "on", "until_on")
    of = Q(programme=programme) | Q(programme=None)
    rows = list(Status.objects.filter(of, person_id__in=people).values_list(*columns))
    ends = {}
    if rows:
        told = StatusEnd.objects.filter(status__person_id__in=people).values_list("status_id", "on", "why")
        ends = {status: (on, why) for status, on, why in told}
    found: dict[int, list[Span]] = defaultdict(list)
    for status, person, kind, on, until_on in rows:
        ended_on, why = ends.get(status, (NEVER, ""))
        if why != StatusEnd.Why.MISTAKE:
            found[person].append(Span(kind, on, min(until_on or NEVER, ended_on)))
    return dict(found)


def corrections_of(person: int) -> list[Correction]:
    """The corrections of a person's doses, struck here or moved here from somebody else, oldest first."""
    of = Q(dose__person_id=person) | Q(by_dose__person_id=person)
    rows = Correction.objects.filter(of).select_related(
        "dose__vaccine", "by_dose__vaccine", "dose__person", "by_dose__person"
    )
    return list(rows.order_by("id"))
