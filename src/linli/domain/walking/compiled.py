"""Where numba enters walking: functions of arrays as machine code, compiled when first called.

The machine code is kept in `__pycache__`, as for the crowd of eligibility (docs/decisions/0016-compiled-automaton.md).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import ParamSpec, TypeVar, cast

from numba import config, njit

_P = ParamSpec("_P")
_T = TypeVar("_T")


def compiled(function: Callable[_P, _T]) -> Callable[_P, _T]:
    """A function of numbers and arrays as machine code; it lets other threads run meanwhile."""
    before = getattr(config, "CACHE_DIR", "")
    setattr(config, "CACHE_DIR", _kept_in())  # noqa: B010  # numba makes its settings at run time
    try:
        return cast("Callable[_P, _T]", njit(cache=True, nogil=True, error_model="numpy")(function))
    finally:
        setattr(config, "CACHE_DIR", before)  # noqa: B010  # as above


@cache
def _kept_in() -> str:
    folder = Path(__file__).parent
    text = b"".join(path.read_bytes() for path in sorted(folder.glob("*.py")))
    return str(folder / "__pycache__" / f"machine-{sha256(text).hexdigest()[:16]}")
