"""Two cookies that browsers keep for signing in: a volunteer's phone, and a browser that was used before.

Both are sent to the sign-in pages alone and no script can read them.
"""

from __future__ import annotations

import secrets
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

PREFIX = "__Secure-" if settings.HTTPS else ""
DEVICE, KNOWN = f"{PREFIX}linli-phone", f"{PREFIX}linli-known"
PATH = "/sign-in/"
SALT = "linli.web.accounts.known"
KNOWN_FOR = timedelta(days=180)
NAMES_AT_MOST = 12  # several people share an office computer


def device_token(request: HttpRequest) -> str:
    """What this phone keeps since it was enrolled; nothing in every other browser."""
    return request.COOKIES.get(DEVICE, "")


def keep_device(response: HttpResponse, token: str, *, today: date, until_on: date | None) -> None:
    """Let a phone keep its token until the loan ends."""
    days = (until_on - today).days + 1 if until_on else 1
    _set(response, DEVICE, token, timedelta(days=max(days, 1)))


def forget_device(response: HttpResponse) -> None:
    """Let a phone forget a token that opens nothing any more."""
    response.delete_cookie(DEVICE, path=PATH, samesite="Lax")


def mark_of(request: HttpRequest, username: str) -> str:
    """The mark of this browser, where somebody has signed in here under this name before; else nothing.

    A try in such a browser is counted by itself: a stranger who floods the page locks no one out of it.
    """
    known = _known(request)
    return str(known["mark"]) if known and _named(username) in known["names"] else ""


def remember_browser(request: HttpRequest, response: HttpResponse, username: str) -> None:
    """From now on this browser is known under this name."""
    known = _known(request) or {"mark": secrets.token_urlsafe(12), "names": []}
    names = [_named(username), *(name for name in known["names"] if name != _named(username))]
    value = signing.dumps({"mark": known["mark"], "names": names[:NAMES_AT_MOST]}, salt=SALT)
    _set(response, KNOWN, value, KNOWN_FOR)


def _known(request: HttpRequest) -> dict[str, Any] | None:
    try:
        found: dict[str, Any] = signing.loads(request.COOKIES.get(KNOWN, ""), salt=SALT, max_age=KNOWN_FOR)
    except signing.BadSignature:
        return None
    return found


def _named(username: str) -> str:
    """A name as the cookie says it, which tells no one who it is."""
    return salted_hmac(SALT, username.strip().lower(), algorithm="sha256").hexdigest()[:16]


def _set(response: HttpResponse, name: str, value: str, how_long: timedelta) -> None:
    response.set_cookie(name, value, max_age=how_long, path=PATH, secure=settings.HTTPS, httponly=True, samesite="Lax")
