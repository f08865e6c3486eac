"""Points that the same venues reach are one to a solver: merged, a city becomes a hundred times smaller."""

from __future__ import annotations

import numpy as np

from linli.domain.compiled import compiled
from linli.domain.placement.layout import Indices, Numbers, Short


def merged(start: Indices, venue: Short, weights: Numbers, venues: int) -> tuple[Indices, Short, Numbers]:
    """The different sets of venues as lists, each with the weight of all its points; without the empty set.

    Sets are told apart by their size and by 63 bits of chance for each venue: that two of a million different sets are
    taken for one is less likely than one in ten million.
    """
    bits = np.random.default_rng(venues).integers(0, 2**63 - 1, venues, dtype=np.int64)
    first, weight = _different(start, venue, weights, bits)
    lengths = np.diff(start)[first]
    begins = np.zeros(len(first) + 1, np.int64)
    np.cumsum(lengths, out=begins[1:])
    return begins, _copied(start, venue, first, begins), weight


@compiled
def _different(start: Indices, venue: Short, weights: Numbers, bits: Indices) -> tuple[Indices, Numbers]:
    """The first point of each set and the weight of all, by a hash table that doubles when it is half full."""
    size, count = 1 << 12, 0
    slots = np.full(size, -1, np.int64)
    keys = np.empty(size, np.int64)
    first = np.empty(size, np.int64)
    weight = np.empty(size)
    for point in range(len(weights)):
        if start[point + 1] == start[point]:
            continue
        key = start[point + 1] - start[point]
        for at in range(start[point], start[point + 1]):
            key ^= bits[venue[at]]
        slot = _slot(slots, keys, key)
        if slots[slot] >= 0:
            weight[slots[slot]] += weights[point]
            continue
        slots[slot], keys[count], first[count], weight[count] = count, key, point, weights[point]
        count += 1
        if 2 * count > size:
            size *= 2
            keys = np.concatenate((keys, np.empty_like(keys)))
            first = np.concatenate((first, np.empty_like(first)))
            weight = np.concatenate((weight, np.empty_like(weight)))
            slots = np.full(size, -1, np.int64)
            for number in range(count):
                slots[_slot(slots, keys, keys[number])] = number
    return first[:count], weight[:count]


@compiled
def _slot(slots: Indices, keys: Indices, key: int) -> int:
    slot = key & (len(slots) - 1)
    while slots[slot] >= 0 and keys[slots[slot]] != key:
        slot = (slot + 1) & (len(slots) - 1)
    return slot


@compiled
def _copied(start: Indices, venue: Short, first: Indices, begins: Indices) -> Short:
    copied = np.empty(begins[-1], np.int32)
    for number in range(len(first)):
        copied[begins[number] : begins[number + 1]] = venue[start[first[number]] : start[first[number] + 1]]
    return copied
