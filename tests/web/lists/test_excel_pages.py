"""Taking a list out to Excel and bringing it back, on the pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from list_desk import text

from linli.records.journal.models import Entry, Subject
from linli.records.lists.models import Export, List, Row
from linli.records.people.models import Person
from linli.records.places.models import Area
from round_trip import changed, put, rows_of
from small_street import OFFICE, PEOPLE_HEADER, Load, person_line, resident_id

WANG, LI, ZHAO = resident_id("19500101", 1), resident_id("19600202", 2), resident_id("19700303", 3)
PEOPLE = (
    PEOPLE_HEADER
    + person_line("王建国", WANG)
    + person_line("李秀英", LI, door="302", phone="13800000002")
    + person_line("赵远", ZHAO, area="张家宅居委会", building="山海关路5号", phone="13800000003")
)
EXCEL = "/lists/excel/"


@pytest.fixture
def people(street: Area, load: Load) -> None:
    load(PEOPLE)


def out(client: Client, kind: str = "people", area: str = "S", ending: str = "xlsx") -> bytes:
    answer = client.post(
        f"{EXCEL}out/", {"kind": kind, "area": Area.objects.get(code=area).public_id, "ending": ending}
    )
    assert answer.status_code == 200, answer.url if answer.status_code == 302 else text(answer)
    assert answer["Content-Disposition"].startswith("attachment")
    return bytes(answer.content)


def back(client: Client, content: bytes, name: str = "copy.xlsx") -> List:
    answer = client.post(f"{EXCEL}back/", {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 302, text(answer)
    return List.objects.get(public_id=answer.url.split("/")[2])


def test_the_way_there_and_back(people: None, office: Client) -> None:
    assert "/lists/excel/" in office.get("/lists/").content.decode()
    page = text(office.get(EXCEL))
    assert "Take out" in page
    assert "Bring back" in page
    of = back(office, changed(out(office), put("Phone", "13911112222")))
    answer = text(office.get(f"/lists/{of.public_id}/"))
    assert "taken out on Sun 20 June by 王芳, today" in answer
    assert "1 row changed · 2 rows as they are" in answer
    assert "13800000001 → 13911112222" in answer
    office.post(f"/lists/{of.public_id}/apply/")
    assert Person.objects.get(name="王建国").phone == "13911112222"
    assert "copy.xlsx" in text(office.get(EXCEL))
