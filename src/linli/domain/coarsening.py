"""Making days coarse so that nobody is known by them, while every count on the last day of a month stays what it was.

The day asked for is always the last of a month here, D. A day is not after D exactly if its month is not; so the first
of its month may stand for it. Where a day must be *before* D, the last day of a month must not count, so the first of
the month of the next day stands for it. tests/domain/test_coarsening.py holds each comparison against the real days.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any

ENDLESS = date(9999, 12, 31)  # stands for "for ever" and is nobody's
EVER = date(1900, 1, 1)  # stands for "always", and is nobody's either
_BEFORE = ("latest_on", "second_latest_on", "finish_by_on")
OLDEST = 1900

# On which of some days a birth date lies inside the age gates, one bit a day.
Inside = Callable[[date], int]


@dataclass(frozen=True, slots=True)
class Course:
    """How somebody stood from one day to another: the dates of a forecast, as `doses.models.Forecast` has them."""

    since_on: date
    until_on: date
    earliest_on: date | None
    latest_on: date | None
    first_on: date | None
    second_on: date | None
    second_latest_on: date | None
    finish_by_on: date | None
    completed_on: date | None
    offered_from: date | None
    proven_first_on: date | None
    proven_completed_on: date | None


def month_ends(first: date, last: date) -> Iterator[date]:
    """The last days of the months from one day to another."""
    end = _month_after(first) - timedelta(days=1)
    while end <= last:
        yield end
        end = _month_after(end + timedelta(days=1)) - timedelta(days=1)


def coarse(course: Course) -> Course | None:
    """A course in months; None where it began and ended within one, so that no last day of a month lies in it."""
    since, until = _not_after(course.since_on), _not_after(course.until_on)
    if since >= until:
        return None
    return Course(
        since_on=since,
        until_on=until,
        earliest_on=_maybe(_not_after, course.earliest_on),
        latest_on=_maybe(_before, course.latest_on),
        first_on=_maybe(_not_after, course.first_on),
        second_on=_second(course),
        second_latest_on=_maybe(_before, course.second_latest_on),
        finish_by_on=_maybe(_before, course.finish_by_on),
        completed_on=_maybe(_not_after, course.completed_on),
        offered_from=_maybe(_not_after, course.offered_from),
        proven_first_on=_maybe(_not_after, course.proven_first_on),
        proven_completed_on=_maybe(_not_after, course.proven_completed_on),
    )


def within(course: Course, *, first: date, last: date) -> Course:
    """A course that answers alike on every day from one to another, and tells no day outside of them.

    The rows of a vaccine group turn at birthdays: whoever was born long before the drive is not to be known by them.
    """

    def told(name: str, day: date | None) -> date | None:
        if day is None:
            return None
        is_strict = name in _BEFORE  # asked whether it lies before a day; of the others whether not after it
        if day < first or (day == first and not is_strict):
            return EVER
        return ENDLESS if day > last or (day == last and is_strict) else day

    days: dict[str, Any] = {field.name: told(field.name, getattr(course, field.name)) for field in fields(course)}
    return Course(**days)


def stand_ins(births: Iterable[date], inside: Inside) -> dict[date, date]:
    """For each birth date the one that stands for it: the same for all who are inside the age gates on the same days.

    The first day of ten years is taken where one will do, else of a year, else of a month.
    """
    wanted = {birth: inside(birth) for birth in births}
    newest = max(wanted, default=date(OLDEST, 1, 1)).year + 1
    missing, found = set(wanted.values()), dict[int, date]()
    for candidate in _candidates(newest):
        mask = inside(candidate)
        if mask in missing:
            missing.remove(mask)
            found[mask] = candidate
        if not missing:
            break
    return {birth: found.get(mask, birth.replace(day=1)) for birth, mask in wanted.items()}


def _candidates(newest: int) -> Iterator[date]:
    yield from (date(year, 1, 1) for year in range(OLDEST, newest + 1, 10))
    yield from (date(year, 1, 1) for year in range(OLDEST, newest + 1))
    yield from (date(year, month, 1) for year in range(newest, OLDEST, -1) for month in range(1, 13))


def _second(course: Course) -> date | None:
    """The second dose; one given too late in the very month of its last day comes a day behind that month's first."""
    day, latest = course.second_on, course.second_latest_on
    if day is None:
        return None
    is_late = latest is not None and day > latest
    return _not_after(day) + timedelta(days=1 if is_late else 0)


def _maybe(change: Callable[[date], date], day: date | None) -> date | None:
    return None if day is None else change(day)


def _not_after(day: date) -> date:
    return day if day == ENDLESS else day.replace(day=1)


def _before(day: date) -> date:
    return day if day == ENDLESS else (day + timedelta(days=1)).replace(day=1)


def _month_after(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)
