"""The board's pages: who may see what, what they say, and how little they ask of the database."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape
from django.utils.translation import gettext, override

from linli.records.accounts.actions import enrol
from linli.records.doses.actions import forecast
from linli.records.journal.actions import Who
from linli.records.people.models import Person
from linli.records.places.models import Area, Building
from linli.records.programme.queries import current
from linli.records.reports.queries import DueFilter, due_rows
from linli.web.reports.views import PAGE

SignIn = Callable[..., Client]
TEMPLATES = Path(__file__).resolve().parents[3] / "src/linli/web/templates/reports"


def board_of(code: str, more: str = "") -> str:
    return f"/board/{Area.objects.get(code=code).public_id}/{more}"


def building_of(code: str, more: str = "") -> str:
    return f"/board/buildings/{Building.objects.get(code=code).public_id}/{more}"


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def figures(page: str) -> dict[str, str]:
    """The numbers of a page by their label."""
    pattern = r'figure-label">([^<]+)</div>\s*<div class="figure-value">(?:<a[^>]*>)?([^<]+)'
    return dict(re.findall(pattern, page))


# ---- rights -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("more", ["", "buildings.geojson", "areas.geojson", "export.csv", "export.xlsx"])
def test_the_board_of_another_area_does_not_exist(inhabited: Area, signed_in: SignIn, more: str) -> None:
    client = signed_in(("committee_worker", "east"))
    assert client.get(board_of("east", more)).status_code == 200
    assert client.get(board_of("west", more)).status_code == 404
    assert client.get(board_of("street", more)).status_code == 404


def test_the_board_of_a_building_elsewhere_does_not_exist(inhabited: Area, signed_in: SignIn) -> None:
    client = signed_in(("committee_worker", "east"))
    assert client.get(building_of("east-1")).status_code == 200
    assert client.get(building_of("west-1")).status_code == 404
    assert client.get("/board/nothing/").status_code == 404
    assert client.get("/board/buildings/nothing/").status_code == 404


def test_a_stranger_is_asked_to_sign_in(inhabited: Area) -> None:
    for address in ("/board/", board_of("street"), building_of("east-1"), board_of("street", "export.csv")):
        answer = Client().get(address)
        assert answer.status_code == 302
        assert urlsplit(answer["Location"]).path == "/sign-in/"


def test_a_leader_sees_figures_and_no_names(inhabited: Area, signed_in: SignIn) -> None:
    client = signed_in(("leader", "street"))
    for address in (board_of("street"), building_of("east-1"), building_of("east-2")):
        page = text_of(client, address)
        assert "/due/" not in page
        assert "/people/" not in page
        assert not [person.name for person in Person.objects.all() if person.name in page]
    assert figures(text_of(client, board_of("street")))["First-dose coverage"] == "50.0%"
    exported = client.get(board_of("street", "export.csv"))
    assert exported.status_code == 200
    assert not [person.name for person in Person.objects.all() if person.name in exported.content.decode("utf-8-sig")]


def test_names_are_linked_only_where_the_worker_may_see_them(inhabited: Area, signed_in: SignIn) -> None:
    page = text_of(signed_in(("leader", "street"), ("committee_worker", "east")), board_of("street"))
    linked = {parse_qs(urlsplit(href.replace("&amp;", "&")).query).get("area", [""])[0] for href in due_links(page)}
    assert linked - {""} == {Area.objects.get(code="east").public_id}


def test_the_history_of_a_place_is_one_click_away_for_the_office_alone(inhabited: Area, signed_in: SignIn) -> None:
    for address in (board_of("east"), building_of("east-1")):
        link = f"/journal/?of={address.rstrip('/').rsplit('/', 1)[1]}"
        assert link in text_of(signed_in(("office", "street")), address)
        assert link not in text_of(signed_in(("committee_worker", "street")), address)
    history = text_of(signed_in(("office", "street")), link)
    assert "Drew buildings" in history


def test_the_way_down_begins_where_the_rights_begin(inhabited: Area, signed_in: SignIn) -> None:
    page = text_of(signed_in(("committee_worker", "east")), building_of("east-1"))
    trail = page[page.index('class="breadcrumb"') : page.index("</nav>", page.index('class="breadcrumb"'))]
    assert "East Committee" in trail
    assert "Invented Street" not in trail


def due_links(page: str) -> list[str]:
    return re.findall(r'href="(/due/\?[^"]+)"', page)


# ---- what the pages say -------------------------------------------------------------------------------------------


def test_home_leads_to_the_highest_board(inhabited: Area, signed_in: SignIn) -> None:
    assert signed_in(("office", "street")).get("/board/")["Location"] == board_of("street")
    assert signed_in(("committee_worker", "west")).get("/board/")["Location"] == board_of("west")


def test_the_figures_of_a_day(inhabited: Area, signed_in: SignIn) -> None:
    page = text_of(signed_in(("office", "street")), board_of("street"))
    assert figures(page) == {
        "First doses": "0",
        "Second doses": "2",
        "Enter their window today": "0",
        "In their last seven days": "0",
        "Overdue": "2",
        "Unknown": "25.0%",
        "First-dose coverage": "50.0%",
        "Full-course coverage": "25.0%",
        "Drop-out": "100.0%",
        "Timely second dose": "0.0%",
    }
    assert "4 of 8 living here" in page
    assert "No building is below 40%; the lowest is east新村1号 with 50.0%" in page
    assert "2 buildings without anybody counted here" in page


def test_a_past_day_is_told_as_it_was(inhabited: Area, signed_in: SignIn) -> None:
    page = text_of(signed_in(("office", "street")), board_of("street", "?on=2021-05-20"))
    assert figures(page)["First doses"] == "2"
    assert figures(page)["Full-course coverage"] == "0.0%"
    assert "Facts dated up to Thu 20 May, as known now." in page
    assert 'value="2021-05-20"' in page


@pytest.mark.parametrize("on", ["", "yesterday", "0001-01-01", "9999-12-31", "2021-02-30"])
def test_an_odd_day_is_today(inhabited: Area, signed_in: SignIn, on: str) -> None:
    assert 'value="2021-06-20"' in text_of(signed_in(("office", "street")), board_of("street", f"?on={on}"))


def test_a_tower_counts_those_who_work_there(inhabited: Area, signed_in: SignIn) -> None:
    client = signed_in(("office", "street"))
    page = text_of(client, building_of("east-2"))
    assert "People working here · 1" in page
    assert page.count("east公司") == 2  # in the table of employers, and over its people
    assert "居民甲" in page
    assert "Nobody living here is in the register" in text_of(client, building_of("east-2", "?of=living"))


def test_a_home_shows_its_people_door_by_door(inhabited: Area, signed_in: SignIn) -> None:
    page = text_of(signed_in(("committee_worker", "east")), building_of("east-1"))
    assert "Stair 1, door 101" in page
    shown = dict(re.findall(r'<a href="/people/[^"]+">([^<]+)</a>.*?class="status tone-([\w-]+)"', page, re.DOTALL))
    assert shown == {"居民甲": "complete", "居民乙": "overdue", "居民丙": "due", "居民丁": "unknown"}
    assert "aged 51" in page


def test_every_link_to_names_lists_as_many_as_it_says(inhabited: Area, signed_in: SignIn) -> None:
    client = signed_in(("office", "street"))
    checked = 0
    for address in (board_of("street"), board_of("east", "?of=working"), building_of("east-1"), building_of("east-2")):
        page = text_of(client, address)
        for href, shown in re.findall(r'<a href="(/due/\?[^"]+)">([\d,]+)[<]', page):
            asked = {key: value[0] for key, value in parse_qs(urlsplit(href.replace("&amp;", "&")).query).items()}
            want = DueFilter(
                on=date.fromisoformat(asked["on"]),
                group=asked["group"],
                of=asked["of"],
                area=Area.objects.filter(public_id=asked.get("area")).first(),
                building=Building.objects.filter(public_id=asked.get("building")).first(),
            )
            rows = due_rows(programme=current(), paths=["street/"], want=want)
            assert rows.count() == int(shown.replace(",", "")), href
            checked += 1
    assert checked > 30


@pytest.mark.parametrize("sort", ["people", "-first", "full", "due", "-overdue", "unknown", "-name", "nonsense"])
def test_tables_sort_by_the_address(inhabited: Area, signed_in: SignIn, sort: str) -> None:
    Person.objects.filter(name="邻居丁").update(living_building=None, living_area=Area.objects.get(code="street"))
    page = text_of(signed_in(("office", "street")), board_of("street", f"?sort={sort}"))
    names = re.findall(r'<th scope="row"><a href="/board/[^"]+">(\w+) Committee</a>', page)
    first = {"people": "West", "unknown": "West", "-name": "West", "-first": "West", "full": "East"}.get(sort, "East")
    assert names[0] == first
    assert sorted(names) == ["East", "West"]


def test_it_speaks_chinese(inhabited: Area, signed_in: SignIn) -> None:
    page = text_of(signed_in(("office", "street"), language="zh-hans"), board_of("street"))
    assert "虚构街道" in page
    assert '<html lang="zh-Hans"' in page
    with override("zh-hans"):
        assert escape(gettext("What changed, what needs a decision")) in page
        assert gettext("What changed, what needs a decision") != "What changed, what needs a decision"


def test_templates_carry_no_style_or_script_of_their_own() -> None:
    for file in TEMPLATES.glob("*.html"):
        assert not re.search(r"<script|<style|\sstyle=|\son\w+=|hx-on|hx-vals", file.read_text()), file.name


# ---- nothing there yet --------------------------------------------------------------------------------------------


def test_without_a_role_the_page_says_what_to_do(street: Area, signed_in: SignIn) -> None:
    assert "No area is given to you yet" in text_of(signed_in(), "/board/")


def test_without_an_area_it_leads_to_the_lists(db: None) -> None:
    client = Client(headers={"accept-language": "en"})
    client.force_login(enrol(by=Who("", "test"), username="first", name="First", password=None))
    page = text_of(client, "/board/")
    assert "No area yet" in page
    assert 'href="/lists/"' in page


def test_without_a_drive_it_says_how_one_opens(street: Area, signed_in: SignIn) -> None:
    client = signed_in(("office", "street"))
    for address in (board_of("street"), building_of("east-1")):
        assert 'href="/programmes/"' in text_of(client, address)
    assert client.get(board_of("street", "buildings.geojson")).json()["features"] == []
    assert client.get(board_of("street", "export.csv")).status_code == 404


def test_without_people_it_leads_to_the_lists(drive: Area, signed_in: SignIn) -> None:
    office = text_of(signed_in(("office", "street")), board_of("street"))
    assert "Nobody living here is in the register" in office
    assert 'class="button button-secondary" href="/lists/"' in office
    assert 'class="button button-secondary" href="/lists/"' not in text_of(
        signed_in(("leader", "street")), board_of("street")
    )


# ---- maps and files -----------------------------------------------------------------------------------------------


def test_shapes_come_from_the_register(inhabited: Area, signed_in: SignIn) -> None:
    client = signed_in(("leader", "street"))
    answer = client.get(board_of("street", "buildings.geojson"))
    assert answer["Content-Type"] == "application/geo+json"
    shapes = answer.json()
    assert shapes["type"] == "FeatureCollection"
    found = {feature["properties"]["name"]: feature for feature in shapes["features"]}
    assert set(found) == {"east新村1号", "east大厦", "west新村1号", "west大厦"}
    home, tower = found["east新村1号"], found["east大厦"]
    assert home["properties"]["share"] == 0.5
    assert home["properties"]["text"] == "First dose 50.0%: 2 of 4 living here"
    assert client.get(home["properties"]["href"]).status_code == 200
    assert tower["properties"]["share"] is None
    for feature in found.values():  # a point is drawn as a small square
        ring = feature["geometry"]["coordinates"][0]
        assert feature["geometry"]["type"] == "Polygon"
        assert ring[0] == ring[-1]
        assert len(ring) == 5
    working = client.get(board_of("street", "buildings.geojson?of=working")).json()["features"]
    assert [one["properties"]["share"] for one in working] == [None, 1.0, None, 1.0]


def test_outlines_are_those_below_or_its_own(inhabited: Area, signed_in: SignIn) -> None:
    client = signed_in(("leader", "street"))
    east = Area.objects.get(code="east")
    assert client.get(board_of("street", "areas.geojson")).json()["features"] == []
    east.outline = Building.objects.get(code="east-1").outline
    east.save()
    for code in ("street", "east"):
        shapes = client.get(board_of(code, "areas.geojson")).json()["features"]
        assert [shape["properties"] for shape in shapes] == [{"name": "East Committee"}]


def test_exports_hold_the_figures_of_every_place(inhabited: Area, signed_in: SignIn) -> None:
    client = signed_in(("leader", "street"))
    Building.objects.filter(code="west-2").update(name="=HYPERLINK(1)")
    lines = client.get(board_of("street", "export.csv")).content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Day,Counted by,Kind,Code,Name,People,")
    assert [line.split(",")[3] for line in lines[1:]] == [
        "street",
        "east",
        "west",
        "east-1",
        "east-2",
        "west-1",
        "west-2",
    ]
    assert lines[1].split(",")[:6] == [
        "2021-06-20",
        "People living here",
        "Subdistrict",
        "street",
        "Invented Street",
        "8",
    ]
    assert "'=HYPERLINK(1)" in lines[-1]
    answer = client.get(board_of("east", "export.xlsx?of=working"))
    assert "2021-06-20.xlsx" in answer["Content-Disposition"]
    rows = list(openpyxl.load_workbook(BytesIO(answer.content)).active.values)
    assert [row[5] for row in rows[1:]] == [1, 0, 1]
    assert client.get(board_of("east", "export.pdf")).status_code == 404


# ---- size ---------------------------------------------------------------------------------------------------------


def test_queries_and_size_do_not_grow_with_the_street(inhabited: Area, signed_in: SignIn) -> None:
    client = signed_in(("office", "street"))
    addresses = [
        board_of("street"),
        board_of("street", "?of=working&sort=-first"),
        board_of("street", "buildings.geojson"),
        building_of("east-1"),
        building_of("east-2"),
    ]
    asked(client, addresses[0])  # the first page of a session also writes down when it began
    small = [asked(client, address) for address in addresses]
    crowd_in(200)
    large = [asked(client, address) for address in addresses]
    assert [queries for queries, _size in small] == [queries for queries, _size in large]
    assert all(queries <= 20 for queries, _size in large), large
    pages = [size for address, (_queries, size) in zip(addresses, large, strict=True) if "geojson" not in address]
    assert all(size < 300_000 for size in pages), pages
    assert text_of(client, board_of("street")).count('<span class="cell-sub">Housing') == PAGE


def asked(client: Client, address: str) -> tuple[int, int]:
    """How many queries and bytes a page takes."""
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
    assert answer.status_code == 200
    return len(queries), len(answer.content)


def crowd_in(count: int) -> None:
    """So many more homes with one person each, all of them listed in the first home's register too."""
    east = Area.objects.get(code="east")
    houses = [
        Building(code=f"x{k:03}", name=f"虚构长名称新村一弄之{k}号楼" * 3, area=east, lon=121.4, lat=31.2)
        for k in range(count)
    ]
    Building.objects.bulk_create(houses)
    home = Building.objects.get(code="east-1")
    made = [Person(name=f"新居民{k}", living_area=east, living_building=house) for k, house in enumerate(houses)]
    made += [Person(name=f"老居民{k}", living_area=east, living_building=home) for k in range(count)]
    Person.objects.bulk_create(made)
    forecast(by=Who("", "test"), programme=current())
