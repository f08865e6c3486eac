"""Two committees with a drive each, invented people in and between them, and lists that name them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from drives_over import BY, Ground, build


@pytest.fixture
def ground(db: None) -> Ground:
    """Everything, with both drives open."""
    return build()


@pytest.fixture
def close(ground: Ground) -> Callable[..., None]:
    """Close drives by the code of their area: `close(N=date(2021, 9, 30))`."""
    from linli.records.programme.actions import close_drive
    from linli.records.programme.models import Drive

    def closed(**ends: date) -> None:
        for code, day in ends.items():
            close_drive(by=BY, drive=Drive.objects.get(area__code=code), ends_on=day)

    return closed
