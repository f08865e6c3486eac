"""Settling duplicates: find them, merge two records of one person, undo it, or say that they are two people."""

from __future__ import annotations

from linli.records.duplicates.actions.deciding import NotOfPairError, PairDecidedError, join, keep_apart
from linli.records.duplicates.actions.finding import find
from linli.records.duplicates.actions.merging import (
    LaterMergeError,
    MergeUndoneError,
    NewRowsError,
    SamePersonError,
    merge,
    undo,
)

__all__ = [
    "LaterMergeError",
    "MergeUndoneError",
    "NewRowsError",
    "NotOfPairError",
    "PairDecidedError",
    "SamePersonError",
    "find",
    "join",
    "keep_apart",
    "merge",
    "undo",
]
