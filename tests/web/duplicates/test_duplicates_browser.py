"""A worker settles duplicates in headless Chromium: merge, undo at once, keep apart; accessible everywhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page

from axe import violations
from linli.records.duplicates.actions import merge
from linli.records.duplicates.models import Merge, Pair
from linli.records.people.models import Person
from small_register import BY

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SIZES = {"phone": {"width": 390, "height": 844}, "office": {"width": 1440, "height": 900}}
Visit = Callable[..., Page]


@pytest.fixture
def visit(browser: Browser, live_server: Any, office: Client) -> Iterator[Visit]:
    """Open a page as the street office, in a size, colour and language."""
    contexts = []

    def _visit(path: str, size: str = "office", theme: str = "light", language: str = "en") -> Page:
        context = browser.new_context(viewport=SIZES[size], color_scheme=theme)
        contexts.append(context)
        cookies = {"sessionid": office.cookies["sessionid"].value, "django_language": language}
        context.add_cookies([{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items()])
        page = context.new_page()
        page.goto(live_server.url + path)
        return page

    yield _visit
    for context in contexts:
        context.close()


@pytest.mark.parametrize("size", SIZES)
def test_a_merge_is_done_undone_and_the_pair_kept_apart(
    visit: Visit, queued: list[Pair], grandmother: tuple[Person, Person], neighbour: tuple[Person, Person], size: str
) -> None:
    page = visit("/duplicates/", size)
    page.get_by_role("link", name="Duplicates 2").first.wait_for()
    page.locator("tr", has_text="陈秀英").get_by_role("link", name="Decide").click()
    assert page.get_by_role("heading", name="One person or two?").is_visible()
    # By keyboard alone: from the record offered first to the button, and press it.
    page.locator("input[name=kept]:checked").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("Both records are one now").wait_for()
    assert Merge.objects.get().kept == grandmother[0]
    page.get_by_role("button", name="Undo").click()
    page.get_by_text("The merge is undone").wait_for()
    grandmother[1].refresh_from_db()
    assert grandmother[1].merged_into is None
    page.get_by_role("button", name="Two people").click()
    page.get_by_text("They stay two people").wait_for()
    page.goto(page.url.partition("/duplicates/")[0] + "/duplicates/")
    assert page.get_by_role("link", name="Duplicates 1").first.is_visible()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("theme", "language"), [("light", "zh-hans"), ("dark", "en")])
def test_every_page_of_duplicates_is_accessible_and_fits(
    visit: Visit, queued: list[Pair], neighbour: tuple[Person, Person], size: str, theme: str, language: str
) -> None:
    page = visit("/duplicates/", size, theme, language)
    done = merge(by=BY, kept=neighbour[0], gone=neighbour[1])
    open_pair = Pair.objects.get(state="open")
    decided = Pair.objects.get(state="merged")
    paths = ["", f"{open_pair.public_id}/", f"{decided.public_id}/", "merges/", f"merges/{done.public_id}/"]
    for path in paths:
        page.goto(page.url.partition("/duplicates/")[0] + "/duplicates/" + path)
        assert violations(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path
