"""Forgetting: who may not be kept any more, what goes, what stays, and that it is never half done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import ForeignKey, Model
from drives_over import BETWEEN, BY, DAY, NORTH, NOTES, NOWHERE, NUMBERS, PHONES, SOUTH, Ground

from linli.records.doses.models import Correction, Forecast, StatusEnd
from linli.records.duplicates.models import Merge, Pair
from linli.records.duplicates.queries.rows import owned
from linli.records.journal.models import Entry, Subject
from linli.records.keys import queries as keys
from linli.records.keys.sealing import lookup, tail_lookup, unseal_bytes
from linli.records.lists.models import List, Row
from linli.records.people.models import Household, Person
from linli.records.programme.actions import DriveEndsBeforeStartError, close_drive, reopen_drive
from linli.records.programme.models import KEEP_DAYS, Drive
from linli.records.retention import actions
from linli.records.retention.actions import NAMELESS, StillNeededError, forget
from linli.records.retention.models import Tally, TallySpan
from linli.records.retention.queries import drives, forgettable

ENDED = date(2021, 9, 30)
DUE = ENDED + timedelta(days=KEEP_DAYS + 1)
Close = Callable[..., None]


def names(on: date) -> set[str]:
    """Who may be forgotten on a day."""
    return set(forgettable(on=on).values_list("name", flat=True))


def stored() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table of the register as the database holds it."""
    found = {}
    with connection.cursor() as cursor:
        for model in apps.get_app_config("records").get_models():
            table = model._meta.db_table
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)} ORDER BY id")  # noqa: S608  # names come from models
            found[table] = cursor.fetchall()
    return found


def opened() -> Iterator[str]:
    """Every value of the register, sealed ones opened."""
    for rows in stored().values():
        for row in rows:
            yield from (str(value) for value in row if not isinstance(value, bytes | memoryview))
    for column in keys.sealed_columns():
        for _, token in keys.values(column):
            plain = unseal_bytes(keys.as_bytes(token))
            yield plain.decode("utf-8", "replace")


def personal(name: str) -> list[str]:
    """All by which somebody may be known."""
    number, phone = NUMBERS[name], PHONES[name]
    hashes = [lookup(number), lookup(phone), tail_lookup(number)]
    return [name, number, phone, NOTES[name], *hashes]


@pytest.mark.parametrize(
    ("ends", "on", "expected"),
    [
        ({}, DUE, set()),
        ({"N": ENDED}, DUE - timedelta(days=1), set()),
        ({"N": ENDED}, DUE, {NORTH[0], NORTH[1]}),
        ({"N": ENDED, "Z": ENDED + timedelta(days=9)}, DUE, {NORTH[0], NORTH[1]}),
        ({"Z": ENDED}, DUE, {SOUTH}),
        ({"N": ENDED, "Z": ENDED}, DUE, {NORTH[0], NORTH[1], NOWHERE, SOUTH, BETWEEN}),
    ],
    ids=["both open", "a day too early", "one over", "the other a little later", "the other over", "both over"],
)
def test_who_may_be_forgotten(
    ends: dict[str, date], on: date, expected: set[str], ground: Ground, close: Close
) -> None:
    """Whoever lives here and works there waits for both; somebody of no area waits for the last of all."""
    close(**ends)
    assert names(on) == expected


def test_people_of_no_drive_are_kept(ground: Ground, close: Close) -> None:
    """A list may have been loaded for a drive to come."""
    Drive.objects.filter(area__code="N").delete()
    close(Z=ENDED)
    assert names(DUE) == {SOUTH, BETWEEN, NOWHERE}


@pytest.mark.parametrize(
    ("keep_days", "expected"), [(None, DUE), (0, ENDED + timedelta(days=1)), (1000, ENDED + timedelta(days=1001))]
)
def test_the_day_from_which(keep_days: int | None, expected: date, ground: Ground) -> None:
    drive = close_drive(by=BY, drive=Drive.objects.get(area__code="N"), ends_on=ENDED, keep_days=keep_days)
    assert drive.forget_on == expected
    assert Entry.objects.get(verb="programme.close_drive").detail["keep_days"] == drive.keep_days
    assert reopen_drive(by=BY, drive=drive).forget_on is None
    with pytest.raises(DriveEndsBeforeStartError):
        close_drive(by=BY, drive=drive, ends_on=drive.starts_on - timedelta(days=1))


def test_nothing_is_forgotten_while_everybody_is_needed(ground: Ground, close: Close) -> None:
    close(N=ENDED)
    before = stored()
    with pytest.raises(StillNeededError) as refused:
        forget(by=BY, on=DUE - timedelta(days=1))
    assert {drive.name for drive in refused.value.needed} == {"drive N", "drive Z"}
    assert stored() == before


def test_nothing_of_those_forgotten_remains(ground: Ground, close: Close) -> None:
    """And nothing of the others is lost."""
    close(N=ENDED)
    gone_ids = {ground.people[name].public_id for name in NORTH}
    assert {value for value in opened() if value in NUMBERS.values()} == set(NUMBERS.values())
    done = forget(by=BY, on=DUE)
    # Of the whole street's list the people of the other drive are still needed, so it stays with everybody on it.
    kept_list = List.objects.get(area__code="S")
    List.objects.filter(pk=kept_list.pk).delete()
    everything = "\n".join(opened())
    for name in NORTH:
        assert [value for value in personal(name) if value in everything] == []
    for name in (SOUTH, BETWEEN, NOWHERE):
        assert [value for value in (name, NUMBERS[name], PHONES[name], NOTES[name]) if value not in everything] == []
    assert not Person.objects.filter(public_id__in=gone_ids).exists()
    assert Subject.objects.filter(subject_id__in=gone_ids).exists()  # the journal speaks of nobody any more
    assert done["people_person"] == 3
    assert done["doses_dose"] == 6
    assert done["duplicates_merge"] == 1
    assert (Merge.objects.count(), Pair.objects.count()) == (0, 0)
    line = Entry.objects.get(verb="retention.forget")
    assert line.detail == {"people": 3, "doses": 6, "lists": 1, "rows": 3, "tallies": 4, "on": DUE.isoformat()}


def test_lists_keep_what_they_were(ground: Ground, close: Close) -> None:
    close(N=ENDED)
    forget(by=BY, on=DUE)
    gone, other, whole = (List.objects.get(area__code=code) for code in ("N", "Z", "S"))
    assert (gone.file_name, gone.content, gone.header, gone.state) == (NAMELESS, b"", [], List.State.SET_ASIDE)
    assert sum(gone.counts.values()) == 3
    assert not Row.objects.filter(list=gone).exists()
    assert [one.file_name for one in (other, whole)] == [f"{SOUTH}.csv", f"{SOUTH}.csv"]
    assert [Row.objects.filter(list=one).count() for one in (other, whole)] == [1, 2]
    close(Z=ENDED)
    forget(by=BY, on=DUE)
    assert set(List.objects.values_list("file_name", flat=True)) == {NAMELESS}
    assert Row.objects.count() == 0


def test_a_tally_is_of_one_denominator_and_names_no_small_place(ground: Ground, close: Close) -> None:
    close(N=ENDED, Z=ENDED)
    done = forget(by=BY, on=DUE)
    assert (Person.objects.count(), done["tallies"]) == (0, Tally.objects.count())
    assert Tally.objects.filter(living_area__isnull=False).count() == 4  # one is of no area, one was merged
    assert Tally.objects.filter(registered_area__isnull=False).count() == 2
    assert Tally.objects.filter(working_area__isnull=False).count() == 1
    # Fewer than ten anywhere: no building, and the whole street in place of its committees.
    assert set(Tally.objects.values_list("living_area__code", "living_building__code")) == {("S", None), (None, None)}
    assert set(Tally.objects.values_list("birth_date", flat=True)) == {date(1900, 1, 1)}
    days = {day for span in TallySpan.objects.values_list("since_on", "until_on", "first_on") for day in span if day}
    assert {day.day for day in days if day.year < 9999} == {1}


def test_households_go_with_the_last_of_them(ground: Ground, close: Close) -> None:
    assert Household.objects.count() == 2
    close(Z=ENDED)
    forget(by=BY, on=DUE)
    assert Household.objects.count() == 1  # the northern one


@pytest.mark.parametrize("place", ["_keep", "_remove", "_empty"])
def test_it_is_never_half_done(place: str, ground: Ground, close: Close, monkeypatch: pytest.MonkeyPatch) -> None:
    close(N=ENDED)
    before = stored()

    def fail(*_: Any) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(actions, place, fail)
    with pytest.raises(OSError, match="disk full"):
        forget(by=BY, on=DUE)
    assert stored() == before


def test_a_second_time_there_is_nobody_left(ground: Ground, close: Close) -> None:
    close(N=ENDED, Z=ENDED)
    forget(by=BY, on=DUE)
    with pytest.raises(StillNeededError):
        forget(by=BY, on=DUE)
    over, needed = drives(on=DUE)
    assert ([drive.name for drive in over], needed) == (["drive N", "drive Z"], [])


def test_it_says_how_far_it_is(ground: Ground, close: Close) -> None:
    close(N=ENDED)
    heard: list[tuple[int, int]] = []
    forget(by=BY, on=DUE, progress=lambda *told: heard.append(told))
    assert heard == [(2, 2)]


def test_every_table_that_holds_something_of_a_person_is_forgotten() -> None:
    """A new table with a key to a person, or to what belongs to one, must take its place in `retention.actions`."""
    handled: set[type[Model]] = {model for model, _ in owned()}
    handled |= {Correction, StatusEnd, Merge, Pair, Forecast, Person, Row}
    reached: set[type[Model]] = {Person}
    while True:
        further = {
            model
            for model in apps.get_app_config("records").get_models()
            for field in model._meta.get_fields()
            if isinstance(field, ForeignKey) and field.related_model in reached
        }
        if further <= reached:
            break
        reached |= further
    assert {model.__name__ for model in reached - handled} == set()


def test_tallies_have_the_columns_that_boards_ask_for() -> None:
    """The conditions on forecasts count tallies too, so the names must stay the same."""
    columns = {field.name for field in TallySpan._meta.get_fields()}
    forecasts = {field.name for field in Forecast._meta.get_fields()}
    assert columns <= forecasts
    assert forecasts - columns == {"reason", "vaccine", "recommended_on"}
    assert {field.name for field in Tally._meta.get_fields()} <= {field.name for field in Person._meta.get_fields()}
    assert DAY < DUE
