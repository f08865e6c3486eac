"""When a session is over: after a working day, and sooner where nobody does anything any more."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.auth.signals import user_logged_in
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

BEGAN, SEEN = "began_at", "seen_at"
NOTED_EVERY_S = 300  # not with every request: each note is a write


class SessionEnds:
    """Signs a worker out whose session is too old or was left alone too long, before the page is asked for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        if settings.PUBLIC_ONLY:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        # Without a cookie there is no session, and nothing is asked of the database.
        if settings.SESSION_COOKIE_NAME in request.COOKIES and SESSION_KEY in request.session:
            self._look(request)
        return self.get_response(request)

    def _look(self, request: HttpRequest) -> None:
        session, now = request.session, int(time.time())
        if BEGAN not in session:  # signed in before this was watched: its clock starts now
            session[BEGAN] = session[SEEN] = now
        began, seen = session[BEGAN], session[SEEN]
        if now - began > settings.SESSION_AT_MOST_S or now - seen > settings.SESSION_IDLE_S:
            logout(request)
            messages.info(
                request,
                _("Signed out: a session lasts a working day, or an hour in which nothing is done. Sign in again."),
            )
        elif now - seen > NOTED_EVERY_S:
            session[SEEN] = now


def _begin(sender: Any, request: HttpRequest, **_more: Any) -> None:
    """Every session starts its clock, by whatever door it was opened."""
    request.session[BEGAN] = request.session[SEEN] = int(time.time())


user_logged_in.connect(_begin, dispatch_uid="linli.web.sessions")
