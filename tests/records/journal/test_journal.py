"""The journal: one line an action, never changed, never missing."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from linli.records.journal import guards
from linli.records.journal.actions import NoJournalLineError, Who, action, write
from linli.records.journal.models import Entry, Subject
from linli.records.journal.queries import history, lines

pytestmark = pytest.mark.django_db
CLERK = Who("w-clerk", "Clerk (invented)")


def test_a_line_says_who_did_what_to_whom() -> None:
    write(
        by=CLERK,
        verb="people.record",
        detail={"people": 2},
        subjects=[("person", "p1"), ("person", "p2"), ("person", "p1")],
    )
    line = lines().get()
    assert (line.who_id, line.who_name, line.verb, line.detail) == (
        "w-clerk",
        CLERK.name,
        "people.record",
        {"people": 2},
    )
    assert sorted(Subject.objects.values_list("noun", "subject_id")) == [("person", "p1"), ("person", "p2")]


def test_the_history_of_one_person_is_only_theirs() -> None:
    write(by=CLERK, verb="doses.record", subjects=[("person", "p1")])
    write(by=CLERK, verb="people.record", subjects=[("person", "p2")])
    assert [line.verb for line in history(noun="person", subject_ids=["p1"])] == ["doses.record"]


@pytest.mark.parametrize("statement", ["UPDATE journal_entry SET who_name = 'x'", "DELETE FROM journal_entry"])
def test_the_database_refuses_to_change_a_line(statement: str) -> None:
    write(by=CLERK, verb="people.record")
    if connection.vendor == "sqlite" and statement.startswith("DELETE"):
        with connection.cursor() as cursor:  # taken away for the whole test database, see tests/conftest.py
            cursor.execute(next(sql for sql in guards.create("sqlite") if "journal_entry_no_delete" in sql))
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Entry.objects.get().who_name == CLERK.name


def test_an_action_without_a_line_is_undone() -> None:
    @action
    def forgets(*, by: Who) -> None:
        Entry.objects.create(at="2021-06-20T08:00+08:00", who_name=by.name, verb="x.y")

    with pytest.raises(NoJournalLineError):
        forgets(by=CLERK)
    assert not Entry.objects.exists()


def test_an_action_takes_keywords_only() -> None:
    with pytest.raises(TypeError, match="keywords only"):

        @action
        def loose(by: Who) -> None:
            write(by=by, verb="x.y")


def test_an_action_that_fails_leaves_nothing() -> None:
    @action
    def fails(*, by: Who) -> None:
        write(by=by, verb="x.y")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        fails(by=CLERK)
    assert not Entry.objects.exists()
