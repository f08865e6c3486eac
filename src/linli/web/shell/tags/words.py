"""Filters for days, times, counts and shares."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django import template

from linli.web.shell import days

register = template.Library()


@register.filter(expects_localtime=True)
def day(on: dt.date | None, beside: dt.date | None = None) -> str:
    """`{{ d|day }}` -> "Mon 21 June"; `{{ d|day:today }}` adds the year when it is another one."""
    return days.day(on, beside=beside) if on else days.NOTHING


@register.filter
def long_day(on: dt.date | None) -> str:
    """`{{ born|long_day }}` -> "21 June 1938"."""
    return days.long_day(on) if on else days.NOTHING


@register.filter
def short_day(on: dt.date | None) -> str:
    """`{{ d|short_day }}` -> "21 Jun"."""
    return days.short_day(on) if on else days.NOTHING


@register.filter
def days_left(until: dt.date | None, on: dt.date) -> str:
    """`{{ latest_on|days_left:today }}` -> "in 3 days"."""
    return days.days_left(until, on=on) if until else ""


@register.filter(expects_localtime=True)
def clock(at: dt.datetime | dt.time | None) -> str:
    """`{{ at|clock }}` -> "14:05"."""
    return f"{at:%H:%M}" if at else days.NOTHING


@register.filter
def number(value: int | float | Decimal | None) -> str:
    """`{{ count|number }}` -> "8,012"."""
    return days.number(value)


@register.filter
def percent(share: float | Decimal | None, places: int = 1) -> str:
    """`{{ 0.634|percent }}` -> "63.4%"."""
    return days.percent(share, places=places)
