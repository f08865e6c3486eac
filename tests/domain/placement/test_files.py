"""Published formats are read as their publishers mean them, and a broken file says what is wrong with it."""

from __future__ import annotations

import numpy as np
import pytest

from linli.domain.placement.files.numbers import BadFileError
from linli.domain.placement.files.orlib import read_orlib
from linli.domain.placement.files.tsplib import read_tsplib

TRIANGLE = b"NAME : t\nDIMENSION : 3\nEDGE_WEIGHT_TYPE : EUC_2D\nNODE_COORD_SECTION\n1 0 0\n2 3 4\n3 1.0e+00 0\nEOF\n"


def test_distances_of_a_network_are_shortest_paths() -> None:
    distances, p = read_orlib(b" 4 5 2\n1 2 10\n2 3 1\n3 1 2\n3 4 7\n4 4 1\n")
    assert distances.tolist() == [[0, 3, 2, 9], [3, 0, 1, 8], [2, 1, 0, 7], [9, 8, 7, 0]]
    assert p == 2


def test_the_last_of_two_equal_edges_counts() -> None:
    assert read_orlib(b"2 3 1 1 2 5 2 1 9 1 2 7")[0].tolist() == [[0, 7], [7, 0]]


def test_shortest_paths_are_those_of_floyd() -> None:
    chance = np.random.default_rng(5)
    size = 30
    table = np.full((size, size), np.inf)
    np.fill_diagonal(table, 0)
    lines = [f"{size} {size + 60} 3"]
    ends = [(vertex, (vertex + 1) % size) for vertex in range(size)] + chance.integers(0, size, (60, 2)).tolist()
    for one, other in ends:
        cost = int(chance.integers(0, 50))
        lines.append(f"{one + 1} {other + 1} {cost}")
        if one != other:
            table[one, other] = table[other, one] = cost
    for via in range(size):
        table = np.minimum(table, table[:, [via]] + table[via])
    assert read_orlib("\n".join(lines).encode())[0].tolist() == table.tolist()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "short"),
        (b"3 2", "short"),
        (b"3.5 2 1 1 2 1 2 3 1", "head"),
        (b"0 2 1 1 2 1 2 3 1", "head"),
        (b"3 2 1 1 2 1 2 3", "edges"),
        (b"3 2 1 1 2 1 2 3 1 9", "edges"),
        (b"3 2 1 1 2 1 2 4 1", "vertex"),
        (b"3 2 1 1 2 1 2 1.5 1", "vertex"),
        (b"3 2 1 1 2 1 2 3 -1", "negative"),
        (b"3 2 1 1 2 1 2 3 one", "number"),
        (b"3 2 1 1 2 1 2 3 inf", "number"),
        (b"3 2 1 1 2 1 1 2 1", "pieces"),
        (b"\x89PNG\r\n\x1a\n", "number"),
    ],
)
def test_a_broken_network_says_what_is_wrong(content: bytes, code: str) -> None:
    with pytest.raises(BadFileError) as caught:
        read_orlib(content)
    assert caught.value.code == code


def test_distances_of_points_are_not_rounded() -> None:
    distances = read_tsplib(TRIANGLE)
    assert distances[0].tolist() == [0, 5, 1]
    assert distances[1, 2] == pytest.approx(20**0.5)
    assert (distances == distances.T).all()


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        (b"NODE_COORD_SECTION", b"DISPLAY_DATA_SECTION", "section"),
        (b"EUC_2D", b"GEO", "kind"),
        (b"EDGE_WEIGHT_TYPE : EUC_2D\n", b"", "kind"),
        (b"DIMENSION : 3", b"DIMENSION : 4", "points"),
        (b"DIMENSION : 3", b"DIMENSION : -3", "size"),
        (b"DIMENSION : 3", b"DIMENSION : many", "size"),
        (b"2 3 4", b"2 3", "point"),
        (b"2 3 4", b"7 3 4", "point"),
        (b"2 3 4", b"2 3 x", "number"),
        (b"2 3 4", b"2 3 nan", "number"),
    ],
)
def test_broken_points_say_what_is_wrong(before: bytes, after: bytes, code: str) -> None:
    with pytest.raises(BadFileError) as caught:
        read_tsplib(TRIANGLE.replace(before, after))
    assert caught.value.code == code
