"""The places a reader of the due list may choose from: those within the worker's rights."""

from __future__ import annotations

from itertools import groupby

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from linli.records.accounts.queries import Right, areas
from linli.records.people.models import Employer
from linli.records.places.models import Area, Building
from linli.web.rights import worker
from linli.words.reasons import in_language

MOST = 500  # a longer list of options helps nobody and makes the page heavy
INDENT = "\u3000"

Options = list[tuple[str, str]]


class Ground:
    """The areas, buildings and employers within a right of the worker who is signed in; one query each."""

    def __init__(self, request: HttpRequest, right: Right) -> None:
        self.areas = list(areas(worker(request), right).order_by("path"))
        self.within = {area.pk: area for area in self.areas}
        self.buildings: list[Building] = []
        self.employers: list[Employer] = []

    def choose(self, area: Area | None) -> None:
        """Read the buildings and employers of an area's subtree, or of all areas."""
        chosen = [found for found in self.areas if area is None or found.path.startswith(area.path)]
        self.buildings = list(Building.objects.filter(area__in=chosen).order_by("area__path", "code")[: MOST + 1])
        for building in self.buildings:
            building.area = self.within[building.area_id]
        self.employers = list(Employer.objects.filter(building__area__in=chosen).order_by("name")[: MOST + 1])

    def building(self, public_id: str) -> Building | None:
        """The building of an address; to those without the right it does not exist."""
        if not public_id:
            return None
        known = next((row for row in self.buildings if row.public_id == public_id), None)
        found = known or Building.objects.select_related("area").filter(public_id=public_id).first()
        if found is None or found.area_id not in self.within:
            raise Http404
        return found

    def employer(self, public_id: str) -> Employer | None:
        """The employer of an address; to those without the right to its building it does not exist."""
        if not public_id:
            return None
        known = next((row for row in self.employers if row.public_id == public_id), None)
        found = known or Employer.objects.select_related("building").filter(public_id=public_id).first()
        if found is None or (found.building is not None and found.building.area_id not in self.within):
            raise Http404
        return found


def place_name(place: Area | Building | Employer) -> str:
    """The name of a place in the reader's language."""
    return in_language(place.name, place.name_en)


def area_choices(ground: Ground) -> Options:
    """The areas, those below another one set in."""
    top = min((area.path.count("/") for area in ground.areas), default=0)
    return [(area.public_id, INDENT * (area.path.count("/") - top) + place_name(area)) for area in ground.areas]


def building_choices(ground: Ground, chosen: Building | None) -> list[tuple[str, Options | str]]:
    """The buildings under the names of their areas; of too many only the chosen one, until an area is chosen."""
    if len(ground.buildings) > MOST:
        kept = [chosen] if chosen else []
        return [*_flat(kept), *([] if chosen else [("", _("Choose an area first"))])]
    grouped = groupby(ground.buildings, key=lambda building: building.area)
    return [(place_name(area), _flat(list(rows))) for area, rows in grouped]


def employer_choices(ground: Ground, chosen: Employer | None) -> Options:
    """The employers by name; of too many only the chosen one, until an area is chosen."""
    if len(ground.employers) > MOST:
        return _flat([chosen]) if chosen else [("", _("Choose an area first"))]
    return _flat(ground.employers)


def _flat(places: list[Building] | list[Employer]) -> Options:
    return [(place.public_id, place_name(place)) for place in places]
