"""A small invented street: two committees, three buildings, an employer, and residents of every kind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from linli.records.accounts.actions import enrol, grant
from linli.records.doses.actions import Given, forecast, record
from linli.records.journal.actions import Who
from linli.records.people import actions as people
from linli.records.people.models import Employer, Person, Source
from linli.records.places.actions import draw_areas, draw_buildings, draw_doors
from linli.records.places.models import Area, Building, Door
from linli.records.programme.actions import adopt, open_drive
from linli.records.programme.models import Programme, Vaccine

BY = Who("", "test")
TODAY = date(2021, 6, 20)
EVIL = "<script>alert(1)</script>"


@dataclass(frozen=True)
class Street:
    """The invented street; people by name."""

    programme: Programme
    areas: dict[str, Area]
    buildings: dict[str, Building]
    employer: Employer
    people: dict[str, Person]


def build() -> Street:
    """Everybody of the street, judged."""
    programme = adopt(by=BY, code="covid-19-cn-2021")
    areas = _areas()
    open_drive(by=BY, name="drive", programme=programme, area=areas["S"], starts_on=date(2021, 3, 29))
    buildings = _buildings(areas)
    draw_doors(by=BY, doors=[Door(building=row, number=n) for row in buildings.values() for n in ("101", "102")])
    firm = Employer(name="静安虚构贸易", name_en="Invented Trading", building=buildings["T1"])
    people.know_employers(by=BY, employers=[firm])
    _people(areas, buildings, firm)
    _doses()
    forecast(by=BY, programme=programme)
    for username, area, role in (
        ("office", "S", "office"),
        ("north", "N", "committee_worker"),
        ("leader", "S", "leader"),
    ):
        worker = enrol(by=BY, username=username, name=username, password=None)
        grant(by=BY, worker=worker, area=areas[area], role=role)
    return Street(programme, areas, buildings, firm, {row.name: row for row in Person.objects.all()})


def add_residents(street: Street, count: int) -> None:
    """More people of the northern house, all due their first dose."""
    source = Source.objects.get(code="register")
    home = people.StayTold("living", area=street.areas["N"].pk, building=street.buildings["N1"].pk)
    told = [people.Told(None, f"邻居{k:03}", date(1970, 1, 1), "F", stays=(home,)) for k in range(count)]
    ids = people.record(by=BY, source=source, on=date(2021, 6, 1), covers_doses=True, told=told)
    forecast(by=BY, programme=street.programme, people=ids)


def _areas() -> dict[str, Area]:
    rows = [("S", "", "街道", "Street"), ("N", "S", "北居委", "North"), ("Z", "S", "南居委", "South")]
    draw_areas(
        by=BY,
        areas=[
            {"code": code, "name": zh, "name_en": en, "kind": "other", "parent_code": parent, "outline": None}
            for code, parent, zh, en in rows
        ],
    )
    return Area.objects.in_bulk(field_name="code")


def _buildings(areas: dict[str, Area]) -> dict[str, Building]:
    rows = [("N1", "N", "北一号", "North House"), ("Z1", "Z", "南一号", "South House"), ("T1", "N", "大厦", "Tower")]
    draw_buildings(
        by=BY, buildings=[{"code": code, "area": areas[area], "name": zh, "name_en": en} for code, area, zh, en in rows]
    )
    return Building.objects.in_bulk(field_name="code")


def _people(areas: dict[str, Area], buildings: dict[str, Building], firm: Employer) -> None:
    doors = {row.building_id: row.pk for row in Door.objects.filter(number="101")}

    def stay(kind: str, building: str, employer: int | None = None) -> people.StayTold:
        house = buildings[building]
        door = doors[house.pk] if kind == "living" else None
        return people.StayTold(kind, area=house.area_id, building=house.pk, door=door, employer=employer)

    north, south, works = stay("living", "N1"), stay("living", "Z1"), stay("working", "T1", firm.pk)

    def told(name: str, born: date | None, phone: str, *stays: people.StayTold) -> people.Told:
        return people.Told(None, name, born, "F", phone=phone, stays=stays)

    register = people.open_source(by=BY, code="register", name="Register (invented)", rank=10)
    rows = [
        told("甲全程", date(1950, 1, 1), "13900000001", north),
        told("乙应种", date(1960, 1, 1), "13900000002", north),
        told("丙逾期", date(1970, 1, 1), "13900000003", north),
        told("丁等待", date(1980, 1, 1), "13900000004", north),
        told("戊少年", date(2010, 1, 1), "", north),
        told("己生日", date(2003, 6, 20), "13900000006", north),
        told("庚末日", date(1975, 1, 1), "13900000007", north),
        told(EVIL, date(1985, 1, 1), "", north),
        told("=1+2", date(1986, 1, 1), "", north),
        told("辛南人", date(1990, 1, 1), "13900008888", south),
        told("壬两处", date(1991, 1, 1), "13900000009", south, works),
        told("无生日", None, "", north),
    ]
    people.record(by=BY, source=register, on=date(2021, 6, 1), covers_doses=True, told=rows)
    gate = people.open_source(by=BY, code="gate", name="Gate list (invented)", rank=60)
    unknown = [told("癸不详", date(1992, 1, 1), "", north)]
    people.record(by=BY, source=gate, on=date(2021, 6, 2), covers_doses=False, told=unknown)
    again = Person.objects.get(name="乙应种").pk
    other = people.Told(again, "乙又名", None, "", phone="13700000000", stays=(south,))
    people.record(by=BY, source=gate, on=date(2021, 6, 3), covers_doses=False, told=[other])


def _doses() -> None:
    given = {
        "甲全程": [("BIBP", date(2021, 4, 1)), ("CoronaVac", date(2021, 4, 25))],
        "丙逾期": [("BIBP", date(2021, 4, 1))],
        "丁等待": [("CoronaVac", date(2021, 6, 10))],
        "庚末日": [("WIBP", date(2021, 4, 26)), ("WIBP", date(2021, 5, 5))],
    }
    vaccines = {row.code: row.pk for row in Vaccine.objects.all()}
    ids = dict(Person.objects.values_list("name", "id"))
    rows = [
        Given(ids[name], vaccines[code], day, lot="L-1", place="卫生服务中心")
        for name, doses in given.items()
        for code, day in doses
    ]
    record(by=BY, source=Source.objects.get(code="register"), given=rows)
