"""Writing down that names were shown: once a request, with the public ids of everybody on the page."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest

from linli.records.people.actions import look
from linli.web.day import now
from linli.web.rights import worker


def looked(request: HttpRequest, where: str, people: Iterable[str]) -> None:
    """The worker who is signed in saw these people (public ids) on a page; `where` is a code of words/looks.py."""
    seen = list(dict.fromkeys(people))
    if seen:
        look(by=worker(request).who, where=where, people=seen, at=now())
