"""Moving a person to another door, or away from here, and taking it back."""

from __future__ import annotations

from datetime import date, datetime

from linli.records.journal.actions import Who, action, write
from linli.records.people.actions.recording import StayTold
from linli.records.people.actions.showing import _show_best
from linli.records.people.actions.sources import BY_HAND, by_hand
from linli.records.people.models import Household, Person, Stay
from linli.records.people.queries import STAY


class NothingBeforeError(ValueError):
    """Nobody but the office says where this person lived before."""


@action
def move(*, by: Who, person: Person, on: date, to: StayTold, at: datetime | None = None) -> Stay:
    """Write down where a person lives, is registered or works from a day on; the rows before stay to be seen."""
    household = None
    if to.kind == Stay.Kind.LIVING and to.door is not None:
        household, _ = Household.objects.get_or_create(door_id=to.door, label=to.household or "")
    stay = Stay.objects.create(
        person=person,
        kind=Stay.Kind(to.kind),
        area_id=to.area,
        building_id=to.building,
        door_id=to.door,
        household=household,
        employer_id=to.employer,
        elsewhere=to.elsewhere,
        source=by_hand(by=by, at=at),
        on=on,
    )
    _show_best(people=[person.pk])
    subjects = [("person", person.public_id)]
    if stay.building is not None:
        subjects.append(("building", stay.building.public_id))
    detail = {"stay": stay.kind, "elsewhere": stay.area_id is None, "on": on.isoformat()}
    write(by=by, verb="people.move", detail=detail, subjects=subjects, at=at)
    return stay


@action
def move_back(*, by: Who, person: Person, on: date, kind: str = Stay.Kind.LIVING, at: datetime | None = None) -> Stay:
    """Take the last move back: another row says what was shown before it. Raises NothingBeforeError."""
    rows = Stay.objects.filter(person=person, kind=kind).order_by("source__rank", "-on", "-id")
    last = rows.filter(source__code=BY_HAND[0]).first()
    before = rows.exclude(pk=last.pk if last else 0).first()
    if last is None or before is None:
        raise NothingBeforeError(person.public_id)
    columns = {column: getattr(before, column) for column in STAY}
    stay = Stay.objects.create(person=person, kind=kind, **columns, source=last.source, on=max(on, last.on))
    _show_best(people=[person.pk])
    write(by=by, verb="people.move_back", detail={"stay": kind}, subjects=[("person", person.public_id)], at=at)
    return stay
