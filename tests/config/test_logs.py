"""Nothing personal is logged, whatever an exception holds."""

from __future__ import annotations

import logging

import pytest
from django.conf import settings

from linli.config.logs import Discreet


def test_an_exception_is_logged_by_place_and_type_alone() -> None:
    try:
        try:
            raise KeyError("310100195003129001")
        except KeyError as inner:
            raise ValueError("王秀英") from inner
    except ValueError as error:
        record = logging.LogRecord(
            "x", logging.ERROR, __file__, 1, "failed", None, (type(error), error, error.__traceback__)
        )
    said = Discreet("%(message)s").format(record)
    assert "王秀英" not in said
    assert "310100195003129001" not in said
    assert said.startswith("failed\n")
    assert "builtins.KeyError" in said
    assert said.endswith("builtins.ValueError")
    assert "test_logs.py" in said


@pytest.mark.parametrize("name", ["django", "django.server"])
def test_djangos_own_loggers_go_through_it(name: str) -> None:
    assert settings.LOGGING["loggers"][name] == {"handlers": [], "propagate": True}
    assert settings.LOGGING["handlers"]["console"]["formatter"] == "discreet"


def test_each_line_says_when_in_one_time_zone() -> None:
    record = logging.LogRecord("x", logging.ERROR, __file__, 1, "failed", None, None)
    record.created = 0.0
    said = Discreet(settings.LOGGING["formatters"]["discreet"]["format"]).format(record)
    assert said == "1970-01-01T00:00:00Z ERROR x failed"
