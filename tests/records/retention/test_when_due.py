"""The office sees on its lists when a drive's people are to be forgotten."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.test import Client
from drives_over import BY, Ground

from linli.records.accounts.actions import enrol, grant


def office(ground: Ground, area: str) -> Client:
    worker = enrol(by=BY, username=f"office-{area}", name="Office (invented)", password=None)
    grant(by=BY, worker=worker, area=ground.areas[area], role="office")
    browser = Client()
    browser.force_login(worker)
    browser.cookies["django_language"] = "en"
    return browser


def test_lists_say_until_when_people_are_kept(ground: Ground, close: Callable[..., None]) -> None:
    browsers = {area: office(ground, area) for area in ("S", "N", "Z")}
    for browser in browsers.values():
        assert "are to be forgotten" not in browser.get("/lists/").content.decode()
    close(N=date(2021, 9, 30))
    pages = {area: browser.get("/lists/").content.decode() for area, browser in browsers.items()}
    assert {area: "The drive drive N ended on" in page for area, page in pages.items()} == {
        "S": True,
        "N": True,
        "Z": False,
    }
    assert "Thu 30 December" in pages["S"]
