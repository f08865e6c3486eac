"""The chart: each rule of the specification as one case of invented diseases, with the table it comes from."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from invented import invented_schedule
from linli.domain.calendar import date_of
from linli.domain.eligibility.chart import (
    Dose,
    GroupForecast,
    Judgement,
    Observed,
    Person,
    SeriesStatus,
    judge_person,
    speaking,
    verdicts,
)
from linli.domain.eligibility.histories import DoseStatus

with (Path(__file__).parent / "chart_cases.csv").open(encoding="utf-8", newline="") as file:
    CASES = list(csv.DictReader(file))
RULES = invented_schedule()


def doses(text: str) -> tuple[Dose, ...]:
    parts = [part.split() for part in text.split(";") if part]
    return tuple(Dose(date.fromisoformat(day), vaccine) for day, vaccine in parts)


def observations(text: str) -> tuple[Observed, ...]:
    parts = [part.split() for part in text.split(";") if part]
    return tuple(Observed(part[0], date.fromisoformat(part[1]) if len(part) > 1 else None) for part in parts)


def judged(case: dict[str, str]) -> Judgement:
    person = Person(
        date.fromisoformat(case["birth"]),
        case["sex"] or "unknown",
        doses(case["doses"]),
        observations(case["observations"]),
    )
    return judge_person(RULES, person, on=date.fromisoformat(case["on"]), groups=[case["group"]])


def told(forecast: GroupForecast) -> str:
    days = [forecast.earliest, forecast.recommended, forecast.past_due, forecast.latest]
    shown = ["-" if day is None else str(date_of(day)) for day in days]
    series = forecast.series[0].series.code.replace(" ", "_")
    return " ".join([series, forecast.status.text, *shown, str(forecast.dose_number)])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_case(case: dict[str, str]) -> None:
    judgement = judged(case)
    forecasts = judgement.groups[case["group"]]
    found = verdicts(forecasts)
    places = range(len(judgement.chart.person.doses))
    codes = [
        judgement.left_out[place].text
        if place in judgement.left_out
        else found[place].finding.code.text
        if place in found
        else "-"
        for place in places
    ]
    assert "; ".join(map(told, forecasts)) == case["forecasts"], case["rule"]
    assert " ".join(codes) == case["judged"], case["rule"]


def test_the_table_is_as_large_as_promised() -> None:
    assert len(CASES) >= 70
    assert all(case["rule"].endswith(".") for case in CASES)


def test_a_bad_dose_is_substandard_and_the_next_one_counts() -> None:
    given = (
        Dose(date(2020, 3, 15), "901", usable=False),
        Dose(date(2020, 3, 16), "901", expires_on=date(2020, 3, 15)),
        Dose(date(2020, 3, 17), "901", expires_on=date(2020, 3, 17)),
    )
    person = Person(date(2020, 1, 15), doses=given)
    forecast = speaking(judge_person(RULES, person, on=date(2020, 4, 1), groups=["Redpox"]).groups["Redpox"])
    assert forecast is not None
    statuses = [judged.status for judged in forecast.series[0].state.evaluations]
    assert statuses == [DoseStatus.SUBSTANDARD, DoseStatus.SUBSTANDARD, DoseStatus.VALID]


def test_maker_and_trade_name_narrow_a_vaccine_only_where_they_are_written_down() -> None:
    first = RULES.series_of_antigen["Redpox"][0]
    narrowed = replace(first.doses[0], preferable=(replace(first.doses[0].preferable[0], maker="ABC", trade_name="X"),))
    rules = replace(RULES, series=(replace(first, doses=(narrowed, *first.doses[1:])),))
    found = []
    for maker, trade_name in (("", ""), ("ABC", ""), ("XYZ", ""), ("", "x"), ("ABC", "y")):
        dose = Dose(date(2020, 3, 15), "901", maker, trade_name)
        answer = judge_person(rules, Person(date(2020, 1, 15), doses=(dose,)), on=date(2020, 4, 1), groups=["Redpox"])
        found.append(verdicts(answer.groups["Redpox"])[0].status is DoseStatus.VALID)
    assert found == [True, True, False, True, False]


def test_all_groups_at_once_are_the_groups_one_by_one() -> None:
    person = Person(date(2016, 5, 5), "female", doses("2017-08-01 901;2017-08-01 911;2018-01-01 921;2019-10-01 931"))
    everything = judge_person(RULES, person, on=date(2025, 11, 1)).groups
    assert list(everything) == [group.name for group in RULES.groups]
    for name, forecasts in everything.items():
        alone = judge_person(RULES, person, on=date(2025, 11, 1), groups=[name]).groups
        assert [told(one) for one in alone[name]] == [told(one) for one in forecasts]


def test_forty_doses_two_a_day_are_judged_and_the_order_of_the_list_does_not_matter() -> None:
    days = [date(2020, 3, 1 + place // 2) for place in range(40)]
    forward = tuple(Dose(day, ("901", "902", "911", "999")[place % 4]) for place, day in enumerate(days))
    on = date(2020, 6, 1)
    answers = [
        [told(one) for forecasts in judge_person(RULES, Person(date(2020, 1, 15), doses=given), on=on).groups.values()
         for one in forecasts]
        for given in (forward, forward[::-1])
    ]  # fmt: skip
    assert answers[0] == answers[1]
    left = judge_person(RULES, Person(date(2020, 1, 15), doses=forward), on=on).left_out
    assert len(left) == 10


def test_a_forecast_speaks_unless_it_is_aged_out_and_another_is_not() -> None:
    person = Person(date(1970, 1, 15), "female")
    forecasts = judge_person(RULES, person, on=date(2025, 10, 1), groups=["Bluepox"]).groups["Bluepox"]
    assert speaking(forecasts) is forecasts[0]
    assert speaking([]) is None
    gone = [replace(one, status=SeriesStatus.AGED_OUT) for one in forecasts]
    assert speaking([gone[0], forecasts[1]]) is forecasts[1]
    assert speaking(gone) is gone[0]


def test_a_series_without_any_date_to_begin_on_is_aged_out() -> None:
    first = RULES.series_of_antigen["Redpox"][0]
    timeless = replace(first, doses=(replace(first.doses[0], ages=()), *first.doses[1:]))
    rules = replace(RULES, series=(timeless,))
    forecast = judge_person(rules, Person(date(2020, 1, 15)), on=date(2020, 4, 1), groups=["Redpox"]).groups["Redpox"]
    assert [told(one) for one in forecast] == ["Redpox_3_doses aged_out - - - - 0"]


def test_an_observation_by_the_code_of_another_system() -> None:
    person = Person(date(1980, 1, 15), observations=(Observed("S301"), Observed("S999")))
    judgement = judge_person(RULES, person, on=date(2024, 1, 1), groups=["Redpox"])
    assert judgement.groups["Redpox"][0].status is SeriesStatus.IMMUNE
    assert set(judgement.chart.observed) == {"301", "S999"}


def test_of_an_observation_made_twice_the_latest_day_counts() -> None:
    days = (date(2023, 5, 1), None, date(2023, 7, 1), date(2023, 6, 1))
    person = Person(date(1980, 1, 15), observations=tuple(Observed("102", day) for day in days))
    forecast = judge_person(RULES, person, on=date(2023, 8, 1), groups=["Redpox"]).groups["Redpox"][0]
    assert date_of(forecast.earliest or 0) == date(2023, 9, 1)
