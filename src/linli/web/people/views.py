"""One person: how they stand, why, and everything the lists say of them."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from linli.domain.eligibility import REASONS, Reason, Schedule
from linli.records.accounts.queries import Right
from linli.records.doses.models import Dose
from linli.records.people.models import Name, Phone, Stay
from linli.records.people.queries import Fact
from linli.records.programme.queries import NoDriveError, current
from linli.records.reports.queries import Chronicle, chronicle
from linli.web import rights
from linli.web.day import chosen_day, today
from linli.web.people.choices import place_name
from linli.web.people.rows import age_on, if_none_elsewhere, product_list, since
from linli.web.shell.days import YEAR, day, days_left, is_long_past
from linli.words.places import door_words
from linli.words.reasons import in_language, product_name, sentence

FACTS: dict[str, Promise] = {
    "name": _("Name"),
    "phone": _("Phone"),
    "living": _("Lives at"),
    "registered": _("Registered at"),
    "working": _("Works at"),
}
# What a dose is to the series, by the kind of its reason: tone, icon, word.
VERDICTS: dict[str, tuple[str, str, Promise]] = {
    "valid": ("complete", "complete", _("Counts")),
    "not valid": ("overdue", "overdue", _("Does not count")),
    "extraneous": ("not-eligible", "contraindicated", _("Does not count")),
    "other antigen": ("info", "info", _("Another vaccine")),
    "ignored": ("unknown", "unknown", _("Left out")),
    "after the day": ("waiting", "waiting", _("After this day")),
}


@dataclass(frozen=True, slots=True)
class DoseLine:
    """One dose with its verdict."""

    dose: Dose
    product: str
    tone: str
    icon: str
    verdict: Promise
    why: str


@dataclass(frozen=True, slots=True)
class FactLine:
    """One fact, the believed value first, others after it."""

    label: Promise
    told: list[tuple[str, str, date]]


@require_safe
@never_cache
@rights.needs(Right.NAMES)
def person(request: HttpRequest, public_id: str) -> HttpResponse:
    """The page of one person on any day; to workers of other areas it does not exist."""
    found = rights.person(request, public_id)
    try:
        programme = current()
    except NoDriveError:
        return render(request, "people/no_drive.html")
    on = chosen_day(request)
    told = chronicle(person=found, programme=programme, on=on, paths=rights.paths(request, Right.NAMES))
    say = functools.partial(sentence, rules=told.rules, say_day=functools.partial(day, beside=on))
    due = told.due
    return render(
        request,
        "people/person.html",
        {
            "person": found,
            "day": on,
            "is_today": on == today(),
            "age": age_on(found.birth_date, on),
            "due": due,
            "if_none": due is not None and if_none_elsewhere(due),
            "same_products": product_list(due.offer.preferable, told.rules) if due and due.next_dose else "",
            "other_products": product_list(due.offer.allowable, told.rules) if due and due.next_dose else "",
            "earliest_left": _left(due.earliest_on if due else None, on),
            "latest_left": _left(due.latest_on if due else None, on),
            "why": say(told.explanation.status),
            "earliest": since(due.earliest_on if due else None, on),
            "recommended": since(due.recommended_on if due else None, on),
            "dates": [
                say(reason) for reason in told.explanation.dates if not is_long_past(reason.params.get("date"), on=on)
            ],
            "rules": told.rules,
            "rules_name": in_language(told.rules.names.zh, told.rules.names.en),
            "doses": _doses(told, say),
            "facts": _facts(told.facts),
            "listings": told.listings,
            "household": [(one, state, age_on(one.birth_date, on)) for one, state in told.household],
            "history": told.history,
        },
    )


def _left(until: date | None, on: date) -> str:
    """The days left, unless a year or more lies between: then the date itself says more."""
    return days_left(until, on=on) if until and abs((until - on).days) < YEAR else ""


def _doses(told: Chronicle, say: Callable[[Reason], str]) -> list[DoseLine]:
    return [
        DoseLine(dose, _product(dose, told.rules), *VERDICTS[REASONS[reason.code].kind], why=say(reason))
        for dose, reason in told.doses
    ]


def _product(dose: Dose, rules: Schedule) -> str:
    if dose.vaccine.code in rules.vaccine_codes:
        return product_name(rules, dose.vaccine.code)
    return in_language(dose.vaccine.name, dose.vaccine.name_en)


def _facts(told: dict[str, list[Fact]]) -> list[FactLine]:
    return [
        FactLine(label, [(_value(fact.row), fact.source, fact.on) for fact in told[key]])
        for key, label in FACTS.items()
    ]


def _value(row: Name | Phone | Stay) -> str:
    if not isinstance(row, Stay):
        return row.value
    if row.area is None:
        return row.elsewhere or str(_("elsewhere"))
    parts = [place_name(row.area)]
    if row.building is not None:
        parts.append(place_name(row.building))
    if row.door is not None:
        parts.append(door_words(row.door.stair, row.door.number))
    if row.employer is not None:
        parts.append(place_name(row.employer))
    return " · ".join(parts)
