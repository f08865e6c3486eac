"""The one door through which numba enters: plain functions over numbers and arrays, compiled when first called.

The machine code is kept beside the modules, so that only the first call of an installation waits for the compiler
(docs/decisions/0016-compiled-automaton.md). It is kept under a name made from the text of all modules of the function's
folder: numba by itself looks at one file alone and would go on using code into which an older version of another file
was built. So a compiled function calls compiled functions of its own folder only.
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
    """A function of numbers and arrays as machine code."""
    before = getattr(config, "CACHE_DIR", "")
    kept = _kept_in(Path(function.__code__.co_filename).parent)
    setattr(config, "CACHE_DIR", kept)  # noqa: B010  # numba makes its settings at run time
    try:
        return cast("Callable[_P, _T]", njit(cache=True, nogil=True, error_model="numpy")(function))
    finally:
        setattr(config, "CACHE_DIR", before)  # noqa: B010  # as above


def is_compiled(folder: Path, outermost: str) -> bool:
    """Whether the machine code of a folder's modules is kept already, so that nobody has to wait for the compiler.

    The folder alone is made when the modules are read; the code of the outermost function, "module.function", is
    written last.
    """
    return any(Path(_kept_in(folder)).rglob(f"{outermost}-*.nbc"))


@cache
def _kept_in(folder: Path) -> str:
    text = b"".join(path.read_bytes() for path in sorted(folder.glob("*.py")))
    return str(folder / "__pycache__" / f"machine-{sha256(text).hexdigest()[:16]}")
