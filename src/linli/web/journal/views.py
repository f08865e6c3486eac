"""The journal page: who did what, newest first."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from linli.records.accounts.queries import Right, is_over_all
from linli.records.journal.queries import lines
from linli.web.rights import needs, worker

PAGE = 50


@needs(Right.JOURNAL)
def index(request: HttpRequest) -> HttpResponse:
    """Every line of this installation; only an office over the whole tree reads it."""
    if not is_over_all(worker(request), Right.JOURNAL):
        raise PermissionDenied
    found = lines()
    verb = request.GET.get("verb", "")
    if verb:
        found = found.filter(verb=verb)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(request, "journal/index.html", {"page": page, "verb": verb})
