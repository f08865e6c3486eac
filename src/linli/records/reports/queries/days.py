"""Doses by day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q

from linli.records.doses.models import Dose
from linli.records.doses.queries import standings
from linli.records.places.models import Area, Building
from linli.records.programme.models import Programme


@dataclass(frozen=True, slots=True)
class Daily:
    """One day: first valid doses, second valid doses, and all doses written down."""

    on: date
    first: int
    second: int
    doses: int


def doses_by_day(
    *, place: Area | Building, programme: Programme, on: date, of: str, days: int = 60
) -> list[Daily]:
    """The doses of an area's or building's people on each of the last days up to `on`, none left out."""
    start = on - timedelta(days=days - 1)
    where = _of(place, of, "person__")
    given = Dose.objects.filter(where, vaccine__programme=programme, given_on__gte=start, given_on__lte=on)
    doses = dict(given.values_list("given_on").annotate(n=Count("pk")).order_by())
    people = standings(programme=programme, on=on).filter(where)
    first = dict(people.filter(first_on__gte=start).values_list("first_on").annotate(n=Count("pk")).order_by())
    second = dict(people.filter(second_on__gte=start).values_list("second_on").annotate(n=Count("pk")).order_by())
    line = (start + timedelta(days=step) for step in range(days))
    return [Daily(day, first.get(day, 0), second.get(day, 0), doses.get(day, 0)) for day in line]


def _of(place: Area | Building, of: str, prefix: str) -> Q:
    if isinstance(place, Building):
        return Q(**{f"{prefix}{of}_building": place})
    return Q(**{f"{prefix}{of}_area__in": Area.objects.filter(path__startswith=place.path)})
