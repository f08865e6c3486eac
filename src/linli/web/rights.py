"""Who may open a page: one decorator, and look-ups that answer "not found" for what one may not see."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase

from linli.records.accounts.models import Worker
from linli.records.accounts.queries import Right, granted_paths
from linli.records.people.models import Person
from linli.records.people.queries import in_areas
from linli.records.places.models import Area, Building

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def needs(right: Right) -> Callable[[View], View]:
    """Only for workers who have a right somewhere; where exactly is the page's to ask."""

    def decorate(view: View) -> View:
        @login_required
        @functools.wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not paths(request, right):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded  # type: ignore[return-value]  # same signature as the view

    return decorate


def worker(request: HttpRequest) -> Worker:
    """The worker who is signed in."""
    if not isinstance(request.user, Worker):
        raise PermissionDenied
    return request.user


def paths(request: HttpRequest, right: Right) -> list[str]:
    """The subtrees in which the signed-in worker has a right; asked of the database once a request."""
    known: dict[Right, list[str]] = request.__dict__.setdefault("_granted_paths", {})
    if right not in known:
        known[right] = granted_paths(worker(request), right)
    return known[right]


def has(request: HttpRequest, right: Right, area: Area) -> bool:
    """Whether the signed-in worker has a right in an area."""
    return any(area.path.startswith(path) for path in paths(request, right))


def area(request: HttpRequest, public_id: str, right: Right) -> Area:
    """An area in which the worker has the right; to others it does not exist."""
    found = Area.objects.filter(public_id=public_id).first()
    if found is None or not has(request, right, found):
        raise Http404
    return found


def building(request: HttpRequest, public_id: str, right: Right) -> Building:
    """A building in which the worker has the right; to others it does not exist."""
    found = Building.objects.select_related("area").filter(public_id=public_id).first()
    if found is None or not has(request, right, found.area):
        raise Http404
    return found


def person(request: HttpRequest, public_id: str) -> Person:
    """A person whom the worker may see by name; to others they do not exist."""
    seen = Person.objects.filter(in_areas(paths(request, Right.NAMES)), public_id=public_id)
    columns = (
        "living_area",
        "living_building",
        "living_door",
        "registered_area",
        "registered_building",
        "working_building",
        "employer",
        "household",
    )
    found = seen.select_related(*columns).first()
    if found is None:
        raise Http404
    return found
