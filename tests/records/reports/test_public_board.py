"""The public board against the office's: the same people, small numbers hidden, the rest rounded."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from linli.domain.coverage import Coverage
from linli.records.journal.actions import Who
from linli.records.journal.models import Entry
from linli.records.people.models import Person
from linli.records.places.models import Area
from linli.records.programme.actions import open_drive, publish, withdraw
from linli.records.programme.models import Drive, Programme
from linli.records.programme.queries import current_drive
from linli.records.reports.queries import Board, Standing, public
from linli.records.reports.queries.board import board
from linli.records.reports.queries.public import COLUMNS, FEWEST, SMALL, STEP, PublicBoard, PublicPlace, public_board

BY = Who("", "test")
DAY = date(2021, 6, 20)
Quarter = dict[str, Area]
Crowd = Callable[[int, int], None]
Counts = tuple[int, int, int, int]  # none, unknown, begun, complete


def coverage(counts: Counts) -> Coverage:
    none, unknown, begun, complete = counts
    return Coverage(people=sum(counts), unknown=unknown, first=begun + complete, full=complete, due=none)


def exact(of: Coverage) -> dict[str, int]:
    none = of.people - of.first - of.unknown
    row = (none, of.unknown, of.first - of.full, of.full, of.first, of.people)
    return dict(zip(COLUMNS, row, strict=True))


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch, programme: Programme, quarter: Quarter) -> Callable[..., PublicBoard]:
    """The public board of an office's board that says so many people: of the areas, and of no area."""

    def see(*areas: Counts, nowhere: Counts = (0, 0, 0, 0)) -> PublicBoard:
        standings = [
            Standing(Area(code=f"a{k}", name=f"第{k}居委会", name_en=f"Area {k}"), coverage(counts))
            for k, counts in enumerate(areas)
        ]
        total = sum((one.coverage for one in standings), coverage(nowhere))
        monkeypatch.setattr(public, "board", lambda **_asked: Board(total, standings, [], []))
        return public_board(area=quarter["s"], programme=programme, on=DAY)

    return see


def test_it_is_the_offices_board_of_those_living_here(crowd: Crowd, quarter: Quarter, programme: Programme) -> None:
    crowd(1500, 1)
    office = board(area=quarter["s"], programme=programme, on=DAY, of="living")
    found = public_board(area=quarter["s"], programme=programme, on=DAY)
    assert [place.code for place in found.places] == ["s", "s1", "s10", "s2"]
    told = {place.code: place.counts for place in found.places}
    for one in office.areas:
        assert isinstance(one.place, Area)
        for column, count in exact(one.coverage).items():
            shown = told[one.place.code][column]
            assert shown is None or abs(shown - count) < STEP
            assert shown is not None or one.coverage.people
    assert told["s10"] == dict.fromkeys(COLUMNS, 0)  # nobody lives there
    assert any(count for place in found.areas for count in place.counts.values())


def test_shown_numbers_add_up(seen: Callable[..., PublicBoard]) -> None:
    found = seen((401, 22, 133, 777), (302, 44, 111, 333), (206, 58, 169, 287))
    for place in found.places:
        assert place.counts["first"] == shown(place, "begun") + shown(place, "complete")
        assert place.counts["people"] == sum(shown(place, column) for column in COLUMNS[:4])
    for column in COLUMNS:
        assert found.whole.counts[column] == sum(shown(place, column) for place in found.areas)


def shown(place: PublicPlace, column: str) -> int:
    count = place.counts[column]
    assert count is not None
    assert count % STEP == 0
    return count


def test_a_small_number_is_hidden_and_what_gives_it_away(seen: Callable[..., PublicBoard]) -> None:
    found = seen((401, 22, 133, 4), (302, 44, 111, 333), (206, 58, 169, 287))
    hidden = {(place.code, column) for place in found.places for column, count in place.counts.items() if count is None}
    assert ("a0", "complete") in hidden
    assert len({code for code, column in hidden if column == "complete"}) >= 2
    assert len({column for code, column in hidden if code == "a0"}) >= 2
    assert found.areas[0].share("complete") is None
    assert found.areas[1].share("people") == 1


def test_no_number_below_the_limit_is_ever_shown(crowd: Crowd, quarter: Quarter, programme: Programme) -> None:
    crowd(700, 2)
    for month in range(2, 9):
        found = public_board(area=quarter["s"], programme=programme, on=date(2021, month, 1))
        office = board(area=quarter["s"], programme=programme, on=date(2021, month, 1), of="living")
        assert len(office.areas) == 3
        for one, place in zip(office.areas, found.areas, strict=False):
            small = {column for column, count in exact(one.coverage).items() if 0 < count < SMALL}
            assert all(place.counts[column] is None for column in small)


FOUR_NOWHERE: Counts = (1, 1, 1, 1)
PLAIN: Counts = (401, 22, 133, 777)


@pytest.mark.parametrize(
    ("nowhere", "codes"), [(FOUR_NOWHERE, ["a0", "a1"]), ((80, 10, 20, 30), ["a0", "a1", ""])], ids=["few", "many"]
)
def test_people_of_no_known_area(seen: Callable[..., PublicBoard], nowhere: Counts, codes: list[str]) -> None:
    found = seen(PLAIN, PLAIN, nowhere=nowhere)
    assert [place.code for place in found.areas] == codes
    people = 2 * sum(PLAIN) + (sum(nowhere) if "" in codes else 0)
    assert abs(shown(found.whole, "people") - people) < STEP


@pytest.mark.parametrize("nowhere", [(0, 0, 0, 0), (10, 10, 10, 10), PLAIN], ids=["nobody", "few", "many"])
def test_an_area_without_areas(seen: Callable[..., PublicBoard], nowhere: Counts) -> None:
    found = seen(nowhere=nowhere)
    assert found.areas == []
    is_few = 0 < sum(nowhere) < FEWEST
    assert {count is None for count in found.whole.counts.values()} == {is_few}


def test_a_street_of_one_area(seen: Callable[..., PublicBoard]) -> None:
    found = seen(PLAIN)
    assert found.areas[0].counts == found.whole.counts


def test_a_small_area_is_hidden_whole(seen: Callable[..., PublicBoard]) -> None:
    found = seen((20, 20, 20, 20), PLAIN, (302, 44, 111, 333))
    assert set(found.areas[0].counts.values()) == {None}
    assert sum(place.counts["people"] is None for place in found.areas) == 2


def test_those_who_moved_away_are_not_counted(crowd: Crowd, quarter: Quarter, programme: Programme) -> None:
    from linli.records.doses.models import Forecast

    crowd(700, 3)
    before = public_board(area=quarter["s"], programme=programme, on=DAY).whole
    gone = Person.objects.filter(living_area__path__startswith="s/s1/")[:60]
    Forecast.objects.filter(person__in=[person.pk for person in gone]).update(register_state="moved")
    after = public_board(area=quarter["s"], programme=programme, on=DAY).whole
    assert abs(shown(before, "people") - shown(after, "people") - 60) < 2 * STEP


def test_publishing_is_a_line_in_the_journal(programme: Programme, quarter: Quarter) -> None:
    drive = open_drive(by=BY, name="drive", programme=programme, area=quarter["s"], starts_on=DAY)
    assert not drive.is_public
    publish(by=BY, drive=drive)
    assert current_drive() == Drive.objects.get(is_public=True)
    withdraw(by=BY, drive=drive)
    assert not Drive.objects.filter(is_public=True).exists()
    verbs = list(Entry.objects.order_by("id").values_list("verb", flat=True))
    assert verbs[-2:] == ["programme.publish", "programme.withdraw"]
