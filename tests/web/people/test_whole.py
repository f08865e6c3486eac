"""All data of one person, for that person: who may take it, what is in it, and that taking it is written down."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from street import BY, EVIL, Street

from linli.records.accounts.actions import enrol, grant
from linli.records.doses.actions import record_by_hand
from linli.records.journal.models import Entry
from linli.records.journal.queries import looks

SignedIn = Callable[..., Client]


def address(street: Street, name: str, kind: str = "whole") -> str:
    return reverse(f"people:{kind}", args=[street.people[name].public_id])


def sections(browser: Client, street: Street, name: str) -> dict[str, list[dict[str, Any]]]:
    answer = browser.get(address(street, name, "whole-file"))
    assert answer.status_code == 200
    return {one["code"]: one["rows"] for one in json.loads(answer.content)["sections"]}


@pytest.fixture
def volunteer(street: Street) -> str:
    """Somebody on loan, who sees names and may take none away."""
    worker = enrol(by=BY, username="loan", name="loan", password=None)
    grant(by=BY, worker=worker, area=street.areas["N"], role="volunteer")
    return "loan"


@pytest.mark.parametrize(
    ("username", "name", "status"),
    [
        ("office", "甲全程", 200),
        ("office", "辛南人", 200),
        ("north", "甲全程", 200),
        ("north", "辛南人", 404),
        ("leader", "甲全程", 403),
        ("loan", "甲全程", 403),
    ],
)
@pytest.mark.parametrize("kind", ["whole", "whole-file"])
def test_who_may_take_it(
    username: str, name: str, status: int, kind: str, street: Street, volunteer: str, signed_in: SignedIn
) -> None:
    lines = Entry.objects.filter(verb="reports.take_whole")
    assert signed_in(username).get(address(street, name, kind)).status_code == status
    assert lines.count() == (1 if status == 200 else 0)


def test_a_dose_nobody_knows_the_product_of_is_in_it(street: Street, signed_in: SignedIn) -> None:
    who = street.people["乙应种"]
    told = {"given_on": date(2021, 5, 20), "today": date(2021, 6, 20), "evidence": "told"}
    record_by_hand(by=BY, person=who, vaccine=None, **told)
    (dose,) = sections(signed_in("office"), street, "乙应种")["doses"]
    assert "unknown" in json.dumps(dose)
    assert {"不清楚是哪种", "Not known which"} <= set(_texts(dose))


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for part in parts for text in _texts(part)]


def test_nobody_without_a_login(street: Street) -> None:
    assert Client().get(address(street, "甲全程")).status_code == 302


def test_the_button_is_there_for_those_who_may(street: Street, volunteer: str, signed_in: SignedIn) -> None:
    for username, is_there in (("north", True), ("loan", False)):
        page = (
            signed_in(username).get(reverse("people:person", args=[street.people["甲全程"].public_id])).content.decode()
        )
        assert (address(street, "甲全程") in page) is is_there


def test_taking_it_is_written_down_twice(street: Street, signed_in: SignedIn) -> None:
    """As something done, and as a look at a name."""
    signed_in("office").get(address(street, "甲全程", "whole-file"))
    person = street.people["甲全程"].public_id
    line = Entry.objects.get(verb="reports.take_whole")
    assert (line.who_name, line.detail) == ("office", {"on": "2021-06-20"})
    assert [row.detail["where"] for row in looks(noun="person", subject_ids=[person])] == ["own_data"]


def test_everything_is_in_it(street: Street, signed_in: SignedIn) -> None:
    found = sections(signed_in("office"), street, "甲全程")
    assert found["person"][0]["name"] == "甲全程"
    assert found["phones"][0]["number"] == "13900000001"
    assert [one["given_on"] for one in found["doses"]] == ["2021-04-01", "2021-04-25"]
    assert [one["counts"]["code"] for one in found["doses"]] == ["valid", "other_maker"]
    assert found["doses"][0]["counts"]["en"] == "Counts as dose 1."
    assert found["standing"][0]["state"] == {"code": "complete", "zh": "已完成", "en": "Complete"}
    assert {one["kind"]["code"] for one in found["places"]} == {"living"}
    assert found["places"][0]["building"] == "北一号"
    assert "people.record" in {one["what"]["code"] for one in found["changes"]}


def test_every_word_is_there_in_both_languages(street: Street, signed_in: SignedIn) -> None:
    told = json.loads(signed_in("office", "zh-hans").get(address(street, "壬两处", "whole-file")).content)
    words = [told["title"], told["about"], *(one["title"] for one in told["sections"])]
    words += [column for one in told["sections"] for column in one["columns"]]
    assert all(word["zh"] and word["en"] and word["zh"] != word["en"] for word in words)


def test_the_page_shows_the_same_and_runs_nothing(street: Street, signed_in: SignedIn) -> None:
    page = signed_in("office").get(address(street, EVIL)).content.decode()
    assert EVIL not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert 'lang="zh-Hans"' in page
    assert "All data of this person" in page


def test_it_is_kept_in_no_cache_and_under_no_name(street: Street, signed_in: SignedIn) -> None:
    answer = signed_in("office").get(address(street, "甲全程", "whole-file"))
    assert "no-store" in answer["Cache-Control"]
    assert answer["Content-Disposition"] == f'attachment; filename="{street.people["甲全程"].public_id}.json"'
    assert answer["Content-Type"] == "application/json; charset=utf-8"


def test_it_takes_few_queries(
    street: Street, signed_in: SignedIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    browser = signed_in("office")
    with django_assert_max_num_queries(45):
        browser.get(address(street, "甲全程"))
