"""Numbers out of words, and what is wrong where they are none."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from linli.domain.placement.layout import Numbers


class BadFileError(ValueError):
    """A file that is not what it should be: `code` says how and `values` where."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(f"{code} {values}")
        self.code, self.values = code, values


def numbers_of(words: Sequence[bytes]) -> Numbers:
    """Finite numbers. Raises BadFileError."""
    try:
        values = np.array(words, dtype="S").astype(np.float64) if words else np.zeros(0)
    except ValueError:
        values = np.array([_number(word) for word in words])
    if not np.isfinite(values).all():
        raise BadFileError("number", word=_shown(words[int((~np.isfinite(values)).argmax())]))
    return values


def _number(word: bytes) -> float:
    try:
        return float(word)
    except ValueError:
        raise BadFileError("number", word=_shown(word)) from None


def _shown(word: bytes) -> str:
    return word[:20].decode("ascii", "replace")
