"""`linli places streets`: what an operator is told, and what a file that cannot be used leads to."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from linli.cli import root
from linli.domain.walking.streets import StreetsError
from linli.records.journal.actions import Who
from linli.records.places.actions import draw_areas, draw_buildings
from linli.records.places.models import Area, StreetNetwork
from linli.words.streets import REFUSALS, refusal_words
from street_files import osm, table

pytestmark = pytest.mark.django_db
SOURCE = Path(__file__).resolve().parents[2] / "src/linli"


@pytest.fixture
def linli(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Result]:
    monkeypatch.setattr("linli.cli.ready._database_ready", lambda: None)
    (tmp_path / "streets.osm").write_bytes(osm())
    (tmp_path / "streets.csv").write_bytes(table())
    monkeypatch.chdir(tmp_path)
    return lambda *words: CliRunner().invoke(root, ["places", "streets", *words])


def draw(**places: tuple[float, float]) -> None:
    by = Who("", "test")
    row = {"code": "S", "name": "S", "name_en": "", "kind": "subdistrict", "parent_code": "", "outline": None}
    draw_areas(by=by, areas=[row])
    of = {"area": Area.objects.get(), "kind": "residential"}
    rows = [{**of, "code": code, "name": f"{code} 号", "lon": lon, "lat": lat} for code, (lon, lat) in places.items()]
    draw_buildings(by=by, buildings=rows)


def test_the_operator_is_told_how_the_buildings_lie_on_the_streets(linli: Callable[..., Result]) -> None:
    draw(B1=(121.46005, 31.23405), B2=(121.46245, 31.2368), I1=(121.4701, 31.2343), F1=(121.48, 31.24))
    told = linli("streets.osm")
    assert told.exit_code == 0, told.output
    assert told.stdout.splitlines() == [
        "streets.osm: 11 nodes, 11 stretches of street, 1 km, 2 pieces",
        "© OpenStreetMap contributors, ODbL 1.0",
        "The largest piece has 95.0% of the length.",
        "Buildings on the network: 2",
        "Cut off, no street joins them to the largest piece: 1",
        "  I1\tI1 号",
        "No street near, measured by straight line: 1",
        "  F1\tF1 号",
        "Of pairs of buildings within 500 m by straight line, 100% are farther by street.",
    ]
    assert linli().stdout == told.stdout


def test_json_tells_the_same_and_names_all(linli: Callable[..., Result]) -> None:
    draw(**{f"I{number}": (121.4701, 31.2343) for number in range(30)})
    told: dict[str, Any] = json.loads(linli("streets.csv", "--attribution", "Office (invented)", "--json").stdout)
    assert {key: told[key] for key in ("file", "form", "attribution", "nodes", "edges", "pieces", "box")} == {
        "file": "streets.csv", "form": "csv", "attribution": "Office (invented)", "nodes": 11, "edges": 11,
        "pieces": 2, "box": [121.46, 31.234, 121.47, 31.2369],
    }  # fmt: skip
    assert told["sha256"] == StreetNetwork.objects.get().sha256
    assert 0 < told["largest_piece_km"] < told["km"]
    assert [row["code"] for row in told["buildings"]["cut_off"]] == sorted(f"I{number}" for number in range(30))
    assert told["buildings"]["on_network"] == 0
    assert told["circle"] == {"radius_m": 500, "between": "crossings", "pairs": 72, "farther": 6, "share": 0.0833}
    assert "  and 10 more; --json names all" in linli().stdout


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.osm", osm()[:500], "a.osm: The file is broken XML (line "),
        ("a.osm", b"", "a.osm: The file is empty."),
        ("a.shp", b"\0\0", "a.shp: This is no file of streets that linli knows"),
        ("a.csv", b"a,b\n1,2", "a.csv: The table lacks columns: from_lon, from_lat, to_lon, to_lat."),
        ("a.csv", table() + b"\n1,2,x,4", "a.csv: Line 13, column to_lon: “x” cannot be used."),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_what_to_do(
    linli: Callable[..., Result], name: str, content: bytes, message: str
) -> None:
    linli("streets.osm")
    Path(name).write_bytes(content)
    told = linli(name)
    assert told.exit_code == 1
    assert message in told.stderr
    assert StreetNetwork.objects.get().file_name == "streets.osm"


def test_without_streets_the_command_says_how_walking_is_measured(linli: Callable[..., Result]) -> None:
    told = linli()
    assert told.exit_code == 1
    assert "walking is measured by straight line" in told.stderr


def test_every_refusal_has_words() -> None:
    codes = {
        line.split('StreetsError("')[1].split('"')[0]
        for path in (*(SOURCE / "domain/walking/streets").glob("*.py"), SOURCE / "cli/places.py")
        for line in path.read_text().splitlines()
        if 'StreetsError("' in line
    }
    assert codes == set(REFUSALS)
    error = StreetsError("bad_cell", line=3, column="to", said="x")
    assert refusal_words(error.code, error.values) == (
        "Line 3, column to: “x” cannot be used. Mend it and load the file again."
    )
