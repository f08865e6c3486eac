"""China's resident id number: 18 digits, or 15 in old lists, with birth date and sex inside.

Source: GB 11643-1999, via python-stdnum's `cn.ric`. Its table of places is not used: real lists hold codes of counties
long dissolved, and a number is not wrong because a table is short.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from stdnum.cn import ric

from linli.domain.identity.characters import plain
from linli.domain.identity.refusal import IdentityError

SEPARATORS = re.compile(r"[\s\-_.]+")
SCIENTIFIC = re.compile(r"\d(\.\d+)?E\+?\d{1,2}", re.IGNORECASE)
DECIMAL = re.compile(r"(\d+)\.0+")
EXCEL_DIGITS = 15


@dataclass(frozen=True, slots=True)
class ResidentId:
    """A checked resident id: always 18 characters, `sex` is M or F."""

    number: str
    birth_date: date
    sex: str


def check_digit(first17: str) -> str:
    """The eighteenth character that belongs to the first seventeen digits."""
    return ric.calc_check_digit(first17 + "0")


def expand(number15: str) -> str:
    """The 18-digit form of a 15-digit number.

    The century is always 19: fifteen-digit numbers ended in 1999. The order codes 996 to 999, once kept for people born
    in the 1800s, are read the same way, as nobody of that age is left.
    """
    first17 = f"{number15[:6]}19{number15[6:]}"
    return first17 + check_digit(first17)


def read_resident_id(text: str) -> ResidentId:
    """Read a resident id as lists have it: 15 or 18 digits, spaces, full-width digits, a small x.

    Raises IdentityError: excel_lost_digits, id_masked, id_length, id_format, id_birth_date, check_digit.
    """
    number = undamaged(text)
    if len(number) == 18 and number[:17].isdigit() and number.isascii():
        found, expected = number[17], check_digit(number[:17])
        if found != expected:
            # Excel keeps 15 digits and shows zeros for the rest.
            if number.endswith("000"):
                raise IdentityError("excel_lost_digits")
            if not found.isdigit() and found != "X":
                raise IdentityError("id_format")
            _birth_date(number)
            raise IdentityError("check_digit", expected=expected, found=found)
    elif len(number) == 15 and number.isdigit() and number.isascii():
        number = expand(number)
    elif "*" in number:
        raise IdentityError("id_masked")
    elif number.rstrip("X").isdigit():
        raise IdentityError("id_length", digits=len(number))
    else:
        raise IdentityError("id_format")
    return ResidentId(number, _birth_date(number), "M" if int(number[16]) % 2 else "F")


def undamaged(text: str) -> str:
    """A document number without spaces, dashes and small letters; refused where a spreadsheet rounded it.

    Raises IdentityError: excel_lost_digits.
    """
    number = plain(text).upper()
    if SCIENTIFIC.fullmatch(number):
        raise IdentityError("excel_lost_digits")
    if decimal := DECIMAL.fullmatch(number):
        if len(decimal[1]) > EXCEL_DIGITS:
            raise IdentityError("excel_lost_digits")
        number = decimal[1]
    return number if number.isalnum() else SEPARATORS.sub("", number)


def _birth_date(number: str) -> date:
    digits = number[6:14]
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        raise IdentityError("id_birth_date", digits=digits) from None
