"""Where a row of a people list says that its person lives, is registered and works."""

from __future__ import annotations

from dataclasses import dataclass

from linli.domain.sheets import PersonRow
from linli.records.lists.models import List
from linli.records.lists.queries.ground import Ground, Spot
from linli.records.places.models import Area

LIVING, REGISTERED, WORKING = "living", "registered", "working"


@dataclass(frozen=True, slots=True)
class Place:
    """A stay before its door, household and employer have ids; without an area: elsewhere."""

    kind: str
    area: int | None = None
    building: int | None = None
    stair: str = ""
    door: str = ""
    household: str = ""
    employer: str = ""
    elsewhere: str = ""


class PlaceError(ValueError):
    """A place of the row is not known; code and values as in docs/contracts.md."""

    def __init__(self, code: str, field: str, value: str, **params: object) -> None:
        super().__init__(code)
        self.code, self.field, self.value, self.params = code, field, value, params


def _not_found(column: str, text: str, within: Area | None, ground: Ground) -> PlaceError:
    code, alike = ground.not_found(text, within=within)
    return PlaceError(code, column, text, alike=alike)


def places_of(row: PersonRow, *, of: List, ground: Ground) -> tuple[Place, ...]:
    """The stays a row tells of. Raises PlaceError where it names a place of ours that nobody knows."""
    within = of.area
    area = _area(row, within, ground)
    own = _own_spot(row, area or within, ground)
    lives, registered = _residence(row, of)
    places = []
    for kind, is_here, address in (
        (LIVING, lives, row.living_address),
        (REGISTERED, registered, row.registered_address),
    ):
        place = _home(kind, is_here, address, own, area, row, within, ground, is_registered=bool(registered))
        if place is not None:
            places.append(place)
    if row.employer or row.work_building or of.basis == List.Basis.WORKING:
        places.append(_work(row, within, ground))
    return tuple(places)


def _area(row: PersonRow, within: Area | None, ground: Ground) -> Area | None:
    if not row.area:
        return None
    area = ground.area(row.area, within=within)
    if area is None:
        elsewhere = ground.area(row.area, within=None)
        code = "outside_area" if elsewhere else "unknown_area"
        raise PlaceError(code, "area", row.area, area=within.name if within else "")
    return area


def _own_spot(row: PersonRow, within: Area | None, ground: Ground) -> Spot | None:
    """The building and door columns of the row."""
    if not row.building:
        return None
    spot = ground.spot(row.building, within=within)
    if spot is None:
        raise _not_found("building", row.building, within, ground)
    return Spot(spot.area, spot.building, row.stair or spot.stair, row.door or spot.door)


def _residence(row: PersonRow, of: List) -> tuple[bool | None, bool | None]:
    """(lives here, registered here); None where neither the row nor the list's basis says."""
    lives, registered = row.living_here, row.registered_here
    if lives is None and registered is None and of.kind != "staff":
        lives = True if of.basis == List.Basis.LIVING and of.kind == "people" else None
        registered = True if of.basis == List.Basis.REGISTERED else None
    return lives, registered


def _home(
    kind: str,
    is_here: bool | None,
    address: str,
    own: Spot | None,
    area: Area | None,
    row: PersonRow,
    within: Area | None,
    ground: Ground,
    *,
    is_registered: bool,
) -> Place | None:
    spot = ground.spot(address, within=within) if address else None
    if is_here is False:
        return Place(kind, elsewhere=address or "-")
    if spot is None and address and not (is_here and own):
        # Somebody registered here may live anywhere; of others an address nobody knows is more likely a slip.
        if is_here or (kind == LIVING and not own and not is_registered):
            column = "living_address" if kind == LIVING else "registered_address"
            raise _not_found(column, address, within, ground)
        return Place(kind, elsewhere=address)
    if spot is None and is_here:
        spot = own
    if spot is not None:
        return Place(kind, spot.area, spot.building, spot.stair, spot.door, row.household)
    if is_here and (area or within):
        return Place(kind, (area or within).pk)  # type: ignore[union-attr]  # one of the two is there
    return None


def _work(row: PersonRow, within: Area | None, ground: Ground) -> Place:
    if not row.work_building:
        return Place(WORKING, within.pk if within else None, employer=row.employer_code or row.employer)
    spot = ground.spot(row.work_building, within=within)
    if spot is None:
        raise _not_found("work_building", row.work_building, within, ground)
    return Place(WORKING, spot.area, spot.building, employer=row.employer_code or row.employer)
