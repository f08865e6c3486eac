"""What a walk from many places to many gives: who reaches what, how far, by which measure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from linli.domain.walking.earth import Floats
from linli.domain.walking.network import Ints, Longs

Rows = tuple[Longs, Longs, Floats, NDArray[np.uint8]]  # pairs: source, target, metres, measure


class Measure(IntEnum):
    """How a distance was measured."""

    STREET = 0  # along streets, the last metres to either door by straight line
    STRAIGHT = 1  # a straight line, times the detour factor


@dataclass(frozen=True, slots=True, eq=False)
class Walks:
    """Who reaches what within the limit, in compressed sparse rows: one row a source, targets in rising order.

    `starts` (s + 1), `targets` (pairs), `metres` (pairs), `measure` (pairs) of `Measure`.
    """

    starts: Longs
    targets: Ints
    metres: Floats
    measure: NDArray[np.uint8]

    def __len__(self) -> int:
        return len(self.targets)

    @property
    def sources(self) -> Ints:
        """The source of each pair."""
        return np.repeat(np.arange(len(self.starts) - 1, dtype=np.int32), np.diff(self.starts))


def merged(source_count: int, target_count: int, streets: Sequence[Rows], straight: Rows) -> Walks:
    """The shorter of both ways of each pair, in rows. Those along streets come in their order already."""
    nothing = np.zeros(0, np.int64)
    columns = zip(*streets, strict=True) if streets else ((nothing,), (nothing,), (np.zeros(0),), (nothing,))
    source, target, metres, measure = (np.concatenate(column) for column in columns)
    if len(straight[0]):
        # A straight line is needed for a few pairs among millions, so these alone are put in order.
        added = straight[0] * target_count + straight[1]
        order = np.argsort(added, kind="stable")
        added, line = added[order], straight[2][order]
        pair = source * target_count + target
        place = np.searchsorted(pair, added)
        known = place < len(pair)
        known[known] = pair[place[known]] == added[known]
        shorter = known.copy()
        shorter[known] = line[known] < metres[place[known]]
        metres[place[shorter]], measure[place[shorter]] = line[shorter], Measure.STRAIGHT
        new = place[~known]
        source = np.insert(source, new, straight[0][order][~known])
        target = np.insert(target, new, straight[1][order][~known])
        metres, measure = np.insert(metres, new, line[~known]), np.insert(measure, new, Measure.STRAIGHT)
    starts = np.zeros(source_count + 1, np.int64)
    np.cumsum(np.bincount(source, minlength=source_count), out=starts[1:])
    return Walks(starts, target.astype(np.int32), metres, measure.astype(np.uint8))
