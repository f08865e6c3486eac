"""Browsers, logins and a clock for the pages of accounts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from linli.records.accounts.models import Worker
from linli.records.places.models import Area
from logins import QUICK, draw_tree, enrolled

NewClient = Callable[[], Client]


@pytest.fixture
def tree(db: None) -> dict[str, Area]:
    """The areas, by code."""
    return draw_tree()


@pytest.fixture
def new_client() -> NewClient:
    """Another browser."""
    return lambda: Client(headers={"host": "localhost", "accept-language": "en"})


@pytest.fixture
def client(new_client: NewClient) -> Client:
    """A browser that speaks English."""
    return new_client()


@pytest.fixture
def office(tree: dict[str, Area]) -> Worker:
    """The office over the whole tree."""
    return enrolled("office")


@pytest.fixture
def leader(tree: dict[str, Area]) -> Worker:
    """Somebody who sees figures alone."""
    return enrolled("leader", "S", "leader")


@pytest.fixture(autouse=True)
def quick(settings: Any) -> None:
    """Hundreds of passwords are tried here; a test that is about hashing asks for the real one."""
    settings.PASSWORD_HASHERS = [QUICK]
