"""Looking at lists: all of them, and one with its rows."""

from __future__ import annotations

import time
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from linli.domain.sheets import KINDS
from linli.records.accounts.queries import Right
from linli.records.journal.queries import history
from linli.records.lists import progress
from linli.records.lists.models import List, Row
from linli.records.lists.progress import Progress
from linli.records.lists.queries import LOADED, RETURNED, applied_before, lists, probable_count, rows
from linli.records.programme.models import Programme
from linli.records.retention.queries import ended
from linli.web.lists import returned
from linli.web.lists.downloads import OWN_COLUMNS
from linli.web.lists.finding import found
from linli.web.lists.marks import about, empty_words, fate_words, kind_word, state_mark, trail
from linli.web.lists.showing import layout_of, main_columns, people_meant, people_shown, shown
from linli.web.looks import looked
from linli.web.rights import needs, paths
from linli.words.problems import LIST_KINDS, NO_SCHEDULE, OUTCOMES, PHASES, refusal_words

PAGE = 50
LINES = 12
TO_DECIDE = ("bad", "doubt")
SORTS = {"file": "file_name", "as_of": "as_of", "loaded": "received_at"}
COUNTED = ("new", "changed", "doubt", "bad")


class Counted(Paginator[Row]):
    """Pages of rows whose number is known."""

    def __init__(self, found: Any, size: int, known: int) -> None:
        super().__init__(found, size)
        self._known = known

    @cached_property
    def count(self) -> int:
        """The number of rows."""
        return self._known


@needs(Right.LISTS)
def index(request: HttpRequest) -> HttpResponse:
    """Every list of the worker's areas, newest first, and the templates to fill in."""
    sort = request.GET.get("sort", "")
    column = SORTS.get(sort.removeprefix("-"), "")
    found_lists = lists(paths=paths(request, Right.LISTS)).order_by(
        *([f"-{column}" if sort.startswith("-") else column] if column else []), "-id"
    )
    page = Paginator(found_lists, PAGE).get_page(request.GET.get("page"))
    templates = [(LIST_KINDS[kind], kind) for kind in KINDS]
    found_rows = [
        (one, kind_word(one), state_mark(one.state), [(code, one.counts.get(code)) for code in _counted(one)])
        for one in page
    ]
    over = ended(paths=paths(request, Right.LISTS))
    context = {"page": page, "rows": found_rows, "templates": templates, "ended": over}
    return render(request, "lists/index.html", context)


def _counted(of: List) -> tuple[str, ...]:
    """What the columns of the table count: of a list that came back, conflicts are what a human must decide."""
    return ("new", "changed", "conflict", "bad") if of.is_return else COUNTED


@needs(Right.LISTS, Right.RECORD)
def one(request: HttpRequest, public_id: str) -> HttpResponse:
    """One list: how far it has come, what it would do row by row, what to decide."""
    of = found(request, public_id)
    work = progress.read(public_id=public_id)
    context = {
        "of": of,
        "about": about(of),
        "state": state_mark(of.state),
        "trail": returned.excel_trail(of.file_name) if of.is_return else trail(of.file_name),
        "lines": history(noun="list", subject_ids=[of.public_id])[:LINES],
    } | work_context(of, work)
    if of.state == List.State.REFUSED:
        context["refusal"] = refusal_words(of.refusal or {"code": ""})
    if of.header:
        context |= _rows_context(request, of)
    return render(request, "lists/one.html", context)


@needs(Right.LISTS, Right.RECORD)
def progress_part(request: HttpRequest, public_id: str) -> HttpResponse:
    """The bar alone, asked for every second; when the work is over, or lost, the whole page is to be loaded anew."""
    of = found(request, public_id)
    context = work_context(of, progress.read(public_id=public_id))
    response = render(request, "lists/progress_part.html", context | {"of": of})
    if not context["is_working"]:
        response.headers["HX-Refresh"] = "true"
    return response


def work_context(of: List, work: Progress | None) -> dict[str, Any]:
    """What pages show of long work: whether it runs, how far it is, or how it ended without being done."""
    now = time.time()
    if work is None:
        return {"is_working": False, "work": None}
    is_lost = work.is_lost(now)
    return {
        "work": work,
        "is_working": work.is_open and not is_lost,
        "is_lost": is_lost,
        "phase": PHASES.get(work.phase, work.phase),
        # A step that cannot count shows a bar of unknown length.
        "total": work.total if work.total and work.done else None,
        "seconds_left": work.seconds_left(now),
        "poll_url": reverse("lists:progress", args=[of.public_id]),
        "stop_url": reverse("lists:stop", args=[of.public_id]),
    }


def _first_outcome(of: List, counts: dict[str, int]) -> str:
    """The tab to begin with: what is to be decided, then what would be written."""
    if of.is_return:
        return returned.first_outcome(counts)
    return next((code for code in (*TO_DECIDE, "new", "changed", "same") if counts[code]), "new")


def _rows_context(request: HttpRequest, of: List) -> dict[str, Any]:
    counts = {code: int(of.counts.get(code, 0)) for code in (RETURNED if of.is_return else LOADED)}
    outcome = request.GET.get("outcome", "")
    if outcome not in counts:
        outcome = _first_outcome(of, counts)
    found_rows = rows(of, outcome=outcome).order_by("-line" if request.GET.get("sort") == "-line" else "line")
    page = Counted(found_rows, PAGE, counts[outcome]).get_page(request.GET.get("page"))
    on_page = list(page.object_list)
    people = people_meant(on_page, paths=paths(request, Right.NAMES))
    looked(request, "list", people_shown(of, on_page, people))
    subjects = returned.seen_subjects(request, of, on_page) if of.is_return else None
    layout = layout_of(of)
    columns = main_columns(of, layout)
    needs_schedule = of.state == List.State.STAGED and layout is not None and layout.carries_doses
    home = reverse("lists:one", args=[of.public_id])
    return {
        "counts": counts,
        "outcome": outcome,
        "outcome_words": OUTCOMES[outcome],
        "nothing": returned.empty_words(outcome) if of.is_return else empty_words(outcome),
        "fate": fate_words(counts),
        "page": page,
        "columns": columns,
        "rows": shown(on_page, columns=columns, seen=frozenset(people), subjects=subjects),
        "to_write": counts.get("new", 0) + counts["changed"],
        "left_out": sum(counts.get(code, 0) for code in ("doubt", "bad", "conflict", "unknown")),
        "tabs": [
            {"label": OUTCOMES[code], "href": f"{home}?outcome={code}", "current": code == outcome, "count": count}
            for code, count in counts.items()
        ],
        "unknown_columns": [name for name in of.unknown_columns if name not in OWN_COLUMNS],
        "before": applied_before(of) if of.state == List.State.STAGED else None,
        "exports": [
            {
                "label": _("These rows as XLSX"),
                "href": f"{reverse('lists:rows-file', args=[of.public_id])}?outcome={outcome}",
            }
        ],
        "no_schedule": NO_SCHEDULE if needs_schedule and not Programme.objects.exists() else "",
        "may_mend": of.state == List.State.STAGED,
        "probable": probable_count(of) if of.state == List.State.STAGED and counts.get("doubt") else 0,
    }
