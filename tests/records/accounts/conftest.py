"""The small tree of areas that logins have roles in."""

from __future__ import annotations

from typing import Any

import pytest

from linli.records.places.models import Area
from logins import QUICK, draw_tree


@pytest.fixture
def tree(db: None) -> dict[str, Area]:
    """The areas, by code."""
    return draw_tree()


@pytest.fixture(autouse=True)
def quick(settings: Any) -> None:
    """Hundreds of passwords are tried here; a test that is about hashing asks for the real one."""
    settings.PASSWORD_HASHERS = [QUICK]
