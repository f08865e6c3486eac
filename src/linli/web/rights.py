"""Who may open a page: one decorator, and look-ups that answer "not found" for what one may not see."""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase

from linli.records.accounts.models import Grant, Worker
from linli.records.accounts.queries import ROLE_RIGHTS, Right, may_change, roles, seen_by
from linli.records.people.models import Person
from linli.records.people.queries import in_areas
from linli.records.places.models import Area, Building

log = logging.getLogger(__name__)

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def needs(*rights: Right) -> Callable[[View], View]:
    """Only for workers who have a right, or one of several, somewhere; where exactly is the page's to ask."""

    def decorate(view: View) -> View:
        @login_required
        @functools.wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not any(paths(request, right) for right in rights):
                _log_refusal(request, ", ".join(rights))
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded  # type: ignore[return-value]  # same signature as the view

    return decorate


def needs_over_all(right: Right) -> Callable[[View], View]:
    """Only for workers who have a right in the whole tree: what belongs to no area is theirs."""

    def decorate(view: View) -> View:
        @needs(right)
        @functools.wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not has_over_all(request, right):
                _log_refusal(request, right)
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded  # type: ignore[return-value]  # same signature as the view

    return decorate


def from_here(view: View) -> View:
    """Only for requests of our own pages, where the browser says who sent them: making a file is not another site's."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.headers.get("Sec-Fetch-Site", "none") not in ("same-origin", "none"):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded  # type: ignore[return-value]  # same signature as the view


def _log_refusal(request: HttpRequest, wanted: str) -> None:
    """Say in the log who was refused what; the address is logged with the answer."""
    log.warning("refused: %s to worker %s", wanted, worker(request).public_id)


def worker(request: HttpRequest) -> Worker:
    """The worker who is signed in."""
    if not isinstance(request.user, Worker):
        raise PermissionDenied
    return request.user


def grants(request: HttpRequest) -> list[Grant]:
    """The roles of the worker who is signed in, with their areas; asked of the database once a request."""
    known: dict[int, list[Grant]] = request.__dict__.setdefault("_grants", {})
    who = worker(request)
    if who.pk not in known:
        known[who.pk] = roles(who)
    return known[who.pk]


def paths(request: HttpRequest, right: Right) -> list[str]:
    """The subtrees in which the signed-in worker has a right, outermost only, in tree order."""
    outermost: list[str] = []
    for path in sorted({grant.area.path for grant in grants(request) if right in ROLE_RIGHTS[grant.role]}):
        if not outermost or not path.startswith(outermost[-1]):
            outermost.append(path)
    return outermost


def has_over_all(request: HttpRequest, right: Right) -> bool:
    """Whether the signed-in worker has a right in the whole tree."""
    return any(grant.area.parent_id is None and right in ROLE_RIGHTS[grant.role] for grant in grants(request))


def has(request: HttpRequest, right: Right, area: Area) -> bool:
    """Whether the signed-in worker has a right in an area."""
    return any(area.path.startswith(path) for path in paths(request, right))


def has_of(request: HttpRequest, right: Right, person: Person) -> bool:
    """Whether the signed-in worker has a right over a person who was found by `person`: nothing more is asked."""
    places = (person.living_area, person.registered_area, person.working_area)
    return any(has(request, right, area) for area in places if area is not None)


def area(request: HttpRequest, public_id: str, right: Right) -> Area:
    """An area in which the worker has the right; to others it does not exist."""
    found = Area.objects.filter(public_id=public_id).first()
    if found is None or not has(request, right, found):
        _log_refusal(request, "an area")
        raise Http404
    return found


def login(request: HttpRequest, public_id: str) -> Worker:
    """A login of the areas whose logins the worker sees to; to others it does not exist."""
    found: Worker | None = seen_by(grants(request)).filter(public_id=public_id).first()
    if found is None:
        _log_refusal(request, "a login")
        raise Http404
    return found


def login_to_change(request: HttpRequest, public_id: str) -> Worker:
    """A login that the worker may change: no part of it reaches beyond their own rights, and it is not their own."""
    found = login(request, public_id)
    if not may_change(worker(request), grants(request), found):
        raise PermissionDenied
    return found


def building(request: HttpRequest, public_id: str, right: Right) -> Building:
    """A building in which the worker has the right; to others it does not exist."""
    found = Building.objects.select_related("area").filter(public_id=public_id).first()
    if found is None or not has(request, right, found.area):
        _log_refusal(request, "a building")
        raise Http404
    return found


def person(request: HttpRequest, public_id: str, right: Right = Right.NAMES) -> Person:
    """A person of whom the worker may see the name, or do what another right allows; to others they do not exist."""
    seen = Person.objects.filter(in_areas(paths(request, right)), public_id=public_id)
    columns = (
        "living_area",
        "living_building",
        "living_door",
        "registered_area",
        "registered_building",
        "working_area",
        "working_building",
        "employer",
        "household",
    )
    found = seen.select_related(*columns).first()
    if found is None:
        _log_refusal(request, "a person")
        raise Http404
    return found
