"""What every page knows: who looks, the day, the menu."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli import __version__
from linli.records.accounts.models import Worker
from linli.records.accounts.queries import ROLE_RIGHTS, Right, roles
from linli.web.day import today
from linli.words.reasons import in_language

# Menu words are the glossary's; tests/shape holds them against it.
MENU: tuple[tuple[Right, str, str, Promise], ...] = (
    (Right.FIGURES, "reports:home", "/board/", _("Board")),
    (Right.NAMES, "people:due", "/due/", _("Due list")),
    (Right.LISTS, "lists:index", "/lists/", _("Lists")),
    (Right.JOURNAL, "journal:index", "/journal/", _("Journal")),
)


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
    grants = roles(user)
    rights = set().union(*(ROLE_RIGHTS[grant.role] for grant in grants))
    if not any(grant.area.parent_id is None and Right.JOURNAL in ROLE_RIGHTS[grant.role] for grant in grants):
        rights.discard(Right.JOURNAL)  # the journal belongs to no area, see `journal.views`
    nav = [
        {"label": label, "href": reverse(name), "current": request.path.startswith(prefix)}
        for right, name, prefix, label in MENU
        if right in rights
    ]
    area = grants[0].area if grants else None
    return shared | {
        "nav": nav,
        "worker_name": user.name,
        "area_name": in_language(area.name, area.name_en) if area else "",
        "sign_out_url": reverse("accounts:sign-out"),
        "home_url": "/",
    }
