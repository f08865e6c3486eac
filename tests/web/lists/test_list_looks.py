"""A page of a list that names people of the register leaves a line: those its rows met, and those they may mean."""

from __future__ import annotations

import pytest
from django.test import Client

from linli.records.journal.models import Entry, Subject
from linli.records.people.models import Person
from small_street import BUILDINGS, PEOPLE_HEADER, Load, person_line, resident_id

WANG = resident_id("19500101", 1)


@pytest.fixture
def met(office: Client, load: Load, receive: Load) -> str:
    """A list whose only row meets somebody who moved; its id."""
    load(PEOPLE_HEADER + person_line("王建国", WANG))
    return receive(PEOPLE_HEADER + person_line("王建国", WANG, building="新昌路3号"), "again.csv").public_id


def looked_at() -> list[tuple[str, list[str]]]:
    """Where names were seen, and whose."""
    lines = Entry.objects.filter(verb="people.look").order_by("id")
    keys = [list(Subject.objects.filter(entry=line).values_list("subject_id", flat=True)) for line in lines]
    return [(line.detail["where"], key) for line, key in zip(lines, keys, strict=True)]


def test_the_rows_of_a_list_and_one_row(office: Client, met: str) -> None:
    wang = Person.objects.get().public_id
    office.get(f"/lists/{met}/?outcome=changed")
    office.get(f"/lists/{met}/rows/2/")
    assert looked_at() == [("list", [wang]), ("list", [wang])]


def test_a_list_of_buildings_names_nobody(office: Client, met: str, receive: Load) -> None:
    header, line = BUILDINGS.splitlines()[:2]
    places = receive(f"{header}\n{line.replace('B1', 'B9')}\n")
    office.get(f"/lists/{places.public_id}/")
    office.get("/lists/")
    assert looked_at() == []
