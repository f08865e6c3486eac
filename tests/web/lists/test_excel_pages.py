"""Taking a list out to Excel and bringing it back, on the pages."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from list_desk import text
from openpyxl import load_workbook
from pytest_django import Settings

from excel_desk import take_out
from linli.domain.sheets.copies import COPY_KINDS
from linli.records.journal.models import Entry, Subject
from linli.records.lists.models import Export, List, Row
from linli.records.people.actions import StayTold, Told, by_hand, move, record
from linli.records.people.models import Person
from linli.records.places.models import Area, Building
from round_trip import changed, put, rows_of
from small_street import OFFICE, ON, PEOPLE_HEADER, Load, person_line, resident_id

WANG, LI, ZHAO = resident_id("19500101", 1), resident_id("19600202", 2), resident_id("19700303", 3)
PEOPLE = (
    PEOPLE_HEADER
    + person_line("王建国", WANG, first=("2021-05-01", "BIBP"))
    + person_line("李秀英", LI, door="302", phone="13800000002")
    + person_line("赵远", ZHAO, area="张家宅居委会", building="山海关路5号", phone="13800000003")
)
EXCEL = "/lists/excel/"
SignIn = Callable[..., Client]


@pytest.fixture
def people(street: Area, load: Load) -> None:
    load(PEOPLE)


def out(client: Client, kind: str = "people", area: str = "S", ending: str = "xlsx") -> bytes:
    """The file of a list, by the form."""
    place = Area.objects.get(code=area).public_id
    answer = client.post(f"{EXCEL}out/", {"kind": kind, "area": place, "ending": ending})
    assert answer.status_code == 200, text(answer)
    assert answer["Content-Disposition"] == f'attachment; filename="{kind}-2021-06-20.{ending}"'
    assert "no-store" in answer["Cache-Control"]
    return bytes(answer.content)


def back(client: Client, content: bytes, name: str = "copy.xlsx") -> List:
    """The list that a file became, by the form."""
    answer = client.post(f"{EXCEL}back/", {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 302, text(answer)
    return List.objects.get(public_id=answer.url.split("/")[2])


def somebody_else_changes(name: str, phone: str) -> None:
    told = Told(Person.objects.get(name=name).pk, "", None, "", None, phone)
    record(by=OFFICE, source=by_hand(by=OFFICE), on=ON, covers_doses=False, told=[told])


def page(client: Client, of: List, outcome: str = "") -> str:
    return text(client.get(f"/lists/{of.public_id}/", {"outcome": outcome} if outcome else {}))


def test_the_way_there_and_back(people: None, office: Client) -> None:
    assert EXCEL in office.get("/lists/").content.decode()
    of = back(office, changed(out(office), put("Phone", "13911112222")))
    shown = page(office, of)
    assert "taken out on Sun 20 June by 王芳, today" in shown
    assert "1 row changed · 2 rows as they are" in shown
    assert "13800000001 → 13911112222" in shown
    answer = office.post(f"/lists/{of.public_id}/apply/", follow=True)
    assert "The list is in the register" in text(answer)
    assert Person.objects.get(name="王建国").phone == "13911112222"
    assert "People, back from Excel" in text(office.get("/lists/"))
    here = text(office.get(EXCEL))
    assert "copy.xlsx" in here
    assert Export.objects.get().public_id in here


@pytest.mark.parametrize("kind", COPY_KINDS)
@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_every_kind_goes_out_and_comes_back(people: None, load: Load, office: Client, kind: str, ending: str) -> None:
    load("单位名称,办公楼宇,楼层\n示范信息公司,金融大厦,12\n")
    of = back(office, out(office, kind, ending=ending), f"copy.{ending}")
    assert (of.kind, {code for code, count in of.counts.items() if count}) == (kind, {"same"})
    assert page(office, of).count("rows as they are") + page(office, of).count("row as it is") > 0


def test_the_due_list_goes_out_to_excel_too(people: None, sign_in: SignIn) -> None:
    me = sign_in("committee_worker", "S-1")
    answer = me.get("/due/")
    assert f'href="{EXCEL}"' in answer.content.decode()
    content = me.get("/due/export.xlsx", {"group": "people"}).content
    assert [line[2] for line in rows_of(content, "xlsx")[1:]] == ["王建国", "李秀英"]
    export = Export.objects.get()
    assert (export.area, export.asked) == (Area.objects.get(code="S-1"), {"group": "people"})
    of = back(me, changed(content, put("Phone", "13911112222")))
    assert of.counts["changed"] == 1
    look = Entry.objects.get(verb="people.look", detail__where="due_export")
    assert Subject.objects.filter(entry=look).count() == 2


def test_a_conflict_is_shown_whole_and_decided(people: None, office: Client) -> None:
    content = changed(out(office), put("Phone", "13911112222"))
    somebody_else_changes("王建国", "13933334444")
    of = back(office, content)
    shown = page(office, of)
    for words in (
        "As it went out: 13800000001",
        "In the register now: 13933334444",
        "In the file: 13911112222",
        "1 row in conflict left out",
        "In 1 row the register was changed after the list went out",
    ):
        assert words in shown
    decide = f"/lists/{of.public_id}/rows/2/decide/"
    answer = office.post(decide, {"decision": "take", "back": "1"})
    assert answer.url == f"/lists/{of.public_id}/"
    assert Row.objects.get(list=of, line=2).outcome == "changed"
    office.post(decide, {"decision": ""})
    assert "Somebody else changed the same meanwhile" in text(office.get(f"/lists/{of.public_id}/rows/2/"))
    answer = office.post(f"/lists/{of.public_id}/decide/", {"decision": "keep"}, follow=True)
    assert "1 row was decided." in text(answer)
    assert Row.objects.get(list=of, line=2).outcome == "same"
    office.post(f"/lists/{of.public_id}/apply/")
    assert Person.objects.get(name="王建国").phone == "13933334444"


@pytest.mark.parametrize("decision", ["new", "accept", "AAAAbbbbCCCC", "nonsense"])
def test_other_decisions_change_nothing(people: None, office: Client, decision: str) -> None:
    content = changed(out(office), put("Phone", "13911112222"))
    somebody_else_changes("王建国", "13933334444")
    of = back(office, content)
    for path in (f"/lists/{of.public_id}/rows/2/decide/", f"/lists/{of.public_id}/decide/"):
        assert office.post(path, {"decision": decision}).status_code == 302
    assert Row.objects.get(list=of, line=2).outcome == "conflict"


def test_every_outcome_has_its_words(people: None, office: Client) -> None:
    rows = rows_of(out(office), "xlsx")

    def change(sheet: object) -> None:
        put("Phone", "12")(sheet)
        put("Record", "AAAAbbbbCCCC", row=3)(sheet)

    of = back(office, changed(take_out(language="en"), change))
    assert "This is not a phone number" in page(office, of, "bad")
    assert "none that you may change" in page(office, of, "unknown")
    removed = page(office, of, "removed")
    assert "nothing is deleted" in removed
    assert rows[2][2] in removed
    for outcome in ("changed", "conflict", "same"):
        assert office.get(f"/lists/{of.public_id}/", {"outcome": outcome}).status_code == 200
    gone = Row.objects.get(list=of, outcome="removed")
    one = text(office.get(f"/lists/{of.public_id}/rows/{gone.line}/"))
    assert "A row that is not in the file" in one
    assert "Save and judge again" not in one


def test_a_bad_cell_is_mended_and_what_is_for_reading_cannot_be_typed(people: None, office: Client) -> None:
    of = back(office, changed(out(office), put("Phone", "12")))
    answer = office.get(f"/lists/{of.public_id}/rows/2/")
    fields = {field["label"]: field for field in answer.context["fields"]}
    assert {label for label, field in fields.items() if field["is_fixed"]} == {
        *("Record", "Copy", "Age (read only)", "Registered at (read only)", "Status (read only)")
    }
    office.post(f"/lists/{of.public_id}/rows/2/", {fields["Phone"]["name"]: "13911112222"})
    assert Row.objects.get(list=of, line=2).outcome == "changed"


def test_bad_rows_are_taken_away_mended_and_brought_back(people: None, office: Client) -> None:
    of = back(office, changed(out(office), put("Phone", "12")))
    content = office.get(f"/lists/{of.public_id}/rows.xlsx", {"outcome": "bad"}).content
    again = back(office, changed(content, put("Phone", "13911112222")))
    assert (again.counts["changed"], again.counts["removed"]) == (1, 2)
    assert "Problem line" not in page(office, again)


REFUSED = [
    pytest.param(PEOPLE.encode(), "people.csv", "did not go out from here", id="another list"),
    pytest.param(b"\x00\x01\x02", "a.xlsx", "damaged", id="no workbook"),
    pytest.param(
        "记录号,副本号,姓名\nAAAAbbbbCCCC,DDDDeeeeFFFF,王\n".encode(), "a.csv", "DDDDeeeeFFFF", id="elsewhere"
    ),
]


@pytest.mark.parametrize(("content", "name", "words"), REFUSED)
def test_a_file_that_cannot_be_taken_says_what_to_do(
    people: None, office: Client, content: bytes, name: str, words: str
) -> None:
    of = back(office, content, name)
    shown = page(office, of)
    assert of.state == "refused"
    assert words in shown
    assert "Work in Excel" in shown


class TestForms:
    def test_nothing_chosen(self, people: None, office: Client) -> None:
        answer = office.post(f"{EXCEL}out/", {"kind": "people", "ending": "xlsx"})
        assert answer.status_code == 422
        assert "Choose an area." in text(answer)
        answer = office.post(f"{EXCEL}back/", {})
        assert answer.status_code == 422
        assert "Choose a file." in text(answer)

    def test_nothing_there(self, street: Area, office: Client) -> None:
        answer = office.post(
            f"{EXCEL}out/", {"kind": "people", "area": street.public_id, "ending": "xlsx"}, follow=True
        )
        assert "No file was made" in text(answer)
        assert not Export.objects.exists()

    def test_too_many_rows(self, people: None, office: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("linli.records.lists.actions.taking_out.MOST_ROWS", 2)
        answer = office.post(
            f"{EXCEL}out/",
            {"kind": "people", "area": Area.objects.get(code="S").public_id, "ending": "xlsx"},
        )
        assert answer.status_code == 422
        assert "Choose a smaller area" in text(answer)

    def test_too_large(self, people: None, office: Client, settings: Settings) -> None:
        settings.LIST_MAX_BYTES = 100
        answer = office.post(f"{EXCEL}back/", {"file": SimpleUploadedFile("a.csv", b"x" * 1_200_000)})
        assert answer.status_code == 413
        assert "The file was not taken" in text(answer)
        assert not List.objects.filter(is_return=True).exists()

    @pytest.mark.parametrize("path", ["out/", "back/"])
    def test_a_form_from_elsewhere_is_refused(self, people: None, sign_in: SignIn, path: str) -> None:
        assert sign_in(enforce_csrf_checks=True).post(f"{EXCEL}{path}", {}).status_code == 403


class TestRights:
    @pytest.mark.parametrize(
        ("role", "sees", "takes", "brings"),
        [
            ("office", 200, True, True),
            ("committee_worker", 200, True, True),
            ("volunteer", 403, False, False),
            ("leader", 403, False, False),
        ],
    )
    def test_who_may_work_in_excel(
        self, people: None, sign_in: SignIn, role: str, sees: int, takes: bool, brings: bool
    ) -> None:
        me = sign_in(role, "S-1")
        assert me.get(EXCEL).status_code == sees
        place = Area.objects.get(code="S-1").public_id
        assert (me.post(f"{EXCEL}out/", {"kind": "people", "area": place, "ending": "csv"}).status_code == 200) is takes
        file = SimpleUploadedFile("copy.xlsx", take_out(area="S-1"))
        assert (me.post(f"{EXCEL}back/", {"file": file}).status_code == 302) is brings

    def test_nobody_else(self, people: None) -> None:
        for answer in (Client().get(EXCEL), Client().post(f"{EXCEL}out/"), Client().post(f"{EXCEL}back/")):
            assert answer.status_code in (302, 403)
            assert not Export.objects.exists()

    def test_another_area_cannot_be_taken_out(self, people: None, sign_in: SignIn) -> None:
        me = sign_in("committee_worker", "S-1")
        place = Area.objects.get(code="S-2").public_id
        answer = me.post(f"{EXCEL}out/", {"kind": "people", "area": place, "ending": "csv"})
        assert answer.status_code == 422
        assert "张家宅" not in text(me.get(EXCEL))
        assert not Export.objects.exists()

    def test_a_list_that_came_back_is_seen_by_who_brought_it_and_by_the_office(
        self, people: None, sign_in: SignIn
    ) -> None:
        me = sign_in("committee_worker", "S-1")
        of = back(me, changed(take_out(area="S-1", language="en"), put("Phone", "13911112222")))
        assert me.get("/lists/").status_code == 403
        office = sign_in("office", "S")
        for path in ("", "rows/2/", "rows.xlsx?outcome=changed", "progress/"):
            assert me.get(f"/lists/{of.public_id}/{path}").status_code == 200
            assert office.get(f"/lists/{of.public_id}/{path}").status_code == 200
        others = sign_in("committee_worker", "S-2")
        for path in ("", "rows/2/", "rows.xlsx?outcome=changed"):
            assert others.get(f"/lists/{of.public_id}/{path}").status_code == 404
        for path in ("apply/", "decide/", "rows/2/decide/", "set-aside/", "rows/2/"):
            assert others.post(f"/lists/{of.public_id}/{path}", {"decision": "take"}).status_code == 404
        me.post(f"/lists/{of.public_id}/apply/")
        assert Person.objects.get(name="王建国").phone == "13911112222"

    def test_a_list_of_an_office_is_not_opened_by_the_right_to_record(self, people: None, sign_in: SignIn) -> None:
        of = List.objects.filter(kind="people").get()
        me = sign_in("committee_worker", "S")
        for path in ("", "rows/2/", "rows.xlsx"):
            assert me.get(f"/lists/{of.public_id}/{path}").status_code == 404

    def test_what_the_register_has_of_somebody_of_another_area_stays_hidden(
        self, people: None, sign_in: SignIn
    ) -> None:
        office = sign_in("office", "S")
        of = back(office, changed(take_out(area="S-1", language="en"), put("Phone", "13911112222")))
        wang, there = Person.objects.get(name="王建国"), Building.objects.get(code="B3")
        for kind in ("living", "registered"):
            move(by=OFFICE, person=wang, on=ON, to=StayTold(kind, there.area_id, there.pk))
        local = sign_in("office", "S-1")
        for path in ("?outcome=changed", "rows/2/"):
            shown = text(local.get(f"/lists/{of.public_id}/{path}"))
            assert "(a person of another area)" in shown
            assert "13800000001" not in shown
            assert "13800000001" in text(office.get(f"/lists/{of.public_id}/{path}"))

    def test_seeing_what_the_register_has_is_a_look(self, people: None, office: Client) -> None:
        of = back(office, changed(out(office), put("Phone", "13911112222")))
        page(office, of, "changed")
        look = Entry.objects.filter(verb="people.look", detail__where="list_back").latest("id")
        assert list(Subject.objects.filter(entry=look).values_list("subject_id", flat=True)) == [
            Person.objects.get(name="王建国").public_id
        ]


def test_an_old_file_says_how_old_it_is(people: None, office: Client) -> None:
    of = back(office, take_out(language="en", on=date(2021, 5, 20)))
    assert "taken out on Thu 20 May by linli, 31 days ago" in page(office, of)


def test_hostile_words_of_the_register_are_text_in_the_file_and_on_the_page(people: None, office: Client) -> None:
    Person.objects.filter(name="王建国").update(name='=HYPERLINK("http://x")<script>alert(1)</script>')
    content = out(office)
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    cells = [cell for line in sheet.iter_rows() for cell in line]
    assert not [cell for cell in cells if cell.data_type == "f"]
    of = back(office, changed(content, put("Phone", "13911112222")))
    assert of.counts["changed"] == 1
    html = office.get(f"/lists/{of.public_id}/").content.decode()
    assert "<script>alert(1)" not in html
    assert "&lt;script&gt;alert(1)" in html
    assert out(office, ending="csv").decode("utf-8-sig").count("'=HYPERLINK") == 1


def test_no_page_asks_too_much_of_the_database(people: None, load: Load, office: Client) -> None:
    load(
        PEOPLE_HEADER
        + "".join(person_line(f"王人{n}", resident_id("19550505", 100 + n), door=str(n)) for n in range(60))
    )

    def change(sheet: object) -> None:
        for line in range(2, 60):
            put("Phone", f"139000000{line:02d}", row=line)(sheet)

    content = changed(out(office), change)
    somebody_else_changes("王建国", "13933334444")
    of = back(office, content)
    for path in (
        EXCEL,
        f"/lists/{of.public_id}/",
        f"/lists/{of.public_id}/?outcome=changed",
        f"/lists/{of.public_id}/rows/2/",
    ):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            answer = office.get(path)
        assert len(asked) <= 20, (path, len(asked))
        assert len(answer.content) < 300_000
