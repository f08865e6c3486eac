"""Each look at names leaves a line: which pages, whom, how often; and who may read the lines."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from writing_desk import Desk, text_of

from linli.records.journal.models import Entry, Subject
from linli.records.people.models import Document, Person

AtDesk = Callable[..., Desk]
WHO = "乙应种"


def looks(where: str = "") -> list[tuple[str, str, set[str]]]:
    """Who looked where at whom (names), oldest first."""
    names = dict(Person.objects.values_list("public_id", "name"))
    lines = Entry.objects.filter(verb="people.look").order_by("id")
    found = [(line.who_name, line.detail["where"], {names[key] for key in _subjects(line)}) for line in lines]
    return [row for row in found if not where or row[1] == where]


def _subjects(line: Entry) -> list[str]:
    keys = list(Subject.objects.filter(entry=line, noun="person").values_list("subject_id", flat=True))
    assert len(keys) == line.detail["people"]
    return keys


def test_the_due_list_names_those_on_its_page(desk: AtDesk) -> None:
    desk("north").client.get("/due/", {"group": "overdue"})
    assert looks() == [("north", "due", {"丙逾期"})]


def test_nobody_on_the_page_is_no_look(desk: AtDesk) -> None:
    desk().client.get("/due/", {"group": "refused"})
    assert looks() == []


def test_a_person_with_their_household(desk: AtDesk) -> None:
    office = desk()
    office.page("壬两处")
    assert looks() == [("office", "person", {"壬两处", "辛南人"})]


def test_a_form_names_its_person(desk: AtDesk) -> None:
    office = desk()
    office.client.get(office.address(WHO, "refusals/new/"))
    assert looks() == [("office", "record", {WHO})]


def test_searching_for_the_right_person_names_those_found(desk: AtDesk) -> None:
    office = desk()
    address = f"doses/{office.dose('丁等待').public_id}/corrections/new/person/"
    office.send("丁等待", address, find="1", search="逾期")
    assert looks() == [("office", "record", {"丁等待", "丙逾期"})]


def test_the_list_of_a_building(desk: AtDesk) -> None:
    office = desk()
    house = office.street.buildings["Z1"]
    office.client.get(f"/board/buildings/{house.public_id}/")
    assert looks() == [("office", "building", {"辛南人", "壬两处"})]
    desk("leader").client.get(f"/board/buildings/{house.public_id}/")
    assert len(looks()) == 1  # a leader sees no names


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_file_is_one_line_with_everybody_in_it(desk: AtDesk, ending: str) -> None:
    desk("north").client.get(f"/due/export.{ending}", {"group": "due"})
    (line,) = looks()
    assert line[:2] == ("north", "due_export")
    assert {WHO, "己生日", "庚末日"} <= line[2]
    assert "辛南人" not in line[2]


def test_pages_without_names_leave_none(desk: AtDesk) -> None:
    office = desk()
    for address in ("/board/", "/lists/", "/journal/"):
        office.client.get(address, follow=True)
    assert looks() == []


def test_a_refused_page_leaves_none(desk: AtDesk) -> None:
    north = desk("north")
    assert north.client.get(north.address("辛南人")).status_code == 404
    assert looks() == []


class TestNumbers:
    @pytest.fixture(autouse=True)
    def _document(self, desk: AtDesk) -> None:
        Document.objects.create(person=desk().person(WHO), kind="passport", number="X00012345", number_hash="h")

    def test_masked_until_somebody_asks(self, desk: AtDesk) -> None:
        office = desk()
        text = office.page(WHO)
        assert "Passport *****2345" in text
        assert "X00012345" not in text

    def test_asking_is_a_look_of_its_own(self, desk: AtDesk) -> None:
        office = desk()
        answer = office.client.post(office.address(WHO, "number/"))
        assert "Passport X00012345" in text_of(answer)
        assert "no-store" in answer["Cache-Control"]
        assert [where for _, where, _ in looks()] == ["number", "person"]
        assert office.client.get(office.address(WHO, "number/")).status_code == 405

    def test_not_in_another_area(self, desk: AtDesk) -> None:
        north = desk("north")
        assert north.client.post(north.address("辛南人", "number/")).status_code == 404


class TestWhoLooked:
    def test_the_office_over_all_reads_who_when_and_where(self, desk: AtDesk) -> None:
        desk("north").page(WHO)
        office = desk()
        assert "Who looked at this record" in office.page(WHO)
        text = text_of(office.client.get(office.address(WHO, "looks/")))
        assert "north Page of the person" in text

    @pytest.mark.parametrize(("worker", "status"), [("north", 404), ("leader", 403)])
    def test_nobody_else(self, desk: AtDesk, worker: str, status: int) -> None:
        other = desk(worker)
        assert other.client.get(other.address(WHO, "looks/")).status_code == status

    def test_the_page_does_not_offer_it_to_others(self, desk: AtDesk) -> None:
        assert "Who looked at this record" not in desk("north").page(WHO)


class TestTheJournal:
    def test_leaves_looks_out_until_asked(self, desk: AtDesk) -> None:
        office = desk()
        office.page(WHO)
        assert "Looked at names" not in _rows(office.client.get("/journal/"))
        assert "Looked at names" in _rows(office.client.get("/journal/", {"looks": "on"}))
        assert "Looked at names" in _rows(office.client.get("/journal/", {"verb": "people.look"}))

    def test_reads_as_the_history_of_a_person(self, desk: AtDesk) -> None:
        office = desk()
        office.send(WHO, "refusals/new/", told_by="self", reason="no_need", on="2021-06-20")
        key = office.person(WHO).public_id
        page = office.client.get("/journal/", {"of": key})
        assert f"History of {WHO}, newest first." in text_of(page)
        for words in ("status Refused", "reason Sees no need", "day Sun 20 June"):
            assert words in _rows(page)
        assert "Adopted a schedule" not in _rows(page)
        assert looks("journal") == [("office", "journal", {WHO})]
        assert WHO not in page.request["QUERY_STRING"]  # type: ignore[attr-defined]

    def test_names_nobody_in_its_lines(self, desk: AtDesk) -> None:
        office = desk()
        office.send(WHO, "refusals/new/", told_by="self", reason="no_need", on="2021-06-20")
        page = office.client.get("/journal/", {"looks": "on"})
        assert WHO not in text_of(page)
        assert f"/people/{office.person(WHO).public_id}/" in page.content.decode()

    def test_reads_as_the_history_of_a_place(self, desk: AtDesk) -> None:
        office = desk()
        house = office.street.buildings["N1"]
        text = text_of(office.client.get("/journal/", {"of": house.public_id}))
        assert "History of North House" in text
        assert "Drew buildings" in text

    def test_of_nobody(self, desk: AtDesk) -> None:
        assert desk().client.get("/journal/", {"of": "nobody"}).status_code == 404


def _rows(answer: object) -> str:
    """What the table of a page says."""
    page = answer.content.decode()  # type: ignore[attr-defined]  # an answer of the test's browser
    table = page.split("<tbody", 1)[1].split("</tbody", 1)[0] if "<tbody" in page else ""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", table)).split())


def test_a_client_without_a_session_sees_nothing(desk: AtDesk) -> None:
    office = desk()
    assert Client().get(office.address(WHO)).status_code == 302
    assert looks() == []


@pytest.mark.parametrize("more", ["doses", "refusals", "deferrals", "contraindications", "moves", "departures"])
def test_a_form_takes_few_questions(
    desk: AtDesk, more: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    office = desk()
    house = office.street.buildings["N1"].public_id
    address = office.address(WHO, f"{more}/new/?building={house}")
    with django_assert_max_num_queries(20):
        assert office.client.get(address).status_code == 200
