"""A list is taken out, changed in Excel, changed by somebody else meanwhile, brought back, and the conflict decided."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page

from axe import violations
from linli.records.people.actions import Told, by_hand, record
from linli.records.people.models import Person
from linli.records.places.models import Area
from round_trip import changed, put
from small_street import OFFICE, ON, PEOPLE_HEADER, Load, person_line, resident_id

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PEOPLE = (
    PEOPLE_HEADER
    + person_line("王建国", resident_id("19500101", 1))
    + person_line("李秀英", resident_id("19600202", 2), door="302", phone="13800000002")
    + person_line("钱宝根", resident_id("19380303", 3), door="303", phone="13800000003")
)
SIZES = {"phone": {"width": 390, "height": 844}, "office": {"width": 1440, "height": 900}}
Visit = Callable[..., Page]


@pytest.fixture
def visit(
    browser: Browser, live_server: Any, street: Area, load: Load, sign_in: Callable[..., Client]
) -> Iterator[Visit]:
    """Open the page as the committee's worker of Dongwang, in a size, colour and language, with or without scripts."""
    load(PEOPLE)
    worker = sign_in("committee_worker", "S-1")
    contexts = []

    def _visit(
        path: str = "/lists/excel/",
        size: str = "office",
        theme: str = "light",
        language: str = "en",
        *,
        scripts: bool = True,
    ) -> Page:
        context = browser.new_context(
            viewport=SIZES[size], color_scheme=theme, java_script_enabled=scripts, accept_downloads=True
        )
        contexts.append(context)
        cookies = {"sessionid": worker.cookies["sessionid"].value, "django_language": language}
        context.add_cookies([{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items()])
        page = context.new_page()
        page.goto(live_server.url + path)
        return page

    yield _visit
    for context in contexts:
        context.close()


def take_out(page: Page) -> bytes:
    with page.expect_download() as download:
        page.locator("#out button[type=submit]").click()
    return Path(download.value.path()).read_bytes()


def bring_back(page: Page, content: bytes, folder: Path) -> None:
    file = folder / "residents.xlsx"
    file.write_bytes(content)
    page.set_input_files("#back [name=file]", file)
    page.locator("#back button[type=submit]").click()
    page.wait_for_url("**/lists/*/")


def change_by_hand(name: str, phone: str) -> None:
    told = Told(Person.objects.get(name=name).pk, "", None, "", None, phone)
    record(by=OFFICE, source=by_hand(by=OFFICE), on=ON, covers_doses=False, told=[told])


def in_excel(sheet: Any) -> None:
    put("Phone", "13911112222")(sheet)
    put("Door", "808", row=3)(sheet)
    sheet.delete_rows(4)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_out_changed_by_two_and_back(visit: Visit, tmp_path: Path, scripts: bool) -> None:
    page = visit(scripts=scripts)
    content = changed(take_out(page), in_excel)
    change_by_hand("王建国", "13933334444")
    bring_back(page, content, tmp_path)
    assert page.get_by_text("1 row changed · 1 row in conflict left out · 1 row not in the file, kept").is_visible()
    row = page.locator("#list-rows tr", has_text="王建国")
    for words in ("As it went out: 13800000001", "In the register now: 13933334444", "In the file: 13911112222"):
        assert row.get_by_text(words).is_visible()
    row.get_by_role("button", name="As in the file").click()
    assert page.get_by_text("2 rows changed · 1 row not in the file, kept").is_visible()
    page.get_by_role("button", name="Apply the list").click()
    page.get_by_text("The list is in the register").first.wait_for()
    told = Person.objects.order_by("name").values_list("name", "phone", "living_door__number")
    assert set(told) == {
        ("王建国", "13911112222", "301"),
        ("李秀英", "13800000002", "808"),
        ("钱宝根", "13800000003", "303"),
    }


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("theme", "language"), [("light", "zh-hans"), ("dark", "en")])
def test_every_page_on_the_way_is_accessible_and_fits(
    visit: Visit, tmp_path: Path, size: str, theme: str, language: str
) -> None:
    page = visit(size=size, theme=theme, language=language)
    headers = ("Phone", "Door", "Record") if language == "en" else ("联系电话", "室号", "记录号")

    def change(sheet: Any) -> None:
        put(headers[0], "13911112222")(sheet)
        put(headers[1], "x" * 50, row=3)(sheet)
        put(headers[2], "AAAAbbbbCCCC", row=4)(sheet)

    content = changed(take_out(page), change)
    change_by_hand("王建国", "13933334444")
    bring_back(page, content, tmp_path)
    home, base = page.url, page.url.partition("/lists/")[0]
    outcomes = ("changed", "conflict", "same", "bad", "unknown", "removed")
    for path in (
        f"{base}/lists/excel/",
        *(f"{home}?outcome={one}" for one in outcomes),
        f"{home}rows/2/",
        f"{home}rows/3/",
    ):
        page.goto(path)
        assert violations(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path
