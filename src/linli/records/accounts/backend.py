"""How a worker is known at sign-in, and again with every request."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest

from linli.records.accounts.day import today
from linli.records.accounts.models import Worker


class SignIn(BaseBackend):
    """Name and password: the first step. `entering` counts the tries and asks for the second factor."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **_: Any
    ) -> Worker | None:
        """The worker, where name and password fit and the login is open."""
        worker: Worker | None = Worker.objects.filter(username=(username or "").strip().lower()).first()
        if worker is None:
            make_password(password)  # spend the same time, so that a stranger cannot learn which names exist
            return None
        # The password is always looked at, so that a closed login takes as long as an open one.
        fits = bool(password) and worker.check_password(password)
        return worker if fits and worker.is_open(today()) else None

    def get_user(self, user_id: int) -> Worker | None:
        """The worker of a session, while the login is open: a loan ends in the middle of one."""
        found: Worker | None = Worker.objects.filter(pk=user_id, is_active=True).first()
        return found if found is not None and found.is_open(today()) else None
