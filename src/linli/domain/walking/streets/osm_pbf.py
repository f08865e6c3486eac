"""OpenStreetMap's binary files, by libosmium: the one place that knows it, docs/decisions/0021-walking-by-street.md."""

from __future__ import annotations

from array import array

from osmium import FileProcessor
from osmium.filter import EntityFilter, KeyFilter
from osmium.io import FileBuffer
from osmium.osm import NODE, WAY, Way

from linli.domain.walking.streets.errors import StreetsError
from linli.domain.walking.streets.lines import DIGITS, Streets
from linli.domain.walking.streets.osm_ways import Ways
from linli.domain.walking.streets.walkable import TAGS, is_walkable

_UNKNOWN = 2**31 - 1  # where a node lies that the file does not hold


def read_osm_pbf(content: bytes) -> Streets:
    """Walkable streets of an .osm.pbf file. Raises StreetsError where it is broken or holds none."""
    ways = Ways()
    try:
        # Nodes stay with libosmium: nearly all of them are of houses, and Python need not see them.
        file = FileProcessor(FileBuffer(content, "pbf"), NODE | WAY).with_locations("flex_mem")
        for way in file.with_filter(EntityFilter(WAY)).with_filter(KeyFilter("highway")):
            if not isinstance(way, Way) or not way.visible:
                continue
            tags = way.tags
            if not is_walkable({key: tags.get(key) or "" for key in TAGS}):
                continue
            refs = array("q")
            for node in way.nodes:
                refs.append(node.ref)
                if node.x != _UNKNOWN:
                    ways.node(node.ref, node.x / DIGITS, node.y / DIGITS)
            ways.way(refs)
    except (RuntimeError, ValueError) as error:
        if isinstance(error, StreetsError):
            raise
        raise StreetsError("broken_pbf") from error
    return ways.streets("pbf")
