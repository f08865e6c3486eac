"""What every page knows: who looks, the day, the menu."""

from __future__ import annotations

import functools
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli import __version__
from linli.records.accounts.models import Worker
from linli.records.accounts.queries import ROLE_RIGHTS, Right
from linli.records.duplicates.queries import queue
from linli.web.day import today
from linli.web.rights import grants, has_over_all, paths
from linli.words.reasons import in_language

# Menu words are the glossary's; tests/shape holds them against it.
MENU: tuple[tuple[Right, str, str, Promise], ...] = (
    (Right.FIGURES, "reports:home", "/board/", _("Board")),
    (Right.NAMES, "people:due", "/due/", _("Due list")),
    (Right.RECORD, "duplicates:index", "/duplicates/", _("Duplicates")),
    (Right.LISTS, "lists:index", "/lists/", _("Lists")),
    (Right.PROGRAMME, "programmes:index", "/programmes/", _("Drives")),
    (Right.ACCOUNTS, "accounts:logins", "/accounts/", _("Logins")),
    (Right.JOURNAL, "journal:index", "/journal/", _("Journal")),
)
# What belongs to no area: only for those who have the right in the whole tree.
OVER_ALL = (Right.JOURNAL, Right.PROGRAMME)


def open_pairs(request: HttpRequest) -> int:
    """How many likely duplicates wait for the worker who is signed in."""
    return queue(paths=paths(request, Right.NAMES)).count()


def page(request: HttpRequest) -> dict[str, Any]:
    """Context of every page."""
    shared = {
        "invented": settings.DEMO,
        "version": __version__,
        "on_today": today(),
        "public_only": settings.PUBLIC_ONLY,
    }
    user = getattr(request, "user", None)
    if settings.PUBLIC_ONLY or not isinstance(user, Worker):
        return shared
    held = grants(request)
    rights = set().union(*(ROLE_RIGHTS[grant.role] for grant in held))
    for right in OVER_ALL:
        if not has_over_all(request, right):
            rights.discard(right)
    # How much waits behind a menu item; templates call it, so that it is asked only where the menu is shown.
    counts = {"duplicates:index": functools.cache(lambda: open_pairs(request))}
    nav = [
        {"label": label, "href": reverse(name), "current": request.path.startswith(prefix), "count": counts.get(name)}
        for right, name, prefix, label in MENU
        if right in rights
    ]
    area = held[0].area if held else None
    return shared | {
        "nav": nav,
        "worker_name": user.name,
        "account_url": reverse("accounts:account"),
        "drives_url": reverse("programmes:index") if Right.PROGRAMME in rights else "",
        "area_name": in_language(area.name, area.name_en) if area else "",
        "sign_out_url": reverse("accounts:sign-out"),
        "home_url": "/",
        "idle_s": settings.SESSION_IDLE_S,  # then the session is over, and what the page shows is hidden
    }
