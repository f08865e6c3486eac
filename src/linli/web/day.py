"""The day a page speaks of."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone


def today() -> date:
    """Today in the drive's time zone, or the fixed day of a demo or rehearsal."""
    return date.fromisoformat(settings.TODAY) if settings.TODAY else timezone.localdate()


def now() -> datetime:
    """This moment; in a demo the clock's time on its fixed day, so that what is written down there is of that day."""
    clock = timezone.localtime()
    return datetime.combine(today(), clock.timetz()) if settings.DEMO else clock


def chosen_day(request: HttpRequest) -> date:
    """The day in the address (`?on=2021-06-20`), else today; what is no date, or of another century, is today too."""
    try:
        day = date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return today()
    return day if 2000 <= day.year < 2100 else today()
