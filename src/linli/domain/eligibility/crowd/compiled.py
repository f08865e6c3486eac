"""The one door through which numba enters: plain functions over numbers and arrays, compiled when first called.

The machine code is kept beside the module, so that only the first call of an installation waits for the compiler
(docs/decisions/0016-compiled-automaton.md).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar, cast

from numba import njit

_P = ParamSpec("_P")
_T = TypeVar("_T")


def compiled(function: Callable[_P, _T]) -> Callable[_P, _T]:
    """A function of numbers and arrays as machine code."""
    return cast("Callable[_P, _T]", njit(cache=True, nogil=True, error_model="numpy")(function))
