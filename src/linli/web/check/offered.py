"""What a schedule offers on a day: to which ages, and which products."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from linli.domain.calendar import Period
from linli.domain.eligibility import Schedule, Series, group_products, products_for
from linli.domain.eligibility.paths import Kind
from linli.domain.eligibility.schedule import Age


@dataclass(frozen=True, slots=True)
class Open:
    """One series that is open on a day: from an age (inclusive) to another (exclusive), with its products."""

    series: Series
    from_age: Period | None
    below_age: Period | None
    products: tuple[str, ...]


def open_series(rules: Schedule, on: date) -> list[Open]:
    """The series that offer a first dose on a day, by a product that can be had."""
    found = []
    for series in rules.series:
        products = _products(rules, series, on)
        if products:
            row = next(age for age in series.doses[0].ages if age.offered and _in_force(age, on))
            found.append(Open(series, row.minimum, row.offered_below or row.maximum, products))
    return found


def open_to(rules: Schedule, on: date) -> tuple[Period | None, Period | None] | None:
    """The ages, from one (inclusive) to another (exclusive), at which a vaccine group offers its first dose on a day.

    They span every series for everybody; None where no series has its season.
    """
    first = [series.doses[0] for series in rules.series if series.kind is Kind.STANDARD]
    rows = [
        age
        for dose in first
        if (dose.season_start is None or dose.season_start <= on) and (dose.season_end is None or on <= dose.season_end)
        for age in dose.ages
        if _in_force(age, on)
    ]
    if not rows:
        return None
    low = min((row.minimum for row in rows if row.minimum), key=_length, default=None)
    high = max((row.maximum for row in rows if row.maximum), key=_length, default=None)
    return (None if any(row.minimum is None for row in rows) else low), (
        None if any(row.maximum is None for row in rows) else high
    )


def _length(age: Period) -> tuple[float, int]:
    return age.months + age.days / 31, age.days


def on_offer(rules: Schedule, on: date) -> tuple[str, ...]:
    """Codes of every product on offer on a day, in the order of the schedule."""
    if rules.group:
        return group_products(rules, on=on)
    offered = {code for series in rules.series for code in _products(rules, series, on)}
    return tuple(code for code in rules.vaccine_codes if code in offered)


def _products(rules: Schedule, series: Series, on: date) -> tuple[str, ...]:
    return products_for(rules, series=series.code, started_with=None, on=on, birth=None).allowable


def _in_force(row: Age, on: date) -> bool:
    start, end = row.effective_on, row.cessation_on
    return (start is None or start <= on) and (end is None or on <= end)
