"""Doses by day."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q

from linli.records.doses.queries import standings
from linli.records.places.models import Area, Building
from linli.records.programme.models import Programme
from linli.records.reports.queries.board import where
from linli.records.retention.queries import tallied


@dataclass(frozen=True, slots=True)
class Daily:
    """One day: first and second valid doses given on it."""

    on: date
    first: int = 0
    second: int = 0


def doses_by_day(*, place: Area | Building, programme: Programme, on: date, of: str, days: int = 60) -> list[Daily]:
    """The doses of an area's or building's people on each of the last days up to `on`, none left out.

    Those of people who were forgotten stand on the first days of their months.
    """
    start = on - timedelta(days=days - 1)
    recent = Q(first_on__gte=start) | Q(second_on__gte=start)
    first: Counter[date | None] = Counter()
    second: Counter[date | None] = Counter()
    # One pass for both: the pairs of days are few, however many people.
    known, past = (
        rows.filter(where(place, of), recent).values_list("first_on", "second_on").annotate(n=Count("pk")).order_by()
        for rows in (standings(programme=programme, on=on), tallied(programme=programme, on=on))
    )
    for first_on, second_on, count in known.union(past, all=True):
        first[first_on] += count
        second[second_on] += count
    line = (start + timedelta(days=step) for step in range(days))
    return [Daily(day, first[day], second[day]) for day in line]
