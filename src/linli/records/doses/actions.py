"""Writing down doses, and drawing the forecast anew for those they touch."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from linli.records.doses.queries import forecast_rows
from linli.records.doses.models import Dose, Forecast
from linli.records.journal.actions import Who, action, write
from linli.records.people.models import Person, Source
from linli.records.people.queries import chunks
from linli.records.programme.models import Programme

BATCH = 2000


@dataclass(frozen=True, slots=True)
class Given:
    """A dose that a list tells of: person and vaccine by id."""

    person: int
    vaccine: int
    given_on: date
    number: int | None = None
    lot: str = ""
    place: str = ""
    supply_ended: bool = False


@action
def record(*, by: Who, source: Source, given: Sequence[Given], at: datetime | None = None) -> int:
    """Write down doses; one that is there already (same person, day and product) stays as it is. Gives how many are new."""
    known = {
        row
        for chunk in chunks(sorted({dose.person for dose in given}))
        for row in Dose.objects.filter(person_id__in=chunk).values_list("person_id", "given_on", "vaccine_id")
    }
    fresh = {(dose.person, dose.given_on, dose.vaccine): dose for dose in given}
    rows = [
        Dose(
            person_id=dose.person,
            vaccine_id=dose.vaccine,
            given_on=dose.given_on,
            number=dose.number,
            lot=dose.lot,
            place=dose.place,
            supply_ended=dose.supply_ended,
            source=source,
        )
        for key, dose in fresh.items()
        if key not in known
    ]
    # Two lists applied at once may tell the same dose: the unique constraint keeps one of them.
    Dose.objects.bulk_create(rows, ignore_conflicts=True, batch_size=BATCH)
    touched = sorted({row.person_id for row in rows})
    public_ids = [
        key for chunk in chunks(touched) for key in Person.objects.filter(id__in=chunk).values_list("public_id", flat=True)
    ]
    subjects = [("person", key) for key in public_ids]
    write(by=by, verb="doses.record", detail={"source": source.code, "doses": len(rows)}, subjects=subjects, at=at)
    return len(rows)


@action
def forecast(
    *,
    by: Who,
    programme: Programme,
    people: Sequence[int] | None = None,
    progress: Callable[[int, int], None] | None = None,
    at: datetime | None = None,
) -> int:
    """Draw the forecast of some people (none given: of everybody) anew from their doses. Gives the number of rows."""
    wanted = sorted(Person.objects.values_list("id", flat=True)) if people is None else sorted(set(people))
    made = 0
    for chunk in chunks(wanted):
        Forecast.objects.filter(programme=programme, person_id__in=chunk).delete()
        rows = forecast_rows(programme=programme, people=chunk)
        Forecast.objects.bulk_create(rows, batch_size=BATCH)
        made += len(rows)
        if progress:
            progress(len(chunk), len(wanted))
    write(by=by, verb="doses.forecast", detail={"programme": programme.code, "people": len(wanted), "rows": made}, at=at)
    return made
