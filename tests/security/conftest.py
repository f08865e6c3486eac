"""The ground on which attackers are tried."""

from __future__ import annotations

import pytest
from pytest_django import Settings
from two_committees import DAY, Ground, build


@pytest.fixture(autouse=True)
def _the_day(settings: Settings) -> None:
    settings.TODAY = DAY.isoformat()


@pytest.fixture
def ground(db: None) -> Ground:
    """Two committees, their people and their workers."""
    return build()
