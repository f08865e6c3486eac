"""Letters that no database reads, in every place where somebody can put one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from writing_desk import Desk

AtDesk = Callable[..., Desk]
NOTHING = "\0"


def test_a_search_leaves_them_out(desk: AtDesk) -> None:
    found = desk().client.post("/due/search/", {"search": f"应{NOTHING}种", "group": "people"}, follow=True)
    assert [line.person.name for line in found.context["page"]] == ["乙应种"]


def test_a_search_for_the_right_person_too(desk: AtDesk) -> None:
    office = desk()
    address = f"doses/{office.dose('丁等待').public_id}/corrections/new/person/"
    assert "丙逾期" in office.said("丁等待", address, find="1", search=f"逾{NOTHING}期")


@pytest.mark.parametrize("name", ["note", "reason", "told_by", "on"])
def test_a_form_says_that_they_are_wrong(desk: AtDesk, name: str) -> None:
    sent = {"told_by": "self", "reason": "no_need", "on": "2021-06-20", "note": ""}
    assert "Something needs to be put right" in desk().said("乙应种", "refusals/new/", **sent | {name: NOTHING})


def test_the_journal_leaves_what_nobody_did_out(desk: AtDesk) -> None:
    assert desk().client.get("/journal/?verb=nonsense").status_code == 200


@pytest.mark.parametrize(
    "path",
    ["/people/%00/", "/people/%00/refusals/new/", "/journal/?of=a%00", "/journal/?verb=%00", "/due/?area=%00", "/%00"],
)
def test_an_address_with_one_is_a_bad_request(desk: AtDesk, path: str) -> None:
    answer = desk().client.get(path)
    assert answer.status_code == 400
    assert "<h1>" in answer.content.decode()
