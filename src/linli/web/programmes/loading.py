"""Bringing in published schedules: a zip, or several XML files."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from linli.domain.eligibility import ScheduleError
from linli.records.accounts.queries import Right
from linli.records.programme.actions import import_library
from linli.records.programme.files import MOST_BYTES, MOST_BYTES_PACKED, Received, version_of
from linli.records.programme.models import Library
from linli.records.programme.published import NothingPublishedError
from linli.web import rights
from linli.web.programmes.forms import ImportForm
from linli.words.published import line_words, problem_words

FORM_BYTES = 2**20  # the other fields of the form, generously
SHOWN = 12  # lines about files that were left aside


# Checking the token reads the whole body: what is too large must be refused before that, so the check is inside.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@rights.needs_over_all(Right.PROGRAMME)
def new(request: HttpRequest) -> HttpResponse:
    """The form by which published files come in; too much is refused unread."""
    length = str(request.META.get("CONTENT_LENGTH") or "0")
    if request.method == "POST" and (not length.isdecimal() or int(length) > MOST_BYTES + FORM_BYTES):
        words = _("More than %(most)s MB were sent. Send the files of one version alone.") % {
            "most": MOST_BYTES // 2**20
        }
        return _page(request, ImportForm(), [words], status=413)
    return _new(request)


@csrf_protect
def _new(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _page(request, ImportForm(), [])
    form = ImportForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, [], status=422)
    sent = form.cleaned_data["published"]
    given = Received()
    try:
        for file in sent:
            _take(file, given)
        version = form.cleaned_data["version"] or _version(sent)
        library = import_library(by=rights.worker(request).who, files=given.files, version=version)
    except NothingPublishedError as error:
        problems = [line_words(one.file, one.message) for one in (*given.aside, *error.problems)]
        return _page(request, form, problems, status=422)
    except ScheduleError as error:
        return _page(request, form, [problem_words(str(error))], status=422)
    _tell(request, library, given)
    return redirect("programmes:index")


def _take(file: Any, given: Received) -> None:
    if file.size > MOST_BYTES_PACKED:
        given.leave(file.name, f"larger than {MOST_BYTES_PACKED // 2**20} MB")
    else:
        given.take(file.name, file.read())


def _version(sent: list[Any]) -> str:
    """What a zip calls itself; names of single files tell nothing."""
    return next((version_of(file.name) for file in sent if file.name.lower().endswith(".zip")), "")


def _tell(request: HttpRequest, library: Library, given: Received) -> None:
    count = len(library.groups)
    words = ngettext(
        "Version %(version)s is in: %(count)s vaccine group can be adopted.",
        "Version %(version)s is in: %(count)s vaccine groups can be adopted.",
        count,
    )
    messages.success(request, words % {"version": library.version, "count": count})
    lines = [line_words(one.file, one.message) for one in given.aside]
    if lines:
        messages.info(request, " · ".join(lines[:SHOWN]) + (" · …" if len(lines) > SHOWN else ""))
    if library.problems:
        messages.warning(request, _("Some files could not be used: see Published files below."))


def _page(request: HttpRequest, form: ImportForm, problems: list[str], status: int = 200) -> HttpResponse:
    context = {"form": form, "problems": problems}
    return render(request, "programmes/import.html", context, status=status)
