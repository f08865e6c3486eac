"""What a page says when a step of signing in is refused."""

from __future__ import annotations

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from linli.records.accounts import throttle
from linli.records.accounts.throttle import LockedError


def locked(form: forms.Form, error: LockedError) -> None:
    """Say on the form that too much was tried, and how long to wait at most."""
    form.add_error(None, ValidationError(_words(error), "locked"))


def _words(error: LockedError) -> str:
    if error.limit is throttle.CODE_OF_A_DAY:
        return _("Too many wrong codes today. Ask the office to set up a new time code for you.")
    said = _("Too many tries. Wait {minutes} minutes, then try again. Until then nothing that is typed is looked at.")
    return said.format(minutes=error.limit.minutes)


def page(
    request: HttpRequest, template: str, form: forms.Form, *, new: forms.Form | None = None, **context: object
) -> HttpResponse:
    """The page with its form or two: 422 where something is wrong with them, 429 after too many tries."""
    status = 200
    if form.is_bound and (form.errors or (new is not None and new.errors)):
        status = 429 if form.has_error(NON_FIELD_ERRORS, "locked") else 422
    return render(request, template, {"form": form, "new": new, **context}, status=status)
