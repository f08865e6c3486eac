"""Showing the figures to everybody, or to nobody outside any more: the office's decision, and a line in the journal."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from linli.records.accounts.queries import Right
from linli.records.programme import actions
from linli.records.programme.models import Drive
from linli.records.programme.queries import current_drive
from linli.web import rights


@require_POST
@rights.needs(Right.LISTS)
def publish(request: HttpRequest) -> HttpResponse:
    """Show them."""
    actions.publish(by=rights.worker(request).who, drive=_drive(request))
    return redirect("public:board")


@require_POST
@rights.needs(Right.LISTS)
def withdraw(request: HttpRequest) -> HttpResponse:
    """Show them no more."""
    actions.withdraw(by=rights.worker(request).who, drive=_drive(request))
    return redirect("public:board")


def _drive(request: HttpRequest) -> Drive:
    drive = current_drive()
    if drive is None or not rights.has(request, Right.LISTS, drive.area):
        raise Http404
    return drive
