"""All that is kept of a person as one document, in both languages: for a file that machines read too, and for a page.

The document is a list of sections; each has a title, columns and rows. What is a code in the register is given as a
code and in words; what people wrote stands as they wrote it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from functools import partial
from typing import Any

from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from linli.domain.eligibility import Reason, Schedule
from linli.records.doses.queries import Told
from linli.records.journal.models import Entry
from linli.records.people.models import Stay
from linli.records.people.queries import Fact
from linli.records.reports.queries import DoseTold, Whole
from linli.words.looks import LOOKS
from linli.words.problems import DOCUMENTS
from linli.words.reasons import in_language, product_name, sentence
from linli.words.states import DENOMINATORS, SEXES, STATES
from linli.words.statuses import CORRECTIONS, ENDS, EVIDENCE, TOLD_BY, reason_words
from linli.words.verbs import DETAILS, VERBS

LANGUAGES = {"zh": "zh-hans", "en": "en"}
FORMAT = 1
NONE = "—"

Words = dict[str, str]
Rows = list[dict[str, Any]]

TITLE = _("All data of this person")
SAID: dict[str, Promise] = {"yes": _("yes"), "no": _("no"), "nothing": _("Nothing is kept.")}
ABOUT = _(
    "All that this installation of linli keeps of one person, taken out for this person: every fact with its source "
    "and day, what was decided, what was done and who looked. Lists and backups that left linli are not in it."
)
TITLES: dict[str, Promise] = {
    "person": _("Person"),
    "standing": _("How the person stands on the day"),
    "names": _("Names"),
    "phones": _("Phones"),
    "documents": _("Documents"),
    "places": _("Where the person lives, is registered and works"),
    "sources": _("Lists that name the person"),
    "doses": _("Doses"),
    "corrections": _("Corrections of doses"),
    "statuses": _("Statuses"),
    "merges": _("Merged records"),
    "pairs": _("Likely duplicates"),
    "rows": _("Rows of loaded lists"),
    "copies": _("Lists taken out to Excel"),
    "changes": _("What was done"),
    "looks": _("Who looked"),
}
COLUMNS: dict[str, Promise] = {
    "address": _("Address"),
    "area": _("Area"),
    "at": _("Time"),
    "birth_date": _("Birth date"),
    "building": _("Building"),
    "cells": _("Cells"),
    "correction": _("Correction"),
    "counts": _("Does it count?"),
    "covers_doses": _("Covers doses"),
    "details": _("Details"),
    "door": _("Door"),
    "dose": _("Dose"),
    "earliest_on": _("Earliest"),
    "elsewhere": _("Given elsewhere"),
    "employer": _("Employer"),
    "end": _("How it ended"),
    "ended_by": _("Ended by"),
    "end_note": _("Note at the end"),
    "evidence": _("Evidence"),
    "given_on": _("Day"),
    "household": _("Household"),
    "id": _("Record"),
    "instead": _("In its place"),
    "kind": _("Kind"),
    "kept": _("Kept record"),
    "latest_on": _("Last day on time"),
    "line": _("Line"),
    "list": _("List"),
    "lot": _("Lot"),
    "name": _("Name"),
    "next_dose": _("Next dose"),
    "note": _("Note"),
    "number": _("Number"),
    "on": _("Day"),
    "page": _("Page"),
    "paper": _("Paper"),
    "paper_on": _("Day of the paper"),
    "place": _("Place"),
    "product": _("Product"),
    "programme": _("Schedule"),
    "reason": _("Reason"),
    "recommended_on": _("Recommended from"),
    "score": _("Likelihood"),
    "sex": _("Sex"),
    "source": _("Source"),
    "state": _("State"),
    "struck": _("Struck"),
    "told_by": _("Told by"),
    "undone": _("Undone"),
    "until": _("Until"),
    "value": _("Value"),
    "what": _("What"),
    "who": _("Who"),
    "why": _("Why"),
}
PAIR_STATES: dict[str, Promise] = {
    "open": _("Not decided"),
    "merged": _("Merged"),
    "apart": _("Two people"),
}


def document(found: Whole, *, made_at: datetime) -> dict[str, Any]:
    """The whole document, ready for JSON."""
    sections = {
        "person": _person(found),
        "standing": _standing(found),
        "names": [{"name": one.row.value, **_from(one)} for one in _facts(found, "name")],
        "phones": [{"number": one.row.value, **_from(one)} for one in _facts(found, "phone")],
        "documents": [{"kind": _coded(row.kind, DOCUMENTS), "number": row.number} for row in _documents(found)],
        "places": [_place(kind, one) for kind in Stay.Kind.values for one in _facts(found, kind)],
        "sources": [
            {"source": row.source.name, "on": row.on.isoformat(), "covers_doses": row.covers_doses}
            for row in (found.told.listings if found.told else ())
        ],
        "doses": _doses(found),
        "corrections": _corrections(found),
        "statuses": [_status(one) for one in found.statuses],
        "merges": _merges(found),
        "pairs": [
            {
                "on": row.found_at.date().isoformat(),
                "score": round(row.score, 1),
                "state": _coded(row.state, PAIR_STATES),
                "who": row.decided_by,
            }
            for row in found.pairs
        ],
        "rows": [
            {"list": row.list.file_name, "source": row.list.source.name, "line": row.line, "cells": _cells(row)}
            for row in found.rows
        ],
        "copies": [
            {"at": _time(row.at), "kind": row.kind, "who": row.by.name if row.by else ""} for row in found.copies
        ],
        "changes": [
            {**_line(row), "what": _coded(row.verb, VERBS), "details": _details(row.detail)}
            for row in reversed(found.history)
        ],
        "looks": [
            {**_line(row), "page": _coded(str(row.detail.get("where", "")), LOOKS)} for row in reversed(found.looks)
        ],
    }
    return {
        "format": FORMAT,
        "title": _words(TITLE),
        "about": _both(lambda: str(ABOUT)),
        "made_at": made_at.isoformat(timespec="seconds"),
        "on": found.on.isoformat(),
        "sections": [_section(code, rows) for code, rows in sections.items()],
    }


def said(code: str) -> Words:
    """A word of the page itself in both languages: yes, no, nothing."""
    return _words(SAID[code])


def _section(code: str, rows: Rows) -> dict[str, Any]:
    names = dict.fromkeys(name for row in rows for name in row)
    columns = [{"code": name, **_words(COLUMNS[name])} for name in names]
    return {"code": code, "title": _words(TITLES[code]), "columns": columns, "rows": rows}


def _person(found: Whole) -> Rows:
    one = {
        "id": found.person.public_id,
        "name": found.person.name,
        "sex": _coded(found.person.sex, SEXES),
        "birth_date": _day(found.person.birth_date),
    }
    merged = [
        {"id": row.public_id, "name": row.name, "sex": _coded(row.sex, SEXES), "birth_date": _day(row.birth_date)}
        for row in found.signposts
    ]
    return [one, *merged]


def _standing(found: Whole) -> Rows:
    if found.told is None:
        return []
    told, due = found.told, found.told.due
    rules = told.rules
    programme = {"zh": rules.names.zh, "en": rules.names.en, "code": rules.code, "version": rules.version}
    row: dict[str, Any] = {"programme": programme, "reason": _reason(told.explanation.status, rules)}
    if due is not None:
        row |= {
            "state": _coded(due.state, STATES),
            "next_dose": due.next_dose or None,
            "earliest_on": _day(due.earliest_on),
            "recommended_on": _day(due.recommended_on),
            "latest_on": _day(due.latest_on),
        }
    return [row]


def _documents(found: Whole) -> Iterable[Any]:
    return found.told.documents if found.told else ()


def _facts(found: Whole, key: str) -> Iterable[Fact]:
    return found.told.facts[key] if found.told else ()


def _from(fact: Fact) -> dict[str, str]:
    return {"source": fact.source, "on": fact.on.isoformat()}


def _place(kind: str, fact: Fact) -> dict[str, Any]:
    row = fact.row
    return {
        "kind": _coded(kind, DENOMINATORS),
        "area": row.area.name if row.area else "",
        "building": row.building.name if row.building else "",
        "door": str(row.door) if row.door else "",
        "household": row.household.label if row.household else "",
        "employer": row.employer.name if row.employer else "",
        "address": row.elsewhere,
        **_from(fact),
    }


def _doses(found: Whole) -> Rows:
    return [_dose(one, found.told.rules) for one in found.told.doses] if found.told else []


def _dose(told: DoseTold, rules: Schedule) -> dict[str, Any]:
    dose = told.dose
    return {
        "id": dose.public_id,
        "given_on": dose.given_on.isoformat(),
        "product": _product(dose.vaccine, rules),
        "number": dose.number,
        "counts": _reason(told.reason, rules) if told.reason else _words(_("Struck by a correction")),
        "lot": dose.lot,
        "place": dose.place,
        "evidence": _coded(dose.evidence, EVIDENCE),
        "elsewhere": dose.is_elsewhere,
        "struck": dose.is_struck,
        "source": dose.source.name,
    }


def _corrections(found: Whole) -> Rows:
    return [
        {
            "at": _time(row.at),
            "who": row.who_name,
            "correction": _coded(row.reason, CORRECTIONS),
            "dose": row.dose.public_id,
            "instead": row.by_dose.public_id if row.by_dose else "",
            "note": row.note,
        }
        for row in found.corrections
    ]


def _status(told: Told) -> dict[str, Any]:
    row, end = told.status, told.end
    return {
        "kind": _coded(row.kind, STATES),
        "programme": row.programme.code if row.programme else "",
        "on": row.on.isoformat(),
        "until": _day(row.until_on),
        "reason": {"code": row.reason, **_both(lambda: reason_words(row.kind, row.reason))},
        "note": row.note,
        "paper": row.paper,
        "paper_on": _day(row.paper_on),
        "told_by": _coded(row.told_by, TOLD_BY),
        "at": _time(row.at),
        "who": row.who_name,
        "end": _coded(end.why, ENDS) | {"on": end.on.isoformat()} if end else None,
        "end_note": end.note if end else "",
        "ended_by": end.who_name if end else "",
    }


def _merges(found: Whole) -> Rows:
    own = set(found.records)
    return [
        {
            "at": _time(row.at),
            "who": row.who_name,
            # Of a merge that was undone the other record is somebody else's.
            "kept": row.kept.public_id if row.kept.public_id in own else "",
            "id": row.gone.public_id if row.gone.public_id in own else "",
            "undone": _time(row.undone_at) if row.undone_at else "",
        }
        for row in found.merges
    ]


def _cells(row: Any) -> dict[str, str]:
    """What the list said, by the words of its own header."""
    header = row.list.header or [str(place) for place in range(1, len(row.cells) + 1)]
    return {str(name): str(cell) for name, cell in zip(header, row.cells, strict=False) if str(cell)}


def _line(row: Entry) -> dict[str, str]:
    return {"at": _time(row.at), "who": row.who_name}


def _details(detail: Mapping[str, Any]) -> dict[str, Any]:
    told = {key: value for key, value in detail.items() if value not in (0, "", None, False, [])}
    return {"values": told, **_both(lambda: " · ".join(f"{DETAILS.get(key, key)} {told[key]}" for key in told))}


def _product(vaccine: Any, rules: Schedule) -> Words:
    known = any(row.code == vaccine.code for row in rules.vaccines)
    say = partial(product_name, rules, vaccine.code) if known else partial(in_language, vaccine.name, vaccine.name_en)
    return {"code": vaccine.code, **_both(say)}


def _reason(reason: Reason, rules: Schedule) -> Words:
    return {"code": reason.code.text, **_both(lambda: sentence(reason, rules=rules, say_day=date.isoformat))}


def _coded(code: str, words: Mapping[str, Promise]) -> Words:
    return {"code": code, **_both(lambda: str(words.get(code, code)))}


def _words(promise: Promise | str) -> Words:
    return _both(lambda: str(promise))


def _both(say: Callable[[], str]) -> Words:
    found = {}
    for key, language in LANGUAGES.items():
        with override(language):
            found[key] = say()
    return found


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _time(at: datetime) -> str:
    return localtime(at).isoformat(timespec="seconds")
