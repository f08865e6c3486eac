"""How Chinese names sound: pinyin without tones, by pypinyin; surnames by a table of their own."""

from __future__ import annotations

import functools
import re
import unicodedata

from linli.domain.identity.surnames import READINGS, surname_of

# Sounds that ears and input methods in the Yangtze delta mix up: retroflex and flat, front and back nasal, n and l.
_ROUGH = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ang", "an"), ("eng", "en"), ("ing", "in"))
NOT_A_LETTER = re.compile(r"[^a-z]+")


def syllables(name: str) -> tuple[str, ...]:
    """The syllables of a name in simplified characters, a surname in its own reading; a Latin letter stays itself."""
    surname = surname_of(name)
    own = READINGS.get(surname) or tuple(reading(character) for character in surname)
    return (*own, *(reading(character) for character in name[len(surname) :]))


def reading(character: str) -> str:
    """The most usual reading of a character: `xiu`, `lv`."""
    return readings(character)[0]


@functools.cache
def readings(character: str) -> tuple[str, ...]:
    """Every reading of a character, the most usual first; of another letter its plain form."""
    from pypinyin import Style, pinyin  # its tables take a third of a second: only when a name is compared

    found = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore")
    return tuple(dict.fromkeys(found[0])) if found else (letters(character) or character.casefold(),)


def letters(text: str) -> str:
    """The Latin letters of a text, small, without accents; ü as v, as keyboards and passports (LYU) write it."""
    plain = unicodedata.normalize("NFD", text.casefold()).replace("u\u0308", "v")
    return NOT_A_LETTER.sub("", plain).replace("lyu", "lv").replace("nyu", "nv")


@functools.cache
def rough(syllable: str) -> str:
    """A syllable as it is heard carelessly: `zhang` and `zan`, `lin` and `ling` are one."""
    for exact, alike in _ROUGH:
        if syllable.startswith(exact):
            syllable = alike + syllable[len(exact) :]
        elif syllable.endswith(exact):
            syllable = syllable[: -len(exact)] + alike
    return "l" + syllable[1:] if syllable.startswith("n") else syllable
