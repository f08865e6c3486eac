"""The places a list may name: areas and buildings found by code, name or address."""

from __future__ import annotations

import difflib
from collections import defaultdict
from dataclasses import dataclass, field

from linli.domain import addresses
from linli.records.places.models import Area, Building


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of ours: ids of area and building, with the stair and door an address named."""

    area: int
    building: int
    stair: str = ""
    door: str = ""


@dataclass
class Ground:
    """Look-up tables of one installation, narrowed to the subtree of a list's area."""

    areas: dict[int, Area]
    buildings: dict[int, Building]
    area_by_word: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    building_by_word: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    def area(self, text: str, *, within: Area | None) -> Area | None:
        """The area with this code or name inside `within`."""
        found = [self.areas[key] for key in self.area_by_word.get(addresses.normal(text), ())]
        return next((area for area in found if within is None or area.path.startswith(within.path)), None)

    def spot(self, text: str, *, within: Area | None) -> Spot | None:
        """The building that a text names by code, name or address, inside `within`; None if unknown or named twice."""
        found = addresses.find(text, self.building_by_word)
        if found is None:
            return None
        inside = [building for key in self.building_by_word[found.building] if self._is_in(building := self.buildings[key], within)]
        if len(inside) != 1:
            return None
        return Spot(inside[0].area_id, inside[0].pk, found.stair, found.door)

    def alike(self, text: str) -> tuple[str, ...]:
        """Names of known buildings that look like a text, the likest first."""
        words = difflib.get_close_matches(addresses.normal(text), list(self.building_by_word), n=3, cutoff=0.6)
        names = dict.fromkeys(self.buildings[self.building_by_word[word][0]].name for word in words)
        return tuple(names)

    def _is_in(self, building: Building, within: Area | None) -> bool:
        return within is None or self.areas[building.area_id].path.startswith(within.path)


def ground() -> Ground:
    """The look-up tables of this installation; two queries."""
    tables = Ground(Area.objects.in_bulk(), Building.objects.in_bulk())
    for area in tables.areas.values():
        for text in (area.code, area.name, area.name_en):
            if text:
                tables.area_by_word[addresses.normal(text)].append(area.pk)
    for building in tables.buildings.values():
        for word in {addresses.normal(text) for text in (building.code, building.name, building.name_en, building.address)}:
            if word:
                tables.building_by_word[word].append(building.pk)
    return tables
