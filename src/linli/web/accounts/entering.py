"""Signing in with name and password, then a code; and signing out."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from linli.records.accounts import actions, entering
from linli.records.accounts.entering import NotFittingError, PasswordLapsedError
from linli.records.accounts.models import Worker
from linli.records.accounts.queries import device_of, has_time_code, needs_second_factor
from linli.records.accounts.throttle import LockedError
from linli.web.accounts import once, pending, refusals
from linli.web.accounts.codes import CODES, set_up_with, setting_up
from linli.web.accounts.cookies import device_token, mark_of
from linli.web.accounts.forms import CodeForm, NewPasswordForm, RecoveryForm, SignInForm
from linli.web.accounts.pending import SET_UP_LAPSES_S, Pending
from linli.web.accounts.session import address, enter, next_page
from linli.web.phones import is_loopback
from linli.web.rights import worker as signed_in


@never_cache
@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponse:
    """The first step: name and password. A phone that the office enrolled is asked for its PIN instead."""
    wanted = next_page(request)
    if request.method != "POST" and device_token(request) and request.GET.get("with") != "password":
        return redirect(address("accounts:pin", wanted))
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        found = _by_password(request, form)
        if found is not None:
            return go_on(request, pending.begin(request, found, next_page=wanted))
    is_demo = settings.DEMO and _is_on_this_computer(request)
    invented = Worker.objects.filter(is_demo=True, is_active=True).order_by("pk") if is_demo else ()
    return refusals.page(request, "accounts/sign_in.html", form, next=wanted, invented_workers=invented)


def _by_password(request: HttpRequest, form: SignInForm) -> Worker | None:
    name = form.cleaned_data["username"]
    try:
        return entering.by_password(
            username=name,
            password=form.cleaned_data["password"],
            address=request.META.get("REMOTE_ADDR", ""),
            browser=mark_of(request, name),
            at=timezone.now(),
        )
    except NotFittingError:
        form.add_error(None, _("Name and password do not fit. Check both; the office can set a new password."))
    except PasswordLapsedError:
        form.add_error(None, _("This temporary password has lapsed. Ask the office for a new one."))
    except LockedError as error:
        refusals.locked(form, error)
    return None


def go_on(request: HttpRequest, entry: Pending) -> HttpResponse:
    """The next step of somebody whose password was right: the code, a password of their own, setting up; or in."""
    worker = entry.worker
    has_code = has_time_code(worker)
    if has_code and not entry.is_proven_twice:
        return redirect("accounts:code")
    if worker.password_until is not None:
        return redirect("accounts:choose-password")
    if not has_code and needs_second_factor(worker):
        if device_of(worker) is not None:
            # Whoever found out the password must not choose the second factor of somebody who has one.
            pending.drop(request)
            messages.warning(
                request, _("This login opens on its own phone with the PIN. Lost it? Ask the office for a new slip.")
            )
            return redirect(address("accounts:sign-in", entry.next, how="password"))
        return redirect("accounts:set-up")
    return enter(request, worker, how=entry.how, next_page=entry.next)


@never_cache
@sensitive_post_parameters("code")
def code(request: HttpRequest) -> HttpResponse:
    """The second step: the code of the app, or one from the paper."""
    entry = pending.read(request)
    if entry is None:
        return from_the_start(request)
    is_recovery = "recovery" in (request.GET.get("with"), request.POST.get("with"))
    form = (RecoveryForm if is_recovery else CodeForm)(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            how = entering.by_code(worker=entry.worker, typed=form.cleaned_data["code"], at=timezone.now())
            return go_on(request, pending.proven(request, entry, how=how))
        except NotFittingError:
            form.add_error("code", _("This is not the code of now, or it was used already. Wait for the next one."))
        except LockedError as error:
            refusals.locked(form, error)
    return refusals.page(request, "accounts/code.html", form, is_recovery=is_recovery)


@never_cache
@sensitive_post_parameters("new", "again")
def choose_password(request: HttpRequest) -> HttpResponse:
    """A password of one's own in place of the temporary one."""
    entry = pending.read(request)
    if entry is None or entry.worker.password_until is None:
        return from_the_start(request)
    if has_time_code(entry.worker) and not entry.is_proven_twice:
        return go_on(request, entry)
    form = NewPasswordForm(request.POST or None, worker=entry.worker)
    if request.method == "POST" and form.is_valid():
        actions.set_password(by=entry.worker.who, worker=entry.worker, password=form.cleaned_data["new"])
        return go_on(request, pending.proven(request, entry))
    return refusals.page(request, "accounts/choose_password.html", form)


@never_cache
@sensitive_post_parameters("code")
def set_up(request: HttpRequest) -> HttpResponse:
    """A time code, for whoever sees names and has none yet; afterwards they are in."""
    entry = pending.read(request, within_s=SET_UP_LAPSES_S)
    if entry is None or has_time_code(entry.worker):
        return from_the_start(request)
    if entry.worker.password_until is not None:
        return go_on(request, entry)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and (codes := set_up_with(request, entry.worker, form)):
        response = enter(request, entry.worker, how="code", next_page=address("accounts:codes", entry.next))
        once.keep(request, CODES, "\n".join(codes))  # after signing in, which gives the session a new key
        return response
    return refusals.page(request, "accounts/set_up.html", form, **setting_up(request, entry.worker))


def from_the_start(request: HttpRequest) -> HttpResponse:
    """The time between two steps is over, or there was no first one."""
    pending.drop(request)
    messages.info(request, _("That took too long, or something changed meanwhile. Begin again."))
    return redirect("accounts:sign-in")


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    if request.user.is_authenticated:
        worker = signed_in(request)
        actions.sign_out(by=worker.who, worker=worker, session_key=request.session.session_key or "")
    logout(request)
    return redirect("home")


@never_cache
def demo_sign_in(request: HttpRequest, username: str) -> HttpResponse:
    """One-click login of an invented worker: only in a demo database, only from this machine."""
    worker = Worker.objects.filter(username=username, is_demo=True, is_active=True).first()
    if not settings.DEMO or worker is None or not _is_on_this_computer(request):
        raise Http404
    return enter(request, worker, how="demo", next_page=next_page(request))


def _is_on_this_computer(request: HttpRequest) -> bool:
    return is_loopback(request.META.get("REMOTE_ADDR", ""))
