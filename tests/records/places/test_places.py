"""The area tree, buildings and doors."""

from __future__ import annotations

import importlib
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from linli.records.journal.actions import Who
from linli.records.journal.queries import history
from linli.records.places import actions, queries
from linli.records.places.models import Area, Building, Door

pytestmark = pytest.mark.django_db
CLERK = Who("w-clerk", "Clerk (invented)")


def area(code: str, parent: str = "", kind: str = "committee") -> dict[str, Any]:
    return {"code": code, "name": f"{code} name", "name_en": "", "kind": kind, "parent_code": parent, "outline": None}


def building(code: str, of: Area, **more: Any) -> dict[str, Any]:
    return {"code": code, "area": of, "name": f"{code} name", "kind": "residential", **more}


@pytest.fixture
def tree() -> dict[str, Area]:
    actions.draw_areas(
        by=CLERK, areas=[area("G1", "C1", "grid"), area("C1", "S"), area("C2", "S"), area("S", kind="subdistrict")]
    )
    return Area.objects.in_bulk(field_name="code")


def test_parents_may_come_in_any_order(tree: dict[str, Area]) -> None:
    assert {code: found.path for code, found in tree.items()} == {
        "S": "S/",
        "C1": "S/C1/",
        "C2": "S/C2/",
        "G1": "S/C1/G1/",
    }


def test_the_tree_is_walked_both_ways(tree: dict[str, Area]) -> None:
    assert [found.code for found in queries.subtree(tree["C1"])] == ["C1", "G1"]
    assert [found.code for found in queries.children(tree["S"])] == ["C1", "C2"]
    assert [found.code for found in queries.ancestors(tree["G1"])] == ["S", "C1", "G1"]
    assert queries.root() == tree["S"]


def test_a_code_that_begins_like_another_is_not_in_its_subtree(tree: dict[str, Area]) -> None:
    actions.draw_areas(by=CLERK, areas=[area("C10", "S")])
    assert [found.code for found in queries.subtree(tree["C1"])] == ["C1", "G1"]


def test_an_area_that_moves_takes_its_subtree_along(tree: dict[str, Area]) -> None:
    actions.draw_areas(by=CLERK, areas=[area("C1", "C2")])
    paths = dict(Area.objects.values_list("code", "path"))
    assert paths == {"S": "S/", "C2": "S/C2/", "C1": "S/C2/C1/", "G1": "S/C2/C1/G1/"}


def test_an_unknown_parent_is_refused_and_nothing_is_kept() -> None:
    with pytest.raises(actions.UnknownParentError, match="nowhere"):
        actions.draw_areas(by=CLERK, areas=[area("S", kind="subdistrict"), area("C9", "nowhere")])
    assert not Area.objects.exists()


def test_an_empty_cell_never_takes_a_known_value_away(tree: dict[str, Area]) -> None:
    actions.draw_buildings(by=CLERK, buildings=[building("B1", tree["G1"], floors=6, address="新闸路1号")])
    actions.draw_buildings(by=CLERK, buildings=[building("B1", tree["G1"], floors=None, address="", name_en="One")])
    found = Building.objects.get()
    assert (found.floors, found.address, found.name_en) == (6, "新闸路1号", "One")
    assert [line.verb for line in history(noun="building", subject_ids=[found.public_id])] == [
        "places.draw_buildings"
    ] * 2


def test_a_door_is_drawn_once(tree: dict[str, Area]) -> None:
    actions.draw_buildings(by=CLERK, buildings=[building("B1", tree["G1"])])
    home = Building.objects.get()
    doors = [Door(building=home, stair="2", number="301"), Door(building=home, stair="2", number="301")]
    ids = actions.draw_doors(by=CLERK, doors=doors)
    assert actions.draw_doors(by=CLERK, doors=doors) == ids == {(home.pk, "2", "301"): Door.objects.get().pk}


def test_areas_that_move_at_once_are_never_below_each_other(tree: dict[str, Area]) -> None:
    actions.draw_areas(by=CLERK, areas=[area("C1", "G1"), area("G1", "S", "grid")])
    paths = dict(Area.objects.values_list("code", "path"))
    assert paths == {"S": "S/", "C2": "S/C2/", "G1": "S/G1/", "C1": "S/G1/C1/"}


def test_a_ring_of_known_areas_is_refused(tree: dict[str, Area]) -> None:
    with pytest.raises(actions.UnknownParentError):
        actions.draw_areas(by=CLERK, areas=[area("C1", "C2"), area("C2", "C1")])
    assert Area.objects.get(code="C1").path == "S/C1/"


@pytest.fixture
def hall(tree: dict[str, Area]) -> list[Door]:
    """Three doors on one stair."""
    actions.draw_buildings(by=CLERK, buildings=[building("B1", tree["G1"])])
    home = Building.objects.get()
    actions.draw_doors(by=CLERK, doors=[Door(building=home, stair="1", number=n) for n in ("101", "102", "103")])
    return list(Door.objects.order_by("number"))


def test_every_door_has_an_id_of_its_own(hall: list[Door]) -> None:
    assert len({door.public_id for door in hall}) == 3
    assert all(len(door.public_id) == len(hall[0].building.public_id) for door in hall)


def test_doors_may_exchange_and_hand_on_their_numbers(hall: list[Door]) -> None:
    ids = [door.public_id for door in hall]
    for door, number in zip(hall, ("102", "103", "101"), strict=True):
        door.number, door.floor = number, 1
    actions.number_doors(by=CLERK, doors=hall)
    now = dict(Door.objects.values_list("public_id", "number"))
    assert [now[one] for one in ids] == ["102", "103", "101"]
    lines = history(noun="building", subject_ids=[hall[0].building.public_id]).filter(verb="places.number_doors")
    assert [line.detail for line in lines] == [{"doors": 3}]


def test_a_number_that_another_door_keeps_is_refused_and_nothing_is_kept(hall: list[Door]) -> None:
    hall[0].number, hall[1].number = "102", "103"
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.number_doors(by=CLERK, doors=hall[:2])
    assert set(Door.objects.values_list("number", flat=True)) == {"101", "102", "103"}


def test_doors_of_an_older_program_get_their_ids(hall: list[Door]) -> None:
    before = {door.public_id for door in hall}
    importlib.import_module("linli.records.migrations.0007_doors_and_areas_in_excel")._give_ids(apps, connection)
    after = set(Door.objects.values_list("public_id", flat=True))
    assert (len(after), after & before) == (3, set())


@pytest.mark.parametrize(
    "values",
    [
        pytest.param({"kind": "castle"}, id="a kind nobody knows"),
        pytest.param({"lon": 500.0, "lat": 31.0}, id="off the earth"),
    ],
)
def test_the_database_refuses(tree: dict[str, Area], values: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Building.objects.create(**{"code": "B9", "area": tree["C1"], "name": "x", **values})
