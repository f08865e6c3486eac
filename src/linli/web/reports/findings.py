"""The titles of a board's pictures: each states what the picture shows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from linli.records.reports.queries import Daily, Standing
from linli.web.reports.asked import name_of
from linli.web.shell.days import number, percent
from linli.words.figures import NOBODY

LOW = 0.4
WEEK = 7
MOST = 5


def map_finding(standings: Sequence[Standing], of: str) -> str:
    """How many buildings lie under the lowest step of the colours, or which is the lowest."""
    shares = [(share, one) for one in standings if (share := one.coverage.first_share) is not None]
    if not shares:
        return str(NOBODY[of])
    low = sum(share < LOW for share, _one in shares)
    limit = percent(LOW, places=0)
    if low:
        words = ngettext(
            "%(low)s of %(all)s buildings is below %(limit)s", "%(low)s of %(all)s buildings are below %(limit)s", low
        )
        return words % {"low": number(low), "all": number(len(shares)), "limit": limit}
    share, lowest = min(shares, key=lambda pair: pair[0])
    place = lowest.place
    named = {"name": name_of(place) if place else "", "share": percent(share), "limit": limit}
    return _("No building is below {limit}; the lowest is {name} with {share}").format(**named)


def most_to_do(standings: Sequence[Standing]) -> tuple[str, list[Standing]]:
    """The few buildings with the most people due or overdue, and what part of all they hold; none of few."""
    waiting = [one for one in standings if one.coverage.due + one.coverage.overdue]
    waiting.sort(key=lambda one: -(one.coverage.due + one.coverage.overdue))
    most, everybody = waiting[:MOST], sum(one.coverage.due + one.coverage.overdue for one in waiting)
    if len(waiting) <= MOST:
        return "", []
    held = sum(one.coverage.due + one.coverage.overdue for one in most)
    words = _("{few} of {all} buildings hold {share} of those due or overdue, {held} of {everybody}")
    return words.format(
        few=number(len(most)),
        all=number(len(standings)),
        share=percent(held / everybody, places=0),
        held=number(held),
        everybody=number(everybody),
    ), most


def doses_series(daily: Sequence[Daily]) -> list[dict[str, Any]]:
    """First and second doses as lines; without any dose there is nothing to draw."""
    if not any(day.first or day.second for day in daily):
        return []
    return [
        {"name": _("First dose"), "values": [day.first for day in daily]},
        {"name": _("Second dose"), "values": [day.second for day in daily]},
    ]


def doses_finding(daily: Sequence[Daily]) -> str:
    """The last seven days against the seven before."""
    if not any(day.first or day.second for day in daily):
        return _("No dose in the last {days} days").format(days=len(daily))
    last, before = daily[-WEEK:], daily[-2 * WEEK : -WEEK]
    first = _moved(
        sum(day.first for day in before),
        sum(day.first for day in last),
        _("In seven days first doses rose from {before} to {now}"),
        _("In seven days first doses fell from {before} to {now}"),
        _("In seven days first doses stayed at {now}"),
    )
    second = _moved(
        sum(day.second for day in before),
        sum(day.second for day in last),
        _("second doses rose from {before} to {now}"),
        _("second doses fell from {before} to {now}"),
        _("second doses stayed at {now}"),
    )
    return _("{first}, {second}").format(first=first, second=second)


def _moved(before: int, now: int, rose: str, fell: str, stayed: str) -> str:
    words = rose if now > before else fell if now < before else stayed
    return words.format(before=number(before), now=number(now))


def whole_days(daily: list[Daily], *, today: date) -> list[Daily]:
    """The days that are over: today's would look like a fall."""
    return [day for day in daily if day.on < today]
