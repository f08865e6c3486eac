"""Sealed fields: plain to whoever reads them, nothing to whoever reads the database."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest
from django.apps import apps
from django.core.exceptions import FieldError
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st
from sealed_cast import BY, NUMBER, PHONE

from linli.records.keys import actions, queries, sealing
from linli.records.keys.ring import KeysLostError, KeysWrongError, keep, make, new_ring, read
from linli.records.lists.models import List, Row
from linli.records.people.models import Document, Person, Phone

TEXTS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=60)


def everything_stored() -> str:
    """Every value of every table of the register as the database holds it, in one text."""
    found: list[str] = []
    with connection.cursor() as cursor:
        for model in apps.get_app_config("records").get_models():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608  # names come from models
            for row in cursor.fetchall():
                found += [
                    bytes(value).decode("latin-1") if isinstance(value, bytes | memoryview) else str(value)
                    for value in row
                ]
    return "\n".join(found)


@given(TEXTS)
def test_what_is_sealed_opens_again_and_never_looks_alike(text: str) -> None:
    first, second = sealing.seal(text), sealing.seal(text)
    assert sealing.unseal(first) == sealing.unseal(second) == text
    if text:
        assert first != second
        assert text not in first or len(text) < 4


@given(TEXTS, TEXTS)
def test_the_hash_is_the_same_for_the_same_text_alone(one: str, other: str) -> None:
    assert (sealing.lookup(one) == sealing.lookup(other)) is (one == other)


@pytest.mark.parametrize(
    ("number", "same_as"),
    [("19700001234", "1234"), ("021-6267 1234", "1234"), ("12 34", "1234"), ("123", ""), ("", "")],
)
def test_the_last_four_digits_are_found(number: str, same_as: str) -> None:
    assert sealing.tail_lookup(number) == (sealing.tail_lookup(same_as) if same_as else "")


def test_nothing_personal_stands_plain_in_any_table(people_sealed: list[Person]) -> None:
    stored = everything_stored()
    assert "王秀英" in stored  # names are looked through by parts, so they are not sealed
    assert [value for value in (NUMBER, PHONE, "X00012345") if value in stored] == []
    assert Document.objects.get(kind="resident_id").number == NUMBER
    assert [phone.value for phone in Phone.objects.all()] == [PHONE, PHONE]
    assert people_sealed[0].phone == PHONE
    assert NUMBER.encode() in List.objects.get().content
    assert Row.objects.get().cells == ["王秀英", NUMBER, PHONE]


@pytest.mark.parametrize("lookup", ["exact", "contains", "in", "startswith", "gt"])
def test_a_sealed_column_is_never_searched_by_mistake(lookup: str) -> None:
    value = [PHONE] if lookup == "in" else PHONE
    with pytest.raises(FieldError, match="look-up hash"):
        str(Phone.objects.filter(**{f"value__{lookup}": value}).query)


def test_a_token_that_was_touched_is_refused(people_sealed: list[Person]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM people_document ORDER BY id LIMIT 1")
        (token,) = cursor.fetchone()
        middle = len(token) // 2
        other = "A" if token[middle] != "A" else "B"
        cursor.execute(
            "UPDATE people_document SET number = %s WHERE number = %s",
            [token[:middle] + other + token[middle + 1 :], token],
        )
    with pytest.raises(KeysWrongError):
        list(Document.objects.all())
    found = {(one.table, one.column): one for one in queries.survey()}
    assert (found["people_document", "number"].shut, found["people_document", "number"].values) == (1, 2)
    assert sum(one.shut for one in found.values()) == 1


def test_a_hash_that_does_not_find_its_value_is_noticed(people_sealed: list[Person]) -> None:
    Phone.objects.filter(pk=Phone.objects.order_by("pk")[0].pk).update(tail_hash="0" * 32)
    assert {(one.table, one.lost) for one in queries.survey() if one.lost} == {("people_phone", 1)}


def test_a_running_process_stops_when_the_file_is_lost(key_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "LOOK_AGAIN_S", 0.0)
    token = sealing.seal("x")
    kept = key_file.rename(key_file.with_name("elsewhere"))
    with pytest.raises(KeysLostError):
        sealing.seal("x")
    kept.rename(key_file)
    assert sealing.unseal(token) == "x"


def test_a_running_process_never_seals_with_other_keys(key_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "LOOK_AGAIN_S", 0.0)
    token = sealing.seal("x")
    shutil.copy(key_file, key_file.with_name("kept"))
    time.sleep(0.01)  # another time on the file
    keep(new_ring(), key_file)
    for use in (sealing.seal, sealing.lookup):
        with pytest.raises(KeysWrongError):
            use("x")
    key_file.with_name("kept").replace(key_file)
    assert sealing.unseal(token) == "x"


def test_the_database_knows_its_key_file(people_sealed: list[Person], key_file: Path) -> None:
    queries.check()  # before it is marked
    mark = actions.begin(by=BY)
    queries.check()
    assert mark.fingerprint == read(key_file).fingerprint
    with pytest.raises(actions.KeysBegunError):
        actions.begin(by=BY)
    kept = key_file.rename(key_file.with_name("kept"))
    sealing.read_anew()
    with pytest.raises(KeysLostError):
        queries.check()
    make(key_file)
    sealing.read_anew()
    with pytest.raises(KeysWrongError):
        queries.check()
    kept.replace(key_file)
    sealing.read_anew()
    queries.check()


def test_a_sealed_database_without_a_mark_is_not_marked_with_other_keys(
    people_sealed: list[Person], key_file: Path
) -> None:
    assert queries.is_sealed()
    key_file.unlink()
    make(key_file)
    sealing.read_anew()
    with pytest.raises(KeysWrongError):
        actions.begin(by=BY)
    assert queries.mark() is None
