"""The figures of a board: what changed, and coverage; each a number, what it counts, out of whom, and its names."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from linli.domain.coverage import Coverage
from linli.records.places.models import Area, Building
from linli.records.reports.queries import Daily
from linli.web.reports.asked import Asked
from linli.web.shell.days import number, percent, percent_between
from linli.words.figures import DEFINITIONS, OUT_OF, SHARES


@dataclass(frozen=True, slots=True)
class Figure:
    """One number with its words, as the `figure` tag takes them."""

    value: int | str
    label: str
    of: str = ""
    change: str = ""
    trend: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Stand:
    """How many people stand in one way, and who they are."""

    code: str
    count: int
    href: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of "how each figure is counted": a share, its part and whole, and the names behind both."""

    label: str
    definition: str
    share: float | None
    part: int
    part_href: str
    whole: int
    whole_href: str


def changes(
    *, place: Area | Building, asked: Asked, total: Coverage, before: Coverage, daily: list[Daily]
) -> list[Figure]:
    """What changed since the day before and what needs a decision."""
    this_day, day_before = daily[-1], daily[-2]
    return [
        _doses(asked, place, _("First doses"), "first", this_day.first, day_before.first),
        _doses(asked, place, _("Second doses"), "second", this_day.second, day_before.second),
        Figure(
            total.entering,
            _("Enter their window today") if asked.on == asked.today else _("Enter their window on this day"),
            of=_("due from this day on"),
            href=_if(total.entering, asked.people("entering", place)),
        ),
        Figure(
            total.last_days,
            _("In their last seven days"),
            of=_("last day on time within a week"),
            href=_if(total.last_days, asked.people("last_days", place)),
        ),
        _grown("overdue", _("Overdue"), _("past the last day on time"), place, asked, total, before),
        _grown("unknown", _("Unknown"), _("in no list that covers doses"), place, asked, total, before),
    ]


def _doses(asked: Asked, place: Area | Building, label: str, which: str, count: int, count_before: int) -> Figure:
    # Today is not over: yesterday's is the number to compare, today's stands beside it.
    if asked.on == asked.today:
        of = _("yesterday; {count} today so far").format(count=number(count))
        return Figure(count_before, label, of=of, href=_if(count_before, asked.people(f"{which}_day_before", place)))
    of = _("on this day; {count} the day before").format(count=number(count_before))
    return Figure(count, label, of=of, href=_if(count, asked.people(f"{which}_this_day", place)))


def _grown(
    group: str, label: str, of: str, place: Area | Building, asked: Asked, total: Coverage, before: Coverage
) -> Figure:
    now, then = getattr(total, group), getattr(before, group)
    step = abs(now - then)
    if now > then:
        words = ngettext("%(count)s more than the day before", "%(count)s more than the day before", step)
    elif now < then:
        words = ngettext("%(count)s fewer than the day before", "%(count)s fewer than the day before", step)
    else:
        words = _("as many as the day before")
    trend = "up" if now > then else "down" if now < then else "flat"
    href = _if(now, asked.people(group, place))
    return Figure(now, label, of=of, change=words % {"count": number(step)}, trend=trend, href=href)


def _if(count: int, href: str) -> str:
    """A link only where there is somebody to see."""
    return href if count else ""


def shares(*, place: Area | Building, asked: Asked, total: Coverage, has_last_days: bool) -> list[Figure]:
    """Coverage, drop-out, timeliness and the unknown, each with its denominator named.

    A vaccine group of published files sets no last day for a second dose or a whole course (`has_last_days`).
    """
    past = _("{part} of {whole} whose last day on time has passed")
    not_yet = _("for nobody has the last day on time passed yet")
    if not has_last_days:
        not_yet = _("not counted: this schedule sets no such day for everybody")
    began = _("Classic form: {share}, {part} of {whole} who began") if total.first else ""
    late = total.second_past - total.second_timely
    return [
        _covered("first", place, asked, total),
        _covered("full", place, asked, total),
        Figure(
            percent(total.dropout_share),
            str(SHARES["dropout_share"]),
            of=_filled(past if total.finish_past else not_yet, total.dropped, total.finish_past),
            change=_filled(began, total.first - total.full, total.first, total.classic_dropout_share),
            href=_if(total.dropped, asked.people("dropped", place)),
        ),
        Figure(
            percent(total.timely_share),
            str(SHARES["timely_share"]),
            of=_filled(past if total.second_past else not_yet, total.second_timely, total.second_past),
            change=_("{count} late or not yet given").format(count=number(late)) if late else "",
            href=_if(total.second_timely, asked.people("second_timely", place)),
        ),
        Figure(
            percent(total.unknown_share),
            str(SHARES["unknown_share"]),
            of=_filled(str(OUT_OF[asked.of]), total.unknown, total.people),
            href=_if(total.unknown, asked.people("unknown", place)),
        ),
    ]


def _covered(which: str, place: Area | Building, asked: Asked, total: Coverage) -> Figure:
    part, inside = getattr(total, which), getattr(total, f"{which}_offered")
    among = _("{share} inside the ages open that day, {part} of {whole}")
    return Figure(
        percent_between(getattr(total, f"{which}_between")),
        str(SHARES[f"{which}_share"]),
        of=_filled(str(OUT_OF[asked.of]), part, total.people),
        change=_filled(among, inside, total.offered, getattr(total, f"{which}_offered_share")),
        href=_if(part, asked.people(which, place)),
    )


def stands(*, place: Area | Building, asked: Asked, total: Coverage) -> list[Stand]:
    """How many people stand how, those who moved away last: they are in no denominator."""
    codes = [code for code in STATE_ORDER if code == "complete" or getattr(total, code)]
    counts = [total.full if code == "complete" else getattr(total, code) for code in codes]
    return [
        Stand(code, count, _if(count, asked.people(code, place))) for code, count in zip(codes, counts, strict=True)
    ]


def told(*, place: Area | Building, asked: Asked, total: Coverage) -> Stand | None:
    """The people whose doses somebody only told of: they make coverage a range."""
    return Stand("told_only", total.told_only, asked.people("told_only", place)) if total.told_only else None


def _filled(words: str, part: int, whole: int, share: float | None = None) -> str:
    return words.format(part=number(part), whole=number(whole), share=percent(share))


STATE_ORDER = (
    "complete",
    "due",
    "overdue",
    "waiting",
    "not_eligible",
    "deferred",
    "contraindicated",
    "refused",
    "unknown",
    "moved",
)
# Each share by the fields of `Coverage` that are its part and whole: they are also the groups behind it.
PARTS = {
    "first_share": ("first", "people"),
    "first_offered_share": ("first_offered", "offered"),
    "first_proven_share": ("first_proven", "people"),
    "full_share": ("full", "people"),
    "full_offered_share": ("full_offered", "offered"),
    "full_proven_share": ("full_proven", "people"),
    "dropout_share": ("dropped", "finish_past"),
    "classic_dropout_share": ("", "first"),
    "timely_share": ("second_timely", "second_past"),
    "unknown_share": ("unknown", "people"),
}


def lines(*, place: Area | Building, asked: Asked, total: Coverage) -> list[Line]:
    """How each figure is counted, with part and whole."""
    return [
        Line(
            label=str(SHARES[share]),
            definition=str(DEFINITIONS[share]),
            share=getattr(total, share),
            part=getattr(total, part) if part else total.first - total.full,
            part_href=asked.people(part, place) if part else "",
            whole=getattr(total, whole),
            whole_href=asked.people(whole, place),
        )
        for share, (part, whole) in PARTS.items()
    ]
