"""Logs without anything personal."""

from __future__ import annotations

import logging
import time
import traceback
from types import TracebackType


class Discreet(logging.Formatter):
    """A formatter that says when and where something failed and of which kind, never with what values.

    The text of an exception may hold a name or a number: a database says which row broke a constraint.
    """

    converter = staticmethod(time.gmtime)
    default_time_format = "%Y-%m-%dT%H:%M:%SZ"
    default_msec_format = None

    def formatException(  # noqa: N802  # the name that logging calls
        self, ei: tuple[type[BaseException] | None, BaseException | None, TracebackType | None]
    ) -> str:
        """The frames of an exception and the type of each in its chain, without their texts."""
        lines: list[str] = []
        error = ei[1]
        while error is not None:
            frames = traceback.extract_tb(error.__traceback__)
            lines[:0] = [
                *(f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in frames),
                f"{type(error).__module__}.{type(error).__qualname__}",
            ]
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\n".join(lines)
