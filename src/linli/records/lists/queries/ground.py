"""The places a list may name: areas and buildings found by code, name or address."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from linli.domain import addresses
from linli.records.places.models import Area, Building

MOST_ALIKE = 3


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
    # A list may name one unknown building a thousand times; looking for its like takes a while.
    _alike_to: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def area(self, text: str, *, within: Area | None) -> Area | None:
        """The area with this code or name inside `within`."""
        found = [self.areas[key] for key in self.area_by_word.get(addresses.normal(text), ())]
        return next((area for area in found if within is None or area.path.startswith(within.path)), None)

    def spot(self, text: str, *, within: Area | None) -> Spot | None:
        """The building that a text names by code, name or address, inside `within`; None if unknown or named twice."""
        found = addresses.find(text, self.building_by_word)
        if found is None:
            return None
        inside = self._inside(self.building_by_word[found.building], within)
        if len(inside) != 1:
            return None
        return Spot(inside[0].area_id, inside[0].pk, found.stair, found.door)

    def not_found(self, text: str, *, within: Area | None) -> tuple[str, tuple[str, ...]]:
        """Why `spot` found nothing: unknown_building and names alike, or several_buildings and their codes."""
        found = addresses.find(text, self.building_by_word)
        named = self._inside(self.building_by_word[found.building], within) if found else []
        if named:
            return "several_buildings", tuple(building.code for building in named[:MOST_ALIKE])
        return "unknown_building", self._alike(text, within)

    def name(self, area: int | None, building: int | None) -> str:
        """What a place is called: its building, else its area."""
        if building:
            return self.buildings[building].name
        return self.areas[area].name if area else ""

    def _alike(self, text: str, within: Area | None) -> tuple[str, ...]:
        """Names of known buildings that look like a text, the likest first."""
        normal = addresses.normal(text)
        if normal not in self._alike_to:
            words = difflib.get_close_matches(normal, list(self.building_by_word), n=2 * MOST_ALIKE, cutoff=0.6)
            near = [building for word in words for building in self._inside(self.building_by_word[word], within)]
            self._alike_to[normal] = tuple(dict.fromkeys(building.name for building in near))[:MOST_ALIKE]
        return self._alike_to[normal]

    def _inside(self, buildings: Iterable[int], within: Area | None) -> list[Building]:
        found = (self.buildings[key] for key in buildings)
        return [
            building
            for building in found
            if within is None or self.areas[building.area_id].path.startswith(within.path)
        ]


def ground() -> Ground:
    """The look-up tables of this installation; two queries."""
    tables = Ground(Area.objects.in_bulk(), Building.objects.in_bulk())
    for area in tables.areas.values():
        for text in (area.code, area.name, area.name_en):
            if text:
                tables.area_by_word[addresses.normal(text)].append(area.pk)
    for building in tables.buildings.values():
        for word in {
            addresses.normal(text) for text in (building.code, building.name, building.name_en, building.address)
        }:
            if word:
                tables.building_by_word[word].append(building.pk)
    return tables
