"""Adopting a schedule: at once where few people are known, else by the worker beside the pages."""

from __future__ import annotations

import time
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from linli.records.accounts.queries import Right
from linli.records.lists.actions import StoppedError
from linli.records.people.models import Person
from linli.records.programme.queries import Adoptable, UnknownProgrammeError, known_as
from linli.web import rights
from linli.web.programmes import tasks
from linli.words.problems import PHASES
from linli.words.reasons import in_language


@require_POST
@rights.needs_over_all(Right.PROGRAMME)
def adopt(request: HttpRequest) -> HttpResponse:
    """Work by a schedule, or by its new version."""
    one = _known(request.POST.get("code", ""))
    me = rights.worker(request)
    if Person.objects.count() > tasks.AT_ONCE and "now" not in request.POST:
        asked = tasks.read(one.code)
        if asked is None or not asked.is_open or asked.is_lost(time.time()):
            tasks.ask(one.code, by=me)
        return redirect("programmes:index")
    try:
        adopted = tasks.do(one.code, by=me.who)
    except StoppedError:
        return redirect("programmes:index")
    words = _("%(name)s is worked by now, version %(version)s. Open a drive of it next.")
    name = in_language(adopted.name, adopted.name_en)
    messages.success(request, words % {"name": name, "version": adopted.version})
    return redirect("programmes:index")


@require_safe
@never_cache
@rights.needs_over_all(Right.PROGRAMME)
def progress_part(request: HttpRequest, code: str) -> HttpResponse:
    """The bar alone, asked for every second; when the work is over, or lost, the whole page is to be loaded anew."""
    work = at_work(_known(code))
    response = render(request, "programmes/progress_part.html", {"work": work})
    if work is None or not work["is_working"]:
        response.headers["HX-Refresh"] = "true"
    return response


@require_POST
@rights.needs_over_all(Right.PROGRAMME)
def stop(request: HttpRequest, code: str) -> HttpResponse:
    """Ask it to stop; it undoes what it has begun."""
    tasks.ask_stop(_known(code).code)
    messages.info(request, _("Stopping. Nothing will be left half done."))
    return redirect("programmes:index")


def at_work(one: Adoptable) -> dict[str, Any] | None:
    """What the page shows of a schedule that is being adopted, or was and is not done; None where nothing is."""
    work, now = tasks.read(one.code), time.time()
    if work is None:
        return None
    is_lost = work.is_lost(now)
    return {
        "one": one,
        "name": in_language(one.names.zh, one.names.en),
        "state": work.state,
        "done": work.done,
        "is_working": work.is_open and not is_lost,
        "phase": PHASES.get(work.phase, work.phase) if work.phase != "read" else PHASES["forecast"],
        "total": work.total if work.total and work.done else None,
        "seconds_left": work.seconds_left(now),
        "poll_url": reverse("programmes:progress", args=[one.code]),
        "stop_url": reverse("programmes:stop", args=[one.code]),
    }


def _known(code: str) -> Adoptable:
    try:
        return known_as(code)
    except UnknownProgrammeError as error:
        raise Http404 from error
