"""Days, shares and counts as people say them, in the reader's language."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.utils import dates
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

# Spelled out so that translators see them; Django's own short weekdays differ between its releases.
WEEKDAYS = (
    lambda: pgettext("weekday", "Mon"),
    lambda: pgettext("weekday", "Tue"),
    lambda: pgettext("weekday", "Wed"),
    lambda: pgettext("weekday", "Thu"),
    lambda: pgettext("weekday", "Fri"),
    lambda: pgettext("weekday", "Sat"),
    lambda: pgettext("weekday", "Sun"),
)
NOTHING = "—"
YEAR = 366


def _parts(on: dt.date) -> dict[str, object]:
    return {
        "weekday": WEEKDAYS[on.weekday()](),
        "day": on.day,
        "month": dates.MONTHS[on.month],
        "short_month": str(dates.MONTHS_3[on.month]).title(),
        "month_number": on.month,
        "year": on.year,
    }


def day(on: dt.date, *, beside: dt.date | None = None) -> str:
    """A day as people say it, "Mon 21 June"; with its year when that differs from the day it is read beside."""
    if beside is not None and beside.year != on.year:
        return pgettext("day", "{weekday} {day} {month} {year}").format(**_parts(on))
    return pgettext("day", "{weekday} {day} {month}").format(**_parts(on))


def long_day(on: dt.date) -> str:
    """A day with its year and no weekday, "21 June 1938": birthdays and papers."""
    return pgettext("day", "{day} {month} {year}").format(**_parts(on))


def plain_day(on: dt.date) -> str:
    """A day without weekday and year, "21 June": beside a status, where the year is plain."""
    return pgettext("day", "{day} {month}").format(**_parts(on))


def short_day(on: dt.date) -> str:
    """A day in the least room, "21 Jun": chart axes and narrow columns."""
    return pgettext("day", "{day} {short_month}").format(**_parts(on))


def days_left(until: dt.date, *, on: dt.date) -> str:
    """How far a day lies from `on`: "today", "tomorrow", "in 3 days", "2 days ago"."""
    count = (until - on).days
    if count == 0:
        return _("today")
    if count == 1:
        return _("tomorrow")
    if count == -1:
        return _("yesterday")
    if count > 0:
        return ngettext("in %(count)s day", "in %(count)s days", count) % {"count": number(count)}
    return ngettext("%(count)s day ago", "%(count)s days ago", -count) % {"count": number(-count)}


def is_long_past(when: object, *, on: dt.date) -> bool:
    """Whether a day lies so far back that nobody reads it as a date: the 18th birthday of a grandmother."""
    return isinstance(when, dt.date) and (on - when).days > YEAR


def duration(seconds: float) -> str:
    """A rough length of time still to go: "a few seconds", "about 2 minutes"."""
    if seconds < 10:
        return _("a few seconds")
    if seconds < 90:
        tens = max(10, round(seconds / 10) * 10)
        return ngettext("about %(count)s second", "about %(count)s seconds", tens) % {"count": tens}
    minutes = round(seconds / 60)
    return ngettext("about %(count)s minute", "about %(count)s minutes", minutes) % {"count": minutes}


def number(value: int | float | Decimal | None) -> str:
    """A count with its thousands marked, "8,012"; a dash where there is none."""
    if value is None:
        return NOTHING
    # not Django's localised form: its Chinese one groups by four, which no office here writes
    return f"{value:,}"


def percent_between(shares: tuple[float, float] | None, *, places: int = 1) -> str:
    """Two shares as a range, "62.1–64.0%"; one percentage where both read the same."""
    if shares is None:
        return NOTHING
    low, high = (percent(share, places=places) for share in shares)
    return high if low == high else f"{low.removesuffix('%')}–{high}"


def percent(share: float | Decimal | None, *, places: int = 1) -> str:
    """A share from 0 to 1 as a percentage, "63.4%"; never rounded to 100% or 0%, which mean all and none."""
    if share is None:
        return NOTHING
    step = 10.0**-places
    value = round(float(share) * 100, places)
    if share < 1 and value >= 100:
        value = 100 - step
    if share > 0 and value <= 0:
        value = step
    return f"{value:.{places}f}%"
