"""A vaccine group as a programme: what is stored holds on every day, and says what the chart says."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from group_histories import CDC_GROUPS, ON, crowd

from invented import invented_schedule
from linli.domain.calendar import NO_DAY, date_of, day_of, reach
from linli.domain.eligibility import (
    Code,
    Patients,
    Schedule,
    Status,
    Timeline,
    assess,
    explain,
    group_products,
    products_for,
    timeline,
)
from linli.domain.eligibility.chart import SeriesStatus, judge_person, speaking, standing, verdicts
from linli.domain.eligibility.crowd.residue import person_of
from linli.domain.eligibility.dated import Names
from linli.domain.eligibility.groups import Changes, changes, schedule_of_group
from linli.domain.eligibility.histories import DoseStatus
from linli.domain.eligibility.paths import Kind
from linli.domain.eligibility.timeline import NEVER
from shared import cdc_schedule, needs_cdsi


def of_group(schedule: Schedule, group: str) -> Schedule:
    return schedule_of_group(schedule, group, code=f"cdc-{group.lower()}", names=Names(zh=group, en=group))


def chart_says(rules: Schedule, patients: Patients, person: int, day: int) -> tuple[object, ...]:
    """Barred, complete, dates: the chart asked afresh about one person on a day."""
    one, on = person_of(rules, patients, person), date_of(day)
    assert on is not None
    if one is None:
        return (True, False, NO_DAY, NO_DAY, NO_DAY)
    forecasts = judge_person(rules, one, on=max(on, one.birth)).groups[rules.group]
    spoken = speaking(forecasts)
    status, _ = standing(spoken, verdicts(forecasts), day_of(max(on, one.birth)))
    open_ = spoken is not None and spoken.status is SeriesStatus.NOT_COMPLETE
    days = (spoken.earliest, spoken.recommended, spoken.past_due) if spoken and open_ else (None,) * 3
    shown = (NO_DAY if day is None else day for day in days)
    return (status is Status.NOT_ELIGIBLE, status is Status.COMPLETE, *shown)


def row_on(line: Timeline, person: int, day: int) -> int:
    rows = np.flatnonzero((line.person == person) & (line.since_on <= day) & (day < line.until_on))
    assert len(rows) == 1
    return int(rows[0])


def row_says(line: Timeline, row: int) -> tuple[object, ...]:
    answer = line.answer
    days = (answer.earliest_on[row], answer.recommended_on[row], answer.latest_on[row])
    return (bool(line.barred[row]), bool(answer.next_dose[row] == 0), *map(int, days))


def without_doses(patients: Patients, person: int) -> Patients:
    some, _ = patients.take(np.array([person]))
    none = slice(0, 0)
    return Patients(some.birth, some.sex, np.zeros(2, np.int64), some.given_on[none], some.vaccine[none],
                    some.supply_ended[none])  # fmt: skip


def days_around(patients: Patients, line: Timeline, person: int, chance: np.random.Generator) -> list[int]:
    """Both sides of every stored edge, and days anywhere in a life."""
    edges = line.since_on[line.person == person].tolist()
    birth = int(patients.birth[person])
    start = day_of(date(1950, 1, 1)) if birth == NO_DAY else birth
    anywhere = chance.integers(start - 400, start + 36_000, 12).tolist()
    return [int(day) for edge in edges[1:] for day in (edge - 1, edge, edge + 1)] + anywhere


def hold(rules: Schedule, count: int, seed: int) -> Timeline:
    patients = crowd(rules, rules.group, count, seed)
    line, chance = timeline(rules, patients), np.random.default_rng(seed)
    assert (line.since_on < line.until_on).all()
    for person in range(count):
        for day in days_around(patients, line, person, chance):
            row = row_on(line, person, day)
            assert row_says(line, row) == chart_says(rules, patients, person, day), (person, date_of(day))
            barred, complete, earliest, *_ = chart_says(rules, without_doses(patients, person), 0, day)
            offered = line.offered_from[row] != NO_DAY and line.offered_from[row] <= day
            assert offered == (not barred and not complete and earliest != NO_DAY and earliest <= day), date_of(day)
    return line


@pytest.mark.parametrize("group", [group.name for group in invented_schedule().groups])
def test_rows_hold_between_their_days(group: str) -> None:
    line = hold(of_group(invented_schedule(), group), 40, seed=4)
    assert (np.bincount(line.person) > 1).any()


@needs_cdsi
@pytest.mark.parametrize("group", CDC_GROUPS)
def test_rows_of_published_groups_hold(group: str) -> None:
    hold(of_group(cdc_schedule(), group), 8, seed=6)


@needs_cdsi
@pytest.mark.soak
@pytest.mark.parametrize("group", CDC_GROUPS)
def test_rows_of_published_groups_hold_at_length(group: str) -> None:
    hold(of_group(cdc_schedule(), group), 60, seed=7)


def test_an_offer_keeps_its_first_day() -> None:
    rules = of_group(invented_schedule(), "Redpox")
    line = timeline(rules, crowd(rules, "Redpox", 300, seed=1))
    same = (line.person[1:] == line.person[:-1]) & (line.since_on[1:] == line.until_on[:-1])
    both = same & (line.offered_from[1:] != NO_DAY) & (line.offered_from[:-1] != NO_DAY)
    assert both.any()
    assert (line.offered_from[1:][both] <= line.since_on[1:][both]).any()
    assert line.until_on[line.until_on == NEVER].size == 300


@pytest.mark.parametrize("group", [group.name for group in invented_schedule().groups])
def test_one_day_is_assessed_as_the_chart_judges_it(group: str) -> None:
    rules = of_group(invented_schedule(), group)
    patients = crowd(rules, group, 200, seed=5)
    answer = assess(rules, patients, on=ON)
    for person in range(200):
        told = explain(rules, patients, answer, person=person)
        assert told.status.code == answer.reason[person], person
        places = range(int(patients.offsets[person]), int(patients.offsets[person + 1]))
        assert len(told.doses) == len(places)
        counted = sum(reason.code < Code.BEFORE_BIRTH and reason.code >= Code.VALID for reason in told.doses)
        assert counted == sum(answer.dose_status[place] == DoseStatus.VALID for place in places)
        numbers = sorted(int(answer.dose_number[place]) for place in places if answer.dose_number[place])
        assert numbers == list(range(1, len(numbers) + 1))


def test_a_group_keeps_its_own_vaccines_apart() -> None:
    whole = invented_schedule()
    rules = of_group(whole, "Redpox")
    own = {vaccine.code for vaccine in rules.own_vaccines}
    against = {row.vaccine for row in whole.associations if row.antigen in rules.groups[0].antigens}
    assert own == against & set(whole.vaccine_codes)
    assert len(rules.vaccines) == len(whole.vaccines) > len(own)
    assert {series.antigen for series in rules.series} == set(rules.groups[0].antigens)
    with pytest.raises(KeyError):
        of_group(whole, "Nosuchpox")


def test_days_of_change_are_few() -> None:
    for group in invented_schedule().groups:
        found = changes(of_group(invented_schedule(), group.name))
        assert len(found.ages) + len(found.intervals) + len(found.days) < 40


def test_without_those_days_rows_would_not_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("linli.domain.eligibility.groups.stretching._changes", lambda _: Changes((), (), ()))
    wrong = []
    for group in invented_schedule().groups:
        try:
            hold(of_group(invented_schedule(), group.name), 40, seed=4)
        except AssertionError:
            wrong.append(group.name)
    assert wrong


def test_products_are_those_preferable_at_an_age() -> None:
    rules = of_group(invented_schedule(), "Redpox")
    anybody = set(group_products(rules, on=ON))
    assert anybody
    assert anybody <= {vaccine.code for vaccine in rules.own_vaccines}
    uses = [
        use
        for series in rules.series
        if series.kind is Kind.STANDARD
        for dose in series.doses
        for use in dose.preferable
    ]
    for birth in (date(2025, 11, 1), date(2024, 1, 1), date(2015, 1, 1), date(1970, 1, 1)):
        offer = products_for(rules, series=None, started_with=None, on=ON, birth=birth)
        fitting = {
            use.vaccine
            for use in uses
            if (use.begin_age is None or reach(day_of(birth), use.begin_age) <= day_of(ON))
            and (use.end_age is None or day_of(ON) < reach(day_of(birth), use.end_age))
        }
        assert set(offer.preferable) == fitting
        assert not offer.allowable
