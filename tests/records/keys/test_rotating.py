"""Changing the keys: whenever it stops, everything can still be opened and found."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection
from pytest_django import DjangoCaptureOnCommitCallbacks
from sealed_cast import BY, NUMBER, PHONE

from linli.records.journal.models import Entry
from linli.records.keys import actions, queries, sealing
from linli.records.keys.ring import KeysWrongError, keep, read
from linli.records.lists.models import List, Row
from linli.records.people.models import Document, Person, Phone
from linli.records.people.queries import by_document
from linli.records.reports.queries.due import named


def everything_is_there(person: Person) -> None:
    """The first person's facts open, and are found by number, phone and its tail."""
    queries.check()
    assert [(one.table, one.column, one.shut, one.lost) for one in queries.survey() if one.shut or one.lost] == []
    assert by_document([("resident_id", NUMBER)]) == {("resident_id", NUMBER): person.pk}
    assert Document.objects.get(person=person).number == NUMBER
    assert Phone.objects.filter(value_hash=sealing.lookup(PHONE)).count() == 2
    assert Person.objects.filter(phone_tail_hash=sealing.tail_lookup("0001")).count() == 2
    assert NUMBER.encode() in List.objects.get().content
    assert Row.objects.get().cells[1] == NUMBER


def tokens() -> set[str]:
    """Every sealed value as it is stored."""
    return {str(row[1]) for column in queries.sealed_columns() for row in queries.values(column)}


@pytest.mark.parametrize("lookup_too", [False, True], ids=["same look-up", "new look-up"])
@pytest.mark.parametrize("drop_older", [False, True], ids=["older kept", "older dropped"])
def test_everything_is_sealed_anew(
    people_sealed: list[Person],
    key_file: Path,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    *,
    lookup_too: bool,
    drop_older: bool,
) -> None:
    actions.begin(by=BY)
    before, stored = read(key_file), tokens()
    heard: list[tuple[str, int]] = []
    with django_capture_on_commit_callbacks(execute=True):
        done = actions.rotate(
            by=BY, lookup_too=lookup_too, drop_older=drop_older, progress=lambda *told: heard.append(told)
        )
    after = read(key_file)
    assert {table: count for table, count in done.items() if count} == {
        "people_document": 2,
        "people_phone": 2,
        "people_person": 2,
        "lists_list": 1,
        "lists_row": 1,
    }
    told: dict[str, int] = {}
    for column, count in heard:
        table = column.partition(".")[0]
        told[table] = max(told.get(table, 0), count)
    assert told == done
    assert tokens() & stored == set()
    assert (after.seal[1:], after.lookup == before.lookup, after.lookup_next) == (
        () if drop_older else before.seal,
        not lookup_too,
        "",
    )
    assert after.fits(before.fingerprint) is (not drop_older and not lookup_too)
    everything_is_there(people_sealed[0])
    line = Entry.objects.get(verb="keys.rotate").detail
    assert line == {"key": after.fingerprint, "rows": 8, "lookup": lookup_too, "older_dropped": drop_older}


def test_stopped_in_the_middle_nothing_is_lost(people_sealed: list[Person], key_file: Path) -> None:
    actions.begin(by=BY)
    before, stored = read(key_file), tokens()

    def stop(column: str, _count: int) -> None:
        if column.startswith("people_phone."):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        actions.rotate(by=BY, lookup_too=True, drop_older=True, progress=stop)
    sealing.read_anew()
    assert set(read(key_file).seal) > set(before.seal)
    assert tokens() == stored
    everything_is_there(people_sealed[0])


def test_killed_between_database_and_file_it_is_completed_at_the_next_start(
    people_sealed: list[Person], key_file: Path
) -> None:
    actions.begin(by=BY)
    actions.rotate(by=BY, lookup_too=True)  # the test's transaction never ends: what follows the commit never runs
    assert read(key_file).lookup_next
    sealing.read_anew()
    everything_is_there(people_sealed[0])
    assert read(key_file).lookup_next == ""


def test_a_next_key_left_by_a_stopped_change_is_not_taken_by_the_next(
    people_sealed: list[Person],
    key_file: Path,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    actions.begin(by=BY)
    before = read(key_file)
    keep(before.with_next_lookup(), key_file)
    with django_capture_on_commit_callbacks(execute=True):
        actions.rotate(by=BY)
    assert (read(key_file).lookup, read(key_file).lookup_next) == (before.lookup, "")
    everything_is_there(people_sealed[0])


def test_a_value_that_does_not_open_stops_the_change(people_sealed: list[Person], key_file: Path) -> None:
    actions.begin(by=BY)
    before = read(key_file)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE people_document SET number = 'gAAAAA' WHERE kind = 'passport'")
    stored = tokens()
    with pytest.raises(KeysWrongError):
        actions.rotate(by=BY, drop_older=True)
    sealing.read_anew()
    assert tokens() == stored
    assert read(key_file).follows(before)
    assert Phone.objects.first() is not None


def test_the_hash_of_a_search_is_never_the_number(people_sealed: list[Person]) -> None:
    asked = str(named(PHONE))
    assert sealing.lookup(PHONE) in asked
    assert f"phone_hash', '{PHONE}" not in asked
