"""The list pages in headless Chromium: load a list, see a bad row, mend it by one tap, apply; accessible everywhere."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from list_desk import PEOPLE
from playwright.sync_api import Browser, Page

from axe import violations
from linli.records.people.models import Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# playwright keeps an event loop in this thread, which is not one that serves requests
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

SIZES = {"phone": {"width": 390, "height": 844}, "office": {"width": 1440, "height": 900}}
Visit = Callable[..., Page]


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Debian's Chromium, which talks to nobody by itself."""
    quiet = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
    return {
        "executable_path": "/usr/bin/chromium",
        "args": [*quiet, "--disable-component-update", "--disable-sync"],
    }


@pytest.fixture
def visit(browser: Browser, live_server: Any, office: Client) -> Iterator[Visit]:
    """Open a page as the street office, in a size, colour and language, with or without scripts."""
    contexts = []

    def _visit(
        path: str, size: str = "office", theme: str = "light", language: str = "en", *, scripts: bool = True
    ) -> Page:
        context = browser.new_context(viewport=SIZES[size], color_scheme=theme, java_script_enabled=scripts)
        contexts.append(context)
        cookies = {"sessionid": office.cookies["sessionid"].value, "django_language": language}
        context.add_cookies([{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items()])
        page = context.new_page()
        page.goto(live_server.url + path)
        return page

    yield _visit
    for context in contexts:
        context.close()


def load(page: Page, folder: Path) -> None:
    """Fill in the form and send it."""
    file = folder / "居民.csv"
    file.write_text(PEOPLE)
    page.set_input_files("[name=file]", file)
    page.select_option("[name=area]", index=1)  # the street, in the language of the page
    page.select_option("[name=source]", "committee")
    page.check("[name=covers_doses][value=yes]")
    page.click("main form .button-primary")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_list_is_loaded_a_bad_row_mended_and_applied(visit: Visit, tmp_path: Path, scripts: bool) -> None:
    page = visit("/lists/new/", scripts=scripts)
    load(page, tmp_path)
    assert page.get_by_text("Nobody knows this building").is_visible()
    page.locator("tr", has_text="新昌路9号").get_by_role("link", name="Mend").click()
    page.get_by_role("button", name="新昌路3号").click()
    assert page.get_by_text("Line 4 is in order: New.").is_visible()
    page.get_by_role("link", name="居民.csv").first.click()
    page.get_by_role("button", name="Apply the list").click()
    page.get_by_text("2 rows added · 1 bad row left out").wait_for()
    assert set(Person.objects.values_list("name", flat=True)) == {"王建国", "陈大文"}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("theme", "language"), [("light", "zh-hans"), ("dark", "en")])
def test_every_list_page_is_accessible_and_fits(
    visit: Visit, tmp_path: Path, size: str, theme: str, language: str
) -> None:
    page = visit("/lists/new/", size, theme, language)
    pages = ["/lists/", "/lists/new/"]
    load(page, tmp_path)
    home = page.url.partition("/lists/")[2]
    pages += [f"/lists/{home}", f"/lists/{home}?outcome=new", f"/lists/{home}?outcome=doubt", f"/lists/{home}rows/4/"]
    for path in pages:
        page.goto(page.url.partition("/lists/")[0] + path)
        assert violations(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path
