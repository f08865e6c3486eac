"""Lists that came back from Excel, as pages show them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from linli.domain.sheets import Layout, SheetError
from linli.domain.sheets.returned import Returned, place
from linli.records.accounts.queries import Right
from linli.records.lists.models import List, Row
from linli.records.lists.queries import RETURNED
from linli.records.lists.queries.copies import copies, kind_of
from linli.records.people.models import Person
from linli.records.people.queries import in_areas
from linli.web.day import today
from linli.web.looks import looked
from linli.web.rights import paths
from linli.web.shell.days import day, number
from linli.words.copies import COPY_KINDS

TO_DECIDE = ("conflict", "bad", "unknown")
OF_PEOPLE = ("people", "doses")
# The columns by which people know a row again; of a dose its person stands in a column for reading,
# of a door its building.
MAIN: dict[str, tuple[str, ...]] = {
    "people": ("name", "birth_date", "building", "door"),
    "doses": ("dose_number", "given_on", "product"),
    "employers": ("employer", "employer_code", "work_building", "floor"),
    "buildings": ("building_name", "building_kind", "address"),
    "areas": ("area_name", "area_kind", "parent_code"),
    "doors": ("stair", "door", "floor"),
}


def columns_of(of: List) -> Returned | None:
    """Where the columns of a copy stand in its file; None while the file has not been read."""
    try:
        return place(of.header, kind_of(of.kind)) if of.header and of.kind else None
    except SheetError:
        return None


def fixed_columns(of: List) -> frozenset[int]:
    """Positions of the columns that cannot be typed anew: which record a row is, and what is for reading."""
    found = columns_of(of)
    if found is None:
        return frozenset()
    return frozenset({found.record, found.copy, *(column.index for column in found.reading.values())})


def layout_of(of: List) -> Layout | None:
    """The columns that are read back."""
    found = columns_of(of)
    return Layout("people", found.fields, unknown=found.unknown) if found else None


def main_columns(of: List) -> list[tuple[int, str]]:
    """Position and header of the columns by which rows are known again."""
    found = columns_of(of)
    if found is None:
        return []
    wanted = [found.fields[field] for field in MAIN[of.kind] if field in found.fields]
    if of.kind in ("doses", "doors"):
        wanted = [*list(found.reading.values())[:1], *wanted]
    return [(column.index, column.header) for column in wanted]


def seen_subjects(request: HttpRequest, of: List, rows: Iterable[Row]) -> frozenset[str]:
    """The people of some rows whom the reader may know by name; that they were shown is written down.

    A row may be about somebody who has moved to another area since the list was brought back.
    """
    wanted = {row.subject_id for row in rows if row.subject_id and row.changes}
    if of.kind not in OF_PEOPLE or not wanted:
        return frozenset(wanted)
    found = Person.objects.filter(in_areas(paths(request, Right.NAMES)), public_id__in=wanted)
    seen = frozenset(found.values_list("public_id", flat=True))
    looked(request, "list_back", sorted(seen))
    return seen


def about(of: List) -> list[str]:
    """Which copies a file holds: kind, area, when they went out and by whom."""
    on = today()
    parts = [str(COPY_KINDS[of.kind])] if of.kind else []
    for one in copies(public_ids=of.copies):
        who = one.by.name if one.by else "linli"
        parts.append(
            _("taken out on %(day)s by %(who)s, %(age)s")
            % {"day": day(one.on, beside=on), "who": who, "age": age_words(one.on, on)}
        )
    return parts


def age_words(went: date, on: date) -> str:
    """How long ago a copy went out."""
    days = (on - went).days
    if days < 1:
        return _("today")
    return ngettext("%(count)s day ago", "%(count)s days ago", days) % {"count": number(days)}


def fate_parts(counts: Mapping[str, int]) -> list[tuple[int, str]]:
    """What applying does with the rows that only a list that came back can have."""
    conflict, unknown, removed = (counts.get(code, 0) for code in ("conflict", "unknown", "removed"))
    return [
        (conflict, ngettext("%(count)s row in conflict left out", "%(count)s rows in conflict left out", conflict)),
        (unknown, ngettext("%(count)s unknown record left out", "%(count)s unknown records left out", unknown)),
        (removed, ngettext("%(count)s row not in the file, kept", "%(count)s rows not in the file, kept", removed)),
    ]


def empty_words(outcome: str) -> tuple[str, str]:
    """Why a tab is empty, and what that means."""
    return {
        "changed": (_("Nothing changed"), _("No cell that may be changed differs from the file as it went out.")),
        "conflict": (_("No conflicts"), _("Nobody else changed the same meanwhile.")),
        "same": (_("Nothing unchanged"), _("Somebody changed something in every row.")),
        "bad": (_("No bad rows"), _("Everything that was changed could be read.")),
        "unknown": (_("No unknown records"), _("Every row belongs to a record that you may change.")),
        "removed": (_("Every row came back"), _("No row of the copy is missing in the file.")),
    }[outcome]


def first_outcome(counts: Mapping[str, int]) -> str:
    """The tab to begin with: what is to be decided, then what would be written."""
    return next((code for code in (*TO_DECIDE, *RETURNED) if counts.get(code)), "changed")


def excel_trail(here: str, *, of: List | None = None) -> list[dict[str, str]]:
    """The way down to a page about a list that came back."""
    way = [{"label": _("Work in Excel"), "href": reverse("lists:excel")}]
    if of is not None:
        way.append({"label": of.file_name, "href": reverse("lists:one", args=[of.public_id])})
    return [*way, {"label": here, "href": ""}]


def conflicts(changes: Sequence[Any]) -> list[Any]:
    """Those of a row's changes that somebody else changed too."""
    return [change for change in changes if change.state]
