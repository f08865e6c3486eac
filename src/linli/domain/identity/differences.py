"""Where two values differ, so that eyes need not compare digits."""

from __future__ import annotations

from rapidfuzz.distance import Levenshtein

Parts = list[tuple[str, bool]]


def differences(one: str, other: str) -> tuple[Parts, Parts]:
    """Both texts cut into parts, each with whether the other text differs there; joined, the parts give the text."""
    left: Parts = []
    right: Parts = []
    for step in Levenshtein.opcodes(one, other):
        differs = step.tag != "equal"
        if step.src_end > step.src_start:
            left.append((one[step.src_start : step.src_end], differs))
        if step.dest_end > step.dest_start:
            right.append((other[step.dest_start : step.dest_end], differs))
    return left, right
