"""What was done to one login, from the journal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from linli.records.accounts.models import Worker
from linli.records.journal.queries import history
from linli.records.places.models import Area
from linli.web.day import today
from linli.web.shell.days import day
from linli.web.wording import details, verb_word
from linli.words.reasons import in_language

LINES = 20


@dataclass(frozen=True, slots=True)
class Line:
    """One line: when, who, what, and the rest in words."""

    at: datetime
    who: str
    what: str
    details: str


def lines_of(worker: Worker) -> list[Line]:
    """The newest lines about a login, in two queries."""
    entries = list(history(noun="worker", subject_ids=[worker.public_id])[:LINES])
    codes = {entry.detail["area"] for entry in entries if "area" in entry.detail}
    areas = Area.objects.filter(code__in=codes).values_list("code", "name", "name_en")
    names = {code: in_language(name, name_en) for code, name, name_en in areas}
    made = []
    for entry in entries:
        told = dict(entry.detail)
        if told.get("until"):
            told["until"] = day(date.fromisoformat(told["until"]), beside=today())
        words = " · ".join(details(told, names))
        made.append(Line(entry.at, entry.who_name, verb_word(entry.verb), words))
    return made
