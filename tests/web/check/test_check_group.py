"""The public page while the drive worked at is one of a published vaccine group."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from invented import files
from linli.records.programme.actions import adopt, import_library, open_drive
from logins import CLERK, draw_tree

pytestmark = pytest.mark.django_db


def text(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def worked_at(settings: Settings, group: str, day: str) -> Client:
    """A passer-by's browser on a day of a drive of the group."""
    settings.LANGUAGE_CODE, settings.TODAY = "en", day
    import_library(by=CLERK, files=files(), version="1.0")
    programme, area = adopt(by=CLERK, code=group), draw_tree()["S"]
    open_drive(by=CLERK, name=group, programme=programme, area=area, starts_on=date.fromisoformat(day))
    return Client()


@pytest.mark.parametrize(
    ("group", "day", "words"),
    [
        ("Redpox", "2026-01-05", "Open on Mon 5 January Redpox from 6 weeks"),
        ("Winterpox", "2026-01-05", "Winterpox from 6 months"),
        ("Winterpox", "2026-05-05", "Nothing is offered on this day."),
    ],
    ids=["from an age", "in season", "out of season"],
)
def test_it_says_who_may_come(settings: Settings, group: str, day: str, words: str) -> None:
    assert words in text(worked_at(settings, group, day).get("/check/"))


def test_it_offers_the_group_s_own_vaccines_and_answers(settings: Settings) -> None:
    client = worked_at(settings, "Live one", "2026-01-05")
    told = {"year": "2020", "month": "1", "day": "1", "doses": "1"}
    form = client.post("/check/", told).content.decode()
    assert '<option value="911">' in form
    assert '<option value="912">' not in form
    answer = client.post("/check/", told | {"product_1": "911", "given_1": "2025-06-01"})
    assert answer.status_code == 200
    assert "Yes, you may come" in text(answer)
