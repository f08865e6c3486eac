"""The invented street, and browsers in which its workers are signed in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import Settings
from street import TODAY, Street, build
from writing_desk import Desk

from linli.records.accounts.models import Worker


@pytest.fixture(autouse=True)
def _the_day(settings: Settings) -> None:
    settings.TODAY = TODAY.isoformat()


@pytest.fixture
def street(db: None) -> Street:
    """Everybody of the street, judged."""
    return build()


@pytest.fixture
def signed_in(street: Street) -> Callable[..., Client]:
    """A browser in which a worker is signed in, in English unless told otherwise."""

    def browser(username: str, language: str = "en") -> Client:
        client = Client()
        client.force_login(Worker.objects.get(username=username))
        client.cookies["django_language"] = language
        return client

    return browser


@pytest.fixture
def desk(street: Street, signed_in: Callable[..., Client]) -> Callable[..., Desk]:
    """The desk of a worker of the street."""

    def at(username: str = "office", language: str = "en") -> Desk:
        return Desk(signed_in(username, language), street)

    return at
