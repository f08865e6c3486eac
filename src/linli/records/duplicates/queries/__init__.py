"""Reading duplicates: the search, the queue, two records side by side, merges."""

from __future__ import annotations

from linli.records.duplicates.queries.keeping import better, better_side
from linli.records.duplicates.queries.queue import Half, Waiting, merges, pair_of, pairs, queue, seen_of, waiting
from linli.records.duplicates.queries.rows import new_since
from linli.records.duplicates.queries.search import Likely, listed, search
from linli.records.duplicates.queries.sides import Side, side_by_side

__all__ = [
    "Half",
    "Likely",
    "Side",
    "Waiting",
    "better",
    "better_side",
    "listed",
    "merges",
    "new_since",
    "pair_of",
    "pairs",
    "queue",
    "search",
    "seen_of",
    "side_by_side",
    "waiting",
]
