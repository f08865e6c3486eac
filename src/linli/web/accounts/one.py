"""One login as the office sees it, and everything the office may do to it."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from linli.records.accounts import actions, sittings
from linli.records.accounts.models import Device, Grant, Worker
from linli.records.accounts.passwords import TEMPORARY_FOR, temporary_password
from linli.records.accounts.queries import (
    Right,
    areas_under,
    device_of,
    logins,
    may_change,
    may_grant,
    may_use_device,
    recovery_codes_left,
)
from linli.web.accounts import once
from linli.web.accounts.codes import qr
from linli.web.accounts.lines import lines_of
from linli.web.accounts.office_forms import GrantForm, LoanForm
from linli.web.day import today
from linli.web.phones import host_for_phones
from linli.web.rights import grants, login, login_to_change, needs, paths, worker


def temporary_name(of: Worker) -> str:
    """Under which a new temporary password waits to be shown."""
    return f"temporary {of.public_id}"


def slip_name(of: Worker) -> str:
    """Under which a new slip waits to be shown."""
    return f"slip {of.public_id}"


@never_cache
@needs(Right.ACCOUNTS)
def one(request: HttpRequest, public_id: str) -> HttpResponse:
    """A login: its roles, what opens it, what was done to it."""
    return _page(request, login(request, public_id))


def _page(
    request: HttpRequest, of: Worker, *, grant_form: GrantForm | None = None, loan_form: LoanForm | None = None
) -> HttpResponse:
    found = logins([of], on=today())[0]
    forms = (grant_form, loan_form)
    context = {
        "of": of,
        "login": found,
        "may_change": may_change(worker(request), grants(request), of),
        "is_self": of.pk == worker(request).pk,
        "may_print": may_use_device(of) and found.state == "open",
        "phone": device_of(of),
        "codes_left": recovery_codes_left(of),
        "sittings": sittings.open_now(of, at=timezone.now()),
        "temporary": once.look(request, temporary_name(of)),
        "grant_form": grant_form or _grant_form(request),
        "loan_form": loan_form or LoanForm(initial={"until_on": of.until_on}),
        "lines": lines_of(of),
    }
    status = 422 if any(form is not None and form.errors for form in forms) else 200
    return render(request, "accounts/one.html", context, status=status)


def _grant_form(request: HttpRequest) -> GrantForm:
    areas = list(areas_under(paths(request, Right.ACCOUNTS)).order_by("path"))
    return GrantForm(request.POST if request.method == "POST" else None, areas=areas)


@never_cache
@needs(Right.ACCOUNTS)
def grant(request: HttpRequest, public_id: str) -> HttpResponse:
    """Give a role more."""
    of = login_to_change(request, public_id)
    if request.method != "POST":
        return redirect("accounts:login", public_id)
    form = _grant_form(request)
    if form.is_valid():
        told = form.cleaned_data
        if may_grant(grants(request), told["role"], told["area"]):
            actions.grant(
                by=worker(request).who, worker=of, area=told["area"], role=told["role"], until_on=told["until_on"]
            )
            return _done(request, of, _("The role is given. It holds from the next sign-in."))
        form.add_error("role", _("You may not give this role there."))
    return _page(request, of, grant_form=form)


@never_cache
@needs(Right.ACCOUNTS)
def lend(request: HttpRequest, public_id: str) -> HttpResponse:
    """Set the last day of a loan, or none."""
    of = login_to_change(request, public_id)
    if request.method != "POST":
        return redirect("accounts:login", public_id)
    form = LoanForm(request.POST)
    if form.is_valid():
        actions.lend(by=worker(request).who, worker=of, until_on=form.cleaned_data["until_on"])
        return _done(request, of, _("The loan is set."))
    return _page(request, of, loan_form=form)


@require_POST
@needs(Right.ACCOUNTS)
def revoke(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take a role away."""
    of = login_to_change(request, public_id)
    which = {"role": request.POST.get("role", ""), "area__public_id": request.POST.get("area", "")}
    held = Grant.objects.filter(worker=of, **which).select_related("worker", "area").first()
    if held is None:
        return _done(request, of, _("This role was taken away already."))
    try:
        actions.revoke(by=worker(request).who, grant=held)
    except actions.LastRoleError:
        messages.warning(request, _("This is the only role. Close the login instead."))
        return redirect("accounts:login", public_id)
    return _done(request, of, _("The role is taken away."))


@require_POST
@needs(Right.ACCOUNTS)
def give_password(request: HttpRequest, public_id: str) -> HttpResponse:
    """A temporary password in place of the one there is; shown once."""
    of = login_to_change(request, public_id)
    password = temporary_password()
    actions.set_password(by=worker(request).who, worker=of, password=password, until=timezone.now() + TEMPORARY_FOR)
    once.keep(request, temporary_name(of), password)
    return redirect("accounts:login", public_id)


@require_POST
@needs(Right.ACCOUNTS)
def handed_over(request: HttpRequest, public_id: str) -> HttpResponse:
    """The temporary password, or the slip, has been handed over: it is shown no longer."""
    of = login(request, public_id)
    once.drop(request, temporary_name(of))
    once.drop(request, slip_name(of))
    return redirect("accounts:login", public_id)


@require_POST
@needs(Right.ACCOUNTS)
def print_slip(request: HttpRequest, public_id: str) -> HttpResponse:
    """A new slip; the one before is worth nothing."""
    of = login_to_change(request, public_id)
    try:
        token = actions.print_slip(by=worker(request).who, worker=of)
    except actions.NotForDeviceError:
        messages.warning(request, _("A slip is for somebody on loan, without an office's rights. Set the loan's end."))
        return redirect("accounts:login", public_id)
    once.keep(request, slip_name(of), token)
    return redirect("accounts:print", public_id)


@never_cache
@needs(Right.ACCOUNTS)
def slip(request: HttpRequest, public_id: str) -> HttpResponse:
    """The slip, to be printed and handed over; shown once."""
    of = login_to_change(request, public_id)
    token = once.look(request, slip_name(of))
    if not token:
        messages.info(request, _("A slip is shown once, to whoever made it. Print a new one."))
        return redirect("accounts:login", public_id)
    scheme = "https" if request.is_secure() else "http"
    home = f"{scheme}://{host_for_phones(request)}"
    context = {
        "of": of,
        "grants": logins([of], on=today())[0].grants,
        "qr": qr(home + reverse("accounts:open-slip", args=[token])),
        "address": home,
        "is_protected": request.is_secure(),
        "lapses_at": timezone.now() + actions.SLIP_GOOD_FOR,
    }
    return render(request, "accounts/print.html", context)


def _simple(act: Callable[..., object], said: Callable[[], str]) -> Callable[[HttpRequest, str], HttpResponse]:
    """A button of the page: does one thing to the login and says so."""

    @require_POST
    @needs(Right.ACCOUNTS)
    def pressed(request: HttpRequest, public_id: str) -> HttpResponse:
        of = login_to_change(request, public_id)
        act(by=worker(request).who, worker=of)
        return _done(request, of, said())

    return pressed


reset_code = _simple(
    actions.reset_code, lambda: _("The time code is taken away. A new one is set up at the next sign-in.")
)
end_sessions = _simple(actions.end_sessions, lambda: _("Signed out everywhere."))
close = _simple(actions.close, lambda: _("The login is closed. What was done with it stays in the journal."))
reopen = _simple(actions.reopen, lambda: _("The login is open again, with its roles."))


@require_POST
@needs(Right.ACCOUNTS)
def end_phone(request: HttpRequest, public_id: str) -> HttpResponse:
    """End the phone: lost, broken or given back."""
    of = login_to_change(request, public_id)
    phone = device_of(of)
    if phone is not None:
        phone.worker = of
        actions.end_device(by=worker(request).who, device=phone, why=Device.Why.REVOKED)
    return _done(request, of, _("The phone opens nothing any more."))


def _done(request: HttpRequest, of: Worker, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("accounts:login", of.public_id)
