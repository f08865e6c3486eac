"""The office brings in published files, adopts a vaccine group, opens a drive of it and chooses; nobody else does."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from invented import files
from linli.records.accounts.models import Worker
from linli.records.lists import progress
from linli.records.places.models import Area
from linli.records.programme.actions import adopt, open_drive
from linli.records.programme.models import Drive, Library, Programme
from linli.records.programme.queries import current
from linli.web.programmes import tasks
from logins import CLERK, draw_tree, enrolled

pytestmark = pytest.mark.django_db
COVID = "covid-19-cn-2021"
HOME = "/programmes/"
BOMB = b'<!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><antigenSupportingData>&b;</antigenSupportingData>'


@pytest.fixture(autouse=True)
def _english_on_the_day(settings: Settings) -> None:
    settings.LANGUAGE_CODE = "en"
    settings.TODAY = "2026-01-05"


def signed_in(name: str, area: str = "S", role: str = "office", **more: Any) -> Client:
    client = Client(**more)
    client.force_login(enrolled(name, area, role))
    return client


@pytest.fixture
def tree() -> dict[str, Area]:
    """The areas, with a schedule adopted as a new installation has it."""
    areas = draw_tree()
    adopt(by=CLERK, code=COVID)
    return areas


@pytest.fixture
def office(tree: dict[str, Area]) -> Client:
    """The browser of the office over everything."""
    return signed_in("office")


def zipped(content: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in content.items():
            archive.writestr(f"XML/{name}", data)
    return out.getvalue()


def send(client: Client, content: dict[str, bytes], **more: str) -> Any:
    sent = [SimpleUploadedFile(name, data) for name, data in content.items()]
    return client.post(f"{HOME}published/new/", {"published": sent, **more}, follow=True)


def text(answer: Any) -> str:
    words = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return " ".join(words.replace("&#x27;", "'").split())


def test_a_zip_comes_in_is_adopted_and_a_drive_of_it_opened_and_chosen(office: Client, tree: dict[str, Area]) -> None:
    open_drive(by=CLERK, name="covid", programme=Programme.objects.get(), area=tree["S"], starts_on=date(2021, 3, 1))
    told = text(send(office, {"cdsi-4.64-508.zip": zipped(files())}))
    assert "Version 4.64 is in: 7 vaccine groups can be adopted." in told
    adopted = text(office.post(f"{HOME}adopt/", {"code": "cdc-twins"}, follow=True))
    assert "Twins is worked by now, version 4.64. Open a drive of it next." in adopted
    form = office.get(f"{HOME}drives/new/?programme=cdc-twins").content.decode()
    assert '<option value="cdc-twins" selected>' in form
    wanted = {"programme": "cdc-twins", "area": tree["C1"].public_id, "starts_on": "2026-01-05", "name": ""}
    assert "The drive Twins 2026 is open, and is worked at now." in text(
        office.post(f"{HOME}drives/new/", wanted, follow=True)
    )
    assert current().code == "cdc-twins"
    chosen = office.post(f"{HOME}drives/{COVID}/{tree['S'].public_id}/choose/", follow=True)
    assert "The drive covid is worked at now." in text(chosen)
    assert current().code == COVID


def test_several_files_at_once_and_what_is_wrong_with_each(office: Client) -> None:
    content = {**files(), "antigen-Redpox.xml": BOMB, "notes.txt": b"notes", "antigen-Bluepox.xml": b"<a>"}
    told = text(send(office, content, version="5"))
    assert "Version 5 is in: 5 vaccine groups can be adopted." in told
    assert "notes.txt: left aside: not XML" in told
    assert "antigen-Redpox.xml: has a document type or entities" in told
    assert "antigen-Bluepox.xml: is broken XML" in told
    assert "vaccine group Redpox is left out: no file of Redpox can be used" in told


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ({"a.zip": b"PK"}, "This is no zip that can be opened. Fetch it again."),
        ({"a.xml": BOMB}, "a.xml: has a document type or entities"),
        ({"a.xml": b""}, "One of the files is empty."),
        ({}, "Choose the files."),
        ({"a.zip": zipped({"a.xml": b" " * 40_000_000})}, "a.xml: larger than 16 MB"),
        ({"b.xml": files()["antigen-Redpox.xml"]}, "The file that spans all antigens is missing"),
    ],
    ids=["no zip", "bomb", "empty", "none", "zip bomb", "no schedule"],
)
def test_where_nothing_can_be_used_the_page_says_why(office: Client, content: dict[str, bytes], message: str) -> None:
    answer = send(office, content)
    assert answer.status_code == 422
    assert message in text(answer)
    assert not Library.objects.exists()


def test_what_is_far_too_large_is_refused_unread(office: Client) -> None:
    answer = office.post(f"{HOME}published/new/", {"x": "y"}, CONTENT_LENGTH="99999999")
    assert answer.status_code == 413
    assert "More than 64 MB were sent" in text(answer)


def test_a_new_version_is_offered_and_moved_to(office: Client) -> None:
    send(office, files(), version="1.0")
    office.post(f"{HOME}adopt/", {"code": "cdc-redpox"})
    assert "a newer version has come" not in text(office.get(HOME))
    send(office, {**files(), "schedule.xml": files()["schedule.xml"] + b"\n"}, version="1.1")
    assert "a newer version has come" in text(office.get(HOME))
    office.post(f"{HOME}adopt/", {"code": "cdc-redpox"})
    assert Programme.objects.get(code="cdc-redpox").version == "1.1"


def test_a_search_narrows_the_schedules(office: Client) -> None:
    send(office, files(), version="1.0")
    found = text(office.get(f"{HOME}?search=pox"))
    assert "cdc-redpox" in found
    assert COVID not in found
    assert "No schedule of this name" in text(office.get(f"{HOME}?search=nothing"))


def test_a_drive_is_ended_and_goes_on(office: Client, tree: dict[str, Area]) -> None:
    drive = open_drive(
        by=CLERK, name="covid", programme=Programme.objects.get(), area=tree["S"], starts_on=date(2026, 1, 1)
    )
    here = f"{HOME}drives/{COVID}/{tree['S'].public_id}/"
    early = office.post(f"{here}close/", {"ends_on": "2025-12-31", "keep_days": "10"})
    assert (early.status_code, "it cannot end before" in text(early)) == (422, True)
    told = text(office.post(f"{here}close/", {"ends_on": "2026-01-31", "keep_days": "10"}, follow=True))
    drive.refresh_from_db()
    assert (drive.ends_on, drive.keep_days) == (date(2026, 1, 31), 10)
    assert "The end of the drive covid is set." in told
    assert "its people are to be forgotten from" in told
    office.post(f"{here}reopen/")
    drive.refresh_from_db()
    assert drive.ends_on is None


def test_one_drive_of_a_schedule_in_an_area(office: Client, tree: dict[str, Area]) -> None:
    open_drive(by=CLERK, name="covid", programme=Programme.objects.get(), area=tree["S"], starts_on=date(2026, 1, 1))
    wanted = {"programme": COVID, "area": tree["S"].public_id, "starts_on": "2026-01-05", "name": "again"}
    answer = office.post(f"{HOME}drives/new/", wanted)
    assert (answer.status_code, Drive.objects.count()) == (422, 1)
    assert "This area has a drive of this schedule already: covid." in text(answer)


@pytest.mark.parametrize(
    ("area", "role"), [("C1", "office"), ("S", "committee_worker"), ("S", "leader"), ("S", "volunteer")]
)
def test_nobody_but_the_office_over_everything(tree: dict[str, Area], area: str, role: str) -> None:
    other = signed_in(f"{role}-{area}", area, role)
    assert other.get(HOME).status_code == 403
    assert send(other, files()).status_code == 403
    assert other.post(f"{HOME}adopt/", {"code": COVID}).status_code == 403
    assert f'href="{HOME}"' not in other.get("/account/").content.decode()
    assert not Library.objects.exists()


@pytest.mark.parametrize("path", ["published/new/", "adopt/", "drives/new/"])
def test_another_site_cannot_send_the_forms(tree: dict[str, Area], path: str) -> None:
    assert signed_in("office", enforce_csrf_checks=True).post(HOME + path, {"code": COVID}).status_code == 403


def test_the_menu_leads_here_in_both_languages(office: Client) -> None:
    assert f'href="{HOME}"' in office.get("/account/").content.decode()
    chinese = office.get(HOME, headers={"accept-language": "zh-hans"}).content.decode()
    assert "方案与接种行动" in chinese


def test_many_people_are_left_to_the_worker_beside_the_pages(office: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "AT_ONCE", -1)
    asked: list[tuple[str, str]] = []
    monkeypatch.setattr(type(tasks.draw), "enqueue", lambda _task, *told: asked.append(told))
    send(office, files(), version="1.0")
    told = text(office.post(f"{HOME}adopt/", {"code": "cdc-redpox"}, follow=True))
    me = Worker.objects.get(username="office").public_id
    assert asked == [("cdc-redpox", me)]
    assert "Waiting for its turn" in told
    assert not Programme.objects.filter(code="cdc-redpox").exists()
    assert "HX-Refresh" not in office.get(f"{HOME}adopt/cdc-redpox/progress/").headers
    tasks.draw.func("cdc-redpox", me)
    assert Programme.objects.filter(code="cdc-redpox").exists()
    assert office.get(f"{HOME}adopt/cdc-redpox/progress/").headers["HX-Refresh"] == "true"


def test_what_waits_can_be_stopped(office: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "AT_ONCE", -1)
    monkeypatch.setattr(type(tasks.draw), "enqueue", lambda *_told: None)
    send(office, files(), version="1.0")
    office.post(f"{HOME}adopt/", {"code": "cdc-redpox"})
    told = text(office.post(f"{HOME}adopt/cdc-redpox/stop/", follow=True))
    assert "Adopting Redpox was stopped. Nothing has changed." in told
    tasks.draw.func("cdc-redpox", Worker.objects.get(username="office").public_id)
    assert not Programme.objects.filter(code="cdc-redpox").exists()
    progress.forget(public_id="adopt-cdc-redpox")


def test_the_page_is_light_and_asks_little(
    office: Client, tree: dict[str, Area], django_assert_max_num_queries: Any
) -> None:
    send(office, files(), version="1.0")
    for code in ("cdc-redpox", "cdc-twins", COVID):
        for area in tree.values():
            open_drive(by=CLERK, name=code, programme=adopt(by=CLERK, code=code), area=area, starts_on=date(2026, 1, 1))
    with django_assert_max_num_queries(20):
        answer = office.get(HOME)
    assert len(answer.content) < 300_000
