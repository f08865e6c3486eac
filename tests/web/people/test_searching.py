"""A search by name or phone works like any filter and never stands in an address."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from linli.records.keys.sealing import unseal

Browser = Callable[[str], Client]
pytestmark = pytest.mark.django_db


def names(answer: Any) -> list[str]:
    return [line.person.name for line in answer.context["page"]]


def test_the_form_sends_it_past_the_address(signed_in: Browser) -> None:
    client = signed_in("office")
    answer = client.post(
        "/due/search/", {"search": " 应种 ", "group": "people", "vaccine": "", "sort": "name"}, follow=True
    )
    address = answer.redirect_chain[-1][0]
    assert "group=people" in address
    assert "sort=name" in address
    assert "vaccine" not in address
    assert not any(text in address for text in ("应种", "%E5%BA%94", "search"))
    assert names(answer) == ["乙应种"]
    assert 'value="应种"' in answer.content.decode()
    exports = answer.context["exports"]
    assert [client.get(one["href"]).content.decode("utf-8-sig").count("\n") for one in exports[:1]] == [2]


def test_a_typed_address_is_tidied(signed_in: Browser) -> None:
    answer = signed_in("office").get("/due/", {"search": "0003", "group": "people"}, follow=True)
    assert "0003" not in answer.redirect_chain[-1][0]
    assert names(answer) == ["丙逾期"]


def test_a_token_means_nothing_to_another_session(signed_in: Browser) -> None:
    answer = signed_in("office").post("/due/search/", {"search": "应种", "group": "people"}, follow=True)
    address = answer.redirect_chain[-1][0]
    other = signed_in("north").get(address)
    assert other.status_code == 200
    assert 'value="应种"' not in other.content.decode()


def test_an_empty_search_leaves_only_the_filters(signed_in: Browser) -> None:
    answer = signed_in("office").post("/due/search/", {"search": "  ", "group": "overdue"})
    assert answer.headers["Location"] == "/due/?group=overdue"


def test_a_session_keeps_the_last_twenty(signed_in: Browser) -> None:
    client = signed_in("office")
    for number in range(25):
        client.post("/due/search/", {"search": f"{number}"})
    kept = client.session["searches"].values()
    assert [unseal(token) for token in kept] == [str(number) for number in range(5, 25)]


def test_searching_needs_the_right(signed_in: Browser) -> None:
    assert signed_in("leader").post("/due/search/", {"search": "应种"}).status_code == 403
    assert signed_in("office").get("/due/search/").status_code == 405
