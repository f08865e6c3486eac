"""Boards against an independent count: from rows through the engine, person by person."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta

import pytest
from django.db import transaction

from linli.domain.calendar import NO_DAY, date_of
from linli.domain.coverage import Coverage
from linli.domain.eligibility import Assessment
from linli.domain.eligibility import Status as EngineStatus
from linli.records.doses.models import Dose, Status
from linli.records.doses.queries import LAST_DAYS, Judged, groups, judge
from linli.records.people.models import Employer, Person
from linli.records.people.queries import DENOMINATORS
from linli.records.places.models import Area, Building, Door
from linli.records.programme.models import Programme
from linli.records.reports.queries import DueFilter, Standing, board, building_board, doses_by_day, due_rows
from linli.records.reports.queries.board import COUNTED, coverage, has_shapes, stair_by_stair

Quarter = dict[str, Area]
Crowd = Callable[[int, int], None]
DAYS = [date(2021, 3, 24), date(2021, 5, 15), date(2021, 6, 20), date(2021, 6, 21), date(2021, 9, 1)]
PEOPLE = 160


def counted(programme: Programme, on: date, persons: Iterable[Person]) -> Coverage:
    """Coverage of some people, from the engine's answer alone."""
    return sum(each(programme, on, persons).values(), Coverage())


def each(programme: Programme, on: date, persons: Iterable[Person]) -> dict[int, Coverage]:
    """Each person as a group of one."""
    known = {person.pk: person for person in persons}
    eve = on - timedelta(days=1)
    judged = judge(programme=programme, people=list(known), on=on)
    before = judge(programme=programme, people=list(known), on=eve).answer
    dosed = Dose.objects.filter(vaccine__programme=programme, given_on__lte=on).values_list("person_id", flat=True)
    told = set(dosed) | {pk for pk, person in known.items() if person.is_covered}
    kinds = dict(Status.objects.values_list("person_id", "kind"))
    sure = proven(programme, list(known), on).answer
    was_inside = [gate_open(before, eve, k) for k in range(len(known))]
    found = {}
    for k, pk in enumerate(judged.people):
        if kinds.get(pk) == "moved":
            found[pk] = Coverage(moved=1)
        else:
            found[pk] = one(judged.answer, on, k, pk in told, was_inside[k], kinds.get(pk, ""), sure)
    return found


def proven(programme: Programme, people: list[int], on: date) -> Judged:
    """The engine's answer if the doses that somebody only told of had not been written down."""
    with transaction.atomic():
        Dose.objects.filter(evidence="told").update(is_struck=True)
        judged = judge(programme=programme, people=people, on=on)
        transaction.set_rollback(True)
    return judged


def one(answer: Assessment, on: date, k: int, is_told: bool, was_inside: bool, kind: str, sure: Assessment) -> Coverage:
    """The k-th person of an answer as a group of one; `kind` is the status that rows give them, `sure` see `proven`."""
    status = EngineStatus(int(answer.status[k])).text
    state = status if status == "complete" else kind or (status if is_told else "unknown")
    inside = gate_open(answer, on, k)
    first, full = int(answer.valid_doses[k]) >= 1, bool(answer.completed_on[k] != NO_DAY)
    first_proven, full_proven = int(sure.valid_doses[k]) >= 1, bool(sure.completed_on[k] != NO_DAY)
    second_on, second_latest = date_of(answer.second_on[k]), date_of(answer.second_latest_on[k])
    finish_by, latest = date_of(answer.finish_by_on[k]), date_of(answer.latest_on[k])
    second_past = second_latest is not None and second_latest < on
    finish_past = finish_by is not None and finish_by < on
    wait = date_of(answer.earliest_on[k] if first else answer.wait_until[k])
    return Coverage(
        people=1,
        offered=inside,
        first=first,
        full=full,
        first_offered=first and inside,
        full_offered=full and inside,
        due=state == "due",
        waiting=state == "waiting",
        overdue=state == "overdue",
        not_eligible=state == "not_eligible",
        unknown=state == "unknown",
        refused=state == "refused",
        contraindicated=state == "contraindicated",
        deferred=state == "deferred",
        first_proven=first_proven,
        full_proven=full_proven,
        told_only=(first and not first_proven) or (full and not full_proven),
        second_past=second_past,
        second_timely=second_past and second_on is not None and second_on <= second_latest,
        finish_past=finish_past,
        dropped=finish_past and not full,
        entering=state == "due" and (wait == on or (not first and inside and not was_inside)),
        last_days=state == "due" and latest is not None and 0 <= (latest - on).days < LAST_DAYS,
    )


def gate_open(answer: Assessment, on: date, k: int) -> bool:
    """Whether the k-th person of an answer is inside the ages open on its day."""
    begins, ends = date_of(answer.eligible_on[k]), date_of(answer.eligible_until[k])
    return begins is not None and begins <= on and (ends is None or on < ends)


def by_code(standings: list[Standing]) -> dict[str, Coverage]:
    return {one.place.code: one.coverage for one in standings if isinstance(one.place, Area | Building)}


@pytest.mark.parametrize("of", DENOMINATORS)
@pytest.mark.parametrize("on", DAYS, ids=str)
def test_a_board_is_the_count_of_its_people(
    crowd: Crowd, quarter: Quarter, programme: Programme, on: date, of: str
) -> None:
    crowd(PEOPLE, 1)
    related = (f"{of}_area", f"{of}_building")
    persons = list(Person.objects.filter(**{f"{of}_area__isnull": False}).select_related(*related))
    assert 0 < len(persons) < PEOPLE

    alone = each(programme, on, persons)

    found = board(area=quarter["s"], programme=programme, on=on, of=of)

    def together(group: Iterable[Person]) -> Coverage:
        return sum((alone[person.pk] for person in group), Coverage())

    def inside(code: str) -> list[Person]:
        return [person for person in persons if getattr(person, f"{of}_area").path.startswith(quarter[code].path)]

    assert found.total == together(persons)
    assert by_code(found.areas) == {code: together(inside(code)) for code in ("s1", "s10", "s2")}
    living = {
        house.code: [p for p in persons if getattr(p, f"{of}_building") == house] for house in Building.objects.all()
    }
    assert by_code(found.buildings) == {code: together(group) for code, group in living.items()}
    assert found.total.people > sum(one.coverage.people for one in found.areas)  # some belong to the whole alone


@pytest.mark.parametrize("of", DENOMINATORS)
@pytest.mark.parametrize("seed", [2, 3])
def test_the_parts_add_up_to_the_whole(
    crowd: Crowd, quarter: Quarter, programme: Programme, of: str, seed: int
) -> None:
    crowd(PEOPLE, seed)
    on = DAYS[2]
    for area in quarter.values():
        found = board(area=area, programme=programme, on=on, of=of)
        alone = Person.objects.filter(**{f"{of}_area": area})
        parts = sum((one.coverage for one in found.areas), counted(programme, on, alone))
        assert found.total == parts == coverage(place=area, programme=programme, on=on, of=of)
        for one in found.areas:
            assert isinstance(one.place, Area)
            assert one.coverage == board(area=one.place, programme=programme, on=on, of=of).total
        for one in found.buildings:
            assert isinstance(one.place, Building)
            assert one.coverage == building_board(building=one.place, programme=programme, on=on, of=of).total


@pytest.mark.parametrize("of", DENOMINATORS)
def test_every_figure_is_as_long_as_the_list_behind_it(
    crowd: Crowd, quarter: Quarter, programme: Programme, of: str
) -> None:
    crowd(5 * PEOPLE, 4)
    on = DAYS[2]
    names = set(groups(programme=programme, on=on))
    assert set(COUNTED) <= names
    area, house = quarter["s"], Building.objects.get(code="b1")
    totals = {
        "area": board(area=area, programme=programme, on=on, of=of).total,
        "building": building_board(building=house, programme=programme, on=on, of=of).total,
    }
    places: dict[str, Area | Building] = {"area": area, "building": house}
    for kind, total in totals.items():
        for group in COUNTED:
            want = DueFilter(on=on, group=group, of=of, **{kind: places[kind]})  # type: ignore[arg-type]
            assert due_rows(programme=programme, paths=[area.path], want=want).count() == getattr(total, group), group
    assert all(getattr(totals["area"], group) for group in COUNTED)


def test_employers_of_a_tower_add_up_with_those_who_name_none(
    crowd: Crowd, quarter: Quarter, programme: Programme
) -> None:
    crowd(PEOPLE, 5)
    house = Building.objects.get(code="b4")
    Person.objects.filter(pk=Person.objects.filter(working_building=house).earliest("pk").pk).update(employer=None)

    found = building_board(building=house, programme=programme, on=DAYS[2], of="working")

    assert [one.place for one in found.employers] == [Employer.objects.get(building=house), None]
    assert sum((one.coverage for one in found.employers), Coverage()) == found.total
    assert building_board(building=house, programme=programme, on=DAYS[2], of="living").employers == []


def test_people_to_count_must_be_named(quarter: Quarter, programme: Programme) -> None:
    with pytest.raises(ValueError, match="everybody"):
        board(area=quarter["s"], programme=programme, on=DAYS[2], of="everybody")


def test_an_empty_area_counts_nobody(quarter: Quarter, programme: Programme) -> None:
    found = board(area=quarter["s10"], programme=programme, on=DAYS[2], of="living")
    assert (found.total, found.areas, found.buildings) == (Coverage(), [], [])


@pytest.mark.parametrize("of", DENOMINATORS)
def test_doses_by_day_are_those_of_its_people(crowd: Crowd, quarter: Quarter, programme: Programme, of: str) -> None:
    crowd(PEOPLE, 6)
    on, days, seen = DAYS[2], 90, 0
    for place, mine in (
        (quarter["s1"], {f"{of}_area__path__startswith": quarter["s1"].path}),
        (Building.objects.get(code="b4"), {f"{of}_building__code": "b4"}),
    ):
        people = list(Person.objects.filter(**mine).values_list("pk", flat=True))
        answer = judge(programme=programme, people=people, on=on).answer
        first, second = [[date_of(day) for day in column] for column in (answer.first_on, answer.second_on)]
        found = doses_by_day(place=place, programme=programme, on=on, of=of, days=days)
        assert [day.on for day in found] == [on - timedelta(days=days - 1 - k) for k in range(days)]
        assert [day.first for day in found] == [first.count(day.on) for day in found]
        assert [day.second for day in found] == [second.count(day.on) for day in found]
        seen += sum(day.second for day in found)
    assert seen


def test_a_walk_goes_stair_by_stair_and_up(
    crowd: Crowd, quarter: Quarter, programme: Programme, doors: list[Door]
) -> None:
    crowd(20, 7)
    people = list(Person.objects.order_by("pk")[: len(doors)])
    Person.objects.update(living_building=None)
    for person, door in zip(people, doors, strict=True):
        Person.objects.filter(pk=person.pk).update(
            living_building=door.building, living_door=door, living_area=quarter["g11"]
        )
    want = DueFilter(on=DAYS[2], group="people", of="living", building=Building.objects.get(code="b1"))
    rows = stair_by_stair(due_rows(programme=programme, paths=[quarter["s"].path], want=want))
    walk = [(row.person.living_door.stair, row.person.living_door.number) for row in rows]
    assert walk == [("", "9"), ("2", "102"), ("2", "201"), ("2", "1001"), ("10", "101")]


def test_a_map_needs_an_outline_or_a_point(quarter: Quarter) -> None:
    assert not has_shapes(quarter["s1"])
    Building.objects.filter(code="b3").update(lon=121.4, lat=31.2)
    assert has_shapes(quarter["s1"])
    assert not has_shapes(quarter["s2"])
