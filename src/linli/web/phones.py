"""The address by which phones reach this server."""

from __future__ import annotations

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def host_for_phones(request: HttpRequest) -> str:
    """The host by which others reach this server: the one asked, or, asked on the computer itself, its first name."""
    asked = request.get_host()
    if not is_loopback(_without_port(asked)):
        return asked
    port = asked.removeprefix(_without_port(asked))
    others = [host for host in settings.ALLOWED_HOSTS if not is_loopback(host) and host[0] not in "*."]
    return f"{others[0]}{port}" if others else asked


def _without_port(host: str) -> str:
    return host.rpartition("]")[0] + "]" if host.startswith("[") else host.partition(":")[0]


def is_loopback(host: str) -> bool:
    """Whether a name or address means the computer itself."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
