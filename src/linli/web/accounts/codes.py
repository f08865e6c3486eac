"""Putting a time code on a phone, and the recovery codes on paper."""

from __future__ import annotations

from typing import Any

import segno
from django import forms
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.records.accounts import actions
from linli.records.accounts.models import Worker
from linli.records.accounts.time_codes import address_of, new_secret, step_of
from linli.web.accounts import once

CODES = "codes"


def setting_up(request: HttpRequest, worker: Worker) -> dict[str, Any]:
    """What the page shows: the QR code, and the same to type; the secret stays the same until it is set up."""
    secret = once.look(request, _secret_of(worker))
    if not secret:
        secret = new_secret()
        once.keep(request, _secret_of(worker), secret)
    said = address_of(secret, username=worker.username, issuer="linli")
    return {"qr": qr(said), "otpauth": said, "secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))}


def set_up_with(request: HttpRequest, worker: Worker, form: forms.Form) -> list[str]:
    """Take the time code in place, where the form holds its first code; gives the recovery codes, else nothing."""
    secret = once.look(request, _secret_of(worker))
    try:
        codes = actions.set_up_code(by=worker.who, worker=worker, secret=secret, code=form.cleaned_data["code"])
    except actions.WrongCodeError:
        _wrong(form)
        return []
    once.drop(request, _secret_of(worker))
    return codes


def fits(request: HttpRequest, worker: Worker, form: forms.Form) -> bool:
    """Whether the form holds the code of now, before anything else is looked at."""
    secret = once.look(request, _secret_of(worker))
    if secret and step_of(secret, form.cleaned_data["code"], at=timezone.now()) is not None:
        return True
    _wrong(form)
    return False


def _secret_of(worker: Worker) -> str:
    """Under which a secret waits: this worker's alone, so that nobody sets up one that another has seen."""
    return f"secret {worker.public_id}"


def _wrong(form: forms.Form) -> None:
    form.add_error(
        "code", _("This is not the code of now. Wait for the next one; check that the phone's clock is right.")
    )


def qr(text: str) -> str:
    """A QR code as an image that stands in the page itself."""
    drawn: str = segno.make(text, error="m").svg_data_uri(scale=6, border=3, dark="#000", light="#fff")
    return drawn
