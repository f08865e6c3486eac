"""What holds for every history: a second reading agrees, batches and order change nothing, stored dates stay true."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from datetime import date, timedelta

import numpy as np
import oracle
import pytest
from histories import CN, Dose, Person, crowd, patients
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.domain.calendar import NO_DAY, date_of, day_of
from linli.domain.eligibility import (
    Assessment,
    Patients,
    Status,
    assess,
    offered_births,
    patients_of,
    state_on,
    timeline,
)
from linli.domain.eligibility.patients import dose_order

PRODUCTS = [*CN.vaccine_codes, "BIBP", "CoronaVac", "ZF2001", "141", "18", "???"]
DAYS = st.one_of(
    st.dates(date(2021, 5, 20), date(2021, 7, 31)), st.dates(date(2020, 11, 1), date(2022, 6, 1)), st.none()
)
BIRTHS = st.one_of(
    st.dates(date(2003, 5, 1), date(2003, 8, 31)),
    st.dates(date(1930, 1, 1), date(2021, 7, 1)),
    st.sampled_from([date(2004, 2, 29), date(2000, 2, 29), None]),
)
DOSES = st.lists(st.builds(Dose, DAYS, st.sampled_from(PRODUCTS), st.booleans()), max_size=7)
PEOPLE = st.builds(Person, BIRTHS, DOSES)
ONS = st.one_of(st.dates(date(2020, 11, 1), date(2022, 6, 1)), st.sampled_from(CN.change_dates))


def row(answer: Assessment, place: int) -> dict[str, int]:
    """One person's part of an answer."""
    size = len(answer.status)
    return {
        field.name: int(getattr(answer, field.name)[place])
        for field in fields(answer)
        if not field.name.startswith("dose_") and len(getattr(answer, field.name)) == size
    }


def state(answer: Assessment, on: np.ndarray) -> list[int]:
    return state_on(
        on,
        completed_on=answer.completed_on,
        valid_doses=answer.valid_doses,
        eligible_on=answer.eligible_on,
        eligible_until=answer.eligible_until,
        earliest_on=answer.earliest_on,
        latest_on=answer.latest_on,
        wait_until=answer.wait_until,
    ).tolist()


def agrees(group: Patients, on: np.ndarray, places: Iterable[int]) -> None:
    answer = assess(CN, group, on=on)
    for place in places:
        doses = range(group.offsets[place], group.offsets[place + 1])
        history = [(date_of(group.given_on[k]), int(group.vaccine[k]), bool(group.supply_ended[k])) for k in doses]
        today = date_of(on[place]) or date.min
        told = oracle.judge(date_of(group.birth[place]), history, today)
        found = (
            Status(answer.status[place]).text,
            int(answer.valid_doses[place]),
            int(answer.next_dose[place]),
            date_of(answer.earliest_on[place]),
            date_of(answer.latest_on[place]),
        )
        assert found == (told.status, len(told.valid), told.next_dose, told.earliest, told.latest), (history, today)


def test_a_second_reading_agrees_on_a_crowd() -> None:
    group, on = crowd(6_000, seed=1)
    agrees(group, on, range(len(group)))


@given(people=st.lists(PEOPLE, min_size=1, max_size=3), on=ONS)
@settings(max_examples=150, deadline=None)
def test_a_second_reading_agrees(people: list[Person], on: date) -> None:
    agrees(patients(people), np.full(len(people), day_of(on), np.int32), range(len(people)))


@given(people=st.lists(PEOPLE, max_size=4), on=ONS)
@settings(max_examples=60, deadline=None)
def test_a_batch_is_its_people_one_by_one(people: list[Person], on: date) -> None:
    together = assess(CN, patients(people), on=on)
    codes = []
    for place, person in enumerate(people):
        alone = assess(CN, patients([person]), on=on)
        assert row(together, place) == row(alone, 0)
        codes += alone.dose_reason.tolist()
    assert together.dose_reason.tolist() == codes


@given(person=PEOPLE, on=ONS, data=st.data())
@settings(max_examples=60, deadline=None)
def test_the_order_of_the_list_changes_nothing(person: Person, on: date, data: st.DataObject) -> None:
    order = data.draw(st.permutations(range(len(person.doses))))
    shuffled = Person(person.birth, [person.doses[place] for place in order])
    one, other = assess(CN, patients([person]), on=on), assess(CN, patients([shuffled]), on=on)
    assert row(one, 0) == row(other, 0)
    judged = sorted(zip(map(str, person.doses), one.dose_reason.tolist(), strict=True))
    assert judged == sorted(zip(map(str, shuffled.doses), other.dose_reason.tolist(), strict=True))


@given(person=PEOPLE, on=ONS, later=st.integers(0, 800))
@settings(max_examples=60, deadline=None)
def test_a_later_day_never_undoes_a_dose(person: Person, on: date, later: int) -> None:
    one = assess(CN, patients([person]), on=on)
    other = assess(CN, patients([person]), on=on + timedelta(days=later))
    assert other.valid_doses[0] >= one.valid_doses[0]
    if one.status[0] == Status.COMPLETE:
        assert other.completed_on[0] == one.completed_on[0]
        assert other.status[0] == Status.COMPLETE


def test_each_person_may_have_a_day_of_their_own() -> None:
    group, on = crowd(300, seed=2)
    answer = assess(CN, group, on=on)
    for place in range(0, 300, 7):
        assert row(assess(CN, group, on=date_of(on[place]) or date.min), place) == row(answer, place)


def test_stored_dates_give_the_status_of_every_day_until_something_changes() -> None:
    """From the day of judgement up to the next dose of the person or the next day on which the rules change."""
    group, on = crowd(2_000, seed=3)
    answer = assess(CN, group, on=on)
    changes = np.array([day_of(day) for day in CN.change_dates] + [day_of(date(2030, 1, 1))], np.int32)
    facts = np.where(group.given_on > on[group.owner()], group.given_on, changes[-1])
    until = changes[np.searchsorted(changes, on, side="right")]
    np.minimum.at(until, group.owner(), facts)
    for share in (0.0, 0.1, 0.5, 0.9, 1.0):
        day = (on + (until - 1 - on) * share).astype(np.int32)
        assert state(answer, day) == assess(CN, group, on=day).status.tolist()


@pytest.mark.parametrize("seed", [4, 5])
def test_the_register_s_rows_give_the_status_of_every_day(seed: int) -> None:
    """A stored row with the gate of the day says what the engine says, for people without a birth date too."""
    group, _ = crowd(1_500, seed=seed)
    days = [day_of(day) + shift for day in (*CN.change_dates, date(2021, 6, 20), date(2022, 2, 1)) for shift in (-1, 0)]
    on = np.random.default_rng(seed).choice(np.array(days, np.int32), len(group))
    gates = {day: offered_births(CN, on=date_of(day) or date.min) for day in days}
    rows = timeline(CN, group)
    answer = assess(CN, group, on=on)
    day = on[rows.person]
    holds = np.flatnonzero((rows.since_on <= day) & (day < rows.until_on))
    assert rows.person[holds].tolist() == list(range(len(group)))
    stored = rows.answer
    for place, held in enumerate(holds):
        today, birth = on[place], date_of(group.birth[place])
        offered = birth is not None and any(after < birth <= until for after, until in gates[int(today)])
        if stored.completed_on[held] != NO_DAY:
            status = Status.COMPLETE
        elif stored.valid_doses[held] == 0 and not offered:
            status = Status.NOT_ELIGIBLE
        elif rows.earliest_on[held] > today:
            status = Status.WAITING
        elif stored.latest_on[held] != NO_DAY and stored.latest_on[held] < today:
            status = Status.OVERDUE
        else:
            status = Status.DUE
        assert status == answer.status[place], (place, birth, date_of(today))


def test_nobody_and_nothing() -> None:
    answer = assess(CN, patients([]), on=date(2021, 6, 20))
    assert len(answer.status) == len(answer.dose_status) == 0


def test_a_person_with_forty_doses() -> None:
    doses = [Dose(date(2021, 1, 1) + timedelta(days=9 * place), "BIBP") for place in range(40)]
    answer = assess(CN, patients([Person(date(1980, 1, 1), doses)]), on=date(2022, 6, 20))
    assert answer.valid_doses.tolist() == [1]
    assert answer.earliest_on.tolist() == [day_of(date(2021, 1, 1) + timedelta(days=9 * 39 + 21))]


def test_people_from_rows_in_any_order() -> None:
    group, on = crowd(500, seed=8)
    shuffled = np.random.default_rng(8).permutation(len(group.given_on))
    again, rows = patients_of(
        birth=group.birth,
        person=group.owner()[shuffled],
        given_on=group.given_on[shuffled],
        vaccine=group.vaccine[shuffled],
        supply_ended=group.supply_ended[shuffled],
    )
    one, other = assess(CN, group, on=on), assess(CN, again, on=on)
    assert [row(one, place) for place in range(500)] == [row(other, place) for place in range(500)]
    assert again.given_on.tolist() == group.given_on[shuffled[rows]].tolist()
    doses = np.lexsort((one.dose_reason, group.supply_ended, group.vaccine, group.given_on, group.owner()))
    assert one.dose_reason[doses].tolist() == other.dose_reason.tolist()


def test_doses_of_very_many_products_are_ordered_too() -> None:
    days, vaccine = np.array([5, 5, NO_DAY, 4], np.int32), np.array([20_000, 3, -3, 0], np.int16)
    for products in (vaccine, np.minimum(vaccine, 4)):
        order = dose_order(np.array([1, 1, 1, 0]), days, products, np.zeros(4, np.bool_))
        assert order.tolist() == [3, 2, 1, 0]


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(100, 110))
def test_a_second_reading_agrees_on_many_crowds(seed: int) -> None:
    group, on = crowd(60_000, seed=seed)
    agrees(group, on, range(len(group)))


@pytest.mark.soak
@given(people=st.lists(PEOPLE, min_size=1, max_size=6), on=ONS)
@settings(max_examples=20_000, deadline=None)
def test_a_second_reading_agrees_at_length(people: list[Person], on: date) -> None:
    agrees(patients(people), np.full(len(people), day_of(on), np.int32), range(len(people)))
