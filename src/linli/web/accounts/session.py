"""Opening and closing a session, once every step is done."""

from __future__ import annotations

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from linli.records.accounts import actions, sittings
from linli.records.accounts.models import Worker
from linli.records.accounts.sittings import Here
from linli.web.accounts import pending
from linli.web.accounts.browsers import browser_words
from linli.web.accounts.cookies import remember_browser

BACKEND = "linli.records.accounts.backend.SignIn"


def enter(request: HttpRequest, worker: Worker, *, how: str, next_page: str) -> HttpResponse:
    """Sign a worker in who has proven themselves in every way that is asked of them, and go on to a page."""
    pending.drop(request)
    login(request, worker, backend=BACKEND)  # gives the session a new key once more
    actions.sign_in(by=worker.who, worker=worker, here=here(request), how=how)
    response = redirect(next_page)
    if how in ("password", "code", "recovery"):
        remember_browser(request, response, worker.username)
    return response


def stay(request: HttpRequest, worker: Worker) -> None:
    """Go on in this browser after a change that ended every session of the worker, this one too."""
    login(request, worker, backend=BACKEND)
    sittings.begin(worker, here(request), how="password", at=timezone.now())


def here(request: HttpRequest) -> Here:
    """This browser, with the key that its session has now."""
    if request.session.session_key is None:
        request.session.create()
    return Here(request.session.session_key or "", browser_words(request.headers.get("User-Agent", "")))


def next_page(request: HttpRequest, *, otherwise: str = "/") -> str:
    """The page that was asked for, where it is one of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return wanted if wanted and is_ours else otherwise


def address(name: str, wanted: str, *, how: str = "") -> str:
    """The address of a page of signing in, with the page that was asked for behind it; `how`: by password."""
    query = QueryDict(mutable=True)
    if wanted != "/":
        query["next"] = wanted
    if how:
        query["with"] = how
    return reverse(name) + (f"?{query.urlencode(safe='/')}" if query else "")
