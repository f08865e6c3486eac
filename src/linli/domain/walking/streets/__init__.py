"""Files of streets: OpenStreetMap XML and PBF, GeoJSON lines, CSV edges; and the form in which a network is kept."""

from __future__ import annotations

from linli.domain.walking.streets.errors import StreetsError
from linli.domain.walking.streets.keeping import packed, unpacked
from linli.domain.walking.streets.lines import Streets
from linli.domain.walking.streets.reading import read_streets

__all__ = ["Streets", "StreetsError", "packed", "read_streets", "unpacked"]
