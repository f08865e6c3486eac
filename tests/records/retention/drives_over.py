"""People of two committees whose drives end: what is written down of them, in every table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from linli.records.doses.actions import (
    correct,
    defer,
    end,
    forecast,
    move_away,
    record_by_hand,
    refuse,
)
from linli.records.doses.models import Correction, Dose, StatusEnd
from linli.records.duplicates.actions import merge
from linli.records.duplicates.models import Pair
from linli.records.journal.actions import Who
from linli.records.lists import actions as lists
from linli.records.people import actions as people
from linli.records.people.models import Person
from linli.records.places.actions import draw_areas, draw_buildings, draw_doors
from linli.records.places.models import Area, Building, Door
from linli.records.programme.actions import adopt, open_drive
from linli.records.programme.models import Programme, Vaccine

BY = Who("w-clerk", "Clerk (invented)")
DAY, START = date(2021, 6, 20), date(2021, 3, 29)
NOON = datetime(2021, 6, 20, 4, tzinfo=UTC)
NORTH = ("王秀英", "钱宝根", "王秀英二")  # of the northern committee alone
NOWHERE = "顾根福"  # of no area of ours
SOUTH = "陈国平"
BETWEEN = "沈佩珍"  # lives in the north, works in the south
NUMBERS = {name: f"3101001945031290{k:02}" for k, name in enumerate((*NORTH, NOWHERE, SOUTH, BETWEEN))}
PHONES = {name: f"1970000000{k}" for k, name in enumerate(NUMBERS)}
NOTES = {name: f"told by {name}" for name in NUMBERS}


@dataclass(frozen=True)
class Ground:
    """The invented ground; people by name."""

    programme: Programme
    areas: dict[str, Area]
    people: dict[str, Person]


def build() -> Ground:
    """Everything, with both drives open."""
    programme = adopt(by=BY, code="covid-19-cn-2021")
    rows = [("S", ""), ("N", "S"), ("Z", "S")]
    areas = [{"code": c, "name": c, "name_en": "", "kind": "other", "parent_code": p, "outline": None} for c, p in rows]
    draw_areas(by=BY, areas=areas)
    by_code = Area.objects.in_bulk(field_name="code")
    for code in ("N", "Z"):
        open_drive(by=BY, name=f"drive {code}", programme=programme, area=by_code[code], starts_on=START)
    draw_buildings(by=BY, buildings=[{"code": f"{c}1", "area": by_code[c], "name": f"{c}1"} for c in ("N", "Z")])
    houses = Building.objects.in_bulk(field_name="code")
    draw_doors(by=BY, doors=[Door(building=house, number="101") for house in houses.values()])
    _tell(houses)
    found = {person.name: person for person in Person.objects.all()}
    _live(found, programme)
    _load_lists(by_code)
    return Ground(programme, by_code, {person.name: person for person in Person.objects.all()})


def _tell(houses: dict[str, Building]) -> None:
    doors = {door.building_id: door.pk for door in Door.objects.all()}
    source = people.open_source(by=BY, code="register", name="Register (invented)", rank=10, covers_doses=True)

    def stay(kind: str, code: str) -> people.StayTold:
        house = houses[code]
        door = doors[house.pk] if kind == "living" else None
        return people.StayTold(kind, area=house.area_id, building=house.pk, door=door, household="H1" if door else None)

    where = {
        **{name: (stay("living", "N1"), stay("registered", "N1")) for name in NORTH},
        NOWHERE: (people.StayTold("living", elsewhere="宝山区（虚构）"),),
        SOUTH: (stay("living", "Z1"),),
        BETWEEN: (stay("living", "N1"), stay("working", "Z1")),
    }
    gate = people.open_source(by=BY, code="gate", name="Gate list (invented)", rank=60)
    for name, stays in where.items():
        told = people.Told(None, name, date(1945, 3, 12), "F", ("resident_id", NUMBERS[name]), PHONES[name], stays)
        people.record(by=BY, source=gate if name == NORTH[2] else source, on=DAY, covers_doses=True, told=[told])


def _live(found: dict[str, Person], programme: Programme) -> None:
    """A dose and its correction, a status that ended and one that holds, a merge, a pair, a move away."""
    vaccine = Vaccine.objects.get(code="BIBP")
    for name, person in found.items():
        dose = record_by_hand(
            by=BY, person=person, vaccine=vaccine, given_on=date(2021, 4, 1), evidence=Dose.Evidence.PAPER, today=DAY
        )
        correct(by=BY, dose=dose, reason=Correction.Reason.DAY, given_on=date(2021, 4, 2), today=DAY, note=NOTES[name])
        told = refuse(
            by=BY, person=person, programme=programme, on=date(2021, 5, 1), told_by="self", note=NOTES[name], today=DAY
        )
        end(by=BY, status=told, on=date(2021, 5, 9), today=DAY, why=StatusEnd.Why.MISTAKE, note=NOTES[name])
        defer(by=BY, person=person, programme=programme, on=DAY, until_on=date(2021, 7, 1), today=DAY, note=NOTES[name])
    forecast(by=BY, programme=programme)
    merge(by=BY, kept=found[NORTH[0]], gone=found[NORTH[2]])
    Pair.objects.create(one=found[NORTH[0]], other=found[NORTH[1]], score=3.0, found_at=NOON)
    move_away(by=BY, person=found[NORTH[1]], on=DAY, today=DAY, to="宝山区（虚构）")


def _load_lists(areas: dict[str, Area]) -> None:
    source = people.open_source(by=BY, code="register", name="Register (invented)", rank=10, covers_doses=True)
    for code, names in (("N", NORTH), ("Z", (SOUTH,)), ("S", (SOUTH, NORTH[0]))):
        lines = [f"{name},{NUMBERS[name]},{PHONES[name]},x\n" for name in names]
        text = "姓名,证件号码,联系电话,备注\n" + "".join(lines)
        received = lists.receive(
            by=BY,
            file_name=f"{names[0]}.csv",
            content=text.encode(),
            source=source,
            area=areas[code],
            as_of=DAY,
            covers_doses=True,
        )
        lists.stage(by=BY, of=received, on=DAY)
