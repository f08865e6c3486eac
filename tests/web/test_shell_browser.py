"""The gallery in headless Chromium: accessible, no wider than a phone, usable by keyboard, quiet to the outside."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.urls("linli.web.shell.urls")]

# playwright keeps an event loop in this thread, which is not one that serves requests
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

AXE = (Path(__file__).parent / "vendor/axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PHONE = {"width": 390, "height": 844}
OFFICE = {"width": 1440, "height": 900}


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Debian's Chromium, which talks to nobody by itself."""
    quiet = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
    return {
        "executable_path": "/usr/bin/chromium",
        "args": [*quiet, "--disable-component-update", "--disable-sync"],
    }


@pytest.fixture
def opened(browser: Browser, live_server: Any, request: pytest.FixtureRequest) -> Iterator[tuple[Page, list[str]]]:
    """The gallery, opened in one size, colour and language, and what the page asked of others or complained about."""
    size, theme, language = request.param
    context = browser.new_context(
        viewport=size,
        color_scheme=theme,
        locale="zh-CN" if language == "zh" else "en-GB",
        extra_http_headers={"Accept-Language": language},
    )
    page = context.new_page()
    heard: list[str] = []
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("console", lambda said: heard.append(said.text) if "Content Security Policy" in said.text else None)
    page.on("request", lambda asked: heard.append(asked.url) if not asked.url.startswith(live_server.url) else None)
    page.goto(live_server.url)
    page.wait_for_selector(".map-shape", timeout=10_000)
    yield page, heard
    context.close()


WAYS = [
    pytest.param((size, theme, language), id=f"{name}-{theme}-{language}")
    for name, size in (("phone", PHONE), ("office", OFFICE))
    for theme in ("light", "dark")
    for language in ("zh", "en")
]


@pytest.mark.parametrize("opened", WAYS, indirect=True)
def test_the_gallery_is_accessible_fits_and_is_quiet(opened: tuple[Page, list[str]]) -> None:
    page, heard = opened
    # the policy forbids evaluation in the page: the checker comes in through the debugger
    page.context.new_cdp_session(page).send("Runtime.evaluate", {"expression": AXE})
    found = page.evaluate("rules => axe.run(document, {resultTypes: ['violations'], runOnly: rules})", RULES)
    assert [(v["id"], [n["target"] for n in v["nodes"]]) for v in found["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert heard == []


@pytest.mark.parametrize("opened", [pytest.param((OFFICE, "light", "en"), id="office")], indirect=True)
def test_the_map_is_walked_with_the_keyboard(opened: tuple[Page, list[str]]) -> None:
    page, _ = opened
    page.locator(".map-shape[tabindex='0']").focus()
    page.keyboard.press("ArrowRight")
    name = page.evaluate("document.activeElement.getAttribute('aria-label')")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.tagName") == "A"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == name


@pytest.mark.parametrize("opened", [pytest.param((OFFICE, "light", "en"), id="office")], indirect=True)
def test_the_theme_switch_is_remembered_by_the_server(opened: tuple[Page, list[str]]) -> None:
    page, _ = opened
    page.click("[data-theme-switch]")
    assert page.evaluate("fetch('/').then(r => r.text()).then(t => t.includes('data-theme=\"dark\"'))") is True
