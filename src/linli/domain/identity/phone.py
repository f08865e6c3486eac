"""Phone numbers as lists have them. Two people may share one: a family's phone is a fact, not a mistake."""

from __future__ import annotations

import re

from linli.domain.identity.characters import plain
from linli.domain.identity.refusal import IdentityError

MOBILE = re.compile(r"(?:(?:\+|00)?86|0)?(1[3-9]\d{9})")
LANDLINE = re.compile(r"(?:(?:\+|00)?86)?(0?(?:10|2\d|[3-9]\d{2}))([2-9]\d{6,7})")
LOCAL = re.compile(r"[2-9]\d{6,7}")
SERVICE = re.compile(r"[48]00\d{7}")
ABROAD = re.compile(r"(?:\+|00)([1-9]\d{6,14})")
EXTENSION = re.compile(r"(?:转|ext\.?|x|#)\s*(\d{1,6})$", re.IGNORECASE)
BETWEEN = re.compile(r"[,;/、|\n]|(?<=\d{7})\s+(?=\+?\d[\d-]{6})")
INSIDE = re.compile(r"[\s().\-\u2010-\u2015]+")


def read_phone(text: str) -> str:
    """A mobile as 11 digits, a landline as `021-62580000` or `021-62580000-12`, one from abroad as `+852...`.

    Raises IdentityError: bad_phone; several_phones with the first good one in `kept`.
    """
    text = plain(text)
    parts = [part for part in BETWEEN.split(text) if part.strip()]
    if len(parts) <= 1:
        return _one(text)
    for part in parts:
        try:
            kept = _one(part)
        except IdentityError:
            continue
        raise IdentityError("several_phones", kept=kept)
    raise IdentityError("bad_phone")


def _one(text: str) -> str:
    text, extension = text.strip(), ""
    if found := EXTENSION.search(text):
        text, extension = text[: found.start()], f"-{found[1]}"
    elif found := re.fullmatch(r"(.*\d{7,8})\s*-\s*(\d{1,5})", text):
        text, extension = found[1], f"-{found[2]}"
    digits = INSIDE.sub("", text)
    if not digits.isascii():
        raise IdentityError("bad_phone")
    if found := MOBILE.fullmatch(digits):
        return found[1]
    if SERVICE.fullmatch(digits) or LOCAL.fullmatch(digits):
        return digits + extension
    if digits[:1] in ("0", "+", "8") and (found := LANDLINE.fullmatch(digits)):
        return f"0{found[1].lstrip('0')}-{found[2]}{extension}"
    if found := ABROAD.fullmatch(digits):
        return f"+{found[1]}"
    raise IdentityError("bad_phone")
