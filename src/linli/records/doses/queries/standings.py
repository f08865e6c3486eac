"""Reading the immunisation record: the standing of each person on a day.

The engine's dates are stored (`Forecast`); here they are compared with the day, so nothing has to run at midnight. The
ladder is the one of docs/contracts.md, and tests/records/doses hold it against the engine for every person and day.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Case, CharField, Q, QuerySet, Value, When

from linli.domain.eligibility import offered_births
from linli.records.doses.models import Dose, Forecast
from linli.records.programme.models import Programme
from linli.records.programme.queries import schedule

STATES = ("complete", "unknown", "not_eligible", "waiting", "overdue", "due")
LAST_DAYS = 7


def standings(*, programme: Programme, on: date) -> QuerySet[Forecast]:
    """One row a person: how they stand on a day, with `state`, `engine_state` and `offered` (inside the age gate)."""
    offered = Q(pk__in=[])
    for born_after, born_by in offered_births(schedule(programme.code), on=on):
        offered |= Q(person__birth_date__gt=born_after, person__birth_date__lte=born_by)
    ladder = (
        When(next_dose__isnull=True, then=Value("complete")),
        When(Q(valid_doses=0) & ~offered, then=Value("not_eligible")),
        When(earliest_on__gt=on, then=Value("waiting")),
        When(latest_on__lt=on, then=Value("overdue")),
    )
    known = Q(person__is_covered=True) | Q(recorded_doses__gt=0)
    rows = Forecast.objects.filter(programme=programme, since_on__lte=on, until_on__gt=on)
    return rows.annotate(
        state=Case(ladder[0], When(~known, then=Value("unknown")), *ladder[1:], default=Value("due"), output_field=CharField()),
        engine_state=Case(*ladder, default=Value("due"), output_field=CharField()),
        offered=Case(When(offered, then=Value(1)), default=Value(0)),
    )


def entering(*, on: date) -> Q:
    """Of `standings`: those whose next dose may be given from this very day."""
    return Q(state="due", earliest_on=on)


def last_days(*, on: date) -> Q:
    """Of `standings`: those due now whose last day on time is within seven days, this day included."""
    return Q(state="due", latest_on__gte=on, latest_on__lt=on + timedelta(days=LAST_DAYS))


def overdue() -> Q:
    """Of `standings`: those whose last day on time has passed."""
    return Q(state="overdue")


def doses_of(person: int) -> QuerySet[Dose]:
    """The doses of a person, oldest first."""
    return Dose.objects.filter(person_id=person).select_related("vaccine", "source").order_by("given_on", "id")


