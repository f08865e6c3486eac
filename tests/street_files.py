"""One invented network of streets, written as OpenStreetMap XML and PBF, GeoJSON and a table of edges."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from osmium import SimpleWriter
from osmium.osm.mutable import Node, Way

# Node: longitude, latitude. A small neighbourhood of blocks, an alley with steps, and an island without a bridge.
NODES = {
    1: (121.4600000, 31.2340000),
    2: (121.4612000, 31.2340000),
    3: (121.4624000, 31.2341000),
    4: (121.4600000, 31.2352000),
    5: (121.4612000, 31.2352000),
    6: (121.4624000, 31.2353000),
    7: (121.4600000, 31.2368000),
    8: (121.4624000, 31.2369000),
    9: (121.4618000, 31.2347000),
    20: (121.4700000, 31.2340000),
    21: (121.4700000, 31.2346000),
}
# Way: its nodes and tags. Those below are not walked.
WAYS: list[tuple[list[int], dict[str, str]]] = [
    ([1, 2, 3], {"highway": "residential", "oneway": "yes", "name": "新昌路 & <invented>"}),
    ([4, 5, 6], {"highway": "tertiary"}),
    ([1, 4, 7], {"highway": "footway", "access": "private", "foot": "yes"}),
    ([3, 6, 8], {"highway": "pedestrian"}),
    ([2, 9], {"highway": "steps"}),
    ([9, 5], {"highway": "path"}),
    ([20, 21], {"highway": "living_street"}),
]
NOT_WALKED: list[tuple[list[int], dict[str, str]]] = [
    ([1, 8], {"highway": "motorway"}),
    ([7, 8], {"highway": "trunk", "bridge": "yes"}),
    ([2, 5], {"highway": "service", "access": "private"}),
    ([3, 21], {"highway": "residential", "foot": "no"}),
    ([1, 9], {"highway": "cycleway"}),
    ([1, 5], {"highway": "construction"}),
    ([7, 3], {"highway": "primary", "motorroad": "yes"}),
    ([1, 6], {"building": "yes"}),
]
EDGE_COUNT, NODE_COUNT, PIECE_COUNT = 11, 11, 2


def edges() -> Iterator[tuple[int, int]]:
    for nodes, _tags in WAYS:
        yield from pairwise(nodes)


def osm() -> bytes:
    """As OpenStreetMap writes it, ways that nobody walks among the others."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<osm version="0.6" generator="invented">']
    lines += [f'<node id="{key}" lon="{lon:.7f}" lat="{lat:.7f}"/>' for key, (lon, lat) in NODES.items()]
    for number, (nodes, tags) in enumerate(WAYS + NOT_WALKED, 1):
        refs = "".join(f'<nd ref="{node}"/>' for node in nodes)
        told = "".join(f'<tag k="{key}" v="{_escaped(value)}"/>' for key, value in tags.items())
        lines.append(f'<way id="{number}">{refs}{told}</way>')
    lines.append('<relation id="1"><member type="way" ref="1" role=""/><tag k="type" v="route"/></relation></osm>')
    return "\n".join(lines).encode()


def geojson() -> bytes:
    """Lines, other shapes among them."""
    features: list[dict[str, object]] = [
        {
            "type": "Feature",
            "properties": tags,
            "geometry": {"type": "LineString", "coordinates": [[*NODES[node], 4.0] for node in nodes]},
        }
        for nodes, tags in WAYS[:-1] + NOT_WALKED[:-1]
    ]
    parts = [[list(NODES[node]) for node in nodes] for nodes, _tags in WAYS[-1:]]
    features.append(
        {"type": "Feature", "properties": None, "geometry": {"type": "MultiLineString", "coordinates": parts}}
    )
    features.append({"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": [0, 0]}})
    features.append({"type": "Feature", "properties": {}, "geometry": None})
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def table() -> bytes:
    """A table of edges."""
    rows = ["from_lon,from_lat,to_lon,to_lat"]
    rows += [",".join(f"{degree:.7f}" for degree in (*NODES[one], *NODES[other])) for one, other in edges()]
    return "\n".join(rows).encode()


@cache
def pbf() -> bytes:
    """As OpenStreetMap packs it."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "streets.osm.pbf")
        with SimpleWriter(str(path)) as writer:
            for key, place in NODES.items():
                writer.add_node(Node(id=key, location=place))
            for number, (nodes, tags) in enumerate(WAYS + NOT_WALKED, 1):
                writer.add_way(Way(id=number, nodes=nodes, tags=tags))
        return path.read_bytes()


FILES: dict[str, Callable[[], bytes]] = {
    "streets.osm": osm,
    "streets.osm.pbf": pbf,
    "streets.geojson": geojson,
    "streets.csv": table,
}


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
