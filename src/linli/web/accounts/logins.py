"""The office's list of logins, and making a new one."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from linli.records.accounts import actions
from linli.records.accounts.models import Worker
from linli.records.accounts.passwords import TEMPORARY_FOR, temporary_password
from linli.records.accounts.queries import Right, areas_under, logins, may_grant, seen_by
from linli.web.accounts import once
from linli.web.accounts.office_forms import BY_SLIP, LoginsForm, NewLoginForm
from linli.web.accounts.one import slip_name, temporary_name
from linli.web.day import today
from linli.web.people.searching import keep_out_of_address, searched, tokened
from linli.web.rights import grants, needs, paths, worker

PAGE = 50


@never_cache
@needs(Right.ACCOUNTS)
@keep_out_of_address
def index(request: HttpRequest) -> HttpResponse:
    """The logins with a role in the areas that this office sees to."""
    asked = request.GET.dict() | {"search": searched(request)}
    form = LoginsForm(asked)
    kept = form.cleaned_data if form.is_valid() else {}
    found = _matching(list(seen_by(grants(request))), kept)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    is_filtered = any(kept.values())
    nothing = _("No login fits these filters") if is_filtered else _("There is no login yet")
    context = {"form": form, "page": page, "is_filtered": is_filtered, "nothing": nothing}
    return render(request, "accounts/logins.html", context)


def _matching(workers: list[Worker], kept: dict[str, Any]) -> list[Any]:
    """Those that fit; an office has some hundred logins at most, so they are all read."""
    text = str(kept.get("search") or "").strip().lower()
    named = [one for one in workers if text in one.username or text in one.name.lower()]
    return [
        login
        for login in logins(named, on=today())
        if kept.get("role") in (None, "", *(grant.role for grant in login.grants))
        and kept.get("state") in (None, "", login.state)
        and kept.get("factor") in (None, "", login.factor)
    ]


@require_POST
@needs(Right.ACCOUNTS)
def search(request: HttpRequest) -> HttpResponse:
    """The same list for a name, which stays out of the address."""
    return tokened(request, request.POST, path=reverse("accounts:logins"))


@never_cache
@needs(Right.ACCOUNTS)
def new(request: HttpRequest) -> HttpResponse:
    """Make a login with its first role; then hand over a temporary password, or print a slip."""
    areas = list(areas_under(paths(request, Right.ACCOUNTS)).order_by("path"))
    form = NewLoginForm(request.POST or None, areas=areas)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        if not may_grant(grants(request), told["role"], told["area"]):
            form.add_error("role", _("You may not give this role there."))
        else:
            try:
                return _made(request, told)
            except actions.NameTakenError:  # by somebody else, since the form was looked at
                form.add_error("username", _("Somebody signs in with this name already. Choose another."))
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "accounts/new.html", {"form": form}, status=status)


def _made(request: HttpRequest, told: dict[str, Any]) -> HttpResponse:
    by, now = worker(request).who, timezone.now()
    password = None if told["by"] == BY_SLIP else temporary_password()
    with transaction.atomic():
        made = actions.enrol(
            by=by,
            username=told["username"],
            name=told["name"],
            password=password,
            password_until=now + TEMPORARY_FOR if password else None,
            until_on=told["until_on"],
        )
        actions.grant(by=by, worker=made, area=told["area"], role=told["role"])
        token = "" if password else actions.print_slip(by=by, worker=made)
    if password:
        once.keep(request, temporary_name(made), password)
        return redirect("accounts:login", made.public_id)
    once.keep(request, slip_name(made), token)
    return redirect("accounts:print", made.public_id)
