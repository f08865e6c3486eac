"""Finding the person whom an address means: to those without the right they do not exist, merged records lead on."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from linli.records.accounts.queries import Right
from linli.records.people.models import Person
from linli.records.people.queries import root
from linli.web import rights

View = Callable[..., HttpResponse]


def about(right: Right) -> Callable[[View], View]:
    """Give the view the person of its address, of whom the worker must have a right; a merged one leads to the kept."""

    def decorate(view: View) -> View:
        @rights.needs(right)
        @functools.wraps(view)
        def found(request: HttpRequest, public_id: str, **more: Any) -> HttpResponse:
            try:
                person = rights.person(request, public_id, right)
            except Http404:
                return _kept(request, public_id)
            return view(request, person, **more)

        return found

    return decorate


def _kept(request: HttpRequest, public_id: str) -> HttpResponse:
    """The way to the record that a merged one was merged into. Raises Http404 for those who may not see that one."""
    gone = Person.objects.exclude(merged_into=None).filter(public_id=public_id).first()
    if gone is None:
        raise Http404
    kept = rights.person(request, root(gone).public_id)
    words = _("The record you asked for was merged into this one. Its doses and facts stand here.")
    messages.info(request, words)
    return redirect("people:person", kept.public_id)
