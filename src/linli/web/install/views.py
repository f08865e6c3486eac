"""The root certificate of the local authority (`linli serve --local-authority`), for phones to install."""

from __future__ import annotations

import ipaddress
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


@never_cache
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """What to install and how; where this server has no authority of its own, that there is nothing to do."""
    root = _root()
    if root is None:
        return render(request, "install/nothing.html")
    address = f"https://{_host_for_phones(request)}{reverse('install:page')}"
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


def _host_for_phones(request: HttpRequest) -> str:
    """The host by which others reach this server: the one asked, or, asked on the computer itself, its first name."""
    asked = request.get_host()
    if not _is_loopback(_without_port(asked)):
        return asked
    port = asked.removeprefix(_without_port(asked))
    others = [host for host in settings.ALLOWED_HOSTS if not _is_loopback(host) and host[0] not in "*."]
    return f"{others[0]}{port}" if others else asked


def _without_port(host: str) -> str:
    return host.rpartition("]")[0] + "]" if host.startswith("[") else host.partition(":")[0]


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _pairs(digest: bytes) -> str:
    return digest.hex(" ").upper()
