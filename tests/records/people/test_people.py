"""What lists tell of people: rows with source and date, the believed one shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from linli.records.journal.actions import Who
from linli.records.journal.queries import history
from linli.records.keys.sealing import lookup
from linli.records.people import actions, queries
from linli.records.people.actions import StayTold, Told
from linli.records.people.models import Document, Household, Listing, Name, Person, Phone, Source, Stay
from linli.records.places import actions as places
from linli.records.places.models import Area, Building, Door

pytestmark = pytest.mark.django_db
CLERK = Who("w-clerk", "Clerk (invented)")
ON = date(2021, 6, 1)
GRANDMA = Told(None, "王秀英", date(1948, 3, 2), "F", ("resident_id", "310106194803020028"), "13800000001")


@pytest.fixture
def home() -> Building:
    areas = [{"code": "S", "name": "S", "name_en": "", "kind": "other", "parent_code": "", "outline": None}]
    places.draw_areas(by=CLERK, areas=areas)
    places.draw_buildings(
        by=CLERK, buildings=[{"code": "B1", "area": Area.objects.get(), "name": "B1", "kind": "residential"}]
    )
    building = Building.objects.get()
    places.draw_doors(by=CLERK, doors=[Door(building=building, number="301")])
    return building


@pytest.fixture
def police() -> Source:
    return actions.open_source(by=CLERK, code="police", name="Police", rank=10)


@pytest.fixture
def committee() -> Source:
    return actions.open_source(by=CLERK, code="committee", name="Committee", rank=20, covers_doses=True)


def tell(source: Source, *told: Told, on: date = ON, covers: bool = False) -> list[int]:
    return actions.record(by=CLERK, source=source, on=on, covers_doses=covers, told=list(told))


def fresh(**changes: object) -> Told:
    return replace(GRANDMA, **changes)  # type: ignore[arg-type]  # names of its fields


def again(told: Told, person: int, **changes: object) -> Told:
    return replace(told, person=person, **changes)  # type: ignore[arg-type]  # names of its fields


def test_a_new_person_shows_what_was_told(police: Source, home: Building) -> None:
    living = StayTold("living", home.area_id, home.pk, Door.objects.get().pk, "户1")
    (person,) = tell(police, fresh(stays=(living,)))
    found = Person.objects.get(pk=person)
    assert (found.name, found.phone, found.birth_date, found.sex) == ("王秀英", "13800000001", date(1948, 3, 2), "F")
    assert (found.living_building, found.living_door, found.household) == (
        home,
        Door.objects.get(),
        Household.objects.get(),
    )
    assert not found.is_covered
    assert [line.verb for line in history(noun="person", subject_ids=[found.public_id])] == ["people.record"]


def test_saying_the_same_again_makes_no_row(police: Source) -> None:
    (person,) = tell(police, GRANDMA)
    before = [model.objects.count() for model in (Person, Name, Phone, Document, Stay, Listing)]
    tell(police, again(GRANDMA, person))
    assert [model.objects.count() for model in (Person, Name, Phone, Document, Stay, Listing)] == before


def test_the_better_source_is_believed_whichever_came_first(police: Source, committee: Source) -> None:
    (person,) = tell(committee, fresh(phone="13900000009"))
    tell(police, again(GRANDMA, person, phone="13800000001"), on=date(2021, 1, 1))
    assert Person.objects.get().phone == "13800000001"
    assert [(fact.row.value, fact.source) for fact in queries.facts(Person.objects.get())["phone"]] == [
        ("13800000001", "Police"),
        ("13900000009", "Committee"),
    ]


def test_of_one_source_the_newest_is_believed(police: Source) -> None:
    (person,) = tell(police, GRANDMA)
    tell(police, again(GRANDMA, person, phone="13800000002"), on=date(2021, 6, 10))
    assert Person.objects.get().phone == "13800000002"


def test_silence_takes_nothing_away(police: Source) -> None:
    (person,) = tell(police, GRANDMA)
    tell(police, again(GRANDMA, person, phone="", name=""), on=date(2021, 6, 10))
    assert (Person.objects.get().phone, Person.objects.get().name) == ("13800000001", "王秀英")


def test_covered_once_any_list_that_covers_doses_names_them(police: Source, committee: Source) -> None:
    (person,) = tell(police, GRANDMA)
    assert not Person.objects.get().is_covered
    tell(committee, again(GRANDMA, person), covers=True)
    assert Person.objects.get().is_covered


def test_moved_elsewhere_is_a_fact_too(committee: Source, home: Building) -> None:
    (person,) = tell(committee, fresh(stays=(StayTold("living", home.area_id, home.pk),)))
    gone = again(GRANDMA, person, stays=(StayTold("living", elsewhere="苏州"),))
    tell(committee, gone, on=date(2021, 6, 10))
    assert Person.objects.get().living_area is None
    assert Stay.objects.count() == 2


def test_a_rebuild_of_all_gives_the_same(police: Source, committee: Source, home: Building) -> None:
    living = StayTold("living", home.area_id, home.pk, Door.objects.get().pk, "户1")
    people = [fresh(name=f"王{i}", document=("passport", f"E{i}"), stays=(living,)) for i in range(30)]
    ids = tell(committee, *people, covers=True)
    tell(police, *(again(told, person, phone="13700000000") for told, person in zip(people, ids, strict=True)))
    before = list(Person.objects.order_by("id").values())
    assert actions.rebuild(by=CLERK) == 30
    assert list(Person.objects.order_by("id").values()) == before


def test_many_people_take_no_more_queries_than_few(police: Source, django_assert_max_num_queries: object) -> None:
    many = [fresh(document=("passport", f"E{i}")) for i in range(500)]
    with django_assert_max_num_queries(40):  # type: ignore[operator]
        tell(police, *many)
    assert Person.objects.count() == 500


def test_two_people_may_share_a_phone_but_not_a_document(police: Source) -> None:
    tell(police, GRANDMA, fresh(name="王建国", document=("passport", "E1")))
    assert Person.objects.filter(phone_hash=lookup("13800000001")).count() == 2
    assert Document.objects.count() == 2
