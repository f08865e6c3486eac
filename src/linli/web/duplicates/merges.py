"""The merges that were done, and undoing one."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from linli.records.accounts.queries import Right
from linli.records.doses.models import Dose, Status
from linli.records.duplicates import actions, queries
from linli.records.duplicates.models import Merge
from linli.web import rights
from linli.web.day import today
from linli.web.duplicates.finding import found_merge, may_decide
from linli.web.looks import looked
from linli.web.shell.days import day
from linli.words.reasons import in_language
from linli.words.refusals import refusal_words
from linli.words.states import STATES

PAGE = 25


@require_safe
@never_cache
@rights.needs(Right.NAMES)
def index(request: HttpRequest) -> HttpResponse:
    """Every merge of the worker's areas, the newest first."""
    found = queries.merges(paths=rights.paths(request, Right.NAMES))
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    looked(request, "duplicates", [row.kept.public_id for row in page])
    return render(request, "duplicates/merges.html", {"page": page})


@require_safe
@never_cache
@rights.needs(Right.NAMES)
def one(request: HttpRequest, public_id: str) -> HttpResponse:
    """One merge: who was merged into whom, by whom, and undoing it."""
    done = found_merge(request, public_id)
    looked(request, "duplicates", [done.kept.public_id, done.gone.public_id])
    newer = [] if done.undone_at else queries.new_since(done)
    return render(
        request,
        "duplicates/merge.html",
        {
            "merge": done,
            "newer": [(row.public_id, _words(row)) for row in newer],
            "may_undo": done.undone_at is None and may_decide(request, [done.kept_id]),
            "pair": _pair_id(done),
        },
    )


@require_POST
@rights.needs(Right.RECORD)
def undo(request: HttpRequest, public_id: str) -> HttpResponse:
    """Make the two records two again; of rows that came since, the form says whose each is."""
    done = found_merge(request, public_id)
    if not may_decide(request, [done.kept_id]):
        raise PermissionDenied
    told = {row.public_id: request.POST.get(f"row-{row.public_id}", "") for row in queries.new_since(done)}
    if any(whose not in ("kept", "gone") for whose in told.values()):
        messages.warning(request, _("Say of every line that came after the merge to whom it belongs."))
        return redirect("duplicates:merge", public_id)
    to_gone = [key for key, whose in told.items() if whose == "gone"]
    try:
        actions.undo(by=rights.worker(request).who, merge=done, to_gone=to_gone if told else None)
    except (actions.MergeUndoneError, actions.LaterMergeError, actions.NewRowsError) as error:
        messages.warning(request, refusal_words(error, say_day=lambda on: day(on, beside=today())))
        return redirect("duplicates:merge", public_id)
    messages.success(request, _("The merge is undone: both records are as they were, and the pair is open again."))
    pair = _pair_id(done)
    return redirect("duplicates:pair", pair) if pair else redirect("duplicates:merges")


def _words(row: Dose | Status) -> str:
    """A dose or status that came after the merge."""
    if isinstance(row, Dose):
        words = in_language(row.vaccine.name, row.vaccine.name_en)
        return f"{day(row.given_on, beside=today())} · {words}"
    return f"{day(row.on, beside=today())} · {STATES[row.kind]}"


def _pair_id(done: Merge) -> str:
    return queries.pair_of(done.kept_id, done.gone_id)
