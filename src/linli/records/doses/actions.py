"""Writing down doses, and drawing the forecast anew for those they touch."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from linli.records import bulk
from linli.records.doses.models import Dose, Forecast
from linli.records.doses.queries import FORECAST_COLUMNS, forecast_rows
from linli.records.journal.actions import Who, action, write
from linli.records.journal.models import new_id
from linli.records.people.models import Person, Source
from linli.records.people.queries import chunks
from linli.records.programme.actions import adopt as adopt_schedule
from linli.records.programme.models import Programme

DOSE_COLUMNS = (
    "public_id",
    "person_id",
    "vaccine_id",
    "given_on",
    "number",
    "lot",
    "place",
    "supply_ended",
    "source_id",
)


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
    """Write down doses; one that is there already (same person, day, product) stays. Gives how many are new."""
    known = {
        row
        for chunk in chunks(sorted({dose.person for dose in given}))
        for row in Dose.objects.filter(person_id__in=chunk).values_list("person_id", "given_on", "vaccine_id")
    }
    fresh = {(dose.person, dose.given_on, dose.vaccine): dose for dose in given}
    new = [dose for key, dose in fresh.items() if key not in known]
    rows = [
        (
            new_id(),
            dose.person,
            dose.vaccine,
            dose.given_on,
            dose.number,
            dose.lot,
            dose.place,
            dose.supply_ended,
            source.pk,
        )
        for dose in new
    ]
    # Two lists applied at once may tell the same dose: the unique constraint keeps one of them.
    bulk.insert(Dose, DOSE_COLUMNS, rows, unique=("person_id", "given_on", "vaccine_id"))
    touched = sorted({dose.person for dose in new})
    public_ids = [
        key
        for chunk in chunks(touched)
        for key in Person.objects.filter(id__in=chunk).values_list("public_id", flat=True)
    ]
    subjects = [("person", key) for key in public_ids]
    write(by=by, verb="doses.record", detail={"source": source.code, "doses": len(rows)}, subjects=subjects, at=at)
    return len(rows)


@action
def adopt(*, by: Who, code: str, at: datetime | None = None) -> Programme:
    """Work by a schedule, or by its new version: its products become known, and everybody's forecast is drawn."""
    programme = adopt_schedule(by=by, code=code, at=at)
    forecast(by=by, programme=programme, at=at)
    return programme


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
        bulk.insert(Forecast, FORECAST_COLUMNS, rows)
        made += len(rows)
        if progress:
            progress(len(chunk), len(wanted))
    write(
        by=by, verb="doses.forecast", detail={"programme": programme.code, "people": len(wanted), "rows": made}, at=at
    )
    return made
