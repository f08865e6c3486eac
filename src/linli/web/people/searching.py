"""Searching by name or phone without putting either into an address: addresses stay in histories and logs.

What was typed is kept in the session, sealed; the address holds a token that means something to this session alone.
"""

from __future__ import annotations

import functools
import secrets
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict

from linli.records.keys.sealing import seal, unseal

KEY = "searches"
MOST = 20
LONGEST = 40

View = Callable[[HttpRequest], HttpResponse]


def searched(request: HttpRequest) -> str:
    """What the token in the address (`found`) stands for; empty for none, and for one of another session."""
    return unseal(str(request.session.get(KEY, {}).get(request.GET.get("found", ""), "")))


def keep_out_of_address(view: View) -> View:
    """Send a request whose address spells out a search on to the same address with a token."""

    @functools.wraps(view)
    def tidy(request: HttpRequest) -> HttpResponse:
        if request.GET.get("search"):
            return tokened(request, request.GET, path=request.path)
        return view(request)

    return tidy


def typed(text: str) -> str:
    """What somebody typed to search for: no spaces to spare, no longer than a name, nothing a database cannot read."""
    return " ".join(text.replace("\0", "").split())[:LONGEST]


def tokened(request: HttpRequest, sent: QueryDict, *, path: str) -> HttpResponse:
    """The same filters at `path`, with a token where there was a search; empty filters are left out."""
    query = sent.copy()
    for name in ("csrfmiddlewaretoken", "found"):
        query.pop(name, None)
    text = typed(str(query.pop("search", [""])[-1]))
    for name in [name for name, value in query.items() if not value]:
        del query[name]
    if text:
        token = secrets.token_urlsafe(6)
        kept = list(request.session.get(KEY, {}).items())[1 - MOST :]
        request.session[KEY] = dict([*kept, (token, seal(text))])
        query["found"] = token
    return HttpResponseRedirect(f"{path}?{query.urlencode()}" if query else path)
