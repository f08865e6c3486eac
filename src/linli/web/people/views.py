"""One person: how they stand, why, everything written down of them, and who looked at it."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from linli.domain.eligibility import Code
from linli.domain.identity.masking import mask_number
from linli.records.accounts.queries import Right
from linli.records.journal.queries import looks as looked_at
from linli.records.people.models import Document, Name, Person, Phone, Stay
from linli.records.people.queries import Fact, signposts
from linli.records.programme.queries import NoDriveError, current
from linli.records.reports.queries import Chronicle, chronicle
from linli.web import rights
from linli.web.day import chosen_day, today
from linli.web.looks import looked
from linli.web.people import ledger
from linli.web.people.choices import place_name
from linli.web.people.finding import about
from linli.web.people.rows import age_on, if_none_elsewhere, product_list, since
from linli.web.people.whole import may_take
from linli.web.people.writing.done import said_once
from linli.web.shell.days import YEAR, day, days_left, is_long_past
from linli.words.places import door_words
from linli.words.problems import DOCUMENTS
from linli.words.reasons import in_language, sentence, table_words

FACTS: dict[str, Promise] = {
    "name": _("Name"),
    "phone": _("Phone"),
    "living": _("Lives at"),
    "registered": _("Registered at"),
    "working": _("Works at"),
}
# What may be written down of a person, in the order in which it is needed: the address' name and its words.
WRITINGS: tuple[tuple[str, Promise], ...] = (
    ("dose", _("A dose given elsewhere")),
    ("refusal", _("A refusal")),
    ("deferral", _("A deferral")),
    ("contraindication", _("A contraindication")),
    ("move", _("A move within the area")),
    ("departure", _("A departure")),
)
LATEST = (Code.LATEST_AGE, Code.LATEST_INTERVAL, Code.LATEST_EARLIEST)
"""Rules of a last day: the page shows that day however long ago it was, and so says where it comes from."""
LOOKS = 50
# Lines whose details say more than their verb: what a human wrote down of this one person.
BY_HAND = ("doses.record_by_hand", "doses.correct", "doses.set_status", "doses.end", "people.move")


@dataclass(frozen=True, slots=True)
class FactLine:
    """One fact, the believed value first, others after it."""

    label: Promise
    told: list[tuple[str, str, date]]


@require_safe
@never_cache
@about(Right.NAMES)
def person(request: HttpRequest, found: Person) -> HttpResponse:
    """The page of one person on any day; to workers of other areas it does not exist."""
    return _page(request, found)


@require_POST
@never_cache
@about(Right.NAMES)
def number(request: HttpRequest, found: Person) -> HttpResponse:
    """The same page with the numbers of the documents to be read: a look of its own."""
    looked(request, "number", [found.public_id])
    return _page(request, found, with_numbers=True)


@require_safe
@never_cache
@about(Right.NAMES)
def looks(request: HttpRequest, found: Person) -> HttpResponse:
    """Who saw this person's name, when and on which page: for those who read the journal."""
    if not rights.has_over_all(request, Right.JOURNAL):
        raise Http404
    looked(request, "person", [found.public_id])
    ids = [found.public_id, *(row.public_id for row in signposts(found))]
    page = Paginator(looked_at(noun="person", subject_ids=ids), LOOKS).get_page(request.GET.get("page"))
    return render(request, "people/looks.html", {"person": found, "page": page})


def _page(request: HttpRequest, found: Person, *, with_numbers: bool = False) -> HttpResponse:
    try:
        programme = current()
    except NoDriveError:
        return render(request, "people/no_drive.html")
    on = chosen_day(request)
    told = chronicle(person=found, programme=programme, on=on, paths=rights.paths(request, Right.NAMES))
    shown = [*told.records, *(one.public_id for one, _state in told.household)]
    looked(request, "person", [*shown, *(one.public_id for one in told.others.values())])
    statuses = ledger.statuses(told, today=today())
    return render(
        request,
        "people/person.html",
        {
            "person": found,
            "day": on,
            "is_today": on == today(),
            "age": age_on(found.birth_date, on),
            "rules": told.rules,
            "rules_name": in_language(told.rules.names.zh, told.rules.names.en),
            "statuses": statuses,
            "standing": ledger.standing(told, statuses, on=on),
            "facts": _facts(told.facts),
            "documents": [_document(row, with_numbers) for row in told.documents],
            "with_numbers": with_numbers,
            "listings": told.listings,
            "signposts": told.signposts,
            "household": [(one, state, age_on(one.birth_date, on)) for one, state in told.household],
            "history": told.history,
            "told_verbs": BY_HAND,
            "writings": _writings(found) if rights.has_of(request, Right.RECORD, found) else [],
            "may_take_whole": may_take(request, found),
            "may_read_looks": rights.has_over_all(request, Right.JOURNAL),
            "written": said_once(request, found),
            **_engine(told, on),
        },
    )


def _engine(told: Chronicle, on: date) -> dict[str, Any]:
    """What the engine says of the person and of each dose, in words."""
    due = told.due
    say = functools.partial(sentence, rules=told.rules, say_day=functools.partial(day, beside=on))
    has_next = due is not None and bool(due.next_dose) and due.engine_state != "not_eligible"
    return {
        "due": due,
        "has_next": due is not None and bool(due.next_dose) and not due.row.is_barred,
        "if_none": due is not None and if_none_elsewhere(due),
        "is_same_product": due is not None and bool(due.row.valid_doses) and not told.rules.group,
        "same_products": product_list(due.offer.preferable, told.rules) if due and has_next else "",
        "other_products": product_list(due.offer.allowable, told.rules) if due and has_next else "",
        "earliest_left": _left(due.earliest_on if due else None, on),
        "latest_left": _left(due.latest_on if due else None, on),
        "why": say(told.explanation.status),
        "why_table": table_words(told.explanation.status),
        "earliest": since(due.earliest_on if due else None, on),
        "recommended": since(due.recommended_on if due else None, on),
        "dates": [
            (say(reason), table_words(reason))
            for reason in told.explanation.dates
            if reason.code in LATEST or not is_long_past(reason.params.get("date"), on=on)
        ],
        "doses": ledger.doses(told, say),
        "unknown_doses": len(ledger.unknown_products(told, on=on)),
    }


def _writings(found: Person) -> list[tuple[str, Promise]]:
    return [(reverse(f"people:{name}", args=[found.public_id]), words) for name, words in WRITINGS]


def _left(until: date | None, on: date) -> str:
    """The days left, unless a year or more lies between: then the date itself says more."""
    return days_left(until, on=on) if until and abs((until - on).days) < YEAR else ""


def _document(row: Document, with_number: bool) -> tuple[str, str]:
    """The kind of a document in words, and its number: masked until somebody asks to see it."""
    return str(DOCUMENTS.get(row.kind, row.kind)), row.number if with_number else mask_number(row.number)


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
