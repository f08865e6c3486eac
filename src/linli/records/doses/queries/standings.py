"""How people stand on a day: the engine's stored dates compared with the day, so nothing has to run at midnight.

The ladder is the one of docs/contracts.md; tests/records/doses hold it against the engine, person by person.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from django.db.models import Case, CharField, F, Q, QuerySet, Value, When

from linli.domain.eligibility import offered_births
from linli.records.doses.models import STATUS_LADDER, Dose, Forecast
from linli.records.programme.models import Edition, Programme
from linli.records.programme.queries import rules_of

STATES = ("moved", "complete", *STATUS_LADDER[1:], "unknown", "not_eligible", "waiting", "overdue", "due")
LAST_DAYS = 7


def inside_gate(*, programme: Programme, on: date) -> Q:
    """People to whom a first dose is offered on a day: inside the age gate in force, or as their vaccine group says."""
    if programme.group:
        return Q(offered_from__lte=on)
    inside = Q(pk__in=[])
    for born_after, born_by in _births(programme.edition, on):
        inside |= Q(person__birth_date__gt=born_after, person__birth_date__lte=born_by)
    return inside


@lru_cache(maxsize=512)
def _births(edition: Edition, on: date) -> list[tuple[date, date]]:
    return offered_births(rules_of(edition), on=on)


def _barred(programme: Programme, on: date) -> Q:
    if programme.group:
        return Q(is_barred=True)
    return Q(valid_doses=0) & ~inside_gate(programme=programme, on=on)


def _newly_inside(programme: Programme, on: date) -> Q:
    """Those without a valid dose whose offer begins on a day."""
    if programme.group:
        return Q(valid_doses=0, offered_from=on)
    before = inside_gate(programme=programme, on=on - timedelta(days=1))
    return Q(valid_doses=0) & inside_gate(programme=programme, on=on) & ~before


def standings(*, programme: Programme, on: date, rows: QuerySet[Any] | None = None) -> QuerySet[Forecast]:
    """One row a person: how they stand on a day, with `state` and `engine_state`.

    The engine's state is what it would be if every list covered doses and nobody had refused, deferred or left.
    `rows` are others than the forecasts, with the same columns.
    """
    ladder = (
        When(next_dose__isnull=True, then=Value("complete")),
        When(_barred(programme, on), then=Value("not_eligible")),
        When(earliest_on__gt=on, then=Value("waiting")),
        When(latest_on__lt=on, then=Value("overdue")),
    )
    covered = Q(person__is_covered=True) | Q(recorded_doses__gt=0)
    unknown = When(~covered, then=Value("unknown"))
    moved = When(register_state="moved", then=Value("moved"))
    told = When(~Q(register_state=""), then=F("register_state"))
    found = Forecast.objects.all() if rows is None else rows
    return found.filter(programme=programme, since_on__lte=on, until_on__gt=on).annotate(
        state=Case(moved, ladder[0], told, unknown, *ladder[1:], default=Value("due"), output_field=CharField()),
        engine_state=Case(*ladder, default=Value("due"), output_field=CharField()),
    )


def groups(*, programme: Programme, on: date) -> dict[str, Q]:
    """Every group of people that a figure counts, each a condition on `standings`: count and names behind it agree."""
    inside = inside_gate(programme=programme, on=on)
    here = ~Q(register_state="moved")  # whoever moved away is counted and listed apart alone
    newly_inside = _newly_inside(programme, on)
    first, full = Q(valid_doses__gte=1), Q(next_dose__isnull=True)
    second_past, finish_past = Q(second_latest_on__lt=on), Q(finish_by_on__lt=on)
    timely = second_past & Q(second_on__lte=F("second_latest_on"))
    if_none_elsewhere = Q(state="unknown", engine_state="due")
    eve = on - timedelta(days=1)
    first_proven, full_proven = Q(proven_first_on__lte=on), Q(proven_completed_on__lte=on)
    here_alone = {
        "people": Q(),
        "offered": inside,
        "first": first,
        "no_first": ~first,
        "full": full,
        "first_offered": first & inside,
        "full_offered": full & inside,
        "first_proven": first_proven,
        "full_proven": full_proven,
        "told_only": (first & ~first_proven) | (full & ~full_proven),
        "first_this_day": Q(first_on=on),
        "first_day_before": Q(first_on=eve),
        "second_this_day": Q(second_on=on),
        "second_day_before": Q(second_on=eve),
        "second_past": second_past,
        "second_timely": timely,
        "second_late": second_past & ~Q(second_on__lte=F("second_latest_on"), second_on__isnull=False),
        "finish_past": finish_past,
        "dropped": finish_past & ~full,
    }
    return {
        **{group: condition & here for group, condition in here_alone.items()},
        **{state: Q(state=state) for state in STATES},
        "open": Q(state__in=("due", "overdue")) | if_none_elsewhere,
        "entering": Q(state="due") & (Q(earliest_on=on) | newly_inside),
        "last_days": Q(state="due", latest_on__gte=on, latest_on__lt=on + timedelta(days=LAST_DAYS)),
    }


def doses_of(person: int) -> QuerySet[Dose]:
    """The doses of a person that stand, oldest first; the corrected ones are in `corrections_of`."""
    found = Dose.objects.filter(person_id=person, is_struck=False)
    return found.select_related("vaccine", "source").order_by("given_on", "id")
