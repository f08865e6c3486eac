"""Names, phones and document numbers as somebody without the right to them may see them."""

from __future__ import annotations

import re

from linli.domain.identity.name import HAN
from linli.domain.identity.surnames import surname_of

STAR = "*"
FIRST_OF_PHONE, LAST = 3, 4
DOT = "\u00b7"
WORD = re.compile(r"[^\W\d_]+")
HAN_ONLY = re.compile(rf"{HAN}+")


def mask_name(name: str) -> str:
    """Only the surname: `王**`, `欧阳*`.

    Of a name with a dot the first character of each part is kept, of a Latin one the initials.
    """
    if HAN_ONLY.fullmatch(name):
        kept = surname_of(name)
        return kept + STAR * (len(name) - len(kept))
    if DOT in name:
        return DOT.join(part[:1] + STAR * (len(part) - 1) for part in name.split(DOT))
    if re.search(HAN, name):
        return name[:1] + STAR * (len(name) - 1)
    return " ".join(f"{word[0].upper()}." for word in WORD.findall(name))


def mask_phone(phone: str) -> str:
    """The first three and the last four: `138****0000`. Where that hides fewer than four, only the end is shown."""
    hidden = len(phone) - FIRST_OF_PHONE - LAST
    if hidden < LAST:
        return mask_number(phone)
    return phone[:FIRST_OF_PHONE] + STAR * hidden + phone[-LAST:]


def mask_number(number: str) -> str:
    """Only the last four characters, and never more than half of a short number."""
    shown = min(LAST, len(number) // 2)
    return STAR * (len(number) - shown) + number[len(number) - shown :]
