"""Programmes and drives at one look."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from linli.records.accounts.queries import Right
from linli.records.programme.queries import Adoptable, adoptable, current_drive, drives, libraries
from linli.web import rights
from linli.web.programmes.adopting import at_work
from linli.words.published import line_words
from linli.words.reasons import in_language

NEWEST = 5


class SearchForm(forms.Form):
    """The filter of the schedules."""

    search = forms.CharField(
        label=gettext_lazy("Search schedules"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )


@require_safe
@rights.needs_over_all(Right.PROGRAMME)
def index(request: HttpRequest) -> HttpResponse:
    """The drives, the schedules that can be worked by, and the published files they were read from."""
    every = adoptable()
    said = request.GET.get("search", "").strip().casefold()[:80]
    found = sorted((one for one in every if said in _text(one)), key=lambda one: one.adopted is None)
    chosen = current_drive()
    newest = list(libraries())[::-1][:NEWEST]
    return render(
        request,
        "programmes/index.html",
        {
            "drives": [(drive, drive == chosen, in_language(drive.programme.name, drive.programme.name_en))
                       for drive in reversed(drives())],
            "schedules": [_row(one) for one in found],
            "total": len(every),
            "form": SearchForm(initial={"search": request.GET.get("search", "")}),
            "at_work": [work for one in every if (work := at_work(one))],
            "libraries": [(one, [line_words(row["file"], row["message"]) for row in one.problems]) for one in newest],
            "has_adopted": any(one.adopted for one in every),
        },
    )  # fmt: skip


def _text(one: Adoptable) -> str:
    return " ".join((one.code, one.group, one.names.zh, one.names.en)).casefold()


def _row(one: Adoptable) -> dict[str, Any]:
    return {
        "code": one.code,
        "name": in_language(one.names.zh, one.names.en),
        "of": _("CDC, published") if one.group else _("comes with linli"),
        "version": one.version,
        "adopted": one.adopted,
        "is_newer": one.is_newer,
    }
