"""A person's ledger is whole: the ladder on top, everything written down below, merged records named."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries
from street import BY
from writing_desk import Desk, text_of

from linli.records.doses.actions import contraindicate, correct, defer, move_away, record_by_hand, refuse
from linli.records.doses.models import Status
from linli.records.duplicates.actions import merge
from linli.records.people.models import Person
from linli.records.programme.models import Vaccine

AtDesk = Callable[..., Desk]
TODAY = date(2021, 6, 20)
EARLIER = date(2021, 6, 1)
WRITES: dict[str, Callable[[dict[str, Any]], Any]] = {
    "deferred": lambda of: defer(**of, until_on=date(2021, 7, 4), reason="pregnancy"),
    "contraindicated": lambda of: contraindicate(**of, paper="医院（虚构）", reason="allergy"),
    "refused": lambda of: refuse(**of, told_by="self"),
    "moved": lambda of: move_away(**{name: value for name, value in of.items() if name != "programme"}),
}
WORDS = {"deferred": "Deferred", "contraindicated": "Cannot have it", "refused": "Refused", "moved": "Moved away"}


def written(desk: Desk, name: str, *kinds: str) -> None:
    for kind in kinds:
        WRITES[kind](
            {"by": BY, "person": desk.person(name), "programme": desk.street.programme, "on": EARLIER, "today": TODAY}
        )


@pytest.mark.parametrize(
    ("name", "kinds", "top"),
    [
        ("乙应种", ("deferred",), "Deferred"),
        ("乙应种", ("deferred", "contraindicated"), "Cannot have it"),
        ("乙应种", ("deferred", "contraindicated", "refused"), "Refused"),
        ("乙应种", ("deferred", "contraindicated", "refused", "moved"), "Moved away"),
        ("甲全程", ("refused",), "Complete"),
        ("甲全程", ("refused", "moved"), "Moved away"),
        ("癸不详", ("deferred",), "Deferred"),
        ("癸不详", (), "Unknown"),
    ],
)
def test_the_strongest_stands_on_top(desk: AtDesk, name: str, kinds: tuple[str, ...], top: str) -> None:
    office = desk()
    written(office, name, *kinds)
    page = office.client.get(office.address(name)).content.decode()
    panel = page.split('aria-label="How this person stands"', 1)[1].split("</section>", 1)[0]
    assert f"<span>{top}</span>" in panel.split("status-big", 1)[1]
    ledger = page.split('id="statuses"', 1)[-1]
    assert all(f"<span>{WORDS[kind]}</span>" in ledger for kind in kinds)  # every one stays to be seen


def test_what_to_do_next_stands_below_it(desk: AtDesk) -> None:
    office = desk()
    written(office, "乙应种", "refused")
    text = office.page("乙应种")
    assert "This is their right, and final. Do not call or visit about it again." in text
    assert "What would hold without it May have the first dose now." in text


def test_nobody_who_refused_is_in_a_working_list(desk: AtDesk) -> None:
    office = desk()
    for name in ("乙应种", "丙逾期", "己生日", "庚末日", "癸不详"):
        written(office, name, "refused")
    for group in ("open", "due", "overdue", "entering", "last_days", "unknown", "waiting"):
        listed = [line.person.name for line in office.client.get("/due/", {"group": group}).context["page"]]
        assert not {"乙应种", "丙逾期", "己生日", "庚末日", "癸不详"} & set(listed), group


@pytest.mark.parametrize("kind", list(WRITES))
def test_the_due_list_has_a_choice_a_badge_and_words_for_each(desk: AtDesk, kind: str) -> None:
    office = desk()
    written(office, "丙逾期", kind)
    page = office.client.get("/due/", {"group": kind})
    (line,) = page.context["page"]
    assert line.due.state == kind
    assert line.why
    assert (line.products, line.latest_on) == ("", None) or kind == "deferred"
    assert f'<option value="{kind}" selected>' in page.content.decode()


class TestMergedRecords:
    @pytest.fixture
    def merged(self, desk: AtDesk) -> tuple[Desk, Person]:
        office = desk()
        gone = office.person("甲全程")
        merge(by=BY, kept=office.person("丙逾期"), gone=gone)
        return office, gone

    def test_the_kept_record_names_them(self, merged: tuple[Desk, Person]) -> None:
        office, gone = merged
        text = office.page("丙逾期")
        assert f"Also known as 甲全程 1 January 1950 record {gone.public_id}, merged into this one" in text
        assert "Counts as dose 2" in text

    @pytest.mark.parametrize("more", ["", "refusals/new/", "looks/"])
    def test_their_address_leads_to_the_kept_one(self, merged: tuple[Desk, Person], more: str) -> None:
        office, gone = merged
        answer = office.client.get(f"/people/{gone.public_id}/{more}", follow=True)
        assert answer.redirect_chain == [(office.address("丙逾期"), 302)]
        assert "was merged into this one" in text_of(answer)

    def test_nothing_is_written_down_of_them_any_more(self, merged: tuple[Desk, Person]) -> None:
        office, gone = merged
        sent = {"told_by": "self", "reason": "no_need", "on": "2021-06-20"}
        office.client.post(f"/people/{gone.public_id}/refusals/new/", sent)
        assert office.state("丙逾期") == "complete"
        assert not Status.objects.exists()

    def test_through_two_merges(self, merged: tuple[Desk, Person]) -> None:
        office, gone = merged
        merge(by=BY, kept=office.person("丁等待"), gone=office.person("丙逾期"))
        assert "甲全程" in office.page("丁等待").split("Also known as", 1)[1]
        answer = office.client.get(f"/people/{gone.public_id}/", follow=True)
        assert answer.redirect_chain == [(office.address("丁等待"), 302)]

    def test_nobody_without_a_right_to_the_kept_one_is_led_there(self, desk: AtDesk) -> None:
        office, north = desk(), desk("north")
        gone = office.person("辛南人")
        merge(by=BY, kept=office.person("壬两处"), gone=gone)
        assert north.client.get(f"/people/{gone.public_id}/").status_code == 302  # works in the north
        assert desk("leader").client.get(f"/people/{gone.public_id}/").status_code == 403
        Person.objects.filter(name="壬两处").update(working_area=office.street.areas["Z"])
        assert north.client.get(f"/people/{gone.public_id}/").status_code == 404


def test_a_record_with_everything_takes_few_questions(
    desk: AtDesk, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    office = desk()
    merge(by=BY, kept=office.person("壬两处"), gone=office.person("丙逾期"))
    written(office, "壬两处", "deferred", "refused")
    person = office.person("壬两处")
    for given_on in (date(2021, 5, 3), date(2021, 6, 15)):
        record_by_hand(
            by=BY,
            person=person,
            vaccine=Vaccine.objects.get(code="BIBP"),
            given_on=given_on,
            today=TODAY,
            evidence="told",
        )
    correct(by=BY, dose=office.dose("壬两处", 1), reason="person", today=TODAY, person=office.person("辛南人"))
    correct(by=BY, dose=office.dose("壬两处", 1), reason="day", today=TODAY, given_on=date(2021, 6, 16))
    address = office.address("壬两处")
    office.client.get(address)
    with django_assert_max_num_queries(20):
        text = text_of(office.client.get(address))
    for words in ("now of 辛南人", "Also known as", "Refused", "Wrong day", "Told, no paper"):
        assert words in text
