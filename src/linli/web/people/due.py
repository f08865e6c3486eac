"""The due list: who is to be vaccinated, narrowed by the filters in the address, on a page or as a file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from linli.records.accounts.queries import Right
from linli.records.doses.models import Forecast
from linli.records.lists.actions import Reading, take_out
from linli.records.lists.queries.copies import meeting_area
from linli.records.programme.queries import NoDriveError, current
from linli.records.programme.queries import rules as rules_of
from linli.records.reports.actions import export
from linli.records.reports.queries import due_counts, due_page, due_rows, with_engine
from linli.web.check.offered import on_offer
from linli.web.day import today
from linli.web.files import file_response
from linli.web.looks import looked
from linli.web.people.choices import Ground
from linli.web.people.filters import Asked, asked
from linli.web.people.rows import lines, product_list, reading_header, reading_rows, statuses_of
from linli.web.people.searching import keep_out_of_address, tokened
from linli.web.rights import from_here, needs, paths, worker
from linli.web.shell.addresses import address
from linli.words.copies import file
from linli.words.reasons import GROUPS

PAGE = 50
SEGMENTS = ("open", "entering", "last_days", "overdue", "due", "unknown", "people")


class Counted(Paginator[Any]):
    """Pages of a list whose length is known already."""

    def __init__(self, rows: QuerySet[Forecast], count: int) -> None:
        self.known = count
        super().__init__(rows, PAGE)

    @cached_property
    def count(self) -> int:
        return self.known


@require_safe
@never_cache
@needs(Right.NAMES)
@keep_out_of_address
def index(request: HttpRequest) -> HttpResponse:
    """One page of the list, with how many each quick choice would show."""
    try:
        programme = current()
    except NoDriveError:
        return render(request, "people/no_drive.html")
    rules, ground = rules_of(programme), Ground(request, Right.NAMES)
    found = asked(request, rules=rules, ground=ground)
    want, seen = found.want, paths(request, Right.NAMES)
    shown = (*SEGMENTS, *(() if want.group in SEGMENTS else (want.group,)))
    counts = due_counts(programme=programme, paths=seen, want=want, of=shown)
    rows = due_rows(programme=programme, paths=seen, want=want)
    page = Counted(rows, counts[want.group]).get_page(request.GET.get("page"))
    start = max(0, page.start_index() - 1)
    offered = on_offer(rules, want.on)
    page.object_list = lines(
        with_engine(due_page(rows, start=start, stop=page.end_index()), programme=programme, on=want.on),
        programme=programme,
        rules=rules,
        on=want.on,
        of=want.of,
        on_offer=offered,
    )
    looked(request, "due", [line.person.public_id for line in page.object_list])
    return render(
        request,
        "people/due.html",
        {
            "page": page,
            "form": found.form,
            "words": found.words,
            "day": want.on,
            "group": want.group,
            "sort": request.GET.get("sort", "") and want.sort,
            "is_filtered": found.is_filtered,
            "more_filters": found.more_used,
            "segments": _segments(request, shown, counts, want.group),
            "exports": _exports(request),
            "on_offer": product_list(offered, rules),
            "why_empty": _why_empty(
                found, counts["people"], reverse("lists:index") if paths(request, Right.LISTS) else ""
            ),
        },
    )


@require_POST
@needs(Right.NAMES)
def search(request: HttpRequest) -> HttpResponse:
    """Take the filters as they were sent and show the list; a name goes into the session and not into the address."""
    return tokened(request, request.POST, path=reverse("people:due"))


@require_safe
@never_cache
@needs(Right.EXPORT)
@from_here
@keep_out_of_address
def export_csv(request: HttpRequest) -> HttpResponse:
    """The whole list as CSV."""
    return _export(request, "csv")


@require_safe
@never_cache
@needs(Right.EXPORT)
@from_here
@keep_out_of_address
def export_xlsx(request: HttpRequest) -> HttpResponse:
    """The whole list as a workbook."""
    return _export(request, "xlsx")


@transaction.atomic
def _export(request: HttpRequest, ending: str) -> HttpResponse:
    programme, me = current(), worker(request)
    rules, ground, mine = rules_of(programme), Ground(request, Right.EXPORT), paths(request, Right.EXPORT)
    want = asked(request, rules=rules, ground=ground).want
    found = export(by=me.who, programme=programme, paths=mine, want=want)
    told = statuses_of(found, programme=programme, on=want.on)
    taken = take_out(
        by=me.who,
        kind="people",
        found=[due.row.person for due in found],
        reading=Reading(reading_header(), reading_rows(found, rules=rules, on=want.on, told=told)),
        language=get_language() or "en",
        on=today(),
        area=want.area or meeting_area(mine),
        asked={"group": want.group},
        where="due_export",
        worker=me,
    )
    # The name tells list and day alone: a name with a person or a search in it would stay in download folders.
    return file_response(file(taken, ending), f"due-list-{want.on.isoformat()}.{ending}", ending)


def _segments(request: HttpRequest, shown: Sequence[str], counts: dict[str, int], group: str) -> list[dict[str, Any]]:
    return [
        {
            "label": GROUPS[name],
            "href": address(request.GET.copy(), {"group": name, "page": None}),
            "current": name == group,
            "count": counts[name],
        }
        for name in shown
    ]


def _exports(request: HttpRequest) -> list[dict[str, str]]:
    if not paths(request, Right.EXPORT):
        return []
    query = address(request.GET.copy(), {"page": None})
    return [
        {"label": "CSV", "href": reverse("people:export-csv") + query},
        {"label": "XLSX", "href": reverse("people:export-xlsx") + query},
    ]


def _why_empty(found: Asked, everybody: int, lists: str) -> tuple[str, ...]:
    """Why the list is empty, and what to do; `lists` is the address of the lists for those who may load them."""
    want = found.want
    if everybody:
        return (
            _("Nobody of this kind on this day"),
            _("The other filters let people through: choose another group above, or another day."),
        )
    if want.search:
        return (
            _("Nobody by this name or phone in your areas"),
            _("Try one part of the name, or the last four digits of the phone. People of other areas are not shown."),
        )
    if any((want.area, want.building, want.employer, want.of, want.vaccine, want.dose)):
        return _("No people fit these filters"), _("Clear the filters and narrow them one by one.")
    if lists:
        hint = _("The due list fills when a list of residents or of people who work here is loaded.")
        return _("No people in your areas yet"), hint, lists, _("Go to the lists")
    return (
        _("No people in your areas yet"),
        _("The due list fills when the office loads a list of residents or of people who work here."),
    )
