"""The characters people type: full width, no-break, invisible, with a leading apostrophe."""

from __future__ import annotations

import re
import unicodedata

INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad]")
TEXT_CONSTANT = re.compile(r'="([0-9A-Za-z\-/: .]*)"')


def plain(text: str) -> str:
    """The same words in ordinary characters: full-width digits and letters narrowed, edges trimmed.

    An apostrophe in front (Excel's mark for text) and the wrapping `="..."` that some systems put round
    digits to keep Excel from rounding them are taken off; both mean "this is text" and compute nothing.
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKC", INVISIBLE.sub("", text))
    text = text.strip()
    if text[:1] in {"'", "\u2018", "\u2019", "`"}:
        text = text[1:].strip()
    if text[:1] == "=" and (constant := TEXT_CONSTANT.fullmatch(text)):
        text = constant[1].strip()
    return text
