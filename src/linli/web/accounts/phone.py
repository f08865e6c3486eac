"""A volunteer's phone: enrolled by a slip, opened by a PIN."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from linli.records.accounts import actions, entering
from linli.records.accounts.day import today
from linli.records.accounts.entering import DeviceEndedError, NotFittingError
from linli.records.accounts.models import Slip
from linli.records.accounts.queries import may_use_device, open_slip, open_slips
from linli.web.accounts import refusals
from linli.web.accounts.cookies import device_token, forget_device, keep_device
from linli.web.accounts.forms import NewPinForm, PinForm
from linli.web.accounts.session import address, enter, next_page

SLIP = "slip"


@never_cache
@require_safe
def open_from_paper(request: HttpRequest, token: str) -> HttpResponse:
    """The address in the QR code. Nothing is used up by opening it: a phone may look at it before its owner does."""
    slip = open_slip(token, at=timezone.now())
    if slip is None:
        return _spent(request)
    request.session[SLIP] = slip.public_id  # the token goes no further: it stays out of histories and of other pages
    return redirect("accounts:slip")


@never_cache
@sensitive_post_parameters("pin", "again")
def enrol(request: HttpRequest) -> HttpResponse:
    """Choose a PIN; the phone is then the worker's until the loan ends."""
    slip = open_slips(at=timezone.now()).filter(public_id=request.session.get(SLIP, "")).first()
    if slip is None or not slip.worker.is_open(today()) or not may_use_device(slip.worker):
        return _spent(request)
    form = NewPinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _enrolled(request, slip, form.cleaned_data["pin"])
        except actions.PinObviousError:
            form.add_error("pin", _("Others would try this one first: no dates, no repeats, nothing in a row."))
        except (actions.SlipSpentError, actions.NotForDeviceError):
            return _spent(request)
    return refusals.page(request, "accounts/slip.html", form, worker=slip.worker)


def _enrolled(request: HttpRequest, slip: Slip, pin: str) -> HttpResponse:
    worker = slip.worker
    _device, token = actions.enrol_device(by=worker.who, slip=slip, pin=pin)
    request.session.pop(SLIP, None)
    response = enter(request, worker, how="pin", next_page="/")
    keep_device(response, token, today=today(), until_on=worker.until_on)
    messages.success(request, _("This phone is enrolled. Next time it asks for your PIN alone."))
    return response


def _spent(request: HttpRequest) -> HttpResponse:
    request.session.pop(SLIP, None)
    return render(request, "accounts/slip_spent.html", status=410)


@never_cache
@sensitive_post_parameters("pin")
def pin(request: HttpRequest) -> HttpResponse:
    """The PIN of a phone that was enrolled."""
    wanted, token = next_page(request), device_token(request)
    form = PinForm(request.POST or None)
    try:
        if not token:
            raise DeviceEndedError
        entering.look_at_device(token=token)
        if request.method == "POST" and form.is_valid():
            worker = entering.by_pin(token=token, pin=form.cleaned_data["pin"], at=timezone.now())
            return enter(request, worker, how="pin", next_page=wanted)
    except DeviceEndedError:
        return _ended(request, wanted)
    except NotFittingError as error:
        said = _("This is not the PIN. Tries left: {left}. After that the phone has to be enrolled anew.")
        form.add_error("pin", said.format(left=error.left))
    by_name = address("accounts:sign-in", wanted, how="password")
    return refusals.page(request, "accounts/pin.html", form, next=wanted, by_name=by_name)


def _ended(request: HttpRequest, wanted: str) -> HttpResponse:
    if device_token(request):
        messages.warning(request, _("This phone opens the login no longer. Ask the office for a new slip."))
    response = redirect(address("accounts:sign-in", wanted, how="password"))
    forget_device(response)
    return response
