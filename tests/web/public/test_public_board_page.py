"""The public board's pages: what anyone sees, what nobody sees, and a server that has no register."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from linli.domain.coverage import Coverage
from linli.records.accounts.actions import enrol, grant
from linli.records.journal.actions import Who
from linli.records.journal.models import Entry
from linli.records.places.models import Area
from linli.records.programme.actions import adopt, open_drive, publish, withdraw
from linli.records.programme.models import Drive
from linli.records.reports.queries import Board, Standing, public
from linli.web.public.figures_file import Figures, NoFiguresError, from_json, to_json
from linli.web.public.shown import FILE

BY = Who("", "test")
PAGE, CSV, JSON = "/coverage/", "/coverage/figures.csv", "/coverage/figures.json"
# People by none, unknown, begun, complete.
AREAS = {
    "east": (401, 22, 133, 777),
    "west": (302, 44, 111, 333),
    "north": (206, 58, 169, 3),
    "south": (30, 10, 10, 10),
}


@pytest.fixture(autouse=True)
def _day(settings: Settings) -> Iterator[None]:
    settings.TODAY = "2021-06-20"
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def drive(db: None, monkeypatch: pytest.MonkeyPatch) -> Drive:
    """A drive in an invented street whose office counts so many people."""
    street = Area.objects.create(code="street", name="虚构街道", name_en="Invented Street", path="street/")
    standings = []
    for code, (none, unknown, begun, complete) in AREAS.items():
        area = Area.objects.create(
            code=code, name=f"{code}居委会", name_en=f"{code.title()} Committee", parent=street, path=f"street/{code}/"
        )
        people = none + unknown + begun + complete
        coverage = Coverage(people=people, unknown=unknown, first=begun + complete, full=complete)
        standings.append(Standing(area, coverage))
    total = sum((one.coverage for one in standings), Coverage())
    monkeypatch.setattr(public, "board", lambda **_asked: Board(total, standings, [], []))
    programme = adopt(by=BY, code="covid-19-cn-2021")
    return open_drive(by=BY, name="drive", programme=programme, area=street, starts_on=date(2021, 3, 1))


@pytest.fixture
def published(drive: Drive) -> Drive:
    publish(by=BY, drive=drive)
    return drive


@pytest.fixture
def anyone() -> Client:
    """A browser in which nobody is signed in."""
    return Client(headers={"accept-language": "en"})


@pytest.fixture
def worker(db: None) -> Callable[[str, str], Client]:
    """A browser in which a worker with a role in an area is signed in."""

    def sign_in(role: str, code: str) -> Client:
        who = enrol(by=BY, username=f"{role}-{code}", name="Worker", password=None)
        grant(by=BY, worker=who, area=Area.objects.get(code=code), role=role)
        client = Client(headers={"accept-language": "en"})
        client.force_login(who)
        return client

    return sign_in


@pytest.fixture
def apart(settings: Settings, tmp_path: Path) -> tuple[Client, Path]:
    """A server without the register, and the file in which it looks for figures."""
    settings.PUBLIC_ONLY = True
    settings.ROOT_URLCONF = "linli.config.public_urls"
    settings.HOME = tmp_path
    return Client(headers={"accept-language": "en"}), tmp_path / FILE


def text(client: Client, address: str = PAGE, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    main = answer.content.decode().split("<main", 1)[-1].split("</main>", 1)[0]
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", main)).split())


# ---- who sees it --------------------------------------------------------------------------------------------------


def test_nothing_is_published_until_the_office_says_so(drive: Drive, anyone: Client) -> None:
    assert "The office has not published" in text(anyone, status=404)
    assert [anyone.get(address).status_code for address in (CSV, JSON)] == [404, 404]
    assert PAGE not in anyone.get("/check/").content.decode()


def test_the_office_publishes_and_publishes_no_more(drive: Drive, anyone: Client, worker: Callable) -> None:
    office = worker("office", "street")
    assert "Only you see this page" in text(office)
    assert office.post("/coverage/publish/")["Location"] == PAGE
    assert "Vaccination in Invented Street" in text(anyone)
    assert f'href="{PAGE}"' in anyone.get("/check/").content.decode()
    assert "Publish no more" in text(office)
    assert office.post("/coverage/withdraw/")["Location"] == PAGE
    text(anyone, status=404)
    verbs = set(Entry.objects.filter(who_name="Worker").values_list("verb", flat=True))
    assert verbs >= {"programme.publish", "programme.withdraw"}


@pytest.mark.parametrize(
    ("role", "code"),
    [("leader", "street"), ("committee_worker", "street"), ("office", "east"), ("volunteer", "street")],
)
def test_others_neither_see_it_before_nor_decide(drive: Drive, worker: Callable, role: str, code: str) -> None:
    client = worker(role, code)
    text(client, status=404)
    assert client.post("/coverage/publish/").status_code in (403, 404)
    drive.refresh_from_db()
    assert not drive.is_public


def test_a_stranger_decides_nothing(published: Drive, anyone: Client) -> None:
    assert anyone.post("/coverage/withdraw/").status_code == 302
    assert anyone.get("/coverage/withdraw/").status_code in (302, 405)
    published.refresh_from_db()
    assert published.is_public


def test_without_a_drive_there_is_nothing(db: None, anyone: Client) -> None:
    text(anyone, status=404)


# ---- what it says -------------------------------------------------------------------------------------------------


def test_the_page_says_one_thing_first(published: Drive, anyone: Client) -> None:
    said = text(anyone)
    heading = "Vaccination in Invented Street"
    finding = "59% of the people living here have had at least one dose, 43% have had all doses."
    assert said.split(heading, 1)[1].strip().startswith(finding)
    assert "Figures up to Sat 19 June" in said
    assert "fewer than 5 people" in said
    assert "fewer than 100 people" in said


def test_a_small_number_is_on_no_page_and_in_no_file(published: Drive, anyone: Client) -> None:
    told = json.loads(anyone.get(JSON).content)
    places = {place["code"]: place for place in [told["whole"], *told["areas"]]}
    assert places["north"]["complete"] is None
    assert {places["south"][column] for column in ("people", "first", "none", "unknown")} == {None}
    for place in places.values():
        assert all(count is None or count == 0 or count >= 5 for count in place.values() if not isinstance(count, str))
        assert all(count is None or count % 5 == 0 for count in place.values() if not isinstance(count, str))
    # Nor can it be taken from the sums: what is hidden in a column is hidden twice.
    for column in ("people", "first", "complete", "begun", "none", "unknown"):
        assert sum(place[column] is None for place in places.values()) != 1
    assert "North Committee" in text(anyone)
    assert "hidden" in text(anyone)


def test_page_csv_and_json_tell_the_same(published: Drive, anyone: Client) -> None:
    told = json.loads(anyone.get(JSON).content)
    lines = [line.split(",") for line in anyone.get(CSV).content.decode("utf-8-sig").splitlines()]
    columns = ["people", "first", "complete", "none", "unknown"]
    places = [told["whole"], *told["areas"]]
    assert len(lines) == len(places) + 1
    said = text(anyone)
    for line, place in zip(lines[1:], places, strict=True):
        assert line[:3] == ["2021-06-19", place["code"], place["name_en"]]
        assert line[3:8] == ["hidden" if place[column] is None else str(place[column]) for column in columns]
        for column in columns:
            assert place[column] is None or f"{place[column]:,}" in said


def test_no_name_no_id_of_the_register(published: Drive, anyone: Client) -> None:
    body = anyone.get(PAGE).content.decode() + anyone.get(JSON).content.decode()
    assert not [area for area in Area.objects.all() if area.public_id in body]


def test_chinese_comes_first(published: Drive) -> None:
    answer = Client().get(PAGE)
    assert '<html lang="zh-Hans"' in answer.content.decode()
    assert "虚构街道" in answer.content.decode()


def test_it_is_light_and_asks_little(published: Drive, anyone: Client) -> None:
    with CaptureQueriesContext(connection) as queries:
        answer = anyone.get(PAGE)
    assert len(queries) <= 5
    assert len(answer.content) < 60_000
    with CaptureQueriesContext(connection) as again:
        anyone.get(PAGE)
    assert len(again) == 1  # whether it is still published; the register itself is not counted at every visit


# ---- a server without the register --------------------------------------------------------------------------------


def test_a_server_apart_shows_the_file_it_was_given(
    published: Drive, anyone: Client, apart: tuple[Client, Path], settings: Settings
) -> None:
    client, file = apart
    settings.PUBLIC_ONLY, settings.ROOT_URLCONF = False, "linli.config.urls"
    given, said = anyone.get(JSON).content, text(anyone)
    settings.PUBLIC_ONLY, settings.ROOT_URLCONF = True, "linli.config.public_urls"
    file.write_bytes(given)
    withdraw(by=BY, drive=published)
    with CaptureQueriesContext(connection) as queries:
        assert text(client) == said
        assert client.get(JSON).content == given
        assert f'href="{PAGE}"' in client.get("/").content.decode()
    assert len(queries) == 0
    assert client.post("/coverage/publish/").status_code == 404


BROKEN = {
    "no file": None,
    "no JSON": b"<html>",
    "another form": b'{"form": "other/1"}',
    "no numbers": b'{"form": "linli-public-board/1", "on": "2021-06-19", "read_at": "2021-06-20T07:00"}',
    "no text": b"\xff\xfe",
}


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
def test_a_server_apart_without_good_figures_shows_none(
    apart: tuple[Client, Path], content: bytes | None, caplog: pytest.LogCaptureFixture
) -> None:
    client, file = apart
    if content is not None:
        file.write_bytes(content)
    assert "No public figures" in text(client, status=404)
    assert client.get(JSON).status_code == 404
    assert ("figures.json of the office's server" in caplog.text) == (content is not None)


@pytest.mark.parametrize(("on", "status"), [(date(2021, 6, 13), 200), (date(2021, 6, 12), 404)], ids=str)
def test_old_figures_are_shown_no_longer(apart: tuple[Client, Path], on: date, status: int) -> None:
    client, file = apart
    counts: dict[str, int | None] = dict.fromkeys(public.COLUMNS, 500)
    board = public.PublicBoard(on, public.PublicPlace("s", "街", "Street", counts), [])
    file.write_text(to_json(Figures(board, datetime(2021, 6, 14, tzinfo=UTC), is_invented=True)))
    assert client.get(PAGE).status_code == status


@pytest.mark.parametrize("count", [-5, 2.5, "5", True], ids=str)
def test_figures_that_are_no_numbers_are_refused(count: object) -> None:
    counts: dict[str, object] = {**dict.fromkeys(public.COLUMNS, 500), "first": count}
    board = public.PublicBoard(date(2021, 6, 19), public.PublicPlace("s", "街", "Street", counts), [])  # type: ignore[arg-type]
    written = to_json(Figures(board, datetime(2021, 6, 20, tzinfo=UTC), is_invented=True))
    with pytest.raises(NoFiguresError):
        from_json(written)
