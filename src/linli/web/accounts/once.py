"""What is shown once: recovery codes, a temporary password, a slip, a secret on its way into a phone.

Kept sealed in the session for a few minutes, so that changing the language or loading the page anew loses nothing.
"""

from __future__ import annotations

import time

from django.http import HttpRequest

from linli.records.keys.sealing import seal, unseal

KEY = "shown_once"
LAPSES_S = 1200  # as long as it takes to put an authenticator app on a phone


def keep(request: HttpRequest, name: str, text: str) -> None:
    """Keep a text for the next page."""
    request.session[KEY] = {**request.session.get(KEY, {}), name: [time.time(), seal(text)]}


def look(request: HttpRequest, name: str) -> str:
    """The text, while it is kept; else nothing."""
    at, sealed = request.session.get(KEY, {}).get(name, (0.0, ""))
    return unseal(sealed) if time.time() - at <= LAPSES_S else ""


def drop(request: HttpRequest, name: str) -> None:
    """It has been seen."""
    kept = dict(request.session.get(KEY, {}))
    kept.pop(name, None)
    request.session[KEY] = kept
