"""The header of a list: what a column's words mean, and in which row the header stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from linli.domain.identity import plain
from linli.domain.sheets.header_words import DOSE_LABELS, DOSE_WORDS, LABELS, WORDS

CONCEPTS: Final = {word: concept for concept, words in WORDS.items() for word in words.split()}
DOSE_PARTS: Final = {word: part for part, words in DOSE_WORDS.items() for word in words.split()}

NOISE = re.compile(r"[\s*_:;,.\"'#、。·\-\u2010-\u2015/\\★☆※▲]+")
BRACKETS = re.compile(r"[(\[{<【〔「][^)\]}>】〕」]*[)\]}>】〕」]")
BRACKET_SIGNS = re.compile(r"[()\[\]{}<>【】〔〕「」]")
CHINESE_NUMBERS = {"首": 1, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
ENGLISH_NUMBERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "5th": 5}
ORDINAL = re.compile(
    r"第?([一二三四五六七八九1-9])(?:剂次|针次|剂|针)|(首)(?:剂次|针次|剂|针)"
    r"|(first|second|third|fourth|1st|2nd|3rd|4th|5th)(?:dose|shot|jab)|(?:dose|shot|jab)(?:no|number)?([1-9])"
)
JOINING = re.compile(r"^(?:of|for)|(?:of|for)$")
DISEASE = re.compile(r"^(?:新冠病毒疫苗|新冠疫苗|新型冠状病毒疫苗|新冠|疫苗(?=接种)|covid(?:19)?(?:vaccine)?)")

ROWS_SEARCHED = 40


def label(field: str, language: str) -> str:
    """The words linli writes above a field's column; `language` begins with zh for Chinese, else English."""
    chinese = language.startswith("zh")
    if found := re.fullmatch(r"dose(\d)_(\w+)", field):
        words = DOSE_LABELS[found[2]]
        return f"第{'一二三四五六七八九'[int(found[1]) - 1]}针{words[0]}" if chinese else f"Dose {found[1]} {words[1]}"
    return LABELS[field][0 if chinese else 1]


def normal(text: str) -> str:
    """A header's words without what does not change their meaning: case, spaces, stars, full width."""
    return NOISE.sub("", plain(text).lower())


@lru_cache(maxsize=4096)
def concept(text: str) -> str | None:
    """What a column's header means: a concept of WORDS, a `doseN_part`, empty for a counter, None when not known."""
    whole = normal(text)
    # "姓名（必填）" means 姓名, but "Outline (WKT)" and "村（居）委会" are one term: the brackets' words count first.
    for words in (BRACKET_SIGNS.sub("", whole), BRACKETS.sub("", whole)):
        if words in CONCEPTS:
            return CONCEPTS[words]
        if dose := _dose(words):
            return dose
    return None


def find(rows: Sequence[Sequence[str]]) -> tuple[int, int, tuple[str, ...]] | None:
    """Find the header among a list's first rows: its index, how many rows it takes (1 or 2) and its words.

    Titles stand above it and hold few known words; the row with the most known words is the header.
    None when no row has two known columns (one is enough if the row holds nothing else).
    """
    best: tuple[int, int, int, tuple[str, ...]] | None = None
    for index, row in enumerate(rows[:ROWS_SEARCHED]):
        for depth, header in _readings(rows, index, row):
            known = len({found for cell in header if cell and (found := concept(cell))})
            filled = sum(1 for cell in header if cell)
            if (known >= 2 or (known == 1 and filled == 1)) and (best is None or known > best[0]):
                best = (known, index, depth, header)
    return best and best[1:]


def _readings(rows: Sequence[Sequence[str]], index: int, row: Sequence[str]) -> list[tuple[int, tuple[str, ...]]]:
    header = tuple(" ".join(cell.split()) for cell in row)
    if index + 1 == len(rows):
        return [(1, header)]
    joined = _two_rows(header, [" ".join(cell.split()) for cell in rows[index + 1]])
    return [(1, header), (2, joined)] if joined else [(1, header)]


def _two_rows(top: tuple[str, ...], below: Sequence[str]) -> tuple[str, ...] | None:
    """A header of two rows: "第一针" merged over "日期 | 疫苗 | 批号"."""
    joined, group, hits = [], "", 0
    for position in range(max(len(top), len(below))):
        upper = top[position] if position < len(top) else ""
        lower = below[position] if position < len(below) else ""
        group = upper or (group if lower else "")
        if lower and group and (found := concept(f"{group}{lower}")) and found.startswith("dose") and "_" in found:
            joined.append(f"{group} {lower}")
            hits += 1
        elif lower and upper:
            return None
        else:
            joined.append(upper or lower)
    return tuple(joined) if hits >= 2 else None


def _dose(words: str) -> str | None:
    found = ORDINAL.search(words)
    if not found:
        return None
    chinese, first, english, digit = found.groups()
    number = CHINESE_NUMBERS.get(chinese or first or "") or ENGLISH_NUMBERS.get(english or "") or int(digit or chinese)
    rest = JOINING.sub("", words[: found.start()] + words[found.end() :])
    part = "on" if rest in ("", "接种") else DOSE_PARTS.get(rest) or DOSE_PARTS.get(DISEASE.sub("", rest))
    if not part and DISEASE.fullmatch(rest):
        part = "on"
    return f"dose{number}_{part}" if part else None
