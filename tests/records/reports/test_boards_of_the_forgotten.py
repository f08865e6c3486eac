"""After forgetting, the boards of the past are what they were on the last day of every month."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from typing import Any

import pytest

from linli.domain.coarsening import month_ends
from linli.records.doses.actions import forecast
from linli.records.journal.actions import Who
from linli.records.people.models import Person
from linli.records.people.queries import DENOMINATORS
from linli.records.places.models import Area, Building
from linli.records.programme.actions import close_drive, open_drive
from linli.records.programme.models import Programme
from linli.records.reports.queries import board, building_board, doses_by_day
from linli.records.reports.queries.board import TO_BE_CALLED, Board
from linli.records.retention import tallying
from linli.records.retention.actions import forget
from linli.records.retention.models import Tally

Quarter = dict[str, Area]
Crowd = Callable[[int, int], None]
BY = Who("", "test")
START, STOP, DUE = date(2021, 1, 15), date(2021, 9, 30), date(2022, 1, 10)
ENDS = list(month_ends(START, DUE))


@pytest.fixture
def over(crowd: Crowd, programme: Programme, quarter: Quarter) -> Programme:
    """A drive of 400 invented people that ended long ago."""
    crowd(400, 5)
    drive = open_drive(by=BY, name="drive", programme=programme, area=quarter["s"], starts_on=START)
    close_drive(by=BY, drive=drive, ends_on=STOP)
    return programme


def told(found: Board) -> dict[str, Any]:
    """A board as numbers, without those of people who are to be called."""
    places = [("", found.total), *((str(one.place), one.coverage) for one in (*found.areas, *found.buildings))]
    places += [(f"firm {one.place}", one.coverage) for one in found.employers if one.coverage.people]
    return {
        name: {key: count for key, count in asdict(coverage).items() if key not in TO_BE_CALLED}
        for name, coverage in places
    }


def boards(programme: Programme, quarter: Quarter, days: list[date]) -> dict[tuple[Any, ...], Any]:
    found: dict[tuple[Any, ...], Any] = {}
    for day in days:
        for of in DENOMINATORS:
            for code in ("s", "s1", "g11"):
                found[day, of, code] = told(board(area=quarter[code], programme=programme, on=day, of=of))
        for building in Building.objects.all():
            found[day, building.code] = told(
                building_board(building=building, programme=programme, on=day, of="working")
            )
    return found


def test_every_board_of_the_last_day_of_a_month_is_as_it_was(
    over: Programme, quarter: Quarter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tallying, "FEWEST", 1)
    before = boards(over, quarter, ENDS)
    people = Person.objects.count()
    assert max(one[""]["people"] for key, one in before.items() if key[-1] == "s") > 100
    assert sum(one[""]["dropped"] + one[""]["second_timely"] + one[""]["refused"] for one in before.values()) > 100
    done = forget(by=BY, on=DUE)
    assert (done["people_person"], Person.objects.count()) == (people, 0)
    assert boards(over, quarter, ENDS) == before
    forecast(by=BY, programme=over)  # drawing everybody's forecast anew leaves tallies alone
    assert boards(over, quarter, ENDS) == before


def test_small_groups_are_counted_with_their_surroundings(over: Programme, quarter: Quarter) -> None:
    """The whole keeps every count; a building or firm of fewer than ten is not named any more."""
    before = boards(over, quarter, ENDS)
    forget(by=BY, on=DUE)
    after = boards(over, quarter, ENDS)
    for key, found in after.items():
        if key[-1] == "s":
            assert found[""] == before[key][""]
    for of in DENOMINATORS:
        for column in (f"{of}_building", "employer"):
            counted = [
                Tally.objects.filter(**{f"{of}_area__isnull": False, column: place}).count()
                for place in set(Tally.objects.exclude(**{column: None}).values_list(column, flat=True))
            ]
            assert [count for count in counted if 0 < count < tallying.FEWEST] == []


def test_doses_stand_in_their_months(over: Programme, quarter: Quarter) -> None:
    def by_month() -> dict[tuple[int, int], tuple[int, int]]:
        days = doses_by_day(place=quarter["s"], programme=over, on=date(2021, 6, 30), of="living", days=181)
        found: dict[tuple[int, int], tuple[int, int]] = {}
        for one in days:
            first, second = found.get((one.on.year, one.on.month), (0, 0))
            found[one.on.year, one.on.month] = first + one.first, second + one.second
        return found

    before = by_month()
    assert sum(first for first, _ in before.values()) > 50
    forget(by=BY, on=DUE)
    assert by_month() == before


def test_nobody_forgotten_is_to_be_called(over: Programme, quarter: Quarter) -> None:
    forget(by=BY, on=DUE)
    for day in (*ENDS, date(2021, 6, 20), DUE):
        found = board(area=quarter["s"], programme=over, on=day, of="living")
        assert [getattr(found.total, name) for name in TO_BE_CALLED] == [0, 0]
