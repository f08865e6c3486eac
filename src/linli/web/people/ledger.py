"""What was written down of a person, as their page shows it: doses with corrections, statuses with their ends."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.domain.eligibility import REASONS, Reason
from linli.records.doses.models import Correction, Dose, Status, StatusEnd
from linli.records.doses.queries import Told
from linli.records.people.models import Person
from linli.records.reports.queries import Chronicle, DoseTold
from linli.web.people.writing.products import vaccine_name
from linli.web.shell.days import day
from linli.words.reasons import table_words
from linli.words.statuses import CORRECTIONS, EVIDENCE, NEXT, TOLD_BY, reason_words, stands

# What a dose is to the series, by the kind of its reason: tone, icon, word.
VERDICTS: dict[str, tuple[str, str, Promise]] = {
    "valid": ("complete", "complete", _("Counts")),
    "not valid": ("overdue", "overdue", _("Does not count")),
    "substandard": ("overdue", "overdue", _("Does not count")),
    "extraneous": ("not-eligible", "contraindicated", _("Does not count")),
    "other antigen": ("info", "info", _("Another vaccine")),
    "ignored": ("unknown", "unknown", _("Left out")),
    "after the day": ("waiting", "waiting", _("After this day")),
}
STRUCK = ("not-eligible", "flat", _("Struck"))
MOST = 200


@dataclass(frozen=True, slots=True)
class Mark:
    """A correction beside a dose: what was wrong, to or from whom, by whom; `undo` is its id while it can be undone."""

    reason: Promise
    note: str
    who: str
    correction: Correction
    other: Person | None
    is_others: bool
    undo: str


@dataclass(frozen=True, slots=True)
class DoseLine:
    """One dose with its verdict, its evidence, and the corrections on either side of it."""

    dose: Dose
    product: str
    tone: str
    icon: str
    verdict: Promise
    why: str
    table: str
    evidence: Promise
    struck: Mark | None
    instead: Mark | None


@dataclass(frozen=True, slots=True)
class StatusLine:
    """One status: until when, why, by whom, and how it ended before its time."""

    status: Status
    end: StatusEnd | None
    until_on: date | None
    reason: str
    told_by: Promise
    is_mistake: bool
    may_end: bool


@dataclass(frozen=True, slots=True)
class Stands:
    """The status that decides how a person stands now, and what follows for whoever works the list."""

    line: StatusLine
    sentence: str
    then: Promise
    on: date
    again_on: date | None


def doses(told: Chronicle, say: Callable[[Reason], str]) -> list[DoseLine]:
    """The doses by day; a struck one stays where it stood."""
    return [_dose(row, told, say) for row in told.doses]


def unknown_products(told: Chronicle, *, on: date) -> list[Dose]:
    """The doses that stand on a day and of which nobody knows the product."""
    standing = (row.dose for row in told.doses if not row.dose.is_struck and row.dose.given_on <= on)
    return [dose for dose in standing if dose.vaccine.is_unknown]


def _dose(row: DoseTold, told: Chronicle, say: Callable[[Reason], str]) -> DoseLine:
    look = VERDICTS[REASONS[row.reason.code].kind] if row.reason else STRUCK
    return DoseLine(
        row.dose,
        vaccine_name(row.dose.vaccine, told.rules),
        *look,
        why=say(row.reason) if row.reason else "",
        table=table_words(row.reason) if row.reason else "",
        evidence=EVIDENCE[row.dose.evidence],
        struck=_mark(row.struck_by, row.struck_by.by_dose if row.struck_by else None, told),
        instead=_mark(row.instead_of, row.instead_of.dose if row.instead_of else None, told),
    )


def _mark(row: Correction | None, beyond: Dose | None, told: Chronicle) -> Mark | None:
    """A correction as one of its two doses shows it; `beyond` is the dose on its other side."""
    if row is None:
        return None
    is_others = beyond is not None and beyond.person_id != told.person.pk
    return Mark(
        CORRECTIONS[row.reason],
        row.note,
        row.who_name,
        row,
        other=told.others.get(beyond.person_id) if beyond is not None and is_others else None,
        is_others=is_others,
        undo=row.public_id if _may_undo(row, told) else "",
    )


def _may_undo(row: Correction, told: Chronicle) -> bool:
    """Whether what a correction put in place still stands; where it put nothing, whether nothing came back since."""
    if row.by_dose is not None:
        return not row.by_dose.is_struck
    struck = row.dose
    there = [one.dose for one in told.doses if not one.dose.is_struck]
    return (struck.given_on, struck.vaccine_id) not in [(dose.given_on, dose.vaccine_id) for dose in there]


def statuses(told: Chronicle, *, today: date) -> list[StatusLine]:
    """Everything written down of a person's statuses, the newest first."""
    return [_status(row, today) for row in told.statuses]


def _status(row: Told, today: date) -> StatusLine:
    status, end = row.status, row.end
    is_mistake = end is not None and end.why == StatusEnd.Why.MISTAKE
    until_on = status.until_on if is_mistake else row.until_on
    return StatusLine(
        status,
        end,
        until_on,
        reason_words(status.kind, status.reason),
        TOLD_BY[status.told_by],
        is_mistake=is_mistake,
        may_end=end is None and (status.until_on is None or status.until_on > today),
    )


def standing(told: Chronicle, lines: list[StatusLine], *, on: date) -> Stands | None:
    """The status at the top of the page; none where the engine's answer stands there."""
    if told.holding is None:
        return None
    status = told.holding.status
    say = functools.partial(day, beside=on)
    until = told.holding.until_on
    sentence = stands(
        status.kind,
        until=say(until) if until else "",
        on=say(status.on),
        told_by=str(TOLD_BY[status.told_by]),
        paper=status.paper,
    )
    line = next(line for line in lines if line.status.pk == status.pk)
    again = max([day for day in (until, told.due.earliest_on if told.due else None) if day], default=None)
    return Stands(line, sentence, NEXT[status.kind], status.on, again if until else None)
