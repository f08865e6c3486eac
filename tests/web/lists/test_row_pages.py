"""One row: mend its cells, decide whom it means, take bad rows away and bring them back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from list_desk import text, upload

from linli.domain.sheets import read
from linli.records.journal.models import Entry
from linli.records.lists.models import List, Row
from linli.records.people.actions import open_source
from linli.records.people.models import Person
from linli.records.places.models import Area
from small_street import OFFICE, PEOPLE_HEADER, Load, person_line, resident_id

WANG, LI = resident_id("19500101", 1), resident_id("19600202", 2)
NO_ID = "姓名,出生日期,联系电话,楼栋\n"
BAD = (
    PEOPLE_HEADER
    + person_line("陈大文", WANG, building="新昌路9号")
    + person_line("=cmd()", LI)
    + person_line("好人", resident_id("19700101", 3))
)


def cells_of(row: Row, **changes: str) -> dict[str, str]:
    """The form of a row, some cells typed anew: by header."""
    header = row.list.header
    return {f"c{index}": changes.get(header[index], cell) for index, cell in enumerate(row.cells)}


def test_a_bad_row_shows_each_column_with_its_problem(office: Client, receive: Load) -> None:
    of = receive(BAD)
    page = office.get(f"/lists/{of.public_id}/rows/2/")
    html = page.content.decode()
    assert html.count('<label class="field-label"') == len(of.header)
    assert "Nobody knows this building" in text(page)
    assert '<button class="button button-secondary" type="submit" name="c4" value="新昌路3号">' in html


def test_rows_known_by_all_but_an_id_are_decided_with_one_click(office: Client, load: Load, receive: Load) -> None:
    load(PEOPLE_HEADER + person_line("王建国", WANG))
    gate = open_source(by=OFFICE, code="gate", name="Gate (invented)", rank=60, covers_doses=False)
    of = receive(NO_ID + "王建国,1950-01-01,13800000001,B1\n", source=gate)
    here = f"/lists/{of.public_id}/"
    assert "Known by all but an ID" in text(office.get(here))
    answer = office.post(f"{here}decide/", {"decision": "probable"}, follow=True)
    assert "1 row was decided." in text(answer)
    assert "Known by all but an ID" not in text(answer)
    assert Row.objects.get(list=of).outcome == "changed"


def test_mending_by_typing(office: Client, receive: Load) -> None:
    of = receive(BAD)
    row = Row.objects.get(list=of, line=2)
    answer = office.post(f"/lists/{of.public_id}/rows/2/", cells_of(row, 楼栋="新昌路3号"), follow=True)
    assert "Line 2 is in order: New." in text(answer)
    assert f"/lists/{of.public_id}/rows/3/" in answer.content.decode()  # the next bad row
    row.refresh_from_db()
    assert (row.outcome, row.is_mended) == ("new", True)


def test_mending_by_one_tap(office: Client, receive: Load) -> None:
    of = receive(BAD)
    form = cells_of(Row.objects.get(list=of, line=2))
    answer = office.post(f"/lists/{of.public_id}/rows/2/", form | {"c4": [form["c4"], "新昌路3号"]}, follow=True)
    assert "Line 2 is in order" in text(answer)


def test_a_row_that_is_still_bad_says_so(office: Client, receive: Load) -> None:
    of = receive(BAD)
    row = Row.objects.get(list=of, line=2)
    answer = office.post(f"/lists/{of.public_id}/rows/2/", cells_of(row, 楼栋="新昌路8号"), follow=True)
    assert "Line 2 is still not in order: Bad." in text(answer)


def test_after_applying_rows_are_shown_but_not_open(office: Client, load: Load) -> None:
    of = load(BAD)
    page = office.get(f"/lists/{of.public_id}/rows/2/")
    assert '<form method="post" action="/lists/' not in page.content.decode()
    answer = office.post(f"/lists/{of.public_id}/rows/2/", {"c0": "x"}, follow=True)
    assert "The list is not open to changes any more. Nothing was changed." in text(answer)


def test_bad_rows_go_out_as_xlsx_with_reasons_and_come_back_mended(office: Client, receive: Load) -> None:
    of = receive(BAD)
    answer = office.get(f"/lists/{of.public_id}/rows.xlsx?outcome=bad")
    sheet = read(answer.content, filename="bad.xlsx")
    assert Entry.objects.latest("id").detail == {"bad": 2}
    assert sheet.header == (*of.header, "Problem line", "Problem column", "Problem value", "Problem reason")
    assert [row[-4:-1] for row in sheet.rows] == [("2", "楼栋", "新昌路9号"), ("3", "姓名", "=cmd()")]
    assert sheet.rows[1][0] == "=cmd()"
    assert b"<f>" not in _unzipped(answer.content)  # text, not a formula
    mended = upload(office, answer.content, "bad.xlsx")
    page = text(office.get(f"/lists/{mended.public_id}/"))
    assert (mended.counts["bad"], "Problem" in page) == (2, False)


def _unzipped(content: bytes) -> bytes:
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return b"".join(book.read(name) for name in book.namelist() if "worksheets" in name)


@pytest.fixture
def doubt(receive: Load, load: Load) -> Callable[[str], List]:
    """A list in which somebody like 王建国 of a building is named; the register knows one in `building`."""

    def _doubt(building: str) -> List:
        load(NO_ID + f"王建国,1950-01-01,13800000001,{building}\n")
        return receive(NO_ID + "王建国,1950-01-01,13900000009,B2\n", area="S-1")

    return _doubt


def test_the_person_a_row_may_mean_stands_beside_it(office: Client, doubt: Callable[[str], List]) -> None:
    of = doubt("B1")
    page = text(office.get(f"/lists/{of.public_id}/rows/2/"))
    assert "王建国 born 1 January 1950 新昌路1号" in page
    known = Person.objects.get()
    answer = office.post(f"/lists/{of.public_id}/rows/2/decide/", {"decision": known.public_id}, follow=True)
    assert "Line 2 is in order: Changed." in text(answer)
    assert "Undo the decision" in text(answer)


def test_a_person_of_another_area_is_neither_shown_nor_chosen(
    sign_in: Callable[..., Client], doubt: Callable[[str], List]
) -> None:
    of = doubt("B3")  # lives in S-2
    client = sign_in(area="S-1")
    page = text(client.get(f"/lists/{of.public_id}/rows/2/"))
    assert "1 person lives in an area whose names you may not see." in page
    assert "born" not in page
    answer = client.post(f"/lists/{of.public_id}/rows/2/decide/", {"decision": Person.objects.get().public_id})
    assert answer.status_code == 403
    assert "New" in text(client.post(f"/lists/{of.public_id}/rows/2/decide/", {"decision": "new"}, follow=True))


def test_the_name_of_a_person_of_another_area_is_not_told(
    street: Area, sign_in: Callable[..., Client], load: Load, receive: Load
) -> None:
    load(PEOPLE_HEADER + person_line("秘密人", WANG, building="B3", area="S-2"))
    of = receive(PEOPLE_HEADER + person_line("王大国", WANG), area="S-1")
    client = sign_in(area="S-1")
    for address in (f"/lists/{of.public_id}/", f"/lists/{of.public_id}/rows/2/"):
        page = text(client.get(address))
        assert "by another name: (a person of another area)" in page
        assert "秘密人" not in page
    content = client.get(f"/lists/{of.public_id}/rows.xlsx?outcome=doubt").content
    assert "秘密人".encode() not in _unzipped(content)


def test_a_decision_nobody_offered_is_refused(office: Client, doubt: Callable[[str], List]) -> None:
    of = doubt("B1")
    answer = office.post(f"/lists/{of.public_id}/rows/2/decide/", {"decision": "somebody"})
    assert answer.status_code == 403


def test_a_line_that_is_not_there_does_not_exist(office: Client, receive: Load) -> None:
    of = receive(BAD)
    assert office.get(f"/lists/{of.public_id}/rows/99/").status_code == 404
