"""Walking distances from many places to many, within a limit."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from queue import SimpleQueue

import numpy as np
from numpy.typing import NDArray

from linli.domain.walking import machine
from linli.domain.walking.earth import Floats, metres_per_degree
from linli.domain.walking.grid import grid_over
from linli.domain.walking.network import Longs, Network
from linli.domain.walking.snapping import Snapped
from linli.domain.walking.walks import Measure, Rows, Walks, merged

# How much longer a way is than its straight line where no street is known; docs/decisions/0021-walking-by-street.md.
DETOUR = 1.3
_BLOCK = 64  # sources that one thread walks from before it says so
_ROOM = 1 << 18  # pairs that it writes down before it hands them over

Progress = Callable[[int, int], None]


class StoppedError(RuntimeError):
    """Somebody asked for the walk to stop."""


def walk(
    network: Network | None,
    sources: Snapped,
    targets: Snapped,
    *,
    limit_m: float,
    detour: float = DETOUR,
    threads: int = 1,
    stop: Callable[[], bool] = lambda: False,
    progress: Progress = lambda done, of: None,
) -> Walks:
    """Walking distances of at most `limit_m` from each source to the targets.

    Two points on the network are measured along its streets; where its pieces do not hang together there is no way, and
    no straight line pretends one (`cut_off`). Where either is on no street the straight line times `detour` stands in,
    as it does for two doors that are nearer to each other than to their streets. Raises StoppedError when `stop`.
    """
    streets: list[Rows] = []
    if network is not None and sources.is_on_streets.any() and targets.is_on_streets.any():
        streets = list(_by_street(network, sources, targets, limit_m, threads, stop, progress))
    return merged(len(sources), len(targets), streets, _straight(sources, targets, limit_m, detour))


def cut_off(sources: Snapped, targets: Snapped) -> NDArray[np.bool_]:
    """Targets on a piece of the network that no source is on: no street leads there from any of them."""
    return targets.is_on_streets & ~np.isin(targets.piece, sources.piece[sources.is_on_streets])


def near(ours: Snapped, theirs: Snapped, *, radius_m: float) -> tuple[Longs, Longs, Floats]:
    """Which of theirs lie within a straight line of ours: places in ours, places in theirs, metres."""
    return _near(ours, np.arange(len(ours)), theirs, np.arange(len(theirs)), radius_m)


def _near(ours: Snapped, here: Longs, theirs: Snapped, there: Longs, radius_m: float) -> tuple[Longs, Longs, Floats]:
    """The same of some of ours and some of theirs."""
    here, there = here[ours.is_placed[here]], there[theirs.is_placed[there]]
    if not len(here) or not len(there) or radius_m < 0:
        return np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0)
    lon, lat, their_lon, their_lat = ours.lon[here], ours.lat[here], theirs.lon[there], theirs.lat[there]
    grid = grid_over(their_lon, their_lat, least_m=radius_m, most=len(there))
    cells = machine.points_by_cell(their_lon, their_lat, grid.corner, grid.size, grid.across, grid.up)
    starts, places, metres = machine.near_pairs(
        (lon, lat, *metres_per_degree(lat)),
        (their_lon, their_lat),
        cells,
        grid.corner,
        grid.size,
        grid.across,
        grid.up,
        radius_m,
    )
    return np.repeat(here, np.diff(starts)), there[places], metres


def _straight(sources: Snapped, targets: Snapped, limit_m: float, detour: float) -> Rows:
    """Pairs of which one is on no street, and pairs nearer to each other than to their streets."""
    on, off = np.flatnonzero(sources.is_on_streets), np.flatnonzero(~sources.is_on_streets)
    hung, lost = np.flatnonzero(targets.is_on_streets), np.flatnonzero(~targets.is_on_streets)
    last_m = float(sources.access_m[on].max(initial=0) + targets.access_m[hung].max(initial=0))
    found = [
        _near(sources, off, targets, np.arange(len(targets)), limit_m / detour),
        _near(sources, on, targets, lost, limit_m / detour),
        _near(sources, on, targets, hung, min(limit_m, last_m) / detour if last_m else -1.0),
    ]
    one, other, metres = found[2]
    door_to_door = metres * detour < sources.access_m[one] + targets.access_m[other]
    door_to_door &= sources.piece[one] == targets.piece[other]
    found[2] = one[door_to_door], other[door_to_door], metres[door_to_door]
    source, target, metres = (np.concatenate(column) for column in zip(*found, strict=True))
    return source, target, metres * detour, np.full(len(source), Measure.STRAIGHT, np.uint8)


def _by_street(
    network: Network,
    sources: Snapped,
    targets: Snapped,
    limit_m: float,
    threads: int,
    stop: Callable[[], bool],
    progress: Progress,
) -> Iterator[Rows]:
    arguments = _arguments(network, sources, targets)
    room = max(_ROOM, len(targets))
    free: SimpleQueue[tuple[machine.Scratch, machine.Out]] = SimpleQueue()
    for _thread in range(threads):
        out = (np.zeros(len(sources), np.int64), np.empty(room, np.int32), np.empty(room))
        free.put((_scratch(network, len(targets)), out))

    def block(first: int) -> list[Rows]:
        last, parts = min(first + _BLOCK, len(sources)), []
        scratch, out = free.get()
        try:
            while first < last and not stop():
                after, filled = machine.walk_rows(first, last, limit_m, *arguments, scratch, out)
                source = np.repeat(np.arange(first, after), out[0][first:after])
                measure = np.full(filled, Measure.STREET, np.uint8)
                parts.append((source, out[1][:filled].astype(np.int64), out[2][:filled].copy(), measure))
                first = after
        finally:
            free.put((scratch, out))
        return parts

    with ThreadPoolExecutor(threads) as workers:
        for number, parts in enumerate(workers.map(block, range(0, len(sources), _BLOCK)), 1):
            if stop():
                workers.shutdown(cancel_futures=True)
                raise StoppedError
            yield from parts
            progress(min(number * _BLOCK, len(sources)), len(sources))


def _arguments(
    network: Network, sources: Snapped, targets: Snapped
) -> tuple[machine.Streets, machine.Sources, machine.Places, machine.Beside, machine.Doors]:
    """What the machine code walks by: streets, sources, targets by node and by edge, and the doors."""
    node, target = targets.ends.ravel(), np.repeat(np.arange(len(targets), dtype=np.int32), 2)
    hung_m = (targets.along + targets.access_m[:, None]).ravel()
    order = np.argsort(node, kind="stable")
    order = order[np.searchsorted(node[order], 0) :]  # without those that hang on no node
    hung = np.searchsorted(node[order], np.arange(network.node_count + 1))
    by_edge = np.argsort(targets.edge, kind="stable").astype(np.int32)
    low = np.searchsorted(targets.edge[by_edge], sources.edge)
    high = np.searchsorted(targets.edge[by_edge], sources.edge, side="right")
    low = np.where(sources.edge < 0, high, low)
    return (
        (network.starts, network.neighbours, network.lengths),
        (np.ascontiguousarray(sources.ends), sources.along + sources.access_m[:, None]),
        (hung, target[order], hung_m[order]),
        (low, high, by_edge),
        (sources.along[:, 0].copy(), sources.access_m, targets.along[:, 0].copy(), targets.access_m),
    )


def _scratch(network: Network, target_count: int) -> machine.Scratch:
    """What one thread writes on: distances and heap of nodes, distances of targets."""
    heap = len(network.neighbours) + 2
    of_nodes = (
        np.full(network.node_count, np.inf),
        np.empty(network.node_count, np.int32),
        np.empty(heap),
        np.empty(heap, np.int32),
    )
    return of_nodes, np.full(target_count, np.inf), np.empty(target_count, np.int32)
