"""One pair side by side: one person, or two, or later."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from linli.records.accounts.queries import Right
from linli.records.doses.queries import MergedAwayError
from linli.records.duplicates import actions, queries
from linli.records.duplicates.models import Merge, Pair
from linli.records.people.models import Person
from linli.web import rights
from linli.web.day import today
from linli.web.duplicates.done import remember, said_once
from linli.web.duplicates.finding import found_pair, may_decide
from linli.web.duplicates.telling import lines
from linli.web.looks import looked
from linli.web.shell.days import day
from linli.words.duplicates import REASONS, likelihood
from linli.words.refusals import refusal_words

REFUSALS = (
    actions.PairDecidedError,
    actions.NotOfPairError,
    actions.SamePersonError,
    MergedAwayError,
)


@require_safe
@never_cache
@rights.needs(Right.NAMES)
def one(request: HttpRequest, public_id: str) -> HttpResponse:
    """Both records side by side; somebody of other areas is masked and cannot be merged here."""
    pair = found_pair(request, public_id)
    seen = rights.paths(request, Right.NAMES)
    may_record = rights.paths(request, Right.RECORD)
    left, right = queries.side_by_side(pair.one_id, pair.other_id, paths=seen, with_numbers=bool(may_record))
    looked(request, "duplicates", [side.person.public_id for side in (left, right) if side.is_seen])
    is_open = pair.state == Pair.State.OPEN
    if may_record == seen:
        may = is_open and left.is_seen and right.is_seen
    else:
        may = is_open and may_decide(request, (pair.one_id, pair.other_id))
    tone, icon, word = likelihood(pair.score)
    return render(
        request,
        "duplicates/pair.html",
        {
            "pair": pair,
            "is_open": is_open,
            "left": left,
            "right": right,
            "sides": _sides(left, right),
            "lines": lines(left, right, on=today()),
            "tone": tone,
            "icon": icon,
            "word": word,
            "reasons": [REASONS[code] for code in pair.reasons if code in REASONS],
            "may_decide": may,
            "both_seen": left.is_seen and right.is_seen,
            "next_url": _next(pair, seen),
            "merge": None if is_open else _merge_of(pair),
            "done": said_once(request),
        },
    )


@require_POST
@rights.needs(Right.RECORD)
def join(request: HttpRequest, public_id: str) -> HttpResponse:
    """Say that both are one person: the record chosen is kept, the other one is merged into it."""
    pair = _to_decide(request, public_id)
    if pair is None:
        return _left(request)
    kept = Person.objects.filter(public_id=request.POST.get("kept", "")).first()
    if kept is None:
        messages.warning(request, _("Choose the record to keep."))
        return redirect("duplicates:pair", public_id)
    following = _next(pair, rights.paths(request, Right.NAMES))
    try:
        done = actions.join(by=rights.worker(request).who, pair=pair, kept=kept)
    except REFUSALS as error:
        return _refused(request, pair, error)
    remember(request, done)
    return redirect(following or "duplicates:index")


@require_POST
@rights.needs(Right.RECORD)
def apart(request: HttpRequest, public_id: str) -> HttpResponse:
    """Say that the two are two people."""
    pair = _to_decide(request, public_id)
    if pair is None:
        return _left(request)
    following = _next(pair, rights.paths(request, Right.NAMES))
    try:
        actions.keep_apart(by=rights.worker(request).who, pair=pair)
    except actions.PairDecidedError as error:
        return _refused(request, pair, error)
    messages.success(request, _("They stay two people. The pair comes back only if a list says something new."))
    return redirect(following or "duplicates:index")


def _to_decide(request: HttpRequest, public_id: str) -> Pair | None:
    """The pair to decide; None if it is not there (any more). Raises PermissionDenied where a right is missing."""
    try:
        pair = found_pair(request, public_id)
    except Http404:
        return None
    if not may_decide(request, (pair.one_id, pair.other_id)) and pair.state == Pair.State.OPEN:
        raise PermissionDenied
    return pair


def _left(request: HttpRequest) -> HttpResponse:
    words = _("This pair is not in the queue any more: one of the two was merged elsewhere, or a list said otherwise.")
    messages.warning(request, words)
    return redirect("duplicates:index")


def _refused(request: HttpRequest, pair: Pair, error: Exception) -> HttpResponse:
    messages.warning(request, refusal_words(error, say_day=lambda on: day(on, beside=today())))
    return redirect("duplicates:pair", pair.public_id)


def _next(pair: Pair, seen: list[str]) -> str:
    """The address of the pair after this one in the queue, if there is one."""
    after = Q(score__lt=pair.score) | Q(score=pair.score, pk__gt=pair.pk)
    following = queries.queue(paths=seen).filter(after).values_list("public_id", flat=True).first()
    return reverse("duplicates:pair", args=[following]) if following else ""


def _sides(left: queries.Side, right: queries.Side) -> list[dict[str, Any]]:
    kept = queries.better_side(left, right)
    names = (_("Older record"), _("Newer record"))
    return [
        {"person": side.person, "label": label, "is_seen": side.is_seen, "is_better": side is kept}
        for side, label in zip((left, right), names, strict=True)
    ]


def _merge_of(pair: Pair) -> Merge | None:
    both = (pair.one_id, pair.other_id)
    return Merge.objects.filter(kept__in=both, gone__in=both, undone_at=None).first()
