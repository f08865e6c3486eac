"""OpenStreetMap's binary files, by libosmium: the one place that knows it, docs/decisions/0021-walking-by-street.md."""

from __future__ import annotations

from array import array

from osmium import FileProcessor
from osmium.filter import KeyFilter
from osmium.io import FileBuffer
from osmium.osm import NODE, WAY, Node, Way

from linli.domain.walking.streets.errors import StreetsError
from linli.domain.walking.streets.lines import Streets
from linli.domain.walking.streets.osm_ways import Ways
from linli.domain.walking.streets.walkable import is_walkable


def read_osm_pbf(content: bytes) -> Streets:
    """Walkable streets of an .osm.pbf file. Raises StreetsError where it is broken or holds none."""
    ways = Ways()
    is_street = KeyFilter("highway")
    is_street.enable_for(WAY)
    try:
        for one in FileProcessor(FileBuffer(content, "pbf"), NODE | WAY).with_filter(is_street):
            if isinstance(one, Node) and one.visible and one.location.valid():
                ways.node(one.id, one.location.lon, one.location.lat)
            elif isinstance(one, Way) and one.visible and is_walkable({tag.k: tag.v for tag in one.tags}):
                ways.way(array("q", (node.ref for node in one.nodes)))
    except (RuntimeError, ValueError) as error:
        if isinstance(error, StreetsError):
            raise
        raise StreetsError("broken_pbf") from error
    return ways.streets("pbf")
