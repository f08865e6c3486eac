"""A city at once and one person at a time say the same, on histories made by chance around every boundary."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest
from group_histories import CDC_GROUPS, ON, crowd

from invented import invented_schedule
from linli.domain import compiled
from linli.domain.calendar import NO_DAY, day_of
from linli.domain.eligibility import Code, Patients, Schedule, Status
from linli.domain.eligibility import crowd as crowd_module
from linli.domain.eligibility.chart import Observed, SeriesStatus, judge_person, speaking, standing, verdicts
from linli.domain.eligibility.crowd import GroupAnswer, judge_crowd, people
from linli.domain.eligibility.crowd.residue import person_of
from linli.domain.eligibility.crowd.standing import standing as stand_of_all
from shared import cdc_schedule, needs_cdsi


def of_crowd(answer: GroupAnswer, patients: Patients, person: int) -> tuple[object, ...]:
    columns = (answer.status, answer.earliest, answer.recommended, answer.past_due, answer.latest, answer.next_dose,
               answer.valid_doses, answer.why)  # fmt: skip
    doses = answer.dose_status[patients.offsets[person] : patients.offsets[person + 1]]
    return (*(int(column[person]) for column in columns), doses.tolist())


def of_chart(
    schedule: Schedule, patients: Patients, person: int, group: str, observed: tuple[Observed, ...] = ()
) -> tuple[object, ...]:
    one = person_of(schedule, patients, person, observed)
    doses = range(int(patients.offsets[person + 1] - patients.offsets[person]))
    forecasts = [] if one is None else judge_person(schedule, one, on=ON, groups=[group]).groups[group]
    spoken, found = speaking(forecasts), verdicts(forecasts)
    statuses = [int(found[place].status) if place in found else -1 for place in doses]
    if spoken is None:
        return (-1, *[NO_DAY] * 4, 0, 0, 0, statuses)
    if spoken.status is not SeriesStatus.NOT_COMPLETE:
        return (int(spoken.status), *[NO_DAY] * 4, 0, spoken.valid_doses, 0, statuses)
    days = (spoken.earliest, spoken.recommended, spoken.past_due, spoken.latest)
    shown = (NO_DAY if day is None else day for day in days)
    return (int(spoken.status), *shown, spoken.dose_number, spoken.valid_doses, int(spoken.why or 0), statuses)


def agree(schedule: Schedule, group: str, count: int, seed: int) -> GroupAnswer:
    patients = crowd(schedule, group, count, seed)
    answer = judge_crowd(schedule, patients, on=ON, groups=[group])[group]
    for person in range(count):
        assert of_crowd(answer, patients, person) == of_chart(schedule, patients, person, group), person
    return answer


@pytest.mark.parametrize("group", [group.name for group in invented_schedule().groups])
def test_invented_diseases(group: str) -> None:
    answer = agree(invented_schedule(), group, 600, seed=3)
    assert len(set(answer.status.tolist())) >= 2
    assert answer.by_chart.mean() < 0.03


@needs_cdsi
@pytest.mark.parametrize("group", CDC_GROUPS)
def test_cdc_schedule(group: str) -> None:
    agree(cdc_schedule(), group, 150, seed=5)


@needs_cdsi
@pytest.mark.soak
@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("group", CDC_GROUPS)
def test_cdc_schedule_at_length(group: str, seed: int) -> None:
    agree(cdc_schedule(), group, 4_000, seed)


def test_people_with_observations_are_judged_by_the_chart_where_the_rules_speak_of_them() -> None:
    rules = invented_schedule()
    patients = crowd(rules, "Redpox", 200, seed=8)
    observed = {person: (Observed(code),) for person, code in enumerate(("101", "201", "301", "302", "999"))}
    answers = judge_crowd(rules, patients, on=ON, groups=["Redpox", "Twins"], observed=observed)
    for person in range(200):
        expected = of_chart(rules, patients, person, "Redpox", observed.get(person, ()))
        assert of_crowd(answers["Redpox"], patients, person) == expected
    strange = np.flatnonzero(patients.birth == NO_DAY).tolist()
    assert np.flatnonzero(answers["Redpox"].by_chart).tolist() == sorted({0, 1, 2, 3, *strange})
    assert np.flatnonzero(answers["Twins"].by_chart).tolist() == strange


def test_what_compiled_code_cannot_hold_goes_to_the_chart() -> None:
    rules = invented_schedule()
    births = [date(1890, 1, 1), date(2026, 1, 1), date(2020, 1, 15), None]
    counts = [0, 0, 70, 0]
    patients = Patients(
        birth=np.array([day_of(birth) for birth in births], np.int32),
        sex=np.zeros(4, np.int8),
        offsets=np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
        given_on=np.arange(70, dtype=np.int32) + day_of(date(2020, 3, 1)),
        vaccine=np.zeros(70, np.int16),
        supply_ended=np.zeros(70, np.bool_),
    )
    answer = judge_crowd(rules, patients, on=ON, groups=["Redpox"])["Redpox"]
    assert answer.by_chart.tolist() == [True] * 4
    assert answer.status.tolist() == [SeriesStatus.IMMUNE, -1, *answer.status[2:3].tolist(), -1]
    assert of_crowd(answer, patients, 2) == of_chart(rules, patients, 2, "Redpox")


def test_people_without_a_dose_are_judged_once_for_all_of_a_kind() -> None:
    rules = invented_schedule()
    birth = np.repeat(np.arange(day_of(date(1960, 1, 1)), day_of(date(1960, 1, 4)), dtype=np.int32), 50)
    nothing = np.zeros(0, np.int32)
    patients = Patients(birth, np.tile(np.array([0, 1, 2], np.int8), 50), np.zeros(151, np.int64), nothing,
                        nothing.astype(np.int16), nothing.astype(np.bool_))  # fmt: skip
    answer = judge_crowd(rules, patients, on=ON, groups=["Bluepox"])["Bluepox"]
    for person in range(150):
        assert of_crowd(answer, patients, person) == of_chart(rules, patients, person, "Bluepox")


def test_the_calendar_of_compiled_code_is_the_calendar() -> None:
    from linli.domain.calendar import Period, reach
    from linli.domain.eligibility.crowd.months import after

    chance = np.random.default_rng(1)
    for _ in range(3_000):
        day = int(chance.integers(day_of(date(1895, 1, 1)), day_of(date(2040, 12, 31))))
        months, days = int(chance.integers(-12, 1200)), int(chance.integers(-40, 400))
        assert after(day, months, days) == reach(day, Period(months, days))


@pytest.mark.parametrize("group", ["Redpox", "Live two", "Twins", "Winterpox", "Bluepox"])
def test_both_say_how_people_stand(group: str) -> None:
    rules = invented_schedule()
    patients = crowd(rules, group, 300, seed=9)
    answer = judge_crowd(rules, patients, on=ON, groups=[group])[group]
    status, reason = stand_of_all(answer, patients, on=ON)
    for person in range(300):
        one = person_of(rules, patients, person)
        forecasts = [] if one is None else judge_person(rules, one, on=ON, groups=[group]).groups[group]
        expected = standing(speaking(forecasts), verdicts(forecasts), day_of(ON))
        assert (Status(status[person]), Code(reason[person])) == expected, person


def test_few_people_are_judged_by_the_chart_alone() -> None:
    rules = invented_schedule()
    patients = crowd(rules, "Bluepox", 40, seed=2)
    observed = {3: (Observed("101"),)}
    many = judge_crowd(rules, patients, on=ON, observed=observed)
    alone = judge_crowd(rules, patients, on=ON, observed=observed, few=40)
    assert alone.keys() == many.keys()
    for group, answer in alone.items():
        assert answer.by_chart.all()
        assert [of_crowd(answer, patients, person) for person in range(40)] == [
            of_crowd(many[group], patients, person) for person in range(40)
        ]


def test_code_is_compiled_when_its_outermost_function_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "_kept_in", lambda _: str(tmp_path))
    assert not crowd_module.is_compiled()
    (tmp_path / "crowd").mkdir()
    (tmp_path / "crowd" / "months.after-43.py311.1.nbc").touch()
    assert not crowd_module.is_compiled()
    (tmp_path / "crowd" / "people._judge_all-97.py311.1.nbc").touch()
    assert crowd_module.is_compiled()
    assert hasattr(people, "_judge_all")
