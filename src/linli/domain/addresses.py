"""Addresses as lists write them: compare them, and find building, stair and door inside one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container
from typing import NamedTuple

_NOISE = re.compile(r"[\s,，。.、·\-_]+")
_DOOR = re.compile(
    r"^(?:(?P<stair>[0-9a-z一二三四五六七八九十]{1,20})(?:单元|梯|号楼梯))?(?:第)?(?P<door>[0-9a-z]{1,40})?(?:室|房|户)?$"
)
_CITY = re.compile(r"^(?:中国)?(?:[^市省]{2,8}[省市])?(?:[^市区]{2,6}市)?(?:[^区]{1,6}区)?(?:.{2,10}?(?:街道|镇))?")


class Found(NamedTuple):
    """Where an address leads: the key of the known building, and what stands behind it."""

    building: str
    stair: str
    door: str


def normal(text: str) -> str:
    """An address without what does not tell places apart: spaces, width, case, dashes."""
    plain = _NOISE.sub("", unicodedata.normalize("NFKC", text)).lower()
    return unicodedata.normalize("NFKC", plain)


def find(address: str, known: Container[str]) -> Found | None:
    """The longest beginning of an address that is a known building, and the rest as a door.

    `known` holds `normal` texts.
    City, district and subdistrict in front do not matter. A rest that is no door ("附近", "对面") finds nothing.
    """
    whole = normal(address)
    for text in dict.fromkeys((whole, _CITY.sub("", whole, count=1))):
        for end in range(len(text), 1, -1):
            if text[:end] in known and (rest := _DOOR.match(text[end:])):
                return Found(text[:end], rest["stair"] or "", rest["door"] or "")
    return None
