"""What may be written down of a person: by whom, with what input, with what said before and after, and taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from writing_desk import Desk, forecast_of, text_of

from linli.records.accounts.actions import enrol, grant
from linli.records.doses.models import Correction, Dose, Status, StatusEnd
from linli.records.journal.actions import Who
from linli.records.journal.models import Entry
from linli.records.people.models import Stay

AtDesk = Callable[..., Desk]
TODAY = "2021-06-20"
REFUSAL = {"told_by": "self", "reason": "side_effects", "on": TODAY, "note": "calls herself careful"}
DEFERRAL = {"reason": "acute_illness", "until": "usual", "told_by": "self", "on": TODAY, "note": ""}
CONTRAINDICATION = {
    "reason": "allergy",
    "paper": "华山医院（虚构）",
    "paper_on": "2021-06-18",
    "how_long": "good",
    "on": TODAY,
}
DEPARTURE = {"to": "苏州市", "on": "2021-06-10", "note": ""}
DOSE = {"vaccine": "CoronaVac", "given_on": "2021-05-20", "evidence": "told", "where": "elsewhere", "place": "杭州"}
FORMS: dict[str, dict[str, Any]] = {
    "refusals/new/": REFUSAL,
    "deferrals/new/": DEFERRAL,
    "contraindications/new/": CONTRAINDICATION,
    "departures/new/": DEPARTURE,
    "doses/new/": DOSE,
}
WHO, SOUTHERNER = "乙应种", "辛南人"


@pytest.mark.parametrize("more", [*FORMS, "moves/new/"])
class TestWhoMay:
    def test_somebody_with_the_right(self, desk: AtDesk, more: str) -> None:
        assert desk("north").client.get(desk("north").address(WHO, more)).status_code == 200

    def test_nobody_in_another_area(self, desk: AtDesk, more: str) -> None:
        north = desk("north")
        assert north.client.get(north.address(SOUTHERNER, more)).status_code == 404
        assert north.client.post(north.address(SOUTHERNER, more), FORMS.get(more, {})).status_code == 404
        assert not Status.objects.exists()

    def test_nobody_who_only_sees_names_or_figures(self, desk: AtDesk, more: str) -> None:
        office = desk()
        volunteer = enrol(by=Who("", "test"), username="helper", name="helper", password=None)
        grant(by=Who("", "test"), worker=volunteer, area=office.street.areas["S"], role="volunteer")
        for username in ("helper", "leader"):
            browser = desk(username)
            assert browser.client.get(browser.address(WHO, more)).status_code == 403
            assert browser.client.post(browser.address(WHO, more), FORMS.get(more, {})).status_code == 403
        assert not Status.objects.exists()

    def test_the_page_offers_it_to_those_who_may(self, desk: AtDesk, more: str) -> None:
        office = desk()
        volunteer = enrol(by=Who("", "test"), username="helper", name="helper", password=None)
        grant(by=Who("", "test"), worker=volunteer, area=office.street.areas["S"], role="volunteer")
        assert more in office.client.get(office.address(WHO)).content.decode()
        assert more not in desk("helper").client.get(office.address(WHO)).content.decode()


class TestRefusals:
    def test_it_takes_the_person_off_the_list_and_says_so(self, desk: AtDesk) -> None:
        office = desk()
        text = office.said(WHO, "refusals/new/", **REFUSAL)
        assert "The refusal is written down." in text
        assert (
            "Has not wanted the vaccination since Sun 20 June; said by the person. Reason: Fears side effects." in text
        )
        assert "Do not call or visit about it again." in text
        assert "calls herself careful" in text
        listed = [line.person.name for line in office.client.get("/due/").context["page"]]
        assert WHO not in listed
        assert office.state(WHO) == "refused"

    def test_what_follows_is_told_before_and_nothing_is_kept(self, desk: AtDesk) -> None:
        office = desk()
        before = forecast_of(WHO)
        text = office.said(WHO, "refusals/new/", **REFUSAL, preview="1")
        assert "What follows Due Refused Leaves the due list." in text
        assert "calls herself careful" in text  # what was typed stays
        assert not Status.objects.exists()
        assert not Entry.objects.filter(verb="doses.set_status").exists()
        assert forecast_of(WHO) == before

    def test_a_script_asks_for_the_same_without_names(self, desk: AtDesk) -> None:
        office = desk()
        looks = Entry.objects.filter(verb="people.look").count()
        answer = office.client.post(
            office.address(WHO, "refusals/new/"), REFUSAL, headers={"hx-request": "true"}
        ).content.decode()
        assert "Leaves the due list." in answer
        assert WHO not in answer
        assert Entry.objects.filter(verb="people.look").count() == looks
        wrong = office.client.post(
            office.address(WHO, "refusals/new/"), REFUSAL | {"told_by": "other"}, headers={"hx-request": "true"}
        ).content.decode()
        assert "Only the person can refuse" in wrong

    def test_somebody_else_cannot_refuse_for_a_person(self, desk: AtDesk) -> None:
        text = desk().said(WHO, "refusals/new/", **REFUSAL | {"told_by": "other"})
        assert "Only the person can refuse or take it back" in text
        assert "calls herself careful" in text
        assert not Status.objects.exists()

    @pytest.mark.parametrize(
        ("wrong", "said"),
        [
            ({"told_by": ""}, "Who says so: Choose one."),
            ({"on": "2021-06-21"}, "This day has not come yet."),
            ({"on": "20 June"}, "This is no day. Write it as 2021-06-20."),
            ({"reason": "laziness"}, "Choose one of the list."),
        ],
        ids=["nobody says so", "tomorrow", "no date", "no reason of ours"],
    )
    def test_wrong_input_is_said_beside_its_field(self, desk: AtDesk, wrong: dict[str, str], said: str) -> None:
        text = desk().said(WHO, "refusals/new/", **REFUSAL | wrong)
        assert "Something needs to be put right" in text
        assert said in text
        assert not Status.objects.exists()

    def test_twice_is_once(self, desk: AtDesk) -> None:
        office = desk()
        office.said(WHO, "refusals/new/", **REFUSAL)
        assert "written down already, since Sun 20 June" in office.said(WHO, "refusals/new/", **REFUSAL)
        assert Status.objects.count() == 1

    def test_the_person_takes_it_back(self, desk: AtDesk) -> None:
        office = desk()
        office.said(WHO, "refusals/new/", **REFUSAL | {"on": "2021-06-01"})
        end = f"statuses/{Status.objects.get().public_id}/end/"
        nobody = office.said(WHO, end, why="reversed", on="2021-06-15")
        assert "Say who takes the refusal back." in nobody
        other = office.said(WHO, end, why="reversed", on="2021-06-15", told_by="other")
        assert "Only the person can refuse or take it back" in other
        text = office.said(WHO, end, why="reversed", on="2021-06-15", told_by="self")
        assert "Refused Tue 1 June Tue 15 June ended sooner" in text
        assert [office.state(WHO, on) for on in ("2021-06-14", "2021-06-15", TODAY)] == ["refused", "due", "due"]

    def test_a_mistake_never_held_and_stays_to_be_seen(self, desk: AtDesk) -> None:
        office = desk()
        before = forecast_of(WHO)
        text = office.write_and_undo(WHO, "refusals/new/", **REFUSAL | {"on": "2021-06-01"})
        assert "Taken back. Both lines stay in the record." in text
        assert "by mistake" in text
        assert StatusEnd.objects.get().why == "mistake"
        assert forecast_of(WHO) == before


class TestDeferrals:
    def test_the_usual_end_is_offered_and_taken_only_when_chosen(self, desk: AtDesk) -> None:
        office = desk()
        form = text_of(office.client.get(office.address(WHO, "deferrals/new/")))
        assert "Fever or acute illness: usually until Sun 4 July" in form
        assert "Pregnancy: no usual end" in form
        text = office.said(WHO, "deferrals/new/", **DEFERRAL)
        assert "Put off until Sun 4 July." in text
        assert "Put off; may be given again from Sun 4 July. Reason: Fever or acute illness." in text
        assert "Again from Sun 4 July in 14 days" in text
        assert [office.state(WHO, on) for on in (TODAY, "2021-07-03", "2021-07-04")] == ["deferred", "deferred", "due"]

    def test_the_list_says_from_when_again(self, desk: AtDesk) -> None:
        office = desk()
        office.said(WHO, "deferrals/new/", **DEFERRAL)
        (line,) = office.client.get("/due/", {"group": "deferred"}).context["page"]
        assert (line.why, line.earliest, line.waits_until) == (
            "May be given again from Sun 4 July.", "Sun 4 July", date(2021, 7, 4),
        )  # fmt: skip

    @pytest.mark.parametrize(
        ("wrong", "said"),
        [
            ({"until": "day", "until_on": ""}, "A deferral needs an end"),
            ({"until": "day", "until_on": TODAY}, "A deferral needs an end"),
            ({"reason": "pregnancy"}, "This reason has no usual end."),
            ({"reason": ""}, "Why: Choose one."),
        ],
        ids=["no end", "ends as it begins", "no usual end", "no reason"],
    )
    def test_a_deferral_without_end_is_refused(self, desk: AtDesk, wrong: dict[str, str], said: str) -> None:
        assert said in desk().said(WHO, "deferrals/new/", **DEFERRAL | wrong)
        assert not Status.objects.exists()

    def test_another_day(self, desk: AtDesk) -> None:
        office = desk()
        wanted = DEFERRAL | {"reason": "pregnancy", "until": "day", "until_on": "2021-12-24"}
        assert "Deferred" in office.said(WHO, "deferrals/new/", **wanted)
        assert Status.objects.get().until_on == date(2021, 12, 24)


class TestContraindications:
    def test_for_good_with_its_paper(self, desk: AtDesk) -> None:
        office = desk()
        text = office.said(WHO, "contraindications/new/", **CONTRAINDICATION)
        assert "Cannot have the vaccine: 华山医院（虚构）." in text
        assert "for good" in text
        assert "Fri 18 June" in text
        assert office.state(WHO, "2022-06-20") == "contraindicated"

    @pytest.mark.parametrize(
        ("wrong", "said"),
        [
            ({"paper": "  "}, "A contraindication needs its paper"),
            ({"how_long": "day"}, "Give the day, or choose for good."),
            ({"how_long": "day", "until_on": "2021-06-19"}, "The end lies before the beginning."),
            ({"paper_on": "2021-07-01"}, "Look at the paper again."),
        ],
        ids=["no paper", "no end where one is meant", "ends before it began", "a paper of tomorrow"],
    )
    def test_wrong_input(self, desk: AtDesk, wrong: dict[str, str], said: str) -> None:
        assert said in desk().said(WHO, "contraindications/new/", **CONTRAINDICATION | wrong)
        assert not Status.objects.exists()


class TestMoves:
    def test_a_door_of_another_building_and_back(self, desk: AtDesk) -> None:
        office = desk()
        south = office.street.buildings["Z1"]
        address = office.address(WHO, f"moves/new/?building={south.public_id}")
        form = office.client.get(address).content.decode()
        door = form.split('name="door"', 1)[1].split('<option value="', 2)[2].split('"', 1)[0]
        answer = office.client.post(address, {"door": door, "household": "", "on": TODAY}, follow=True)
        assert "Written down: lives at South House now." in text_of(answer)
        assert office.person(WHO).living_building == south
        assert office.person(WHO).living_door.number == "101"  # type: ignore[union-attr]
        text = office.undo_of(WHO, answer)
        assert "Taken back." in text
        assert office.person(WHO).living_building == office.street.buildings["N1"]
        assert Stay.objects.filter(person=office.person(WHO), kind="living").count() == 4  # nothing was taken away

    def test_without_a_building_there_is_no_move(self, desk: AtDesk) -> None:
        office = desk()
        before = Stay.objects.count()
        office.send(WHO, "moves/new/", door="", household="", on=TODAY)
        assert Stay.objects.count() == before

    def test_only_into_ones_own_areas(self, desk: AtDesk) -> None:
        north = desk("north")
        south = north.street.buildings["Z1"]
        assert north.client.get(north.address(WHO, f"moves/new/?building={south.public_id}")).status_code == 404
        assert "South House" not in north.client.get(north.address(WHO, "moves/new/")).content.decode()

    def test_moved_away_and_taken_back(self, desk: AtDesk) -> None:
        office = desk()
        before = forecast_of(SOUTHERNER)
        answer = office.send(SOUTHERNER, "departures/new/", **DEPARTURE)
        text = text_of(answer)
        assert "Moved away from here on Thu 10 June." in text
        assert "to 苏州市" in text
        assert [office.state(SOUTHERNER, on) for on in ("2021-06-09", TODAY)] == ["due", "moved"]
        assert "Taken back." in office.undo_of(SOUTHERNER, answer)
        assert forecast_of(SOUTHERNER) == before

    def test_whoever_moved_away_is_found_only_by_those_who_knew_them(self, desk: AtDesk) -> None:
        desk().send(SOUTHERNER, "departures/new/", **DEPARTURE)
        assert desk("north").client.get(desk("north").address(SOUTHERNER)).status_code == 404
        assert desk().client.get(desk().address(SOUTHERNER)).status_code == 200


class TestDosesElsewhere:
    def test_it_counts_with_its_evidence_beside_it(self, desk: AtDesk) -> None:
        office = desk()
        text = office.said(WHO, "doses/new/", **DOSE, number="1")
        assert "The dose is written down." in text
        assert "Counts as dose 1." in text
        assert "Told, no paper" in text
        assert "Elsewhere 杭州" in text
        assert "Dose 2" in text
        assert office.state(WHO) == "due"
        (line,) = office.client.get("/due/", {"group": "told_only"}).context["page"]
        assert line.person.name == WHO

    def test_what_follows(self, desk: AtDesk) -> None:
        text = desk().said(WHO, "doses/new/", **DOSE, preview="1")
        assert "Stays on the due list. Dose 2 from Thu 10 June; last day on time Thu 15 July." in text
        assert not Dose.objects.filter(person__name=WHO).exists()

    def test_of_somebody_nobody_tells_doses_of(self, desk: AtDesk) -> None:
        office = desk()
        assert office.state("癸不详") == "unknown"
        office.said("癸不详", "doses/new/", **DOSE | {"given_on": "2021-06-15"})
        assert office.state("癸不详") == "waiting"

    @pytest.mark.parametrize(
        ("name", "wrong", "said"),
        [
            (WHO, {"given_on": "2021-06-21"}, "This day has not come yet."),
            (WHO, {"given_on": "1950-01-01"}, "This day lies before the birth."),
            (WHO, {"vaccine": ""}, "Product: Choose one."),
            (WHO, {"vaccine": "poison"}, "Choose one of the list."),
            (WHO, {"evidence": ""}, "How is it known: Choose one."),
            ("丙逾期", {"vaccine": "BIBP", "given_on": "2021-04-01"}, "This dose is written down already"),
        ],
        ids=["tomorrow", "before birth", "no product", "unknown product", "no evidence", "known"],
    )
    def test_wrong_input(self, desk: AtDesk, name: str, wrong: dict[str, str], said: str) -> None:
        before = Dose.objects.count()
        assert said in desk().said(name, "doses/new/", **DOSE | wrong)
        assert Dose.objects.count() == before

    def test_another_product_on_that_day_can_be_overruled(self, desk: AtDesk) -> None:
        office = desk()
        wanted = DOSE | {"given_on": "2021-04-01", "vaccine": "CoronaVac"}
        refused = office.send("丙逾期", "doses/new/", **wanted).content.decode()
        assert "Another product is written down on Thu 1 April." in refused
        assert 'type="checkbox" name="accept"' in refused
        assert "The dose is written down." in office.said("丙逾期", "doses/new/", **wanted, accept="on")

    def test_taken_back(self, desk: AtDesk) -> None:
        office = desk()
        before = forecast_of(WHO)
        text = office.write_and_undo(WHO, "doses/new/", **DOSE)
        assert "Taken back" in text
        assert forecast_of(WHO) == before
        assert Correction.objects.get().reason == "undone"


class TestEndingOthers:
    def test_a_deferral_ends_sooner_and_is_put_back(self, desk: AtDesk) -> None:
        office = desk()
        office.said(WHO, "deferrals/new/", **DEFERRAL | {"on": "2021-06-10"})
        end = f"statuses/{Status.objects.get().public_id}/end/"
        answer = office.send(WHO, end, why="reversed", on="2021-06-18")
        assert office.state(WHO) == "due"
        office.undo_of(WHO, answer)
        assert office.state(WHO) == "deferred"
        assert Status.objects.count() == 2

    @pytest.mark.parametrize("on", ["2021-06-01", "2021-06-21"], ids=["before it began", "tomorrow"])
    def test_odd_ends(self, desk: AtDesk, on: str) -> None:
        office = desk()
        office.said(WHO, "deferrals/new/", **DEFERRAL | {"on": "2021-06-10"})
        end = f"statuses/{Status.objects.get().public_id}/end/"
        assert "Something needs to be put right" in office.said(WHO, end, why="reversed", on=on)
        assert not StatusEnd.objects.exists()

    def test_the_status_of_somebody_else_does_not_exist_here(self, desk: AtDesk) -> None:
        office = desk()
        office.said(WHO, "deferrals/new/", **DEFERRAL)
        end = f"statuses/{Status.objects.get().public_id}/end/"
        assert office.client.get(office.address("丙逾期", end)).status_code == 404

    @pytest.mark.parametrize("what", ["status", "end", "dose", "correction", "nothing"])
    def test_nothing_of_others_is_undone(self, desk: AtDesk, what: str) -> None:
        office = desk()
        office.said(WHO, "deferrals/new/", **DEFERRAL)
        key = Status.objects.get().public_id if what in ("status", "end") else office.dose("甲全程").public_id
        answer = office.client.post(office.address("丙逾期", "undo/"), {"what": what, "key": key})
        assert answer.status_code == 404
        assert not StatusEnd.objects.exists()
        assert not Correction.objects.exists()

    def test_undoing_twice_says_so(self, desk: AtDesk) -> None:
        office = desk()
        office.said(WHO, "deferrals/new/", **DEFERRAL)
        values = {"what": "status", "key": Status.objects.get().public_id}
        office.said(WHO, "undo/", **values)
        assert "Somebody ended this meanwhile." in office.said(WHO, "undo/", **values)


def test_every_form_speaks_chinese(desk: AtDesk) -> None:
    office = desk("office", "zh-hans")
    for more in [*FORMS, "moves/new/"]:
        answer = office.client.get(office.address(WHO, more))
        assert answer.status_code == 200, more
