"""Reasons: the codes and values behind one person's answer."""

from __future__ import annotations

from datetime import date

import pytest
from histories import CN, Person, crowd, patients, read_doses

from linli.domain.calendar import NO_DAY, date_of
from linli.domain.eligibility import REASONS, Code, Explanation, assess, explain

ADULT = date(1980, 1, 1)
ONLY_OF_WHOLE_SCHEDULES = {
    Code.OTHER_GROUP,
    Code.IMMUNE,
    Code.CONTRAINDICATED,
    Code.NOT_RECOMMENDED,
    Code.SEASON_OVER,
    Code.AGED_OUT,
    Code.WAIT_SEASON,
    Code.GRACE_AGE,
    Code.ALLOWABLE_INTERVAL,
    Code.INADVERTENT,
    Code.LIVE_CONFLICT,
    Code.SUBSTANDARD,
    Code.EARLIEST_CONFLICT,
    Code.EARLIEST_SEASON,
}
"""What a schedule read from CDC's data says and a programme of our own does not: tests of the chart meet these."""


def told(birth: date | None, doses: str, on: date) -> Explanation:
    group = patients([Person(birth, read_doses(doses))])
    return explain(CN, group, assess(CN, group, on=on), person=0)


def plain(explanation: Explanation) -> list[str]:
    """Each reason as "code key=value ..."."""
    return [
        " ".join([reason.code.text, *(f"{key}={value}" for key, value in reason.params.items())])
        for reason in explanation
    ]


@pytest.mark.parametrize(
    ("birth", "doses", "on", "reasons"),
    [
        (
            ADULT,
            "2021-06-01 BIBP; 2021-06-14 WIBP",
            date(2021, 7, 1),
            [
                "wait_interval earliest_on=2021-07-05",
                "valid given_on=2021-06-01 product=BIBP number=1",
                "too_close given_on=2021-06-14 product=WIBP days=13 absolute_minimum=14 days allowed_on=2021-06-15",
                "earliest_interval date=2021-07-05 interval=21 days from_on=2021-06-14",
                "recommended_earliest date=2021-07-05",
                "latest_interval date=2021-07-27 interval=56 days from_on=2021-06-01",
            ],
        ),
        (
            ADULT,
            "2021-06-01 BIBP; 2021-06-21 BIBP",
            date(2021, 7, 1),
            [
                "complete completed_on=2021-06-21 series=inactivated",
                "valid given_on=2021-06-01 product=BIBP number=1",
                "short_interval given_on=2021-06-21 product=BIBP number=2 days=20 minimum=21 days",
            ],
        ),
        (
            ADULT,
            "2021-06-01 BIBP; 2021-07-20 141",
            date(2021, 8, 4),
            [
                "past_latest latest_on=2021-08-03",
                "valid given_on=2021-06-01 product=BIBP number=1",
                "other_antigen given_on=2021-07-20 product=None",
                "earliest_other_vaccine date=2021-08-03 interval=14 days from_on=2021-07-20",
                "recommended_earliest date=2021-08-03",
                "latest_earliest date=2021-08-03",
            ],
        ),
        (
            date(2003, 6, 21),
            "2021-06-01 BIBP",
            date(2021, 6, 20),
            [
                "under_age eligible_on=2021-06-21 age=18 years",
                "too_young given_on=2021-06-01 product=BIBP minimum_age=18 years allowed_on=2021-06-21",
                "earliest_age date=2021-06-21 age=18 years",
                "recommended_earliest date=2021-06-21",
            ],
        ),
        (date(1940, 1, 1), "", date(2021, 3, 1), ["over_age eligible_until=2000-01-01 age=60 years"]),
        (ADULT, "", date(2020, 1, 1), ["not_open"]),
        (
            ADULT,
            "2021-05-25 141; 2021-06-01 BIBP; 2021-06-22 Ad5-nCoV",
            date(2021, 7, 13),
            [
                "repeat_dose number=2",
                "other_antigen given_on=2021-05-25 product=None",
                "near_other_vaccine given_on=2021-06-01 product=BIBP number=1 other_on=2021-05-25 days=7",
                "other_platform given_on=2021-06-22 product=Ad5-nCoV first_product=BIBP",
                "earliest_interval date=2021-07-13 interval=21 days from_on=2021-06-22",
                "recommended_earliest date=2021-07-13",
                "latest_interval date=2021-07-27 interval=56 days from_on=2021-06-01",
            ],
        ),
        (
            ADULT,
            "2021-08-31 ZF2001; 2021-11-20 ZF2001",
            date(2021, 12, 18),
            [
                "next_dose number=3",
                "valid given_on=2021-08-31 product=ZF2001 number=1",
                "late given_on=2021-11-20 product=ZF2001 number=2 latest_on=2021-10-26",
                "earliest_interval date=2021-12-18 interval=28 days from_on=2021-11-20",
                "recommended_earliest date=2021-12-18",
                "latest_interval date=2022-03-01 interval=6 months from_on=2021-08-31",
            ],
        ),
        (
            date(2004, 6, 20),
            "2021-06-01 BIBP",
            date(2021, 8, 12),
            [
                "repeat_dose number=1",
                "too_young given_on=2021-06-01 product=BIBP minimum_age=18 years allowed_on=2022-06-20",
                "earliest_last_dose date=2021-06-01",
                "recommended_earliest date=2021-06-01",
            ],
        ),
    ],
)
def test_the_reasons_of_one_person(birth: date, doses: str, on: date, reasons: list[str]) -> None:
    explanation = told(birth, doses, on)
    assert plain(explanation) == reasons
    assert (explanation.schedule, explanation.version) == ("covid-19-cn-2021", "2021-03-29")


def test_every_code_is_described_and_carries_its_values() -> None:
    assert set(REASONS) == set(Code)
    assert len({code.text for code in Code}) == len(Code)
    group, on = crowd(3_000, seed=6)
    answer = assess(CN, group, on=on)
    met = set()
    for person in range(len(group)):
        explanation = explain(CN, group, answer, person=person)
        for reason in explanation:
            met.add(reason.code)
            carried = set(reason.params)
            if reason.params.get("given_on", date.min) is not None:
                assert carried == set(REASONS[reason.code].params), reason
        dates = {date_of(days[person]) for days in (answer.earliest_on, answer.recommended_on, answer.latest_on)}
        assert {reason.params["date"] for reason in explanation.dates} == dates - {None}
        assert (answer.earliest_on[person] == NO_DAY) == (not explanation.dates)
    # What the Chinese guidance never says: ages at which a dose is late, or too late.
    unmet = {Code.WAIT_AGE, Code.TOO_OLD, Code.NOT_ALLOWED, Code.RECOMMENDED_AGE, Code.RECOMMENDED_INTERVAL}
    assert set(Code) - met == unmet | {Code.LATEST_AGE} | ONLY_OF_WHOLE_SCHEDULES
