"""The unified social credit code (统一社会信用代码) of an employer."""

from __future__ import annotations

from stdnum.cn import uscc
from stdnum.exceptions import InvalidChecksum, ValidationError

from linli.domain.identity.characters import plain
from linli.domain.identity.refusal import IdentityError


def read_uscc(text: str) -> str:
    """The 18 characters of a credit code. Raises IdentityError: uscc_format, uscc_check_digit."""
    try:
        return uscc.validate(plain(text).upper())
    except InvalidChecksum:
        raise IdentityError("uscc_check_digit") from None
    except ValidationError:
        raise IdentityError("uscc_format") from None
