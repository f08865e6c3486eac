"""One's own account: password, time code, recovery codes, the browsers one is signed in with."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from linli.records.accounts import actions, entering, sittings
from linli.records.accounts.entering import NotFittingError
from linli.records.accounts.models import Sitting, Worker
from linli.records.accounts.queries import (
    device_of,
    has_time_code,
    needs_second_factor,
    recovery_codes_left,
    roles,
)
from linli.records.accounts.throttle import LockedError
from linli.web.accounts import once, refusals
from linli.web.accounts.codes import CODES, fits, set_up_with, setting_up
from linli.web.accounts.forms import CodeForm, NewPasswordForm, ProofForm
from linli.web.accounts.session import address, next_page, stay
from linli.web.rights import worker as signed_in

FEW = 3  # so few recovery codes are left that it is time for new ones


@never_cache
@login_required
def account(request: HttpRequest) -> HttpResponse:
    """What opens this login, and where it is open."""
    worker = signed_in(request)
    has_code = has_time_code(worker)
    context = {
        "worker": worker,
        "grants": roles(worker),
        "has_code": has_code,
        "needs_code": needs_second_factor(worker),
        "codes_left": recovery_codes_left(worker) if has_code else 0,
        "few": FEW,
        "phone": device_of(worker),
        "sittings": sittings.open_now(worker, at=timezone.now()),
        "here": request.session.session_key,
    }
    return render(request, "accounts/account.html", context)


@never_cache
@login_required
@sensitive_post_parameters()
def change_password(request: HttpRequest) -> HttpResponse:
    """A new password in place of the old; everywhere else the worker is signed out."""
    worker = _with_password(request)
    proof = ProofForm(request.POST or None, has_code=False)
    form = NewPasswordForm(request.POST or None, worker=worker)
    if request.method == "POST" and form.is_valid() and _proven(worker, proof):
        actions.set_password(by=worker.who, worker=worker, password=form.cleaned_data["new"])
        stay(request, worker)
        messages.success(request, _("Your password is changed. Everywhere else you are signed out."))
        return redirect("accounts:account")
    return refusals.page(request, "accounts/change_password.html", proof, new=form)


@never_cache
@login_required
@sensitive_post_parameters()
def change_code(request: HttpRequest) -> HttpResponse:
    """A time code, or another in place of the one there is."""
    worker = _with_password(request)
    proof = ProofForm(request.POST or None, has_code=has_time_code(worker))
    form = CodeForm(request.POST or None)
    # The new code first: the present one is good once, and would be used up for nothing.
    if request.method == "POST" and form.is_valid() and fits(request, worker, form) and _proven(worker, proof):
        drawn = set_up_with(request, worker, form)
        if drawn:
            stay(request, worker)
            once.keep(request, CODES, "\n".join(drawn))
            return redirect(address("accounts:codes", "/account/"))
    return refusals.page(request, "accounts/change_code.html", proof, new=form, **setting_up(request, worker))


@never_cache
@login_required
@sensitive_post_parameters()
def renew_codes(request: HttpRequest) -> HttpResponse:
    """New recovery codes in place of those before."""
    worker = _with_password(request)
    if not has_time_code(worker):
        raise Http404
    proof = ProofForm(request.POST or None, has_code=True)
    if request.method == "POST" and _proven(worker, proof):
        once.keep(request, CODES, "\n".join(actions.renew_recovery(by=worker.who, worker=worker)))
        return redirect(address("accounts:codes", "/account/"))
    return refusals.page(request, "accounts/renew_codes.html", proof)


@never_cache
@login_required
@sensitive_post_parameters()
def do_without(request: HttpRequest) -> HttpResponse:
    """Take the time code away, for those who see figures alone."""
    worker = _with_password(request)
    if not has_time_code(worker) or needs_second_factor(worker):
        raise Http404
    proof = ProofForm(request.POST or None, has_code=True)
    if request.method == "POST" and _proven(worker, proof):
        actions.reset_code(by=worker.who, worker=worker)
        stay(request, worker)
        messages.success(request, _("The time code is taken away. Your password alone opens the login."))
        return redirect("accounts:account")
    return refusals.page(request, "accounts/do_without.html", proof)


@never_cache
@login_required
def codes(request: HttpRequest) -> HttpResponse:
    """The recovery codes, once; they are gone when the worker says that they are kept."""
    if request.method == "POST":
        once.drop(request, CODES)
        return redirect(next_page(request))
    kept = once.look(request, CODES)
    if not kept:
        return redirect("accounts:account")
    context = {"codes": kept.splitlines(), "next": next_page(request), "worker": signed_in(request)}
    return render(request, "accounts/codes.html", context)


@never_cache
@login_required
@sensitive_post_parameters()
def end_sessions(request: HttpRequest) -> HttpResponse:
    """Sign out in one other browser, or everywhere; whoever has a password gives it, so that no passer-by does it."""
    worker = signed_in(request)
    chosen = request.POST.get("which") or request.GET.get("which") or ""
    one = Sitting.objects.filter(worker=worker, public_id=chosen).select_related("worker").first()
    asks = worker.has_usable_password()
    proof = ProofForm(request.POST or None, has_code=False) if asks else None
    if request.method == "POST" and (proof is None or _proven(worker, proof)):
        if one is not None and one.session_key != request.session.session_key:
            actions.end_sitting(by=worker.who, sitting=one)
            messages.success(request, _("That browser is signed out."))
            return redirect("accounts:account")
        actions.end_sessions(by=worker.who, worker=worker)
        logout(request)
        messages.success(request, _("You are signed out everywhere."))
        return redirect("accounts:sign-in")
    status = 422 if proof is not None and proof.errors else 200
    return render(request, "accounts/end_sessions.html", {"form": proof, "one": one, "which": chosen}, status=status)


def _with_password(request: HttpRequest) -> Worker:
    """The worker who is signed in, where they have a password; a volunteer's phone has none to change."""
    worker = signed_in(request)
    if not worker.has_usable_password():
        raise Http404
    return worker


def _proven(worker: Worker, proof: ProofForm) -> bool:
    """See that it is the worker who sits here: the password, and the code where there is one."""
    if not proof.is_valid():
        return False
    field = "password"
    try:
        entering.again(worker=worker, password=proof.cleaned_data["password"], at=timezone.now())
        if "proof" in proof.fields:
            field = "proof"
            entering.by_code(worker=worker, typed=proof.cleaned_data["proof"], at=timezone.now())
    except NotFittingError:
        wrong = {
            "password": _("This is not your password."),
            "proof": _("This is not the code of now, or it was used already. Wait for the next one."),
        }
        proof.add_error(field, wrong[field])
    except LockedError as error:
        refusals.locked(proof, error)
    return proof.is_valid()
