"""Lines of the journal as a page shows them: what was done to what, with names in the place of codes.

People are never named here: their page is one click away, and opening it is a look of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.records.accounts.models import Worker
from linli.records.journal.models import Entry, Subject
from linli.records.lists.models import List
from linli.records.people.models import Source
from linli.records.places.models import Area, Building
from linli.records.programme.models import Programme
from linli.web.wording import NAMED, details, verb_word
from linli.words.reasons import in_language

# What `code` means depends on the action.
CODES = {"people.open_source": "source", "programme.adopt": "programme"}
# What a line is said to be about, the first that it touches alone.
ABOUT = ("list", "worker", "person", "building", "area")


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
    """Lines for the page as they are read on a day, in a few queries however many there are."""
    names, abouts = _names(entries), _abouts(entries)
    made = []
    for entry in entries:
        detail = {CODES.get(entry.verb, key) if key == "code" else key: value for key, value in entry.detail.items()}
        about, href = abouts.get(entry.pk, ("", ""))
        words = " · ".join(details(detail, names, on=on))
        made.append(Shown(entry.at, entry.who_name, verb_word(entry.verb), about, href, words))
    return made


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
    """The one list, login, person or place that a line is about, and the address of its page."""
    touched = Subject.objects.filter(entry_id__in=[entry.pk for entry in entries]).order_by()
    counted = touched.values("entry_id", "noun").annotate(count=Count("id"), one=Min("subject_id"))
    single: dict[int, dict[str, str]] = {}
    for row in counted:
        if row["count"] == 1:
            single.setdefault(row["entry_id"], {})[row["noun"]] = row["one"]
    found = _found({key for nouns in single.values() for key in nouns.values()})
    abouts = {}
    for entry, nouns in single.items():
        noun = next((noun for noun in ABOUT if noun in nouns), "")
        if noun == "person":
            abouts[entry] = _("a person"), reverse("people:person", args=[nouns[noun]])
        elif noun:
            abouts[entry] = found.get(nouns[noun], ("", ""))
    return abouts


def _found(ids: set[str]) -> dict[str, tuple[str, str]]:
    """Names and addresses of lists, logins and places by public id."""
    lists = List.objects.filter(public_id__in=ids).values_list("public_id", "file_name")
    places = [
        (name, row)
        for model, name in ((Building, "reports:building"), (Area, "reports:area"))
        for row in model.objects.filter(public_id__in=ids).values_list("public_id", "name", "name_en")
    ]
    return {
        **{key: (name, reverse("lists:one", args=[key])) for key, name in lists},
        **{key: (name, "") for key, name in Worker.objects.filter(public_id__in=ids).values_list("public_id", "name")},
        **{key: (in_language(zh, en), reverse(name, args=[key])) for name, (key, zh, en) in places},
    }
