"""Coverage as a range where evidence differs, and those whom rows of the register put apart."""

from __future__ import annotations

import csv
import html
import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from linli.records.doses.actions import Given, contraindicate, defer, forecast, move_away, record, refuse
from linli.records.journal.actions import Who
from linli.records.people.models import Person, Source
from linli.records.places.models import Area
from linli.records.programme.models import Vaccine
from linli.records.programme.queries import current

BY = Who("", "test")
DAY = date(2021, 6, 20)
SignIn = Callable[..., Client]


def board_of(code: str, more: str = "") -> str:
    return f"/board/{Area.objects.get(code=code).public_id}/{more}"


def page_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def text_of(page: str) -> str:
    main = page.split("<main", 1)[-1].split("</main>", 1)[0]
    return " ".join(re.sub(r"<[^>]*>", " ", main).split())


def figures(page: str) -> dict[str, str]:
    pattern = r'figure-label">([^<]+)</div>\s*<div class="figure-value">(?:<a[^>]*>)?([^<]+)'
    return dict(re.findall(pattern, page))


@pytest.fixture
def told(inhabited: Area) -> Area:
    """One who is due says that a first dose was given, without a paper; nobody else's evidence differs."""
    vaccine = Vaccine.objects.get(code="BIBP").pk
    given = [Given(Person.objects.get(name="居民丙").pk, vaccine, date(2021, 6, 1), evidence="told")]
    record(by=BY, source=Source.objects.get(code="east-True"), given=given)
    forecast(by=BY, programme=current())
    return inhabited


def test_coverage_is_a_range_where_a_dose_is_only_told(told: Area, signed_in: SignIn) -> None:
    client = signed_in(("office", "street"))
    page = page_of(client, board_of("street"))
    assert figures(page)["First-dose coverage"] == "50.0–62.5%"
    assert figures(page)["Full-course coverage"] == "25.0%"
    assert "1 person is told of without a paper" in text_of(page)
    link = re.search(r'href="(/due/\?group=told_only[^"]+)"', page)
    assert link is not None
    assert "居民丙" in page_of(client, link[1])


def test_rows_and_map_show_the_same_range(told: Area, signed_in: SignIn) -> None:
    client = signed_in(("office", "street"))
    said = text_of(page_of(client, board_of("street")))
    assert "East Committee 4 50.0–75.0%" in said
    assert "West Committee 4 50.0%" in said
    shapes = client.get(board_of("street", "buildings.geojson")).json()["features"]
    texts = {shape["properties"]["name"]: shape["properties"]["text"] for shape in shapes}
    assert texts["east新村1号"] == "First dose 50.0–75.0%: 3 of 4 living here"


def test_a_leader_sees_the_range_and_no_names(told: Area, signed_in: SignIn) -> None:
    page = page_of(signed_in(("leader", "street")), board_of("street"))
    assert "1 person is told of without a paper" in text_of(page)
    assert "/due/" not in page


def test_where_evidence_agrees_coverage_is_plain(inhabited: Area, signed_in: SignIn) -> None:
    page = page_of(signed_in(("office", "street")), board_of("street"))
    assert figures(page)["First-dose coverage"] == "50.0%"
    assert "where the evidence differs" not in text_of(page)


def test_the_export_tells_both_ends(told: Area, signed_in: SignIn) -> None:
    lines = signed_in(("office", "street")).get(board_of("street", "export.csv")).content.decode("utf-8-sig")
    row = next(csv.DictReader(lines.splitlines()))
    assert row["With a first dose"] == "5"
    assert row["With a first dose, proven"] == "4"
    assert row["First-dose coverage, proven doses alone"] == "0.5"
    assert row["Told of doses without a paper"] == "1"


def test_those_put_apart_are_counted_and_listed(inhabited: Area, signed_in: SignIn) -> None:
    programme = current()
    asked = {"by": BY, "on": DAY, "today": DAY}
    people = {person.name: person for person in Person.objects.all()}
    refuse(person=people["居民丙"], programme=programme, told_by="self", **asked)
    defer(person=people["邻居丙"], programme=programme, until_on=DAY + timedelta(30), **asked)
    contraindicate(person=people["邻居丁"], programme=programme, paper="certificate", **asked)
    move_away(person=people["居民乙"], **asked)
    client = signed_in(("office", "street"))
    page = page_of(client, board_of("street"))
    pattern = r"<span>([A-Z][^<]*)</span></span> <a href=\"[^\"]*\">(\d+)</a>"
    stands = dict(re.findall(pattern, page.split('class="row stands"')[1]))
    assert stands["Refused"] == stands["Deferred"] == stands["Cannot have it"] == "1"
    assert figures(page)["First-dose coverage"] == "42.9%"  # 3 of the 7 who still live here
    for group, name in (("refused", "居民丙"), ("deferred", "邻居丙"), ("contraindicated", "邻居丁")):
        link = re.search(rf'href="(/due/\?group={group}[^"]+)"', page)
        assert link is not None
        assert name in page_of(client, link[1])
