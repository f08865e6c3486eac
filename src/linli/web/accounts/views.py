"""Signing in and out."""

from __future__ import annotations

import ipaddress

from django import forms
from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from linli.records.accounts.models import Worker

BACKEND = "linli.records.accounts.backend.SignIn"


class SignInForm(forms.Form):
    """Name and password."""

    username = forms.CharField(
        label=_("Name to sign in with"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    password = forms.CharField(
        label=_("Password"), max_length=200, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )


@never_cache
@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponse:
    """The sign-in page; afterwards the page that was asked for."""
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = authenticate(request, **form.cleaned_data)
        if user is not None:
            login(request, user, backend=BACKEND)
            return redirect(_next(request))
        form.add_error(None, _("Name and password do not fit. Check both; the office can set a new password."))
    status = 422 if form.is_bound and form.errors else 200
    invented = (
        Worker.objects.filter(is_demo=True, is_active=True).order_by("pk")
        if settings.DEMO and _is_loopback(request)
        else ()
    )
    context = {"form": form, "next": _next(request), "invented_workers": invented}
    return render(request, "accounts/sign_in.html", context, status=status)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return redirect("home")


@never_cache
def demo_sign_in(request: HttpRequest, username: str) -> HttpResponse:
    """One-click login of an invented worker: only in a demo database, only from this machine."""
    worker = Worker.objects.filter(username=username, is_demo=True, is_active=True).first()
    if not settings.DEMO or worker is None or not _is_loopback(request):
        raise Http404
    login(request, worker, backend=BACKEND)
    return redirect(_next(request))


def _is_loopback(request: HttpRequest) -> bool:
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


def _next(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or "/"
    return wanted if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure()) else "/"
