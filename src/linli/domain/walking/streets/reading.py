"""One file of streets, whatever its form."""

from __future__ import annotations

from linli.domain.walking.streets.csv_edges import read_csv
from linli.domain.walking.streets.errors import StreetsError
from linli.domain.walking.streets.geojson import read_geojson
from linli.domain.walking.streets.lines import Streets
from linli.domain.walking.streets.osm_pbf import read_osm_pbf
from linli.domain.walking.streets.osm_xml import read_osm_xml

MOST_BYTES = 1024 * 1024 * 1024
_PACKED = (b"\x1f\x8b", b"BZh", b"PK\x03\x04", b"7z\xbc\xaf", b"\xfd7zXZ")


def read_streets(name: str, content: bytes) -> Streets:
    """The streets of a file: the form is told by its content, a table of edges by its name.

    Raises StreetsError, which says what is wrong and where.
    """
    if len(content) > MOST_BYTES:
        raise StreetsError("too_large", most=MOST_BYTES // 2**20)
    head = content[:4096].removeprefix(b"\xef\xbb\xbf").lstrip()
    if not head:
        raise StreetsError("empty")
    if head.startswith(_PACKED):
        raise StreetsError("packed")
    if b"OSMHeader" in content[:64]:
        return read_osm_pbf(content)
    if head.startswith(b"<"):
        return read_osm_xml(content)
    if head.startswith(b"{"):
        return read_geojson(content)
    if name.casefold().endswith((".csv", ".txt")):
        return read_csv(content)
    raise StreetsError("unknown_form")
