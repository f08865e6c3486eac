"""How a worker is known at sign-in."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest

from linli.records.accounts.models import Worker


class SignIn(BaseBackend):
    """Name and password; a seam for the second factor."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **_: Any
    ) -> Worker | None:
        """The worker, where name and password fit and the account is active."""
        worker: Worker | None = Worker.objects.filter(username=(username or "").strip().lower()).first()
        if worker is None:
            make_password(password)  # spend the same time, so that a stranger cannot learn which names exist
            return None
        if worker.is_active and password and worker.check_password(password):
            return worker
        return None

    def get_user(self, user_id: int) -> Worker | None:
        """The worker of a session, while active."""
        found: Worker | None = Worker.objects.filter(pk=user_id, is_active=True).first()
        return found
