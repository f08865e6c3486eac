"""Two committees side by side, invented people in each, and everything that names the victim: what attackers are after.

Texts that people write hold scripts, so that every page which shows one proves that it is only text.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.test import Client
from django.utils import timezone

from linli.records.accounts.actions import enrol, grant
from linli.records.accounts.models import Worker
from linli.records.doses.actions import contraindicate, correct, defer, end, forecast, record_by_hand
from linli.records.doses.models import Correction, Dose, Status
from linli.records.duplicates.actions import merge
from linli.records.duplicates.models import Merge, Pair
from linli.records.journal.actions import Who
from linli.records.lists import actions as lists
from linli.records.lists.models import List
from linli.records.people import actions as people
from linli.records.people.models import Employer, Person
from linli.records.places.actions import draw_areas, draw_buildings, draw_doors
from linli.records.places.models import Area, Building, Door
from linli.records.programme.actions import adopt, open_drive
from linli.records.programme.models import Programme, Vaccine
from small_street import resident_id

BY = Who("w-clerk", "Clerk (invented)")
DAY = date(2021, 6, 20)
EVIL = "<script>alert(1)</script>"
BREAKOUT = "\"><img src=x onerror=alert(2)>'"
FORMULA = '=HYPERLINK("http://evil.example","x")'
WORKERS = (
    ("office", "S", "office"),
    ("north_office", "N", "office"),
    ("north", "N", "committee_worker"),
    ("loan", "N", "volunteer"),
    ("leader", "N", "leader"),
    ("south", "Z", "committee_worker"),
)
BOUND_TO_NORTH = tuple(name for name, area, _role in WORKERS if area == "N")
VICTIM, VICTIM_TWIN, NEIGHBOUR, SCRIPTED = "受害人甲", "受害人乙", "北邻居", f"名{EVIL}{BREAKOUT}"
VICTIM_NUMBER, VICTIM_PHONE, VICTIM_NOTE = resident_id("19450312", 7), "19712345678", "鼻炎秘密"
NEIGHBOUR_PHONE = "19800005678"  # ends as the victim's does
VICTIM_LOT, VICTIM_ADDRESS = "LOT-VICTIM-77", "南弄七十七号暗处"
SECRETS = (VICTIM, VICTIM_TWIN, VICTIM_NUMBER, VICTIM_PHONE, VICTIM_NOTE, VICTIM_LOT, VICTIM_ADDRESS)


@dataclass(frozen=True)
class Ground:
    """The invented ground; people by name, other things by what an address calls them."""

    programme: Programme
    areas: dict[str, Area]
    buildings: dict[str, Building]
    people: dict[str, Person]
    dose: Dose
    status: Status
    pair: Pair
    own_pair: Pair
    merge: Merge
    list: List
    own_list: List

    @property
    def victim(self) -> Person:
        return self.people[VICTIM]


def build() -> Ground:
    """Everything, judged."""
    programme = adopt(by=BY, code="covid-19-cn-2021")
    rows = [("S", ""), ("N", "S"), ("Z", "S")]
    draw_areas(
        by=BY,
        areas=[
            {
                "code": c,
                "name": f"{c}{EVIL}",
                "name_en": f"{c}{BREAKOUT}",
                "kind": "other",
                "parent_code": p,
                "outline": None,
            }
            for c, p in rows
        ],
    )
    areas = Area.objects.in_bulk(field_name="code")
    open_drive(by=BY, name=f"drive{EVIL}", programme=programme, area=areas["S"], starts_on=date(2021, 3, 29))
    draw_buildings(
        by=BY,
        buildings=[
            {
                "code": f"{c}1",
                "area": areas[c],
                "name": f"{c}1{EVIL}",
                "name_en": f"{c}1{BREAKOUT}",
                "address": BREAKOUT,
            }
            for c in ("N", "Z")
        ],
    )
    buildings = Building.objects.in_bulk(field_name="code")
    draw_doors(by=BY, doors=[Door(building=house, number=f"101{EVIL}") for house in buildings.values()])
    _workers(areas)
    _people(buildings)
    found = {person.name: person for person in Person.objects.all()}
    dose, status = _ledger(found, programme)
    forecast(by=BY, programme=programme)
    merged = merge(by=BY, kept=found[VICTIM], gone=found[VICTIM_TWIN])
    one, other = sorted((found[VICTIM], found[NEIGHBOUR]), key=lambda row: row.pk)
    across = Pair.objects.create(one=one, other=other, score=9.0, reasons=["same_phone"], found_at=timezone.now())
    one, other = sorted((found[SCRIPTED], found[NEIGHBOUR]), key=lambda row: row.pk)
    inside = Pair.objects.create(one=one, other=other, score=8.0, reasons=["same_phone"], found_at=timezone.now())
    return Ground(
        programme=programme,
        areas=areas,
        buildings=buildings,
        people={person.name: person for person in Person.objects.filter(merged_into=None)},
        dose=dose,
        status=status,
        pair=across,
        own_pair=inside,
        merge=merged,
        list=_list(areas["Z"], f"{VICTIM},{VICTIM_NUMBER},{VICTIM_PHONE}"),
        own_list=_list(areas["N"], f"{SCRIPTED.replace(',', '')},{resident_id('19700101', 3)},13900000002"),
    )


def browser(username: str, language: str = "en", **more: Any) -> Client:
    """A browser in which a worker is signed in."""
    client = Client(**more)
    client.force_login(Worker.objects.get(username=username))
    client.cookies["django_language"] = language
    return client


def _workers(areas: dict[str, Area]) -> None:
    for username, area, role in WORKERS:
        worker = enrol(by=BY, username=username, name=f"{username}{EVIL}", password=None)
        grant(by=BY, worker=worker, area=areas[area], role=role)


def _people(buildings: dict[str, Building]) -> None:
    doors = {door.building_id: door.pk for door in Door.objects.all()}
    firm = Employer(name=f"firm{EVIL}", name_en=f"firm{BREAKOUT}", building=buildings["N1"])
    people.know_employers(by=BY, employers=[firm])
    source = people.open_source(by=BY, code="register", name=f"Register{EVIL}", rank=10, covers_doses=True)

    def stay(kind: str, code: str, **more: Any) -> people.StayTold:
        house = buildings[code]
        door = doors[house.pk] if kind == "living" else None
        return people.StayTold(kind, area=house.area_id, building=house.pk, door=door, **more)

    def told(name: str, number: str, phone: str, *stays: people.StayTold) -> people.Told:
        return people.Told(None, name, date(1945, 3, 12), "F", ("resident_id", number), phone, stays)

    rows = [
        told(VICTIM_TWIN, resident_id("19450312", 9), VICTIM_PHONE, stay("living", "Z1")),
        told(
            NEIGHBOUR,
            resident_id("19450312", 1),
            NEIGHBOUR_PHONE,
            stay("living", "N1"),
            stay("working", "N1", employer=firm.pk),
        ),
        told(SCRIPTED, resident_id("19450312", 3), "13900000002", stay("living", "N1")),
        told(FORMULA, resident_id("19450312", 5), "", stay("living", "N1")),
    ]
    people.record(by=BY, source=source, on=date(2021, 6, 1), covers_doses=True, told=rows)
    elsewhere = people.StayTold("registered", elsewhere=VICTIM_ADDRESS)
    victim = told(VICTIM, VICTIM_NUMBER, VICTIM_PHONE, stay("living", "Z1"), elsewhere)
    people.record(by=BY, source=source, on=DAY, covers_doses=True, told=[victim])


def _ledger(found: dict[str, Person], programme: Programme) -> tuple[Dose, Status]:
    """Doses, a correction and statuses, with secrets of the victim and scripts of the other."""
    vaccine = Vaccine.objects.get(code="BIBP")
    dose: Dose | None = None
    status: Status | None = None
    for name, lot, note in ((SCRIPTED, f"L{EVIL}", BREAKOUT), (VICTIM, VICTIM_LOT, VICTIM_NOTE)):
        wrong = record_by_hand(
            by=BY,
            person=found[name],
            vaccine=vaccine,
            given_on=date(2021, 4, 1),
            evidence=Dose.Evidence.PAPER,
            today=DAY,
            lot=lot,
            place=f"place{note}",
        )
        dose = correct(by=BY, dose=wrong, reason=Correction.Reason.DAY, given_on=date(2021, 4, 2), today=DAY, note=note)
        told = contraindicate(
            by=BY,
            person=found[name],
            programme=programme,
            on=date(2021, 5, 1),
            paper=f"paper{note}",
            today=DAY,
            note=note,
        )
        end(by=BY, status=told, on=date(2021, 5, 9), today=DAY, note=note)
        status = defer(
            by=BY, person=found[name], programme=programme, on=DAY, until_on=date(2021, 7, 1), today=DAY, note=note
        )
    assert dose is not None
    assert status is not None
    return dose, status


def _list(area: Area, line: str) -> List:
    """A staged list with one row in doubt and one that is bad."""
    source = people.open_source(by=BY, code="register", name=f"Register{EVIL}", rank=10, covers_doses=True)
    content = f"姓名,证件号码,联系电话\n{line}\n坏行{BREAKOUT.replace(',', '')},123,456\n".encode()
    received = lists.receive(
        by=BY,
        file_name=f"list{EVIL}.csv",
        content=content,
        source=source,
        area=area,
        as_of=DAY,
        covers_doses=True,
    )
    return lists.stage(by=BY, of=received, on=DAY)
