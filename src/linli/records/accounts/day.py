"""The day by which loans and roles end: the clock's, or the fixed one of a demo or rehearsal."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.utils import timezone


def today() -> date:
    """Today, as every login is judged by it."""
    return date.fromisoformat(settings.TODAY) if settings.TODAY else timezone.localdate()
