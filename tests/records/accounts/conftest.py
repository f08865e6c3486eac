"""The small tree of areas that logins have roles in."""

from __future__ import annotations

import pytest

from linli.records.places.models import Area
from logins import draw_tree


@pytest.fixture
def tree(db: None) -> dict[str, Area]:
    """The areas, by code."""
    return draw_tree()
