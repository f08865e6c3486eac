"""The inner loops of walking, in machine code: bounded Dijkstra, the nearest street, points near points."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from linli.domain.compiled import compiled

_Floats = NDArray[np.float64]
_Ints = NDArray[np.int32]
_Longs = NDArray[np.int64]

Streets = tuple[_Longs, _Ints, _Floats]  # rows of the network by node: starts, neighbours, lengths
Sources = tuple[_Ints, _Floats]  # ends (-1: none), metres from the door to each end
Places = tuple[_Longs, _Ints, _Floats]  # targets by the node they hang on: starts, targets, metres to its door
Beside = tuple[_Longs, _Longs, _Ints]  # targets on the source's own edge: from, to; targets in the order of edges
Doors = tuple[_Floats, _Floats, _Floats, _Floats]  # metres along the edge and last metres, of sources and of targets
OfNodes = tuple[_Floats, _Ints, _Floats, _Ints]  # metres to nodes, those seen, keys and nodes of the heap
Scratch = tuple[OfNodes, _Floats, _Ints]  # and metres to targets, those found; all metres are infinite between walks
Out = tuple[_Longs, _Ints, _Floats]  # pairs by source, targets, metres


@compiled
def rows_of(count: int, ends: _Ints, metres: _Floats) -> tuple[_Longs, _Ints, _Floats]:
    """Edges in compressed sparse rows by node, each edge in the rows of both its ends."""
    starts = np.zeros(count + 1, np.int64)
    for edge in range(len(ends)):
        starts[ends[edge, 0] + 1] += 1
        starts[ends[edge, 1] + 1] += 1
    for node in range(count):
        starts[node + 1] += starts[node]
    free = starts[:-1].copy()
    neighbours = np.empty(2 * len(ends), np.int32)
    lengths = np.empty(2 * len(ends), np.float64)
    for edge in range(len(ends)):
        for side in range(2):
            node = ends[edge, side]
            neighbours[free[node]] = ends[edge, 1 - side]
            lengths[free[node]] = metres[edge]
            free[node] += 1
    return starts, neighbours, lengths


@compiled
def roots_of(count: int, ends: _Ints) -> _Ints:
    """For each node one node of its piece, the same for the whole piece."""
    root = np.arange(count).astype(np.int32)
    for edge in range(len(ends)):
        one, other = ends[edge, 0], ends[edge, 1]
        while root[one] != one:
            root[one] = root[root[one]]
            one = root[one]
        while root[other] != other:
            root[other] = root[root[other]]
            other = root[other]
        if one < other:
            root[other] = one
        else:
            root[one] = other
    for node in range(count):
        root[node] = root[root[node]]
    return root


@compiled
def _sink(keys: _Floats, nodes: _Ints, size: int) -> None:
    """Put the last of a heap that has lost its first in its place."""
    key, node, place = keys[size], nodes[size], 0
    while True:
        child = 2 * place + 1
        if child >= size:
            break
        if child + 1 < size and keys[child + 1] < keys[child]:
            child += 1
        if keys[child] >= key:
            break
        keys[place], nodes[place] = keys[child], nodes[child]
        place = child
    keys[place], nodes[place] = key, node


@compiled
def _rise(keys: _Floats, nodes: _Ints, size: int, key: float, node: int) -> None:
    """Put one more into a heap of this size."""
    place = size
    while place > 0:
        above = (place - 1) >> 1
        if keys[above] <= key:
            break
        keys[place], nodes[place] = keys[above], nodes[above]
        place = above
    keys[place], nodes[place] = key, node


@compiled
def _arrive(target: int, way: float, limit_m: float, best: _Floats, found: _Ints, count: int) -> int:
    """Note a way to a target; gives how many targets are found."""
    if way > limit_m or way >= best[target]:
        return count
    if best[target] == np.inf:
        found[count] = target
        count += 1
    best[target] = way
    return count


@compiled
def _reach(node: int, way: float, limit_m: float, scratch: OfNodes, seen_count: int, size: int) -> tuple[int, int]:
    """Note a way to a node; gives how many nodes are seen and how many wait in the heap."""
    metres, seen, keys, heap = scratch
    if way > limit_m or way >= metres[node]:
        return seen_count, size
    if metres[node] == np.inf:
        seen[seen_count] = node
        seen_count += 1
    metres[node] = way
    _rise(keys, heap, size, way, node)
    return seen_count, size + 1


@compiled
def walk_rows(
    first: int,
    last: int,
    limit_m: float,
    streets: Streets,
    sources: Sources,
    places: Places,
    beside: Beside,
    doors: Doors,
    scratch: Scratch,
    out: Out,
) -> tuple[int, int]:
    """Bounded Dijkstra from the sources `first` up to `last` until `out` is full: the next source, and the pairs."""
    starts, neighbours, lengths = streets
    ends, to_ends = sources
    hung, hung_target, hung_m = places
    beside_from, beside_to, beside_target = beside
    along, access_m, target_along, target_access_m = doors
    of_nodes, best, found = scratch
    metres, seen, keys, heap = of_nodes
    counts, out_target, out_m = out
    filled = 0
    for source in range(first, last):
        seen_count, found_count, size = 0, 0, 0
        for side in range(2):
            if ends[source, side] >= 0:
                way = to_ends[source, side]
                seen_count, size = _reach(ends[source, side], way, limit_m, of_nodes, seen_count, size)
        for place in range(beside_from[source], beside_to[source]):
            target = beside_target[place]
            way = abs(along[source] - target_along[target]) + access_m[source] + target_access_m[target]
            found_count = _arrive(target, way, limit_m, best, found, found_count)
        while size > 0:
            key, node = keys[0], heap[0]
            size -= 1
            _sink(keys, heap, size)
            if key > metres[node]:
                continue  # a shorter way to it was walked already
            for place in range(hung[node], hung[node + 1]):
                found_count = _arrive(hung_target[place], key + hung_m[place], limit_m, best, found, found_count)
            for place in range(starts[node], starts[node + 1]):
                way = key + lengths[place]
                seen_count, size = _reach(neighbours[place], way, limit_m, of_nodes, seen_count, size)
        metres[seen[:seen_count]] = np.inf
        in_order = found[:found_count]
        in_order.sort()
        fits = filled + found_count <= len(out_target)
        for place in range(found_count):
            target = in_order[place]
            if fits:
                out_target[filled + place], out_m[filled + place] = target, best[target]
            best[target] = np.inf
        if not fits:
            return source, filled
        counts[source] = found_count
        filled += found_count
    return last, filled


@compiled
def cells_of(
    lon: _Floats,
    lat: _Floats,
    ends: _Ints,
    corner: tuple[float, float],
    size: tuple[float, float],
    across: int,
    up: int,
) -> tuple[_Longs, _Ints]:
    """A grid of degrees laid over edges: the edges that touch each cell, in compressed sparse rows."""
    starts = np.zeros(across * up + 1, np.int64)
    edges = np.empty(0, np.int32)
    for turn in range(2):  # first counted, then put in their places
        if turn == 1:
            for cell in range(across * up):
                starts[cell + 1] += starts[cell]
            edges = np.empty(starts[-1], np.int32)
            free = starts[:-1].copy()
        for edge in range(len(ends)):
            one, other = ends[edge, 0], ends[edge, 1]
            x, y = (lon[one] - corner[0]) / size[0], (lat[one] - corner[1]) / size[1]
            to_x, to_y = (lon[other] - corner[0]) / size[0], (lat[other] - corner[1]) / size[1]
            # A long edge is laid in steps of a cell at most, so that it lies in the cells beside it alone.
            steps = int(max(abs(to_x - x), abs(to_y - y))) + 1
            for step in range(steps):
                a, b = x + (to_x - x) * step / steps, x + (to_x - x) * (step + 1) / steps
                c, d = y + (to_y - y) * step / steps, y + (to_y - y) * (step + 1) / steps
                for row in range(int(min(c, d)), min(int(max(c, d)), up - 1) + 1):
                    for column in range(int(min(a, b)), min(int(max(a, b)), across - 1) + 1):
                        cell = row * across + column
                        if turn == 0:
                            starts[cell + 1] += 1
                        else:
                            edges[free[cell]] = edge
                            free[cell] += 1
    return starts, edges


@compiled
def nearest_edges(
    points: tuple[_Floats, _Floats, _Floats, _Floats],  # lon, lat, metres in a degree east and north, there
    streets: tuple[_Floats, _Floats, _Ints, _Ints],  # lon, lat, ends, piece
    cells: tuple[_Longs, _Ints],
    corner: tuple[float, float],
    size: tuple[float, float],
    across: int,
    up: int,
    shortest_cell_m: float,
    reach_m: float,
    leap_m: float,
) -> tuple[_Ints, _Floats, _Floats]:
    """The street each point goes to: edge (-1: none within reach), share of the edge before it, metres to it.

    The nearest one of the largest piece, unless one of another piece is more than `leap_m` nearer.
    """
    point_lon, point_lat, east, north = points
    lon, lat, ends, piece = streets
    starts, edges = cells
    count = len(point_lon)
    edge_of, share_of, metres_of = np.full(count, -1, np.int32), np.zeros(count), np.full(count, np.inf)
    for point in range(count):
        if not (np.isfinite(point_lon[point]) and np.isfinite(point_lat[point])):
            continue
        column = int(np.floor((point_lon[point] - corner[0]) / size[0]))
        row = int(np.floor((point_lat[point] - corner[1]) / size[1]))
        # Of the largest piece (0) and of any other (1): metres, edge, share.
        near, near_edge, near_share = np.full(2, np.inf), np.full(2, -1), np.zeros(2)
        ring = 0
        while True:
            for y in range(max(row - ring, 0), min(row + ring, up - 1) + 1):
                step = 1 if abs(y - row) == ring else max(2 * ring, 1)
                for x in range(column - ring, column + ring + 1, step):
                    if x < 0 or x >= across:
                        continue
                    for place in range(starts[y * across + x], starts[y * across + x + 1]):
                        edge = edges[place]
                        one, other = ends[edge, 0], ends[edge, 1]
                        ax = (lon[one] - point_lon[point]) * east[point]
                        ay = (lat[one] - point_lat[point]) * north[point]
                        bx = (lon[other] - lon[one]) * east[point]
                        by = (lat[other] - lat[one]) * north[point]
                        square = bx * bx + by * by
                        share = min(max(-(ax * bx + ay * by) / square, 0.0), 1.0) if square > 0 else 0.0
                        way = np.hypot(ax + share * bx, ay + share * by)
                        side = 0 if piece[one] == 0 else 1
                        if way < near[side] or (way == near[side] and edge < near_edge[side]):
                            near[side], near_edge[side], near_share[side] = way, edge, share
            # What lies outside the rings is at least so far away.
            outside = ring * shortest_cell_m
            if outside > reach_m or outside > near[0] or outside > near[1] + leap_m:
                break
            ring += 1
        side = 1 if near[1] + leap_m < near[0] else 0
        if near_edge[side] >= 0 and near[side] <= reach_m:
            edge_of[point], share_of[point], metres_of[point] = near_edge[side], near_share[side], near[side]
    return edge_of, share_of, metres_of


@compiled
def points_by_cell(
    lon: _Floats, lat: _Floats, corner: tuple[float, float], size: tuple[float, float], across: int, up: int
) -> tuple[_Longs, _Ints]:
    """A grid of degrees laid over points: the points in each cell, in compressed sparse rows."""
    cell = np.empty(len(lon), np.int64)
    starts = np.zeros(across * up + 1, np.int64)
    for point in range(len(lon)):
        column, row = int((lon[point] - corner[0]) / size[0]), int((lat[point] - corner[1]) / size[1])
        cell[point] = min(row, up - 1) * across + min(column, across - 1)
        starts[cell[point] + 1] += 1
    for place in range(across * up):
        starts[place + 1] += starts[place]
    points, free = np.empty(len(lon), np.int32), starts[:-1].copy()
    for point in range(len(lon)):
        points[free[cell[point]]] = point
        free[cell[point]] += 1
    return starts, points


@compiled
def near_pairs(
    ours: tuple[_Floats, _Floats, _Floats, _Floats],  # lon, lat, metres in a degree east and north, there
    theirs: tuple[_Floats, _Floats],  # lon, lat
    cells: tuple[_Longs, _Ints],  # of theirs, none shorter than the radius either way
    corner: tuple[float, float],
    size: tuple[float, float],
    across: int,
    up: int,
    radius_m: float,
) -> tuple[_Longs, _Ints, _Floats]:
    """Which of theirs lie within a straight line of ours: rows, theirs, metres."""
    our_lon, our_lat, east, north = ours
    lon, lat = theirs
    starts, points = cells
    rows = np.zeros(len(our_lon) + 1, np.int64)
    found, metres = np.empty(0, np.int32), np.empty(0)
    for turn in range(2):  # first counted, then written down
        if turn == 1:
            found, metres = np.empty(rows[-1], np.int32), np.empty(rows[-1])
        count = 0
        for one in range(len(our_lon)):
            column = int(np.floor((our_lon[one] - corner[0]) / size[0]))
            row = int(np.floor((our_lat[one] - corner[1]) / size[1]))
            for y in range(max(row - 1, 0), min(row + 1, up - 1) + 1):
                left, right = max(column - 1, 0), min(column + 1, across - 1)
                if left > right:
                    continue
                for place in range(starts[y * across + left], starts[y * across + right + 1]):
                    other = points[place]
                    way = np.hypot((lon[other] - our_lon[one]) * east[one], (lat[other] - our_lat[one]) * north[one])
                    if way <= radius_m:
                        if turn == 1:
                            found[count], metres[count] = other, way
                        count += 1
            rows[one + 1] = count
    return rows, found, metres
