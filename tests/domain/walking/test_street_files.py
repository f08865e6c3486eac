"""Files of streets: every form tells the same network; what is broken or hostile is refused by a code."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from osmium import SimpleWriter
from osmium.osm.mutable import Node, Way

from linli.domain.walking import circle, snap, walk
from linli.domain.walking.streets import Streets, StreetsError, packed, read_streets, unpacked
from linli.domain.walking.streets.walkable import is_walkable
from street_files import EDGE_COUNT, FILES, NODE_COUNT, PIECE_COUNT, osm, pbf, table

CHANCE = np.random.default_rng(7)
LON, LAT = CHANCE.uniform(121.459, 121.471, 60), CHANCE.uniform(31.233, 31.2375, 60)


def distances(streets: Streets) -> dict[tuple[int, int], float]:
    network = streets.network()
    points = snap(network, LON, LAT)
    walks = walk(network, points, points, limit_m=5_000)
    pairs = zip(walks.sources.tolist(), walks.targets.tolist(), strict=True)
    return dict(zip(pairs, walks.metres.tolist(), strict=True))


@pytest.mark.parametrize("name", FILES)
def test_every_form_tells_the_same_network(name: str) -> None:
    streets = read_streets(name, FILES[name]())
    network = streets.network()
    assert (network.node_count, network.edge_count, network.piece_count) == (NODE_COUNT, EDGE_COUNT, PIECE_COUNT)
    expected = distances(read_streets("streets.csv", table()))
    found = distances(streets)
    assert len(found) > 1_000
    assert found == pytest.approx(expected, abs=1e-6)
    assert streets.form == name.rpartition(".")[2]
    assert streets.attribution == ("© OpenStreetMap contributors, ODbL 1.0" if ".osm" in name else "")


@pytest.mark.parametrize("name", FILES)
def test_what_is_kept_comes_back(name: str) -> None:
    streets = read_streets(name, FILES[name]())
    kept = unpacked(packed(streets))
    assert (kept.form, kept.attribution) == (streets.form, streets.attribution)
    assert kept.steps.tolist() == streets.steps.tolist()
    assert kept.ends.tolist() == streets.ends.tolist()
    assert distances(kept) == distances(streets)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", packed(read_streets("a.csv", table()))[:-40]])
def test_bytes_that_were_not_kept_so_are_refused(content: bytes) -> None:
    with pytest.raises(StreetsError, match="kept_badly"):
        unpacked(content)


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ("highway=footway", True),
        ("highway=steps", True),
        ("highway=residential oneway=yes", True),
        ("highway=residential access=private", False),
        ("highway=residential access=no", False),
        ("highway=residential access=private foot=yes", True),
        ("highway=residential access=destination", True),
        ("highway=footway foot=no", False),
        ("highway=path foot=private", False),
        ("highway=primary foot=use_sidepath", False),
        ("highway=motorway", False),
        ("highway=trunk", False),
        ("highway=trunk foot=yes", True),
        ("highway=trunk sidewalk=both", True),
        ("highway=trunk sidewalk=both access=no", False),
        ("highway=trunk sidewalk=no", False),
        ("highway=cycleway", False),
        ("highway=cycleway foot=designated", True),
        ("highway=primary motorroad=yes", False),
        ("highway=proposed", False),
        ("building=yes", False),
        ("", False),
    ],
)
def test_where_people_walk(tags: str, expected: bool) -> None:
    assert is_walkable(dict(tag.split("=") for tag in tags.split())) == expected


def lines(*coordinates: object, **more: object) -> bytes:
    features = [
        {"type": "Feature", "properties": {}, "geometry": {"type": "LineString", "coordinates": one}}
        for one in coordinates
    ]
    return json.dumps({"type": "FeatureCollection", "features": features, **more}).encode()


GOOD = [[121.46, 31.23], [121.47, 31.23]]
HEAD = b"from_lon,from_lat,to_lon,to_lat"
IDS = b"from,to,from_lon,from_lat,to_lon,to_lat\n"
REFUSED: dict[str, tuple[str, bytes, str]] = {
    "nothing": ("a.osm", b"", "empty"),
    "white space": ("a.osm", b" \n ", "empty"),
    "another form": ("a.shp", b"\0\0\x27\x0a", "unknown_form"),
    "packed": ("a.osm.gz", b"\x1f\x8b\x08", "packed"),
    "cut in the middle": ("a.osm", osm()[:400], "broken_xml line="),
    "not XML": ("a.osm", b"<osm><node id=1></osm>", "broken_xml line=1"),
    "an encoding nobody knows": ("a.osm", b'<?xml version="1.0" encoding="x-no"?><osm/>', "broken_xml"),
    "another root": ("a.osm", b"<gpx></gpx>", "other_file root=gpx"),
    "no ways": ("a.osm", b'<osm><node id="1" lon="121" lat="31"/></osm>', "no_streets"),
    "ways alone": (
        "a.osm",
        b'<osm><way id="1"><nd ref="1"/><nd ref="2"/><tag k="highway" v="path"/></way></osm>',
        "no_streets",
    ),
    "nothing walked": ("a.osm", osm().replace(b"highway", b"railway"), "no_streets"),
    "a node nowhere": ("a.osm", b'<osm><node id="1" lon="121"/></osm>', "bad_node id=1"),
    "a node with words": ("a.osm", b'<osm><node id="1" lon="east" lat="31"/></osm>', "bad_node id=1"),
    "a node off the earth": ("a.osm", osm().replace(b"121.4600000", b"500"), "not_on_earth lon=500.0"),
    "a node that is no number": ("a.osm", osm().replace(b"121.4600000", b"nan"), "not_on_earth lon=nan"),
    "a node without a number": ("a.osm", b'<osm><node lon="121" lat="31"/></osm>', "bad_element tag=node name=id"),
    "a number too long": ("a.osm", b'<osm><node id="' + b"9" * 40 + b'" lon="1" lat="1"/></osm>', "bad_element"),
    "a way to words": ("a.osm", b'<osm><way id="1"><nd ref="x"/></way></osm>', "bad_element tag=nd name=ref said=x"),
    "entities": ("a.osm", b'<!DOCTYPE osm [<!ENTITY a "b">]><osm>&a;</osm>', "hostile_xml"),
    "a file of this computer": (
        "a.osm",
        b'<!DOCTYPE osm [<!ENTITY a SYSTEM "file:///etc/passwd">]><osm>&a;</osm>',
        "hostile_xml",
    ),
    "a PBF cut in the middle": ("a.osm.pbf", pbf()[:300], "broken_pbf"),
    "a PBF cut at its head": ("a.osm.pbf", pbf()[:40], "broken_pbf"),
    "a PBF turned over": ("a.osm.pbf", pbf()[:60] + bytes(255 - one for one in pbf()[60:]), "broken_pbf"),
    "a PBF of words": ("a.osm.pbf", b"\0\0\0\x0d\n\tOSMHeader" + b"x" * 90, "broken_pbf"),
    "deep XML": ("a.osm", b"<osm>" + b"<a>" * 300_000, "broken_xml line=1"),
    "many elements": ("a.osm", b"<osm>" + b"<way/>" * 200_000 + b"</osm>", "no_streets"),
    "a long cell": ("a.csv", HEAD + b"\n" + b"1" * 500_000 + b",1,1,1", "broken_csv line=2"),
    "a long number": ("a.geojson", lines([[10**400, 1], [1, 1]]), "bad_line number=1"),
    "a longer number": ("a.geojson", b'{"type": ' + b"9" * 10_000 + b"}", "broken_json"),
    "broken JSON": ("a.geojson", b'{"type": "FeatureCollection", ', "broken_json line=1"),
    "deep JSON": ("a.geojson", b'{"type":' + b"[" * 200_000, "broken_json"),
    "JSON of another kind": ("a.json", b'{"roads": []}', "no_geojson"),
    "no lines": ("a.geojson", lines(), "no_streets"),
    "a line of words": ("a.geojson", lines(GOOD, [["a", "b"]]), "bad_line number=2"),
    "a line of numbers": ("a.geojson", lines([1, 2]), "bad_line number=1"),
    "a line of half points": ("a.geojson", lines([[1], [2]]), "bad_line number=1"),
    "a line of nothing": ("a.geojson", lines(None), "bad_line number=1"),
    "no number": ("a.geojson", b'{"type":"LineString","coordinates":[[NaN,1],[2,1]]}', "not_on_earth"),
    "metres for degrees": ("a.geojson", lines([[354000, 3457000], [354100, 3457000]]), "not_on_earth lon=354000.0"),
    "another system": (
        "a.geojson",
        lines(GOOD, crs={"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::2437"}}),
        "other_crs crs=urn:ogc:def:crs:EPSG::2437",
    ),
    "one point": ("a.geojson", lines([GOOD[0], GOOD[0]]), "no_streets"),
    "no header": ("a.csv", b"121,31,121.1,31", "no_columns columns=from_lon, from_lat, to_lon, to_lat"),
    "half a header": ("a.csv", b"from_lon,from_lat,metres\n1,2,3", "no_columns columns=to_lon, to_lat"),
    "one end named": ("a.csv", b"from," + HEAD + b"\na,1,2,3,4", "no_columns columns=to"),
    "a header alone": ("a.csv", HEAD + b"\n\n,,,\n", "no_streets"),
    "a cell of words": ("a.csv", HEAD + b"\n121,31,121.1,31\n121,x,121.1,31", "bad_cell line=3 column=from_lat said=x"),
    "a cell missing": ("a.csv", HEAD + b"\n121,31,121.1", "bad_cell line=2 column=to_lat said="),
    "less than no metres": ("a.csv", HEAD + b",metres\n121,31,121.1,31,-5", "bad_cell line=2 column=metres said=-5"),
    "shorter than straight": ("a.csv", HEAD + b",metres\n121,31,121.1,31,500", "too_short line=2 metres=500.0"),
    "a node of two places": ("a.csv", IDS + b"a,b,121,31,121.1,31\nb,c,121.2,31,121.3,31", "two_places line=3 node=b"),
    "a node without a name": ("a.csv", IDS + b"a,,121,31,121.1,31", "bad_cell line=2 column=to said="),
    "no text": ("a.csv", b"\xff\xfe\xff\xff", "no_text"),
    "off the earth": ("a.csv", HEAD + b"\n121,31,121.1,91", "not_on_earth lon=121.1 lat=91.0"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_used_is_refused_with_its_place(case: str) -> None:
    name, content, message = REFUSED[case]
    with pytest.raises(StreetsError) as told:
        read_streets(name, content)
    assert str(told.value).startswith(message)


def test_a_way_that_the_extract_cuts_ends_there() -> None:
    content = osm().replace(b'<node id="5"', b'<node id="55"')
    assert read_streets("a.osm", content).network().edge_count == EDGE_COUNT - 3


def test_a_way_that_a_pbf_cuts_ends_there_too(tmp_path: Path) -> None:
    with SimpleWriter(str(tmp_path / "cut.osm.pbf")) as writer:
        for number, place in ((1, (121.46, 31.23)), (2, (121.461, 31.23))):
            writer.add_node(Node(id=number, location=place))
        writer.add_way(Way(id=1, nodes=[1, 2, 3], tags={"highway": "path"}))
    streets = read_streets("cut.osm.pbf", (tmp_path / "cut.osm.pbf").read_bytes())
    assert streets.network().edge_count == 1
    assert sorted(streets.lon.tolist()) == [121.46, 121.461]


def test_what_was_deleted_is_no_street() -> None:
    content = osm().replace(b'<way id="7">', b'<way id="7" action="delete">')
    assert read_streets("a.osm", content).network().piece_count == 1


def test_a_bridge_passes_over_a_street_where_its_nodes_have_names() -> None:
    """A table in Chinese, in the encoding of an office; two nodes at one place."""
    header = "起点,终点,起点经度,起点纬度,终点经度,终点纬度,长度(米)"
    rows = f"{header}\nW,M,121.46,31.23,121.461,31.23,100\nS,桥,121.461,31.229,121.461,31.23,\n"
    with pytest.raises(StreetsError, match="line=3 column=metres"):
        read_streets("a.csv", rows.encode("gb18030"))
    streets = read_streets("a.csv", (rows[:-1] + "111\n").encode("gb18030"))
    assert (streets.network().node_count, streets.network().piece_count) == (4, 2)
    assert streets.network().metres.tolist() == [100.0, 111.0]


def test_a_circle_counts_who_is_farther_by_street() -> None:
    """Two sides of a long block: 55 m by straight line, 10 minutes on foot."""
    row = HEAD + b"\n121.46,31.2300,121.466,31.2300\n121.46,31.2305,121.466,31.2305\n121.46,31.23,121.46,31.2305\n"
    network = read_streets("a.csv", row).network()
    places = snap(network, [121.4659, 121.4659, 121.4655, 121.5], [31.2300, 31.2305, 31.2300, 31.2300])
    found = circle(network, places, radius_m=500)
    assert (found.pairs, found.farther, found.share) == (6, 4, 2 / 3)
    assert circle(network, places.some(np.array([3])), radius_m=500).share is None
