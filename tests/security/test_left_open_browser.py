"""A page that somebody left open: once its session has lapsed it shows nobody any more."""

from __future__ import annotations

from datetime import datetime

import pytest
from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_page_left_open_hides_what_it_shows(browser: Browser, demo: str, language: str) -> None:
    context = browser.new_context(locale=language)
    context.add_cookies([{"name": "django_language", "value": language, "url": demo}])
    page = context.new_page()
    page.clock.install(time=datetime(2021, 6, 20, 8, 0))
    page.goto(f"{demo}/demo/office/")
    page.goto(f"{demo}/due/?group=people")
    name = page.locator("tbody a[href*='/people/']").first.inner_text()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.clock.fast_forward("59:00")
    assert name in page.content()
    page.clock.fast_forward("02:00")
    page.wait_for_function("document.title === 'linli'")
    assert name not in page.content()
    assert page.locator("main h1").count() == 1
    assert asked == []  # asking would keep the session alive
    page.locator("main a").click()
    page.wait_for_load_state()
    context.close()
