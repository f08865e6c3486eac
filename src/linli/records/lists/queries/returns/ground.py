"""Places that somebody typed into a list that came back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from linli.domain.sheets.edits import Edit
from linli.records.lists.queries.copies.words import PlaceWords
from linli.records.lists.queries.ground import Ground, Spot, ground
from linli.records.lists.queries.returns.pending import Pending
from linli.records.places.models import Area


class Typed:
    """Finds areas and buildings by what was typed; read only when something was."""

    def __init__(self, paths: Sequence[str]) -> None:
        self._paths = tuple(paths)
        self._words: dict[str, PlaceWords] = {}

    @cached_property
    def ground(self) -> Ground:
        """All places of this installation."""
        return ground()

    def words(self, language: str) -> PlaceWords:
        """Their names in a language."""
        if language not in self._words:
            self._words[language] = PlaceWords(language)
            self._words[language].remember(areas=self.ground.areas.values(), buildings=self.ground.buildings.values())
        return self._words[language]

    def is_inside(self, area: int) -> bool:
        """Whether an area lies in the subtrees of whoever brought the list back."""
        return self.ground.areas[area].path.startswith(self._paths)

    def area(self, row: Pending, field: str) -> None:
        """Put the area that was typed into a field in its place."""
        typed = row.edits[field].text
        found = self.ground.area(typed, within=None)
        if found is None:
            row.tell("unknown_area", field, typed)
        elif not self.is_inside(found.pk):
            row.tell("outside_scope", field, typed)
        else:
            row.edits[field] = Edit(found.pk, self.words(row.copied.language).area(found.pk))

    def building(self, row: Pending, field: str, *, within: Area | None = None) -> Spot | None:
        """Put the building that was typed into a field in its place; gives the spot it was found at."""
        typed = row.edits[field].text
        spot = self.ground.spot(typed, within=within)
        if spot is None:
            code, alike = self._not_found(typed, within)
            params: dict[str, Any] = {"alike": list(alike)} if alike else {}
            row.tell(code, field, typed, **params)
            return None
        if not self.is_inside(spot.area):
            row.tell("outside_scope", field, typed)
            return None
        row.edits[field] = Edit(spot.building, self.words(row.copied.language).building(spot.building))
        return spot

    def _not_found(self, typed: str, within: Area | None) -> tuple[str, tuple[str, ...]]:
        """Why nothing was found; a name is proposed only of buildings in the worker's own areas."""
        code, alike = self.ground.not_found(typed, within=within)
        if code == "unknown_building":
            buildings = self.ground.buildings.values()
            mine = {one.name for one in buildings if one.name in alike and self.is_inside(one.area_id)}
            alike = tuple(name for name in alike if name in mine)
        return code, alike
