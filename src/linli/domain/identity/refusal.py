"""Why a number, name or phone cannot be taken."""

from __future__ import annotations

from typing import Final

IDENTITY_REFUSALS: Final[dict[str, tuple[str, ...]]] = {
    "excel_lost_digits": (),
    "id_length": ("digits",),
    "id_format": (),
    "id_masked": (),
    "id_birth_date": ("digits",),
    "check_digit": ("expected", "found"),
    "document_format": ("kind",),
    "document_kind_needed": (),
    "uscc_format": (),
    "uscc_check_digit": (),
    "not_a_name": (),
    "odd_name": (),
    "masked_name": (),
    "bad_phone": (),
    "several_phones": ("kept",),
}


class IdentityError(ValueError):
    """A value that cannot be taken, with a code of `IDENTITY_REFUSALS` and its parameters."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.params = params
