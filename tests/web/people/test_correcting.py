"""Correcting a dose on its person's page: both rows stay to be seen, and everything derived follows at once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from street import EVIL
from writing_desk import Desk, forecast_of, text_of

from linli.records.doses.models import Correction, Dose

AtDesk = Callable[..., Desk]
WHO = "丁等待"  # one dose of CoronaVac on 10 June


def form(desk: Desk, reason: str, name: str = WHO, place: int = 0) -> str:
    return f"doses/{desk.dose(name, place).public_id}/corrections/new/{reason}/"


def test_what_is_wrong_is_asked_first(desk: AtDesk) -> None:
    office = desk()
    page = office.client.get(office.address(WHO, f"doses/{office.dose(WHO).public_id}/corrections/new/"))
    text = text_of(page)
    for words in ("What is wrong with this dose?", "Wrong person", "Wrong product", "Wrong day", "Never given"):
        assert words in text
    assert "As it stands Product CoronaVac inactivated Day Thu 10 June" in text


@pytest.mark.parametrize(
    ("reason", "sent", "said", "state"),
    [
        ("product", {"vaccine": "BIBP"}, "Wrong product", "waiting"),
        ("product", {"vaccine": "Ad5-nCoV"}, "Wrong product", "complete"),
        ("day", {"given_on": "2021-05-10"}, "Wrong day", "due"),
        ("number", {"number": "2"}, "Wrong dose number", "waiting"),
        ("details", {"lot": "L-2", "place": "", "evidence": "paper", "where": "here"}, "Wrong lot", "waiting"),
        ("not_given", {}, "Never given", "due"),
    ],
    ids=["product", "one-dose product", "day", "number", "details", "never given"],
)
def test_each_correction_stands_beside_what_it_corrects(
    desk: AtDesk, reason: str, sent: dict[str, str], said: str, state: str
) -> None:
    office = desk()
    before = forecast_of(WHO)
    preview = office.said(WHO, form(office, reason), note="misread", preview="1", **sent)
    assert "What follows" in preview
    assert forecast_of(WHO) == before
    answer = office.send(WHO, form(office, reason), note="misread", **sent)
    text = text_of(answer)
    assert said in text
    assert "misread" in text
    assert "Struck" in text
    assert "<del>" in answer.content.decode()
    assert office.state(WHO) == state
    assert Dose.objects.filter(person__name=WHO).count() == (1 if reason == "not_given" else 2)
    office.undo_of(WHO, answer)
    assert forecast_of(WHO) == before
    assert Correction.objects.filter(dose__person__name=WHO).count() == (1 if reason == "not_given" else 2)


class TestWrongPerson:
    def test_found_by_name_past_the_address(self, desk: AtDesk) -> None:
        office = desk()
        office.said(WHO, form(office, "day"), given_on="2021-06-08")
        page = office.send(WHO, form(office, "person"), find="1", search="丙逾")
        assert page.request["PATH_INFO"].endswith("corrections/new/person/")  # type: ignore[attr-defined]
        assert page.request["QUERY_STRING"] == ""  # type: ignore[attr-defined]
        assert "丙逾期 · 1 January 1970 · North House · Door 101" in text_of(page)

    def test_the_dose_goes_over_and_both_histories_show_it(self, desk: AtDesk) -> None:
        office = desk()
        before = forecast_of(WHO), forecast_of("乙应种")
        sent = {"search": "0002", "whose": office.person("乙应种").public_id, "note": ""}
        preview = office.said(WHO, form(office, "person"), **sent, preview="1")
        assert "This person Waiting Due Comes onto the due list. Dose 1 is next." in preview
        assert "The other person Due Waiting Leaves the due list. Dose 2 from Thu 1 July" in preview
        answer = office.send(WHO, form(office, "person"), **sent)
        assert "The dose stands in the record of 乙应种 now." in text_of(answer)
        assert "Wrong person · now of 乙应种" in text_of(answer)
        other = office.page("乙应种")
        assert "Wrong person · was written down of 丁等待" in other
        assert [office.state(name) for name in (WHO, "乙应种")] == ["due", "waiting"]
        office.undo_of(WHO, answer)
        assert (forecast_of(WHO), forecast_of("乙应种")) == before

    @pytest.mark.parametrize(
        ("search", "found"),
        [("辛南", []), ("8888", []), ("逾期", ["丙逾期"]), ("0003", ["丙逾期"]), ("13900000003", ["丙逾期"])],
    )
    def test_only_people_of_ones_own_areas_are_found(self, desk: AtDesk, search: str, found: list[str]) -> None:
        north = desk("north")
        page = north.send(WHO, form(north, "person"), find="1", search=search).context["form"]  # type: ignore[attr-defined]
        assert [row.name for row in page.found.values()] == found

    def test_somebody_of_another_area_cannot_be_sent_by_hand(self, desk: AtDesk) -> None:
        north = desk("north")
        southerner = north.person("辛南人").public_id
        assert "Choose one of the list." in north.said(WHO, form(north, "person"), search="逾期", whose=southerner)
        assert not Correction.objects.exists()

    def test_somebody_of_another_area_is_not_named_beside_the_dose(self, desk: AtDesk) -> None:
        office, north = desk(), desk("north")
        sent = {"search": "辛南", "whose": office.person("辛南人").public_id, "note": ""}
        office.said(WHO, form(office, "person"), **sent)
        text = north.page(WHO)
        assert "now of somebody of another area" in text
        assert "辛南人" not in text
        correction = Correction.objects.get().public_id
        answer = north.client.post(north.address(WHO, "undo/"), {"what": "correction", "key": correction})
        assert answer.status_code == 404
        assert office.dose("辛南人")

    def test_a_name_is_text(self, desk: AtDesk) -> None:
        office = desk()
        page = office.send(WHO, form(office, "person"), find="1", search="alert").content.decode()
        assert EVIL not in page
        assert "&lt;script&gt;" in page

    def test_nobody_found(self, desk: AtDesk) -> None:
        office = desk()
        assert "Nobody in your areas fits." in office.said(WHO, form(office, "person"), find="1", search="没有")


@pytest.mark.parametrize(
    ("name", "place", "reason", "sent", "said"),
    [
        (WHO, 0, "day", {"given_on": "2021-06-10"}, "This is what the record says already."),
        (WHO, 0, "day", {"given_on": "2021-06-21"}, "This day has not come yet."),
        (WHO, 0, "number", {"number": "0"}, "greater than or equal to 1"),
        ("甲全程", 1, "day", {"given_on": "2021-04-01"}, ""),
        ("庚末日", 1, "day", {"given_on": "2021-04-26"}, "This dose is written down already"),
    ],
    ids=["nothing changes", "tomorrow", "no number", "another product that day", "the other dose"],
)
def test_wrong_input(desk: AtDesk, name: str, place: int, reason: str, sent: dict[str, str], said: str) -> None:
    office = desk()
    text = office.said(name, form(office, reason, name, place), note="kept", **sent)
    assert said in text
    if said:
        assert "kept" in text
        assert not Correction.objects.exists()


def test_a_dose_is_corrected_once(desk: AtDesk) -> None:
    office = desk()
    address = form(office, "day")
    office.said(WHO, address, given_on="2021-06-01")
    assert "Somebody corrected this dose meanwhile." in office.said(WHO, address, given_on="2021-06-02")


@pytest.mark.parametrize("reason", ["person", "day", "not_given"])
def test_who_may_not(desk: AtDesk, reason: str) -> None:
    office, north = desk(), desk("north")
    office.said("辛南人", "doses/new/", vaccine="BIBP", given_on="2021-06-01", evidence="paper", where="here")
    address = form(office, reason, "辛南人")
    assert north.client.post(north.address("辛南人", address), {"given_on": "2021-06-02"}).status_code == 404
    assert desk("leader").client.get(office.address("辛南人", address)).status_code == 403
    # nor by the page of somebody one may see
    assert north.client.post(north.address(WHO, address), {"given_on": "2021-06-02"}).status_code == 404
    assert office.client.get(office.address("辛南人", address.replace(reason, "nonsense"))).status_code == 404
    assert not Correction.objects.exists()
