"""People's names: spaces for alignment go, the middle dot of minority names stays."""

from __future__ import annotations

import re

from linli.domain.identity.characters import plain
from linli.domain.identity.refusal import IdentityError

HAN = r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af\u3007]"
SPACE_IN_HAN = re.compile(rf"(?<={HAN})\s+(?={HAN})")
DOTS = re.compile(r"\s*[\u00b7\u2022\u2027\u2219\u22c5\u30fb\u0387\u16eb\u2e31]\s*")
DOT_IN_HAN = re.compile(rf"(?<={HAN})[.](?={HAN})")
ODD = re.compile(r"[\d@#$%^&+=<>{}\[\]|\\/?!~:;\"_]")
LONGEST = 60


def read_name(text: str) -> str:
    """A name fit to print. Raises IdentityError: not_a_name (nothing that could be one)."""
    name = SPACE_IN_HAN.sub("", " ".join(plain(text).split()))
    if not name.isascii():
        name = DOT_IN_HAN.sub("\u00b7", DOTS.sub("\u00b7", name))
    if not any(character.isalpha() for character in name) or "\ufffd" in name or len(name) > LONGEST:
        raise IdentityError("not_a_name")
    return name


def doubt_about(name: str) -> str:
    """What is strange about a name that `read_name` took: masked_name, odd_name, or empty."""
    if "*" in name:
        return "masked_name"
    return "odd_name" if len(name) < 2 or ODD.search(name) else ""
