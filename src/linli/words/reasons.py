"""Words for the engine's reasons, short enough to be read out on the phone; for groups of people and for periods."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from linli.domain.calendar import Period
from linli.domain.eligibility import TABLES, Code, Reason, Schedule

NOTHING = "—"

# A sentence may leave out values that the code carries, never use others: tests/web/people hold them to it.
REASONS: dict[Code, Promise] = {
    Code.COMPLETE: _("All doses done since {completed_on}."),
    Code.UNDER_AGE: _("Too young for the ages open now; old enough on {eligible_on}."),
    Code.OVER_AGE: _("Older than the ages open now."),
    Code.NOT_OPEN: _("Vaccination is not open to anybody on this day."),
    Code.BIRTH_UNKNOWN: _("The birth date is not known: ask for it, then this can be judged."),
    Code.WAIT_AGE: _("Old enough on {earliest_on}."),
    Code.WAIT_INTERVAL: _("The wait after the dose before ends on {earliest_on}."),
    Code.WAIT_OTHER_VACCINE: _("The wait after another vaccine ends on {earliest_on}."),
    Code.WAIT_SEASON: _("The season begins on {earliest_on}."),
    Code.PAST_LATEST: _("The last day on time was {latest_on}; give it all the same, nothing starts again."),
    Code.FIRST_DOSE: _("May have the first dose now."),
    Code.NEXT_DOSE: _("May have dose {number} now."),
    Code.REPEAT_DOSE: _("The last dose did not count: dose {number} may be given now."),
    Code.IMMUNE: _("Immune already: no dose is needed."),
    Code.CONTRAINDICATED: _("Must not have this vaccine, for a medical reason on record."),
    Code.NOT_RECOMMENDED: _("No dose is needed now: earlier doses protect well enough."),
    Code.SEASON_OVER: _("No dose now: the season for this vaccine is over."),
    Code.AGED_OUT: _("Too old now for this vaccine: no further dose."),
    Code.VALID: _("Counts as dose {number}."),
    Code.SHORT_INTERVAL: _(
        "Counts as dose {number}: {days} days after the one before, under the usual {minimum} but enough."
    ),
    Code.LATE: _("Counts as dose {number}: given after {latest_on}, the last day on time."),
    Code.OTHER_MAKER: _("Counts as dose {number}: another maker than the first dose ({first_product}), same kind."),
    Code.SUPPLY_ENDED: _(
        "Counts as dose {number}: another kind, given because {first_product} could not be had any more."
    ),
    Code.NEAR_OTHER_VACCINE: _("Counts as dose {number}, though {days} days from another vaccine on {other_on}."),
    Code.BEFORE_PROGRAMME: _("Counts as dose {number}: given before the drive opened."),
    Code.GRACE_AGE: _("Counts as dose {number}: given shortly before {minimum_age}, which is near enough."),
    Code.ALLOWABLE_INTERVAL: _("Counts as dose {number}: {days} days after the one before, which is allowed."),
    Code.BEFORE_BIRTH: _("Does not count: dated before the birth on {birth_on}. One of the two dates is wrong."),
    Code.SAME_DAY: _("Does not count: another dose was given on the same day."),
    Code.TOO_YOUNG: _("Does not count: given before {minimum_age}, allowed from {allowed_on}."),
    Code.OTHER_PLATFORM: _("Does not count: another kind of vaccine than the first dose ({first_product})."),
    Code.NOT_ALLOWED: _("Does not count: this product is not for this dose or this age."),
    Code.TOO_CLOSE: _(
        "Does not count: {days} days after the one before, at least {absolute_minimum} are needed ({allowed_on})."
    ),
    Code.INADVERTENT: _("Does not count: this product must not be used for this dose."),
    Code.LIVE_CONFLICT: _(
        "Does not count: {days} days after another vaccine of {other_on} that disturbs it, possible from {allowed_on}."
    ),
    Code.SUBSTANDARD: _("Does not count: the dose was expired, recalled or spoilt."),
    Code.AFTER_COMPLETE: _("Not needed: all doses were done already."),
    Code.TOO_OLD: _("Does not count: given above the highest age."),
    Code.OTHER_ANTIGEN: _("Another vaccine; the next dose waits after it."),
    Code.OTHER_ANTIGEN_EXEMPT: _("Another vaccine, after which no wait is needed."),
    Code.OTHER_GROUP: _("Another vaccine: judged by its own programme."),
    Code.UNKNOWN_PRODUCT: _("Left out: the product is not known. Ask which one it was."),
    Code.NO_DATE: _("Left out: it has no date."),
    Code.AFTER_THE_DAY: _("Given after this day: not counted yet."),
    Code.EARLIEST_AGE: _("Earliest on {date}: the day of reaching {age}."),
    Code.EARLIEST_INTERVAL: _("Earliest on {date}: {interval} after the dose of {from_on}."),
    Code.EARLIEST_OTHER_VACCINE: _("Earliest on {date}: {interval} after the other vaccine of {from_on}."),
    Code.EARLIEST_LAST_DOSE: _("Earliest on {date}: the day of the last dose."),
    Code.EARLIEST_CONFLICT: _("Earliest on {date}: {interval} after a vaccine of {from_on} that would disturb it."),
    Code.EARLIEST_SEASON: _("Earliest on {date}: the season begins."),
    Code.RECOMMENDED_EARLIEST: _("Best as early as possible, from {date}."),
    Code.RECOMMENDED_AGE: _("Best from {date}: the day of reaching {age}."),
    Code.RECOMMENDED_INTERVAL: _("Best from {date}: {interval} after the dose of {from_on}."),
    Code.LATEST_AGE: _("Last day on time {date}: at {age}."),
    Code.LATEST_INTERVAL: _("Last day on time {date}: {interval} after the dose of {from_on}."),
    Code.LATEST_EARLIEST: _("Last day on time {date}: the earliest day, as it lies after the usual limit."),
}

AGES = ("age", "minimum_age")
PRODUCTS = ("product", "first_product")

GROUPS: dict[str, Promise] = {
    "open": _("To do now"),
    "entering": _("Enters its window"),
    "last_days": _("Last seven days"),
    "overdue": _("Overdue"),
    "due": _("Due"),
    "unknown": _("Unknown"),
    "people": _("All"),
    "waiting": _("Waiting"),
    "not_eligible": _("Not eligible"),
    "complete": _("Complete"),
    "refused": _("Refused"),
    "contraindicated": _("Cannot have it"),
    "deferred": _("Deferred"),
    "moved": _("Moved away"),
    "offered": _("Inside the ages open that day"),
    "first": _("Had a first dose"),
    "no_first": _("No first dose yet"),
    "full": _("All doses done"),
    "first_offered": _("First dose, inside the ages open that day"),
    "full_offered": _("All doses done, inside the ages open that day"),
    "first_proven": _("First dose, on paper or in a register"),
    "full_proven": _("All doses done, on paper or in a register"),
    "told_only": _("Told of doses without a paper"),
    "first_this_day": _("First dose on this day"),
    "first_day_before": _("First dose on the day before"),
    "second_this_day": _("Second dose on this day"),
    "second_day_before": _("Second dose on the day before"),
    "second_past": _("Second dose: last day on time has passed"),
    "second_timely": _("Second dose on time"),
    "second_late": _("Second dose late or missing"),
    "finish_past": _("All doses: last day on time has passed"),
    "dropped": _("Dropped out"),
}


def sentence(reason: Reason, *, rules: Schedule, say_day: Callable[[date], str]) -> str:
    """A reason in the reader's language; `say_day` words a date as the door does."""
    return str(REASONS[reason.code]).format_map(_Shown(_shown(reason.params, rules, say_day)))


def table_words(reason: Reason) -> str:
    """The table of the specification that the rule of a reason stands in, in the reader's language; "" for none."""
    number = TABLES.get(reason.code)
    return gettext("CDSi table {number}").format(number=number) if number else ""


def product_name(rules: Schedule, code: str) -> str:
    """A product of a schedule in the reader's language; a code it does not know stays as it is."""
    return next((in_language(row.names.zh, row.names.en) for row in rules.vaccines if row.code == code), code)


def short_product_name(rules: Schedule, code: str) -> str:
    """A product's name without its platform's, for a row that names the platform already."""
    name = product_name(rules, code)
    platform = next((row.platform for row in rules.vaccines if row.code == code), "")
    kind = rules.platforms.get(platform)
    suffix = in_language(kind.zh, kind.en) if kind else ""
    if suffix and name.casefold().endswith(suffix.casefold()) and len(name) > len(suffix):
        return name[: -len(suffix)].strip()
    return name


def in_language(zh: str, en: str) -> str:
    """The Chinese or the English one of two names; where one is missing, the other."""
    return (zh or en) if (get_language() or "").startswith("zh") else (en or zh)


def period_words(period: Period) -> str:
    """A length of time: "21 days", "8 weeks", "6 months", "5 months less 4 days"."""
    if not period.months:
        return _days_words(period.days)
    months = ngettext("%(count)s month", "%(count)s months", period.months) % {"count": period.months}
    return _with_days(months, period.days)


def age_words(age: Period) -> str:
    """An age: "18 years of age", "6 months", "9 years of age less 4 days"."""
    if not age.months or age.months % 12:
        return period_words(age)
    years = age.months // 12
    words = ngettext("%(count)s year of age", "%(count)s years of age", years) % {"count": years}
    return _with_days(words, age.days)


def _with_days(length: str, days: int) -> str:
    if not days:
        return length
    words = gettext("%(length)s less %(rest)s") if days < 0 else gettext("%(length)s and %(rest)s")
    return words % {"length": length, "rest": _days_words(abs(days))}


def _days_words(days: int) -> str:
    if days >= 35 and days % 7 == 0:
        weeks = days // 7
        return ngettext("%(count)s week", "%(count)s weeks", weeks) % {"count": weeks}
    return ngettext("%(count)s day", "%(count)s days", days) % {"count": days}


class _Shown(dict[str, str]):
    """Values for a sentence; one that the engine did not know is a dash and no failure."""

    def __missing__(self, key: str) -> str:
        return NOTHING


def _shown(params: Mapping[str, object], rules: Schedule, say_day: Callable[[date], str]) -> dict[str, str]:
    shown = {}
    for key, value in params.items():
        if value is None:
            continue
        if isinstance(value, date):
            shown[key] = say_day(value)
        elif isinstance(value, Period):
            shown[key] = age_words(value) if key in AGES else period_words(value)
        elif key in PRODUCTS:
            shown[key] = product_name(rules, str(value))
        else:
            shown[key] = str(value)
    return shown
