"""Why a file of streets is refused: a code with values; the doors own the words."""

from __future__ import annotations


class StreetsError(ValueError):
    """A file of streets that cannot be used. `code` says why, `values` where and what."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(" ".join([code, *(f"{name}={value}" for name, value in values.items())]))
        self.code, self.values = code, values
