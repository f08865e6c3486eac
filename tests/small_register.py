"""A register of a few invented people under the schedule of 2021, for tests that follow one of them."""

from __future__ import annotations

from datetime import date

from linli.records.doses.actions import Given, forecast, record
from linli.records.doses.models import Forecast
from linli.records.doses.queries import standings
from linli.records.journal.actions import Who
from linli.records.people import actions as people
from linli.records.people.models import Person, Source
from linli.records.places.models import Area, Building
from linli.records.programme.models import Programme, Vaccine

BY = Who("w0", "王小红（虚构）")
TODAY = date(2021, 6, 20)


def area(code: str = "A") -> Area:
    """An area of its own, at the top of the tree."""
    found, _ = Area.objects.get_or_create(code=code, defaults={"name": code, "path": f"{code}/"})
    return found


def house(code: str = "H1", of: str = "A") -> Building:
    """A building in an area."""
    found, _ = Building.objects.get_or_create(code=code, defaults={"name": code, "area": area(of)})
    return found


def source(code: str = "register", *, covers_doses: bool = True, rank: int = 50) -> Source:
    """A source of facts."""
    return people.open_source(by=BY, code=code, name=code, rank=rank, covers_doses=covers_doses)


def person(
    name: str,
    *,
    born: date | None = date(1950, 5, 1),
    sex: str = "F",
    document: str = "",
    phone: str = "",
    building: Building | None = None,
    of: Source | None = None,
    on: date = date(2021, 5, 1),
) -> Person:
    """Somebody whom a list told of, living in a building."""
    lives_in = building or house()
    told = people.Told(
        None,
        name,
        born,
        sex,
        ("resident_id", document) if document else None,
        phone,
        (people.StayTold("living", lives_in.area_id, lives_in.pk),),
    )
    of = of or source()
    (key,) = people.record(by=BY, source=of, on=on, covers_doses=of.covers_doses, told=[told])
    for programme in Programme.objects.all():
        forecast(by=BY, programme=programme, people=[key])
    return Person.objects.get(pk=key)


def dose(of: Person, product: str, given_on: date, number: int | None = None, evidence: str = "record") -> None:
    """A dose that the list told of."""
    vaccine = Vaccine.objects.get(code=product)
    record(by=BY, source=source(), given=[Given(of.pk, vaccine.pk, given_on, number, evidence=evidence)])
    for programme in Programme.objects.all():
        forecast(by=BY, programme=programme, people=[of.pk])


def standing(of: Person, on: date = TODAY) -> Forecast:
    """How somebody stands on a day, with `state` and `engine_state`."""
    return standings(programme=Programme.objects.get(), on=on).get(person=of)


def state(of: Person, on: date = TODAY) -> str:
    """The state of somebody on a day."""
    return str(standing(of, on).state)  # type: ignore[attr-defined]  # annotated by `standings`
