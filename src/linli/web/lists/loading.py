"""Loading a list: upload, judge, apply, stop, set aside."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from linli.records.accounts.queries import Right, areas
from linli.records.lists import actions, progress
from linli.records.lists.models import List
from linli.records.lists.progress import Work
from linli.records.people.actions import open_source
from linli.records.people.models import Source
from linli.records.places.models import Area
from linli.web.day import today
from linli.web.lists import tasks
from linli.web.lists.finding import found
from linli.web.lists.forms import NEW, LoadForm, source_code, too_large_words
from linli.web.lists.marks import trail
from linli.web.rights import needs, worker

FORM_BYTES = 2**20  # the other fields of the form, generously


# Checking the token reads the whole body: a file that is too large must be refused before that, so the check is inside.
@csrf_exempt
@needs(Right.LISTS)
def new(request: HttpRequest) -> HttpResponse:
    """The form by which a list is loaded; a file far too large is refused unread."""
    if size := is_too_large(request):
        form = _form(request)
        return render(
            request,
            "lists/new.html",
            {"form": form, "too_large": too_large_words(size), "trail": trail(_("Load a list"))},
            status=413,
        )
    return _new(request)


def is_too_large(request: HttpRequest) -> int:
    """How many bytes a request brings, where they are too many for a list; else nothing. Nothing of it is read."""
    length = str(request.META.get("CONTENT_LENGTH") or "0")
    size = int(length) if length.isdecimal() else 0
    return size if request.method == "POST" and size > settings.LIST_MAX_BYTES + FORM_BYTES else 0


@csrf_protect
def _new(request: HttpRequest) -> HttpResponse:
    form = _form(request, request.POST, request.FILES) if request.method == "POST" else _form(request)
    if request.method != "POST" or not form.is_valid():
        context = {"form": form, "trail": trail(_("Load a list"))}
        return render(request, "lists/new.html", context, status=422 if form.is_bound else 200)
    of = _receive(request, form)
    judge(request, of, is_small=form.cleaned_data["file"].size <= tasks.SMALL_BYTES)
    return redirect("lists:one", of.public_id)


@needs(Right.LISTS, Right.RECORD)
@require_POST
def stage(request: HttpRequest, public_id: str) -> HttpResponse:
    """Judge a list again that was interrupted or set aside."""
    of = found(request, public_id)
    if of.state == List.State.STAGED:  # mended rows would be lost
        return redirect("lists:one", public_id)
    judge(request, of, is_small="now" in request.POST)
    return redirect("lists:one", public_id)


@needs(Right.LISTS, Right.RECORD)
@require_POST
def apply(request: HttpRequest, public_id: str) -> HttpResponse:
    """Write a staged list into the register."""
    of = found(request, public_id)
    is_small = sum(of.counts.values()) <= tasks.SMALL_ROWS or "now" in request.POST
    if _work(request, of, "apply", is_small=is_small):
        messages.success(request, _("The list is in the register."))
    return redirect("lists:one", public_id)


@needs(Right.LISTS, Right.RECORD)
@require_POST
def stop(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask long work to stop; it undoes what it has begun."""
    of = found(request, public_id)
    progress.ask_stop(public_id=of.public_id)
    messages.info(request, _("Stopping. Nothing will be left half done."))
    return redirect("lists:one", public_id)


@needs(Right.LISTS, Right.RECORD)
@require_POST
def set_aside(request: HttpRequest, public_id: str) -> HttpResponse:
    """Put a list away without applying it."""
    of = found(request, public_id)
    try:
        actions.set_aside(by=worker(request).who, of=of)
    except actions.ListStateError:
        messages.warning(
            request, _("Somebody else has applied the list or set it aside meanwhile. Nothing was changed now.")
        )
    else:
        progress.forget(public_id=of.public_id)
        messages.success(request, _("The list was set aside. The register is as it was."))
    return redirect("lists:one", public_id)


def _form(request: HttpRequest, *data: Any) -> LoadForm:
    mine = list(areas(worker(request), Right.LISTS).order_by("path"))
    return LoadForm(*data, areas=mine, sources=list(Source.objects.order_by("rank", "name")))


@transaction.atomic
def _receive(request: HttpRequest, form: LoadForm) -> List:
    told, me = form.cleaned_data, worker(request)
    if told["source"] == NEW:
        source = open_source(
            by=me.who,
            code=source_code(told["source_name"]),
            name=told["source_name"],
            rank=int(told["source_rank"]),
            covers_doses=told["covers_doses"],
        )
    else:
        source = form.sources[told["source"]]
    return actions.receive(
        by=me.who,
        file_name=told["file"].name,
        content=told["file"].read(),
        source=source,
        area=Area.objects.filter(public_id=told["area"]).first() if told["area"] else None,
        as_of=told["as_of"],
        covers_doses=told["covers_doses"],
        basis=told["basis"],
        worker=me,
    )


def judge(request: HttpRequest, of: List, *, is_small: bool) -> None:
    """Judge a small list at once and put a long one into the queue."""
    _work(request, of, "stage", is_small=is_small)


def _work(request: HttpRequest, of: List, work: Work, *, is_small: bool) -> bool:
    """Do small work at once and queue the rest; whether it is done."""
    me = worker(request)
    if not is_small:
        tasks.ask(of, work, on=today(), by=me)
        return False
    try:
        tasks.do(of, work, on=today(), by=me.who)
    except actions.ListStateError:
        messages.warning(
            request, _("Somebody else has applied the list or set it aside meanwhile. Nothing was changed now.")
        )
        return False
    except actions.StoppedError:
        return False
    return True
