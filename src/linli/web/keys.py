"""No page is made, and nothing is written, while the key file does not belong to the database."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string

from linli.records.keys.queries import check
from linli.records.keys.ring import KeysError, Ring
from linli.records.keys.sealing import ring

PUBLIC = ("check", "install", "fhir")  # they ask nothing of the register
log = logging.getLogger(__name__)

_checked: Ring | None = None  # the keys that this process has seen to fit


class KeysFit:
    """Answers "not now" to every page of the register while the keys are lost or wrong."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        if settings.PUBLIC_ONLY:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponseBase | None:
        """Before the page: once a process, and whenever the key file was changed."""
        if request.resolver_match and request.resolver_match.app_name in PUBLIC:
            return None
        try:
            _see_that_they_fit()
        except KeysError as error:
            return _not_now(error)
        return None

    def process_exception(self, _request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        """A single value that does not open, or a file that was lost meanwhile."""
        return _not_now(exception) if isinstance(exception, KeysError) else None


def _see_that_they_fit() -> None:
    global _checked  # one query a process, not one a request
    if ring() is not _checked:
        check()
        _checked = ring()


def _not_now(error: KeysError) -> HttpResponse:
    log.error("%s: run `linli keys check`", type(error).__name__)
    headers = {"Retry-After": "60", "Cache-Control": "no-store"}
    return HttpResponse(render_to_string("503.html"), status=503, headers=headers)
