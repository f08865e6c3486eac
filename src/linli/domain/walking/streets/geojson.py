"""GeoJSON lines: streets that share a point meet there."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterator
from typing import Any

import numpy as np

from linli.domain.walking.streets.errors import StreetsError
from linli.domain.walking.streets.lines import Streets, chained, joined, steps_of, streets_of
from linli.domain.walking.streets.walkable import is_walkable

_DEEPEST = 8  # collections in collections
_WGS84 = ("CRS84", "4326", "OGC:1.3:CRS84")


def read_geojson(content: bytes) -> Streets:
    """Streets of LineString and MultiLineString, WGS 84; other shapes are passed over.

    A line with OpenStreetMap's tags among its properties is taken only where people walk. Raises StreetsError.
    """
    try:
        whole = json.loads(content)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 0)
        raise StreetsError("broken_json", line=line) from error
    if not isinstance(whole, dict) or "type" not in whole:
        raise StreetsError("no_geojson")
    named = str((whole.get("crs") or {}).get("properties", {}).get("name", "")) if _is_object(whole.get("crs")) else ""
    if named and not named.endswith(_WGS84):
        raise StreetsError("other_crs", crs=named[:60])
    lon, lat, sizes = array("d"), array("d"), array("q")
    for number, line in enumerate(_lines(whole, 0), 1):
        if not isinstance(line, list):
            raise StreetsError("bad_line", number=number)
        for point in line:
            try:
                lon.append(point[0])
                lat.append(point[1])
            except (TypeError, IndexError, KeyError, OverflowError) as error:
                raise StreetsError("bad_line", number=number) from error
        sizes.append(len(line))
    if not len(lon):
        raise StreetsError("no_streets")
    steps, node = joined(steps_of(np.frombuffer(lon), np.frombuffer(lat)))
    sized = np.frombuffer(sizes, np.int64)
    return streets_of("geojson", steps, chained(node, sized[sized > 0]))


def _is_object(value: object) -> bool:
    return isinstance(value, dict) and isinstance(value.get("properties", {}), dict)


def _lines(value: Any, depth: int) -> Iterator[object]:
    """The lines of a geometry, a feature or a collection of either."""
    if not isinstance(value, dict) or depth > _DEEPEST:
        return
    kind = value.get("type")
    if kind == "Feature":
        tags = value.get("properties")
        tags = {key: str(tag) for key, tag in tags.items()} if isinstance(tags, dict) else {}
        if "highway" not in tags or is_walkable(tags):
            yield from _lines(value.get("geometry"), depth + 1)
    elif kind in ("FeatureCollection", "GeometryCollection"):
        parts = value.get("features" if kind == "FeatureCollection" else "geometries")
        for part in parts if isinstance(parts, list) else ():
            yield from _lines(part, depth + 1)
    elif kind == "LineString":
        yield value.get("coordinates")
    elif kind == "MultiLineString":
        parts = value.get("coordinates")
        yield from parts if isinstance(parts, list) else [parts]
