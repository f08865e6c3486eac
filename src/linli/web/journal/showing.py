"""Lines of the journal as a page shows them: what was done to what, with names in the place of codes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from linli.records.accounts.models import Worker
from linli.records.journal.models import Entry, Subject
from linli.records.lists.models import List
from linli.records.people.models import Source
from linli.records.places.models import Area
from linli.records.programme.models import Programme
from linli.web.shell.days import day
from linli.web.wording import NAMED, details, verb_word
from linli.words.reasons import in_language

# What `code` means depends on the action.
CODES = {"people.open_source": "source", "programme.adopt": "programme"}


@dataclass(frozen=True, slots=True)
class Shown:
    """One line: when, who, what; what it was done to, maybe with a page of its own; and the rest in words."""

    at: datetime
    who: str
    what: str
    about: str
    href: str
    details: str


def shown(entries: Sequence[Entry], *, on: date) -> list[Shown]:
    """Lines for the page, in five queries however many there are."""
    names, abouts = _names(entries), _abouts(entries)
    made = []
    for entry in entries:
        detail = {CODES.get(entry.verb, key) if key == "code" else key: value for key, value in entry.detail.items()}
        if isinstance(detail.get("on"), str):
            detail["on"] = _day(detail["on"], on)
        about, href = abouts.get(entry.pk, ("", ""))
        words = " · ".join(details(detail, names))
        made.append(Shown(entry.at, entry.who_name, verb_word(entry.verb), about, href, words))
    return made


def _day(written: str, on: date) -> str:
    try:
        return day(date.fromisoformat(written), beside=on)
    except ValueError:
        return written


def _names(entries: Sequence[Entry]) -> dict[str, str]:
    """The names of the sources, areas and programmes that the lines give by code."""
    codes = {str(value) for entry in entries for key, value in entry.detail.items() if key in (*NAMED, "code")}
    areas = Area.objects.filter(code__in=codes).values_list("code", "name", "name_en")
    programmes = Programme.objects.filter(code__in=codes).values_list("code", "name", "name_en")
    return {
        **dict(Source.objects.filter(code__in=codes).values_list("code", "name")),
        **{code: in_language(name, name_en) for code, name, name_en in (*programmes, *areas)},
    }


def _abouts(entries: Sequence[Entry]) -> dict[int, tuple[str, str]]:
    """The list or the login that a line is about."""
    touched = Subject.objects.filter(entry_id__in=[entry.pk for entry in entries], noun__in=("list", "worker"))
    subjects = list(touched.values_list("entry_id", "noun", "subject_id"))
    ids = {subject_id for _, _, subject_id in subjects}
    lists = dict(List.objects.filter(public_id__in=ids).values_list("public_id", "file_name"))
    workers = dict(Worker.objects.filter(public_id__in=ids).values_list("public_id", "name"))
    return {
        entry: (lists[key], reverse("lists:one", args=[key])) if key in lists else (workers.get(key, ""), "")
        for entry, _, key in subjects
    }
