"""The root certificate of the local authority (`linli serve --local-authority`), for phones to install."""

from __future__ import annotations

from pathlib import Path

import segno
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from linli.web.phones import host_for_phones


@never_cache
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """What to install and how; where this server has no authority of its own, that there is nothing to do."""
    root = _root()
    if root is None:
        return render(request, "install/nothing.html")
    address = f"https://{host_for_phones(request)}{reverse('install:page')}"
    context = {
        "address": address,
        "qr": segno.make(address, error="m").svg_data_uri(scale=6, border=3, dark="#000", light="#fff"),
        "fingerprint": _pairs(root.fingerprint(hashes.SHA256())),
        "until": root.not_valid_after_utc.date(),
    }
    return render(request, "install/page.html", context)


@never_cache
@require_safe
def root(request: HttpRequest) -> HttpResponse:
    """The root certificate itself, in the form and with the type by which phones know what it is."""
    found = _root()
    if found is None:
        raise Http404
    # No Content-Disposition: an iPhone would put the file away where it should offer to install it.
    return HttpResponse(found.public_bytes(Encoding.DER), content_type="application/x-x509-ca-cert")


def _root() -> x509.Certificate | None:
    file: Path = settings.HOME / "tls/root.crt"
    try:
        return x509.load_pem_x509_certificate(file.read_bytes())
    except (OSError, ValueError):
        return None


def _pairs(digest: bytes) -> str:
    return digest.hex(" ").upper()
