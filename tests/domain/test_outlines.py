"""Outlines from well-known text."""

from __future__ import annotations

import pytest

from linli.domain.outlines import read_wkt


def test_a_polygon() -> None:
    text = "POLYGON ((121.45 31.23, 121.46 31.23, 121.46 31.24, 121.45 31.23))"
    ring = [[121.45, 31.23], [121.46, 31.23], [121.46, 31.24], [121.45, 31.23]]
    assert read_wkt(text) == {"type": "Polygon", "coordinates": [ring]}


def test_a_polygon_with_a_hole_and_a_reference_system() -> None:
    shape = read_wkt("SRID=4326;POLYGON((0 0,9 0,9 9,0 0),(1 1,2 1,2 2,1 1))")
    assert shape is not None
    assert [len(ring) for ring in shape["coordinates"]] == [4, 4]


def test_two_polygons() -> None:
    shape = read_wkt(
        "MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0)), ((5 5, 6 5, 6 6, 5 5), (5.1 5.1, 5.2 5.1, 5.2 5.2, 5.1 5.1)))"
    )
    assert shape is not None
    assert [len(polygon) for polygon in shape["coordinates"]] == [1, 2]


def test_nothing_is_no_outline() -> None:
    assert read_wkt(" ") is None


@pytest.mark.parametrize("text", ["POINT (1 2)", "hello", "LINESTRING (0 0, 1 1)"])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="POLYGON"):
        read_wkt(text)
