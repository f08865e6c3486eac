"""Every page reached from the menu, as office, committee worker, leader and passer-by: whole, usable, quiet."""

from __future__ import annotations

import re
from collections import deque
from itertools import product
from urllib.parse import urljoin, urlsplit

import pytest
from playwright.sync_api import Browser, Page

from axe import violations

pytestmark = pytest.mark.browser

# Ids in an address: one page of each form is enough. Files to take away are no pages.
ID = re.compile(r"/[\w-]{12}(?=/)|/\d+(?=/)|(?<=/demo/)\w+")
FILES = re.compile(r"export|download|template|\.(csv|xlsx|geojson|json|crt)|/demo/")
MOST = 80
REACHED = {
    "/board/*/",
    "/board/buildings/*/",
    "/coverage/",
    "/due/",
    "/people/*/",
    *(
        f"/people/*/{more}/"
        for more in (
            "doses/new",
            "refusals/new",
            "deferrals/new",
            "contraindications/new",
            "moves/new",
            "departures/new",
            "looks",
        )
    ),
    "/lists/",
    "/lists/new/",
    "/lists/excel/",
    "/lists/*/",
    "/programmes/",
    "/programmes/published/new/",
    "/programmes/drives/new/",
    "/journal/",
    "/account/",
    "/accounts/",
    "/accounts/new/",
    "/accounts/*/",
}


def form_of(address: str) -> str:
    """An address without its ids and without what only filters."""
    return ID.sub("/*", urlsplit(address).path)


def crawl(page: Page, start: str) -> dict[str, str]:
    """One address of each form that links lead to, breadth first."""
    base = f"{urlsplit(start).scheme}://{urlsplit(start).netloc}"
    found: dict[str, str] = {}
    waiting = deque([start])
    while waiting and len(found) < MOST:
        address = waiting.popleft()
        if form_of(address) in found:
            continue
        found[form_of(address)] = address
        response = page.goto(address)
        found[form_of(page.url)] = page.url  # where a redirect led
        assert response is not None
        assert response.status == 200, address
        links = [urljoin(address, link.get_attribute("href") or "") for link in page.locator("a[href]").all()]
        new = {
            form_of(link): link
            for link in links
            if link.startswith(base) and not FILES.search(link) and "#" not in link
        }
        waiting.extend(link for form, link in new.items() if form not in found)
    return found


# Pages of people of a kind that the crawl may not meet: the group they are in, the links to follow from their page.
A_CORRECTION = "a[href$='corrections/new/']"
BELOW = (
    ("complete", (A_CORRECTION,)),
    *(("complete", (A_CORRECTION, f"a[href$='new/{reason}/']")) for reason in ("person", "day", "not_given")),
    ("refused", ("a[href$='/end/']",)),
)


def below_people(page: Page, demo: str) -> dict[str, str]:
    """The pages of BELOW by a name of their own: those of the refused and of the corrected look unlike any other."""
    found = {}
    for group, links in BELOW:
        page.goto(f"{demo}/due/?group={group}")
        for link in ("main tbody a[href*='/people/']", *links):
            page.goto(urljoin(page.url, page.locator(link).first.get_attribute("href") or ""))
            found[f"{group} {form_of(page.url)}"] = page.url
    return found


@pytest.fixture(scope="module")
def pages(browser: Browser, demo: str) -> dict[str, str]:
    """The pages the office can reach from its menu."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{demo}/demo/office/")
    found = crawl(page, f"{demo}/board/")
    assert set(found) >= REACHED
    found |= below_people(page, demo)
    context.close()
    return found


PHONE, DESKTOP = (390, 844), (1440, 900)
# Each size, language and set of colours is looked at; all their combinations in the long run.
SHORT = ((PHONE, "zh-hans", "light"), (DESKTOP, "en", "dark"))
LOOKS = [
    pytest.param(*look, marks=() if look in SHORT else pytest.mark.soak)
    for look in product((PHONE, DESKTOP), ("zh-hans", "en"), ("light", "dark"))
]


@pytest.mark.parametrize(("size", "language", "theme"), LOOKS, ids=str)
def test_every_page_of_the_office(
    browser: Browser, demo: str, pages: dict[str, str], language: str, theme: str, size: tuple[int, int]
) -> None:
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, locale=language, color_scheme=theme)
    context.add_cookies([{"name": "django_language", "value": language, "url": demo}])
    page = context.new_page()
    heard: list[str] = []
    page.on("console", lambda said: heard.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("request", lambda asked: None if asked.url.startswith((demo, "data:")) else heard.append(asked.url))
    page.goto(f"{demo}/demo/office/")
    for address in pages.values():
        page.goto(address)
        assert violations(page) == [], address
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0], f"{address} scrolls sideways"
        assert page.locator("html").get_attribute("lang") in (language, "zh-Hans", "zh-hans")
    assert heard == []
    context.close()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_pages_for_everybody(browser: Browser, demo: str, language: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale=language)
    page = context.new_page()
    for path in ("/", "/check/", "/coverage/", "/sign-in/", "/install/"):
        page.goto(demo + path)
        assert violations(page) == [], path
    context.close()


@pytest.mark.parametrize("worker", ["committee", "leader"])
def test_others_reach_only_what_they_may(browser: Browser, demo: str, worker: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{demo}/demo/{worker}/")
    pages = crawl(page, f"{demo}/board/")
    assert "/board/*/" in pages
    closed = [form for form in pages if form.startswith(("/lists/", "/journal/"))]
    # Whoever may write of people by hand may do it in Excel too; the lists of the office stay closed.
    assert closed == (["/lists/excel/"] if worker == "committee" else [])
    assert any(form.startswith("/people/") for form in pages) == (worker == "committee")
    context.close()


def test_the_language_is_switched_on_every_page(browser: Browser, demo: str) -> None:
    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    page.goto(f"{demo}/demo/office/")
    page.goto(f"{demo}/due/?group=overdue")
    assert page.locator("html").get_attribute("lang") in ("zh-hans", "zh-Hans")
    page.get_by_role("button", name="English").click()
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.url == f"{demo}/due/?group=overdue"
    page.get_by_role("button", name="中文").click()
    assert page.locator("html").get_attribute("lang") in ("zh-hans", "zh-Hans")
    context.close()
