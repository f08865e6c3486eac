"""From bytes to lines of text, whatever an office's programs wrote, even two encodings in one file."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from linli.domain.sheets.problem import SheetError

CJK = re.compile("[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")
ACCENT = re.compile("[A-Za-z][^\x00-\x7f]|[^\x00-\x7f][A-Za-z]")
UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
LOOKED_AT = 4096


@dataclass(frozen=True, slots=True)
class Text:
    """Decoded lines without their ends; `undecodable` holds the numbers (from 1) of lines in no known encoding."""

    lines: list[str]
    encoding: str
    undecodable: frozenset[int] = frozenset()


def decode(data: bytes) -> Text:
    """Decode a text file: UTF-8 with or without a mark, GB18030, UTF-16 with a mark (Excel's "Unicode text").

    A line is tried as UTF-8 and then as GB18030, as offices glue exports of two systems together.
    Raises SheetError: not_a_sheet for binary data.
    """
    if data.startswith(UTF16_MARKS):
        return Text(_split(data.decode("utf-16", errors="replace")), "utf-16")
    is_marked, data = data.startswith(codecs.BOM_UTF8), data.removeprefix(codecs.BOM_UTF8)
    if BINARY.search(data[:LOOKED_AT]):
        raise SheetError("not_a_sheet")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _line_by_line(data)
    # One lonely Chinese character of a GB18030 file can be valid UTF-8 by accident; accents stand beside letters.
    if not is_marked and not text.isascii() and not CJK.search(text) and not ACCENT.search(text):
        chinese = _try(data, "gb18030")
        if chinese is not None and CJK.search(chinese):
            return Text(_split(chinese), "gb18030")
    return Text(_split(text), "utf-8")


def _split(text: str) -> list[str]:
    text = text.replace("\0", "")  # PostgreSQL cannot keep one
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.removesuffix("\n").split("\n")


def _line_by_line(data: bytes) -> Text:
    # Neither encoding uses the bytes of CR and LF inside a character, so lines are safe to cut before decoding.
    lines: list[str] = []
    used: set[str] = set()
    undecodable: set[int] = set()
    data = data.replace(b"\0", b"").replace(b"\r\n", b"\n").replace(b"\r", b"\n").removesuffix(b"\n")
    for number, raw in enumerate(data.split(b"\n"), 1):
        if raw.isascii():
            lines.append(raw.decode("ascii"))
            continue
        text, encoding = _one(raw)
        lines.append(text)
        if encoding:
            used.add(encoding)
        else:
            undecodable.add(number)
    return Text(lines, "+".join(sorted(used, reverse=True)) or "utf-8", frozenset(undecodable))


def _one(raw: bytes) -> tuple[str, str]:
    """A line and its encoding, empty when it has none."""
    utf8, gb18030 = _try(raw, "utf-8"), _try(raw, "gb18030")
    # Short GB18030 lines can be valid UTF-8 by accident; they then read as Greek, Cyrillic or Arabic, never as Chinese.
    if utf8 is not None and (gb18030 is None or CJK.search(utf8) or not CJK.search(gb18030)):
        return utf8, "utf-8"
    if gb18030 is not None:
        return gb18030, "gb18030"
    return raw.decode("utf-8", errors="replace"), ""


def _try(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return None
