"""Work in Excel: take a list out, and bring it back row by row."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST, require_safe

from linli.records.accounts.queries import Right, areas
from linli.records.lists import actions
from linli.records.lists.actions import TooManyRowsError, take_out
from linli.records.lists.models import List
from linli.records.lists.queries import returned_by
from linli.records.lists.queries.copies import KEEPERS, copies_of, kind_of
from linli.records.people.actions import by_hand
from linli.web.day import today
from linli.web.files import file_response
from linli.web.lists import tasks
from linli.web.lists.excel_forms import BringBackForm, TakeOutForm
from linli.web.lists.forms import too_large_words
from linli.web.lists.loading import is_too_large, judge
from linli.web.lists.marks import state_mark, trail
from linli.web.rights import area, needs, paths, worker
from linli.web.shell.days import number
from linli.words.copies import COPY_KINDS, file, reading

MOST_SHOWN = 10


@require_safe
@needs(Right.EXPORT, Right.RECORD, Right.LISTS)
def index(request: HttpRequest) -> HttpResponse:
    """Take a list out, bring one back, and what went out and came back lately."""
    return _page(request)


@require_POST
@needs(Right.EXPORT)
def out(request: HttpRequest) -> HttpResponse:
    """The file of a list, and in the register what went out."""
    form = _out_form(request, request.POST)
    if not form.is_valid():
        return _page(request, out=form, status=422)
    told, me = form.cleaned_data, worker(request)
    place, kind = area(request, told["area"], Right.EXPORT), kind_of(told["kind"])
    found, on = KEEPERS[kind].of_area(place), today()
    if not found:
        messages.info(request, _("Nothing of this kind is known in this area yet. No file was made."))
        return redirect("lists:excel")
    try:
        taken = take_out(
            by=me.who,
            kind=kind,
            found=found,
            reading=reading(kind, found, on=on),
            language=get_language() or "en",
            on=on,
            area=place,
            worker=me,
        )
    except TooManyRowsError:
        values = {"rows": number(len(found)), "most": number(actions.MOST_ROWS)}
        form.add_error(
            "area", _("This would be %(rows)s rows; at most %(most)s go into one file. Choose a smaller area.") % values
        )
        return _page(request, out=form, status=422)
    return file_response(file(taken, told["ending"]), f"{kind}-{on.isoformat()}.{told['ending']}", told["ending"])


# Checking the token reads the whole body: a file that is too large must be refused before that, so the check is inside.
@csrf_exempt
@require_POST
@needs(Right.RECORD, Right.LISTS)
def back(request: HttpRequest) -> HttpResponse:
    """A file that comes back, judged row by row; one far too large is refused unread."""
    if size := is_too_large(request):
        return _page(request, too_large=too_large_words(size), status=413)
    return _back(request)


@csrf_protect
def _back(request: HttpRequest) -> HttpResponse:
    form = BringBackForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, back=form, status=422)
    came = form.cleaned_data["file"]
    of = _receive(came.name, came.read(), request)
    judge(request, of, is_small=came.size <= tasks.SMALL_BYTES)
    return redirect("lists:one", of.public_id)


@transaction.atomic
def _receive(name: str, content: bytes, request: HttpRequest) -> List:
    me = worker(request)
    return actions.receive(
        by=me.who,
        file_name=name,
        content=content,
        source=by_hand(by=me.who),
        area=None,  # that of its copies, once it is read
        as_of=today(),
        is_return=True,
        worker=me,
    )


def _out_form(request: HttpRequest, *data: Any) -> TakeOutForm:
    mine = list(areas(worker(request), Right.EXPORT).order_by("path"))
    return TakeOutForm(*data, areas=mine)


def _page(
    request: HttpRequest,
    *,
    out: TakeOutForm | None = None,
    back: BringBackForm | None = None,
    too_large: str = "",
    status: int = 200,
) -> HttpResponse:
    me = worker(request)
    loads = paths(request, Right.LISTS)
    may_take, may_bring = bool(paths(request, Right.EXPORT)), bool(loads or paths(request, Right.RECORD))
    went = copies_of(me, paths=loads)[:MOST_SHOWN]
    came = returned_by(me)[:MOST_SHOWN]
    context = {
        "trail": trail(_("Work in Excel")) if loads else [],
        "out": (out or _out_form(request)) if may_take else None,
        "back": (back or BringBackForm()) if may_bring else None,
        "bound": next((form for form in (out, back) if form is not None), None),
        "too_large": too_large,
        "most": settings.LIST_MAX_BYTES // 2**20,
        "went": [(one, COPY_KINDS[one.kind]) for one in went],
        "came": [(one, state_mark(one.state), one.counts) for one in came],
    }
    return render(request, "lists/excel.html", context, status=status)
