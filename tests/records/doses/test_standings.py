"""The ladder in SQL against the engine, person by person, over two years of days; and the figures counted from it."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta

import numpy as np
import pytest
from django.db import transaction

from linli.domain.calendar import NO_DAY, day_of
from linli.domain.eligibility import Schedule, timeline
from linli.domain.eligibility import Status as EngineStatus
from linli.domain.eligibility.gates import gate
from linli.records.doses.actions import forecast
from linli.records.doses.models import Dose, Forecast, Status, StatusEnd
from linli.records.doses.queries import LAST_DAYS, STATES, Judged, groups, judge, standings
from linli.records.journal.actions import Who
from linli.records.people.models import Person
from linli.records.programme.models import Programme
from linli.words.reasons import GROUPS

Crowd = Callable[[int, int], list[int]]
BY = Who("", "test")
PEOPLE = 600
FIRST_DAY, LAST_DAY = date(2020, 7, 1), date(2022, 2, 1)


def days_to_try(rules: Schedule, seed: int) -> list[date]:
    """Every day on which a gate opens or closes, the day before and after, and thirty others."""
    chance = random.Random(seed)
    gates = [day + timedelta(step) for day in rules.change_dates for step in (-1, 0, 1)]
    others = [FIRST_DAY + timedelta(chance.randrange(0, (LAST_DAY - FIRST_DAY).days)) for _ in range(30)]
    return sorted({*gates, *others, date(1990, 1, 1), date(2030, 6, 1)})


def expected_states(judged: Judged, on: date) -> dict[int, tuple[str, str]]:
    """(state, the engine's) of each person by the contract's ladder, from the rows themselves."""
    covered = set(Person.objects.filter(is_covered=True).values_list("id", flat=True))
    dosed = Dose.objects.filter(vaccine__programme__isnull=False, given_on__lte=on, is_struck=False)
    told = covered | set(dosed.values_list("person_id", flat=True))
    holding = holding_on(on)
    found = {}
    for person, code in zip(judged.people, judged.answer.status.tolist(), strict=True):
        engine = EngineStatus(code).text
        rungs = [
            ("moved", "moved" in holding[person]),
            ("complete", engine == "complete"),
            *((kind, kind in holding[person]) for kind in ("refused", "contraindicated", "deferred")),
            ("unknown", person not in told),
            (engine, True),
        ]
        found[person] = (next(name for name, holds in rungs if holds), engine)
    return found


def holding_on(on: date) -> dict[int, set[str]]:
    """The kinds of status that hold of each person on a day."""
    ends = {end.status_id: end for end in StatusEnd.objects.all()}
    found: dict[int, set[str]] = defaultdict(set)
    for status in Status.objects.filter(on__lte=on):
        end = ends.get(status.pk)
        if end is not None and (end.why == "mistake" or end.on <= on):
            continue
        if status.until_on is None or on < status.until_on:
            found[status.person_id].add(status.kind)
    return found


def proven(programme: Programme, people: list[int], on: date) -> Judged:
    """The engine's answer if the doses that somebody only told of had not been written down."""
    with transaction.atomic():
        Dose.objects.filter(evidence="told").update(is_struck=True)
        judged = judge(programme=programme, people=people, on=on)
        transaction.set_rollback(True)
    return judged


@pytest.mark.parametrize("seed", [1, 2])
def test_every_person_stands_as_the_engine_says_on_every_day(
    crowd: Crowd, programme: Programme, rules: Schedule, seed: int
) -> None:
    people = crowd(PEOPLE, seed)
    seen = set()
    for on in days_to_try(rules, seed):
        expected = expected_states(judge(programme=programme, people=people, on=on), on)
        rows = standings(programme=programme, on=on).values_list("person_id", "state", "engine_state")
        assert {person: (state, engine) for person, state, engine in rows} == expected, on
        seen |= {state for pair in expected.values() for state in pair}
    assert seen == set(STATES)


@pytest.mark.parametrize("seed", [3])
def test_every_group_holds_the_people_whom_the_engine_puts_there(
    crowd: Crowd, programme: Programme, rules: Schedule, seed: int
) -> None:
    people = crowd(PEOPLE, seed)
    met = set()
    for on in days_to_try(rules, seed):
        judged = judge(programme=programme, people=people, on=on)
        expected = expected_groups(judged, rules, on, proven(programme, people, on))
        conditions = groups(programme=programme, on=on)
        assert expected.keys() == conditions.keys() == GROUPS.keys()
        for name, condition in conditions.items():
            rows = standings(programme=programme, on=on).filter(condition).values_list("person_id", flat=True)
            found = list(rows)
            assert len(found) == len(set(found)), name
            assert set(found) == expected[name], (name, on)
            met |= {name} if found else set()
    assert met == set(GROUPS)


def expected_groups(judged: Judged, rules: Schedule, on: date, sure: Judged) -> dict[str, set[int]]:
    """Each group from the engine's arrays alone."""
    answer, day = judged.answer, day_of(on)
    states = expected_states(judged, on)
    state = np.array([states[person][0] for person in judged.people])
    engine = np.array([states[person][1] for person in judged.people])
    birth, today = judged.patients.birth, np.full(len(judged.people), day, np.int32)
    inside = gate(rules, birth, today).inside(today)
    was_inside = gate(rules, birth, today - 1).inside(today - 1)
    begun, full = answer.valid_doses >= 1, answer.completed_on != NO_DAY
    past_second = (answer.second_latest_on != NO_DAY) & (answer.second_latest_on < day)
    timely = past_second & (answer.second_on != NO_DAY) & (answer.second_on <= answer.second_latest_on)
    past_finish = (answer.finish_by_on != NO_DAY) & (answer.finish_by_on < day)
    enters = np.where(begun, answer.earliest_on == day, (answer.wait_until == day) | (inside & ~was_inside))
    last = (answer.latest_on >= day) & (answer.latest_on < day + LAST_DAYS)
    first_proven, full_proven = sure.answer.valid_doses >= 1, sure.answer.completed_on != NO_DAY
    here = {
        "people": np.ones(len(state), bool),
        "offered": inside,
        "first": begun,
        "no_first": ~begun,
        "full": full,
        "first_offered": begun & inside,
        "full_offered": full & inside,
        "first_proven": first_proven,
        "full_proven": full_proven,
        "told_only": (begun & ~first_proven) | (full & ~full_proven),
        "first_this_day": answer.first_on == day,
        "first_day_before": answer.first_on == day - 1,
        "second_this_day": answer.second_on == day,
        "second_day_before": answer.second_on == day - 1,
        "second_past": past_second,
        "second_timely": timely,
        "second_late": past_second & ~timely,
        "finish_past": past_finish,
        "dropped": past_finish & ~full,
    }
    masks = {name: mask & (state != "moved") for name, mask in here.items()} | {
        **{name: state == name for name in STATES},
        "open": np.isin(state, ("due", "overdue")) | ((state == "unknown") & (engine == "due")),
        "entering": (state == "due") & enters,
        "last_days": (state == "due") & last,
    }
    return {name: {judged.people[k] for k in np.flatnonzero(mask)} for name, mask in masks.items()}


def stored(programme: Programme) -> list[tuple[object, ...]]:
    columns = [field.attname for field in Forecast._meta.concrete_fields if field.name != "id"]
    rows = Forecast.objects.filter(programme=programme).order_by("person_id", "since_on")
    return list(rows.values_list(*columns))


def test_a_forecast_of_one_is_the_forecast_of_all(crowd: Crowd, programme: Programme) -> None:
    people = crowd(120, 4)
    together = stored(programme)
    for person in people:
        forecast(by=BY, programme=programme, people=[person])
    assert stored(programme) == together


def test_drawing_all_anew_changes_nothing(crowd: Crowd, programme: Programme) -> None:
    crowd(300, 5)
    before = stored(programme)
    forecast(by=BY, programme=programme)
    assert stored(programme) == before


def test_the_rows_of_a_person_cover_every_day_once(crowd: Crowd, programme: Programme) -> None:
    crowd(300, 6)
    rows = Forecast.objects.filter(programme=programme).order_by("person_id", "since_on")
    ends: dict[int, date] = {}
    for person, since, until in rows.values_list("person_id", "since_on", "until_on"):
        assert since == ends.get(person, date(1900, 1, 1))
        ends[person] = until
    assert set(ends.values()) == {date(9999, 12, 31)}
    assert len(ends) == 300


def test_stored_rows_are_the_engines_timeline(crowd: Crowd, programme: Programme, rules: Schedule) -> None:
    people = crowd(300, 7)
    judged = judge(programme=programme, people=people, on=LAST_DAY)
    line = timeline(rules, judged.patients)
    expected = [
        (judged.people[person], int(valid), int(number) or None)
        for person, valid, number in zip(line.person, line.answer.valid_doses, line.answer.next_dose, strict=True)
    ]
    # A status cuts a row in two; the engine's part of it stays the same.
    StatusEnd.objects.all().delete()
    Status.objects.all().delete()
    forecast(by=BY, programme=Programme.objects.get())
    rows = Forecast.objects.order_by("person_id", "since_on")
    assert list(rows.values_list("person_id", "valid_doses", "next_dose")) == expected
