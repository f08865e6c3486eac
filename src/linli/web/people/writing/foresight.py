"""What will follow, in sentences: how somebody stands now, how they will, and what that means for the lists."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from linli.records.people.models import Person
from linli.records.reports.queries import Due
from linli.web.people.rows import if_none_elsewhere
from linli.web.shell.days import day, is_long_past

OPEN = ("due", "overdue")


@dataclass(frozen=True, slots=True)
class Follows:
    """One person's states before and after (empty where nothing was forecast), and what changes, in sentences."""

    name: str
    before: str
    after: str
    sentences: list[str]


def follows(
    people: Iterable[Person], *, before: Mapping[int, Due], after: Mapping[int, Due], on: date
) -> list[Follows]:
    """What follows for each of these people on a day."""
    return [
        Follows(
            person.name,
            before[person.pk].state if person.pk in before else "",
            after[person.pk].state,
            _sentences(before.get(person.pk), after[person.pk], on),
        )
        for person in people
        if person.pk in after
    ]


def _sentences(before: Due | None, after: Due, on: date) -> list[str]:
    say = functools.partial(day, beside=on)
    told = []
    was, will = before is not None and _is_open(before), _is_open(after)
    if was and not will:
        told.append(_("Leaves the due list."))
    elif will and not was:
        told.append(_("Comes onto the due list."))
    elif will:
        told.append(_("Stays on the due list."))
    if after.state == "moved":
        told.append(_("Is not counted here any more."))
    elif after.next_dose == 0:
        told.append(_("Needs no further dose."))
    elif after.state not in ("refused", "contraindicated"):
        told += _next_dose(after, say, on)
    return told


def _next_dose(after: Due, say: functools.partial[str], on: date) -> list[str]:
    first = max([day for day in (after.earliest_on, _put_off(after)) if day is not None], default=None)
    if first is None or is_long_past(first, on=on):
        return [_("Dose {number} is next.").format(number=after.next_dose)]
    if after.latest_on is None:
        return [_("Dose {number} from {first}.").format(number=after.next_dose, first=say(first))]
    words = _("Dose {number} from {first}; last day on time {last}.")
    return [words.format(number=after.next_dose, first=say(first), last=say(after.latest_on))]


def _put_off(after: Due) -> date | None:
    """The first day after a deferral: the forecast's row ends there."""
    return after.row.until_on if after.state == "deferred" else None


def _is_open(due: Due) -> bool:
    return due.state in OPEN or if_none_elsewhere(due)
