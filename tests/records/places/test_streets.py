"""The streets that are walked on: loaded, replaced, kept whole; how the buildings lie on them."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from linli.domain.walking.streets import StreetsError, read_streets
from linli.records.journal.actions import Who
from linli.records.journal.models import Entry
from linli.records.places import actions, queries
from linli.records.places.models import Area, StreetNetwork
from linli.records.places.on_streets import Named, on_streets
from linli.records.places.streets import Ready, ready
from street_files import EDGE_COUNT, FILES, NODE_COUNT, PIECE_COUNT, osm, table

pytestmark = pytest.mark.django_db
CLERK = Who("w-clerk", "Clerk (invented)")
# Beside the streets of street_files: at a corner, in the alley, on the island, in the fields, nowhere.
PLACES = {
    "B1": (121.46005, 31.23405),
    "B2": (121.46185, 31.2346),
    "B3": (121.4624, 31.2360),
    "I1": (121.4701, 31.2343),
    "F1": (121.4800, 31.2400),
    "N1": (None, None),
}


@pytest.fixture
def buildings() -> None:
    row = {"code": "S", "name": "S", "name_en": "", "kind": "subdistrict", "parent_code": "", "outline": None}
    actions.draw_areas(by=CLERK, areas=[row])
    area = Area.objects.get()
    rows = [
        {"code": code, "area": area, "name": f"{code} (invented)", "kind": "residential", "lon": lon, "lat": lat}
        for code, (lon, lat) in PLACES.items()
    ]
    actions.draw_buildings(by=CLERK, buildings=rows)


def load(name: str = "streets.osm", content: bytes | None = None, attribution: str = "") -> StreetNetwork:
    streets: Ready = ready(name=name, content=FILES[name]() if content is None else content, attribution=attribution)
    return actions.load_streets(by=CLERK, streets=streets)


@pytest.mark.parametrize("name", FILES)
def test_streets_are_kept_whole(name: str) -> None:
    kept = load(name)
    network, expected = queries.network(), read_streets(name, FILES[name]()).network()
    assert network is not None
    assert network.lon.tolist() == expected.lon.tolist()
    assert network.metres.tolist() == expected.metres.tolist()
    assert (kept.node_count, kept.edge_count, kept.piece_count) == (NODE_COUNT, EDGE_COUNT, PIECE_COUNT)
    assert (kept.west, kept.south, kept.east, kept.north) == (121.46, 31.234, 121.47, 31.2369)
    assert kept.metres == pytest.approx(expected.metres.sum())
    assert (kept.form, kept.file_name, len(kept.sha256)) == (name.rpartition(".")[2], name, 64)


def test_each_load_leaves_a_line_and_replaces_the_streets_before() -> None:
    first = load("streets.csv", attribution=" Office\n(invented) ")
    second = load("streets.osm")
    assert (first.attribution, second.attribution) == (
        "Office (invented)",
        "© OpenStreetMap contributors, ODbL 1.0",
    )
    assert [kept.pk for kept in StreetNetwork.objects.all()] == [second.pk]
    assert queries.streets() == second
    load("streets.osm")
    lines = Entry.objects.filter(verb="places.load_streets").order_by("id")
    counted = {"edges": EDGE_COUNT, "pieces": PIECE_COUNT}
    assert [(line.who_id, line.detail) for line in lines] == [
        ("w-clerk", {"kind": "csv", "new": True, **counted}),
        ("w-clerk", {"kind": "osm", "new": True, **counted}),
        ("w-clerk", {"kind": "osm", "new": False, **counted}),
    ]
    assert StreetNetwork.objects.count() == 1


def test_the_network_is_the_one_loaded_last_and_read_once(django_assert_num_queries: object) -> None:
    load("streets.csv")
    before = queries.network()
    assert queries.network() is before
    with django_assert_num_queries(1):  # type: ignore[operator]
        queries.network()
    island = b"from_lon,from_lat,to_lon,to_lat\n121.47,31.234,121.47,31.2346\n"
    load("island.csv", content=island)
    after = queries.network()
    assert after is not None
    assert after.edge_count == 1
    assert before is not None
    assert before.edge_count == EDGE_COUNT


def test_a_file_that_is_refused_leaves_the_streets_as_they_were() -> None:
    kept = load("streets.osm")
    with pytest.raises(StreetsError, match="broken_xml"):
        load("streets.osm", content=osm()[:500])
    assert queries.streets() == kept


def test_without_streets_there_is_no_network() -> None:
    assert queries.streets() is None
    assert queries.network() is None
    assert on_streets() is None


@pytest.mark.parametrize("columns", [{"form": "shp"}, {"edge_count": 0}, {"node_count": 1}], ids=str)
def test_the_database_refuses_what_is_no_network(columns: dict[str, object]) -> None:
    kept = load("streets.osm")
    with pytest.raises(IntegrityError), transaction.atomic():
        StreetNetwork.objects.filter(pk=kept.pk).update(**columns)


@pytest.mark.usefixtures("buildings")
def test_every_building_that_is_not_on_the_network_is_named() -> None:
    load("streets.osm")
    found = on_streets()
    assert found is not None
    assert found.on_network == 3
    assert found.cut_off == (Named("I1", "I1 (invented)"),)
    assert found.far_off == (Named("F1", "F1 (invented)"),)
    assert found.unplaced == (Named("N1", "N1 (invented)"),)
    assert (found.between, found.radius_m, found.pairs, found.farther) == ("buildings", 500.0, 6, 0)
    assert len(found.pieces_m) == PIECE_COUNT
    assert found.pieces_m[0] > found.pieces_m[1]


def test_without_buildings_crossings_are_compared() -> None:
    load("streets.csv", content=table())
    found = on_streets()
    assert found is not None
    assert (found.on_network, found.cut_off, found.between) == (0, (), "crossings")
    assert found.pairs == 9 * 8
    assert found.farther == 6  # from corner to corner, along the blocks, and back
