"""Nodes and ways of OpenStreetMap, gathered from either of its forms."""

from __future__ import annotations

from array import array

import numpy as np

from linli.domain.walking.streets.errors import StreetsError
from linli.domain.walking.streets.lines import Streets, chained, steps_of, streets_of

OSM_ATTRIBUTION = "© OpenStreetMap contributors, ODbL 1.0"


class Ways:
    """Nodes and walkable ways of OpenStreetMap, gathered one by one."""

    def __init__(self) -> None:
        self.ids, self.lon, self.lat = array("q"), array("d"), array("d")
        self.refs, self.sizes = array("q"), array("q")

    def node(self, number: int, lon: float, lat: float) -> None:
        self.ids.append(number)
        self.lon.append(lon)
        self.lat.append(lat)

    def way(self, refs: array[int]) -> None:
        self.refs.extend(refs)
        self.sizes.append(len(refs))

    def streets(self, form: str) -> Streets:
        """The streets. A node that the file does not hold, as where an extract was cut, ends its way there."""
        refs, sizes = np.frombuffer(self.refs, np.int64), np.frombuffer(self.sizes, np.int64)
        ids, first = np.unique(np.frombuffer(self.ids, np.int64), return_index=True)
        if not len(refs) or not len(ids):
            raise StreetsError("no_streets")
        place = np.minimum(np.searchsorted(ids, refs), len(ids) - 1)
        node = np.where(ids[place] == refs, first[place], -1)
        steps = steps_of(np.frombuffer(self.lon), np.frombuffer(self.lat))
        return streets_of(form, steps, chained(node, sizes), attribution=OSM_ATTRIBUTION)
