"""Rules of CDSi that the Chinese guidance does not use, on an invented schedule of one vaccine for small children."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from linli.domain.calendar import as_days, date_of
from linli.domain.eligibility import (
    Code,
    Patients,
    Schedule,
    ScheduleError,
    Status,
    assess,
    explain,
    match_products,
    read_toml,
)

INVENTED = """
code = "invented"
version = "1"
names = { zh = "虚构", en = "Invented" }
in_force_from = 2020-01-01
platform_binds = false
source = "invented for this test"
mark = "der"

[[platforms]]
code = "toy"
names = { zh = "玩具", en = "Toy" }

[[vaccines]]
code = "Toy"
names = { zh = "玩具苗", en = "Toy" }
maker = { zh = "某厂", en = "Somebody" }
platform = "toy"
cvx = ["901"]
aliases = []
source = "invented"
mark = "der"

[[vaccines]]
code = "BigToy"
names = { zh = "大玩具苗", en = "Big toy" }
maker = { zh = "某厂", en = "Somebody" }
platform = "toy"
cvx = ["902"]
aliases = []
source = "invented"
mark = "der"

[[series]]
code = "toys"
platform = "toy"
names = { zh = "三剂", en = "Three doses" }

[[series.doses]]
number = 1
preferable = [{ vaccine = "Toy" }, { vaccine = "BigToy", begin_age = "1 year", end_age = "3 years" }]
ages = [{ absolute_minimum = "6 weeks", minimum = "2 months", maximum = "5 years", source = "invented", mark = "der" }]

[[series.doses]]
number = 2
preferable = ["Toy"]
ages = [{ minimum = "4 months", maximum = "5 years", source = "invented", mark = "der" }]

[[series.doses.intervals]]
from = "previous dose"
absolute_minimum = "4 weeks - 4 days"
minimum = "4 weeks"
earliest_recommended = "8 weeks"
latest_recommended = "12 weeks + 1 day"
source = "invented"
mark = "der"

[[series.doses]]
number = 3
preferable = ["Toy"]

[[series.doses.ages]]
minimum = "1 year"
earliest_recommended = "15 months"
latest_recommended = "19 months + 1 day"
source = "invented"
mark = "der"

SKIPS
"""

SKIP = """
[[series.doses.skips]]
context = "CONTEXT"

[[series.doses.skips.sets]]
source = "invented"
mark = "der"
conditions = [CONDITIONS]
"""


def schedule(context: str = "both", *conditions: str) -> Schedule:
    """The invented schedule; with conditions, its third dose is skipped when all are met."""
    skip = SKIP.replace("CONTEXT", context).replace("CONDITIONS", ", ".join(conditions)) if conditions else ""
    return read_toml(INVENTED.replace("SKIPS", skip).encode())


def judged(rules: Schedule, birth: date, doses: list[tuple[date, str]], on: date) -> tuple[object, ...]:
    group = Patients(
        birth=as_days([birth]),
        sex=np.zeros(1, np.int8),
        offsets=np.array([0, len(doses)]),
        given_on=as_days([day for day, _ in doses]),
        vaccine=match_products(rules, [product for _, product in doses]),
        supply_ended=np.zeros(len(doses), np.bool_),
    )
    answer = assess(rules, group, on=on)
    dates = [str(date_of(days[0]) or "") for days in (answer.earliest_on, answer.recommended_on, answer.latest_on)]
    told = explain(rules, group, answer, person=0)
    assert {str(reason.params["date"]) for reason in told.dates} == set(dates) - {""}
    codes = [Code(code).text for code in answer.dose_reason]
    return Status(answer.status[0]).text, Code(answer.reason[0]).text, int(answer.next_dose[0]), dates, codes


BIRTH = date(2020, 1, 1)
FIRST = (date(2020, 3, 1), "Toy")
SECOND = (date(2020, 5, 1), "Toy")
NONE = ["", "", ""]


@pytest.mark.parametrize(
    ("doses", "on", "expected"),
    [
        ([], date(2020, 2, 29), ("not_eligible", "under_age", 1, ["2020-03-01", "2020-03-01", ""], [])),
        ([], date(2020, 3, 1), ("due", "first_dose", 1, ["2020-03-01", "2020-03-01", ""], [])),
        ([], date(2025, 1, 1), ("not_eligible", "over_age", 1, NONE, [])),
        ([FIRST], date(2020, 4, 30), ("waiting", "wait_age", 2, ["2020-05-01", "2020-05-01", "2020-05-24"], ["valid"])),
        (
            [(date(2020, 4, 20), "Toy")],
            date(2020, 5, 18),
            ("due", "next_dose", 2, ["2020-05-18", "2020-06-15", "2020-07-13"], ["valid"]),
        ),
        ([(date(2020, 2, 11), "Toy")], date(2020, 2, 12), ("not_eligible", "under_age", 1, None, ["too_young"])),
        ([(date(2020, 2, 12), "Toy")], date(2020, 2, 13), ("waiting", "wait_age", 2, None, ["valid"])),
        ([(date(2025, 1, 1), "Toy")], date(2025, 1, 1), ("not_eligible", "over_age", 1, NONE, ["too_old"])),
        ([(date(2020, 12, 31), "BigToy")], date(2021, 1, 1), ("due", "repeat_dose", 1, None, ["not_allowed"])),
        ([(date(2021, 1, 1), "BigToy")], date(2021, 1, 1), ("waiting", "wait_interval", 2, None, ["valid"])),
        ([(date(2023, 1, 1), "BigToy")], date(2023, 1, 2), ("due", "repeat_dose", 1, None, ["not_allowed"])),
        (
            [FIRST, (date(2020, 5, 1), "BigToy")],
            date(2020, 6, 1),
            ("due", "repeat_dose", 2, None, ["valid", "not_allowed"]),
        ),
        (
            [FIRST, SECOND],
            date(2020, 12, 1),
            ("waiting", "wait_age", 3, ["2021-01-01", "2021-04-01", "2021-08-01"], ["valid", "valid"]),
        ),
        (
            [FIRST, SECOND],
            date(2021, 8, 2),
            ("overdue", "past_latest", 3, ["2021-01-01", "2021-04-01", "2021-08-01"], ["valid", "valid"]),
        ),
    ],
)
def test_ages_intervals_and_products(
    doses: list[tuple[date, str]], on: date, expected: tuple[str, str, int, list[str] | None, list[str]]
) -> None:
    found = judged(schedule(), BIRTH, doses, on)
    assert found == tuple(seen if told is None else told for told, seen in zip(expected, found, strict=True))


AGED = '{ kind = "age", begin_age = "2 years" }'
LATE_SECOND = '{ kind = "interval", interval = "6 months" }'
ENOUGH = (
    '{ kind = "count", vaccines = ["Toy"], begin_age = "4 months", valid_only = true,'
    ' compare = "greater than", count = 0 }'
)
DATED = '{ kind = "count", vaccines = [], start_on = 2020-04-01, end_on = 2020-05-01, compare = "equal to", count = 0 }'


@pytest.mark.parametrize(
    ("context", "conditions", "doses", "on", "status", "next_dose", "codes"),
    [
        ("both", [AGED], [FIRST, SECOND], date(2021, 12, 31), "overdue", 3, ["valid", "valid"]),
        ("both", [AGED], [FIRST, SECOND], date(2022, 1, 1), "complete", 0, ["valid", "valid"]),
        ("evaluation", [AGED], [FIRST, SECOND], date(2022, 1, 1), "overdue", 3, ["valid", "valid"]),
        ("both", [AGED], [FIRST, (date(2022, 3, 1), "Toy")], date(2022, 3, 1), "complete", 0, ["valid", "late"]),
        (
            "evaluation",
            [AGED],
            [FIRST, SECOND, (date(2022, 1, 1), "Toy")],
            date(2022, 1, 1),
            "complete",
            0,
            ["valid", "valid", "after_complete"],
        ),
        (
            "forecast",
            [AGED],
            [FIRST, SECOND, (date(2022, 1, 1), "Toy")],
            date(2022, 1, 1),
            "complete",
            0,
            ["valid", "valid", "valid"],
        ),
        ("forecast", [LATE_SECOND], [FIRST, SECOND], date(2020, 10, 31), "complete", 0, ["valid", "valid"]),
        ("forecast", [ENOUGH], [FIRST, SECOND], date(2020, 5, 1), "complete", 0, ["valid", "valid"]),
        ("forecast", [ENOUGH, AGED], [FIRST, SECOND], date(2020, 5, 1), "waiting", 3, ["valid", "valid"]),
        ("forecast", [DATED], [FIRST, SECOND], date(2020, 5, 1), "complete", 0, ["valid", "valid"]),
        ("forecast", [DATED], [FIRST, (date(2020, 4, 30), "Toy")], date(2020, 6, 1), "waiting", 3, ["valid", "valid"]),
    ],
)
def test_conditional_skip(
    context: str,
    conditions: list[str],
    doses: list[tuple[date, str]],
    on: date,
    status: str,
    next_dose: int,
    codes: list[str],
) -> None:
    found = judged(schedule(context, *conditions), BIRTH, doses, on)
    assert (found[0], found[2], found[4]) == (status, next_dose, codes)


def test_a_dose_that_would_be_skipped_on_its_earliest_date_is_not_forecast() -> None:
    """At the age of 11 months the third dose is not skipped yet, but it will be on the first day it may be given."""
    found = judged(
        schedule("forecast", '{ kind = "age", begin_age = "1 year" }'), BIRTH, [FIRST, SECOND], date(2020, 12, 1)
    )
    assert found[0] == "complete"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('context = "both"', 'context = "always"', "skips[0].context: expected one of evaluation, forecast, both"),
        ('kind = "age"', 'kind = "moon"', "conditions[0].kind: expected one of age, interval, count, found 'moon'"),
        ("conditions = [", "conditions = [] # [", "skips[0].sets[0].conditions: missing"),
    ],
)
def test_a_broken_skip_names_its_key(old: str, new: str, message: str) -> None:
    text = INVENTED.replace("SKIPS", SKIP.replace("CONTEXT", "both").replace("CONDITIONS", AGED))
    assert old in text
    with pytest.raises(ScheduleError) as refused:
        read_toml(text.replace(old, new).encode())
    assert message in str(refused.value)


def test_the_first_dose_begins_the_series_and_is_never_skipped() -> None:
    first = INVENTED.replace("SKIPS", "").replace(
        "[[series.doses]]\nnumber = 2",
        SKIP.replace("CONTEXT", "both").replace("CONDITIONS", AGED) + "\n[[series.doses]]\nnumber = 2",
    )
    with pytest.raises(ScheduleError, match="cannot be skipped"):
        read_toml(first.encode())
