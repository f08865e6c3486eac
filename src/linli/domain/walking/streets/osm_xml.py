"""OpenStreetMap's XML: nodes and ways, taken as they stream by; no tree of the file is ever built."""

from __future__ import annotations

from array import array
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import XMLParser

from linli.domain.walking.streets.errors import StreetsError
from linli.domain.walking.streets.lines import Streets
from linli.domain.walking.streets.osm_ways import Ways
from linli.domain.walking.streets.walkable import TAGS, is_walkable

_CHUNK = 1 << 20


class _Taker:
    """What the parser tells of elements."""

    def __init__(self) -> None:
        self.ways = Ways()
        self.depth, self.is_way = 0, False
        self.refs, self.tags = array("q"), dict[str, str]()

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth == 1 and tag != "osm":
            raise StreetsError("other_file", root=tag[:40])
        if self.depth == 2:
            is_there = attributes.get("visible") != "false" and attributes.get("action") != "delete"
            self.is_way = tag == "way" and is_there
            if tag == "node" and is_there:
                self._node(attributes)
        elif self.depth == 3 and self.is_way:
            if tag == "nd":
                self.refs.append(_whole(attributes, "ref", "nd"))
            elif tag == "tag" and attributes.get("k") in TAGS:
                self.tags[attributes["k"]] = attributes.get("v", "")

    def end(self, _tag: str) -> None:
        self.depth -= 1
        if self.depth == 1 and self.is_way:
            if is_walkable(self.tags):
                self.ways.way(self.refs)
            self.is_way, self.refs, self.tags = False, array("q"), {}

    def close(self) -> None:
        """Nothing is left to do."""

    def _node(self, attributes: dict[str, str]) -> None:
        number = _whole(attributes, "id", "node")
        try:
            self.ways.node(number, float(attributes["lon"]), float(attributes["lat"]))
        except (KeyError, ValueError) as error:
            raise StreetsError("bad_node", id=number) from error


def _whole(attributes: dict[str, str], name: str, tag: str) -> int:
    text = attributes.get(name, "")
    if not text.removeprefix("-").isascii() or not text.removeprefix("-").isdigit() or len(text) > 18:
        raise StreetsError("bad_element", tag=tag, name=name, said=text[:40])
    return int(text)


def read_osm_xml(content: bytes) -> Streets:
    """Walkable streets of an .osm file. Raises StreetsError where it is broken, hostile or holds none."""
    taker = _Taker()
    parser = XMLParser(target=taker, forbid_dtd=True, forbid_entities=True, forbid_external=True)
    try:
        for begin in range(0, len(content), _CHUNK):
            parser.feed(content[begin : begin + _CHUNK])
        parser.close()
    except DefusedXmlException as error:
        raise StreetsError("hostile_xml") from error
    except (ParseError, ValueError, LookupError) as error:
        if isinstance(error, StreetsError):
            raise
        line, column = getattr(error, "position", (0, 0))
        raise StreetsError("broken_xml", line=line, column=column) from error
    return taker.ways.streets("osm")
