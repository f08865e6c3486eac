"""Comparing two written names of people: equal, variant or like-sounding characters, pinyin, one character off."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import Final

from rapidfuzz.distance import OSA

from linli.domain.identity.name import HAN
from linli.domain.identity.sounds import letters, readings, rough, syllables
from linli.domain.identity.variants import one_form

SAME: Final = "same_name"
VARIANT: Final = "variant_characters"
SAME_SOUND: Final = "same_pinyin"
NEAR_SOUND: Final = "near_pinyin"
LATIN: Final = "latin_name"
NEAR_LATIN: Final = "latin_name_near"
ONE_CHARACTER: Final = "name_one_character"
OTHER_SURNAME: Final = "surname_one_character"
DIFFERENT: Final = "different_name"

REMARK: Final = re.compile(r"[(\uff08\[\u3010][^)\uff09\]\u3011]*[)\uff09\]\u3011]")
GAPS: Final = re.compile(r"[\s\u00b7.,'\-]+")
HAN_INSIDE: Final = re.compile(HAN)
SHORT_LATIN, LONG_LATIN = 6, 12  # letters from which one, from which two may be wrong


@dataclass(frozen=True, slots=True)
class Name:
    """A written name with what it is compared by.

    `form` is free of gaps, case and variant characters, `sound` its pinyin in one word, `rough` the sound as careless
    ears hear it, `turned` the sound with the last word first: a Latin name may end with the surname.
    """

    written: str
    form: str
    sound: str
    rough: str
    turned: str
    is_latin: bool

    def patterns(self) -> list[str]:
        """The form with one character open, for every character: names one character apart share one."""
        if self.is_latin:
            return []
        return [f"{self.form[:place]}?{self.form[place + 1 :]}" for place in range(len(self.form))]


@functools.lru_cache(maxsize=200_000)
def name_of(text: str) -> Name:
    """A name as it is compared, without what stands in brackets beside it: `王芳（小）`, `李娜(2号楼)`."""
    text = REMARK.sub("", text) or text
    written = GAPS.sub("", text).casefold()
    if HAN_INSIDE.search(text):
        form = one_form(written)
        heard = syllables(form)
        sound = "".join(heard)
        return Name(written, form, sound, "".join(map(rough, heard)), sound, is_latin=False)
    words = [word for word in map(letters, text.replace(",", " ").split()) if word]
    sound = "".join(words) or written
    turned = "".join(words[-1:] + words[:-1]) or written
    return Name(written, sound, sound, sound, turned, is_latin=True)


def compare(one: Name, other: Name) -> str:
    """How like two names are: the level that speaks most for one person."""
    if one.form == other.form:
        return SAME if one.written == other.written else VARIANT
    if one.is_latin != other.is_latin:
        return _across(one, other) if one.is_latin else _across(other, one)
    if one.is_latin:
        return _latin(one, other)
    if one.sound == other.sound:
        return SAME_SOUND
    if one.rough == other.rough:
        return NEAR_SOUND
    return _characters(one.form, other.form)


def _characters(one: str, other: str) -> str:
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) < 2 or len(longer) - len(shorter) > 1:
        # A long name of a minority is often cut off.
        return ONE_CHARACTER if len(shorter) > 2 and longer.startswith(shorter) else DIFFERENT
    if OSA.distance(one, other, score_cutoff=1) > 1:
        return DIFFERENT
    return ONE_CHARACTER if one[0] == other[0] else OTHER_SURNAME


def _latin(one: Name, other: Name) -> str:
    if one.sound in (other.sound, other.turned) or one.turned == other.sound:
        return SAME
    size = min(len(one.sound), len(other.sound))
    most = (size >= SHORT_LATIN) + (size >= LONG_LATIN)
    distances = [OSA.distance(left, right) for left in (one.sound, one.turned) for right in (other.sound, other.turned)]
    return ONE_CHARACTER if min(distances) <= most else DIFFERENT


def _across(latin: Name, han: Name) -> str:
    """A name in Latin letters beside one in characters: pinyin in either order, any reading of a character."""
    spelled = (latin.sound, latin.turned)
    if han.sound in spelled or any(_spells(text, han.form) for text in spelled):
        return LATIN
    near = (OSA.distance(text, han.sound, score_cutoff=1) for text in spelled)
    if len(han.sound) > SHORT_LATIN and min(near) <= 1:
        return NEAR_LATIN
    return NEAR_LATIN if any(text and _spells(text, han.form, careless=True) for text in spelled) else DIFFERENT


def _spells(text: str, form: str, *, careless: bool = False) -> bool:
    """Whether letters are a reading of these characters, one syllable after the other."""
    if not form or not text:
        return not form and not text
    for sound in readings(form[0]):
        if text.startswith(sound) and _spells(text[len(sound) :], form[1:], careless=careless):
            return True
        if careless and any(
            rough(text[:size]) == rough(sound) and _spells(text[size:], form[1:], careless=True)
            for size in range(len(sound) - 1, len(sound) + 2)
            if 0 < size <= len(text)
        ):
            return True
    return False
