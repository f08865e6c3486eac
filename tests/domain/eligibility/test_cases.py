"""The guidance as a table: each case is one person on one day, with the sentence of the guidance it comes from."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest
from histories import CN, Person, patients, read_doses

from linli.domain.calendar import date_of
from linli.domain.eligibility import Code, DoseStatus, Status, assess

with (Path(__file__).parent / "cases.csv").open(encoding="utf-8", newline="") as file:
    CASES = list(csv.DictReader(file))


def test_the_table_is_as_large_as_promised() -> None:
    assert len(CASES) >= 150
    assert len({case["id"] for case in CASES}) == len(CASES)
    assert all(case["guidance"].endswith(".") or case["guidance"].endswith(").") for case in CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_case(case: dict[str, str]) -> None:
    birth = date.fromisoformat(case["birth"]) if case["birth"] else None
    answer = assess(CN, patients([Person(birth, read_doses(case["doses"]))]), on=date.fromisoformat(case["on"]))
    found = {
        "status": Status(answer.status[0]).text,
        "next_dose": str(answer.next_dose[0] or ""),
        "valid_doses": str(answer.valid_doses[0]),
        "earliest_on": str(date_of(answer.earliest_on[0]) or ""),
        "latest_on": str(date_of(answer.latest_on[0]) or ""),
        "reason": Code(answer.reason[0]).text,
    }
    assert found == {key: case[key] for key in found}, case["guidance"]
    assert answer.recommended_on.tolist() == answer.earliest_on.tolist()


@pytest.mark.parametrize(
    ("birth", "doses", "judged"),
    [
        ("1980-01-01", "2021-06-01 BIBP", ["valid 1 valid"]),
        ("1980-01-01", "2021-06-01 BIBP; 2021-06-14 BIBP", ["valid 1 valid", "not_valid 0 too_close"]),
        ("1980-01-01", "2021-06-01 BIBP; 2021-06-15 BIBP", ["valid 1 valid", "valid 2 short_interval"]),
        ("1980-01-01", "2021-06-01 BIBP; 2021-06-21 WIBP", ["valid 1 valid", "valid 2 short_interval"]),
        ("1980-01-01", "2021-06-01 BIBP; 2021-06-22 WIBP", ["valid 1 valid", "valid 2 other_maker"]),
        ("1980-01-01", "2021-06-01 BIBP; 2021-07-27 BIBP", ["valid 1 valid", "valid 2 valid"]),
        ("1980-01-01", "2021-06-01 BIBP; 2021-07-28 BIBP", ["valid 1 valid", "valid 2 late"]),
        ("1980-01-01", "2021-06-01 BIBP; 2021-06-01 BIBP", ["valid 1 valid", "not_valid 0 same_day"]),
        ("1980-01-01", "2021-06-22 BIBP; 2021-06-01 BIBP", ["valid 2 valid", "valid 1 valid"]),
        ("1980-01-01", "2021-06-01 BIBP; 2021-06-22 506", ["valid 1 valid", "not_valid 0 other_platform"]),
        ("1980-01-01", "2021-06-01 BIBP; 2021-06-22 506 supply_ended", ["valid 1 valid", "valid 2 supply_ended"]),
        ("1980-01-01", "2021-06-01 506; 2021-06-22 BIBP", ["valid 1 valid", "extraneous 0 after_complete"]),
        ("1980-01-01", "2021-06-01 ZF2001; 2021-06-28 ZF2001", ["valid 1 valid", "not_valid 0 too_close"]),
        ("2003-06-02", "2021-06-01 BIBP; 2021-06-30 BIBP", ["not_valid 0 too_young", "valid 1 valid"]),
        ("1980-01-01", "1979-12-31 BIBP", ["not_valid 0 before_birth"]),
        ("1980-01-01", "2020-12-14 BIBP", ["valid 1 before_programme"]),
        ("1980-01-01", "2020-12-15 BIBP", ["valid 1 valid"]),
        ("1980-01-01", "2021-06-01 141", ["other_antigen 0 other_antigen"]),
        ("1980-01-01", "2021-06-01 18", ["other_antigen 0 other_antigen_exempt"]),
        ("1980-01-01", "2021-06-01 ???", ["ignored 0 unknown_product"]),
        ("1980-01-01", "? BIBP", ["ignored 0 no_date"]),
        ("1980-01-01", "2022-06-02 BIBP", ["after_the_day 0 after_the_day"]),
        ("1980-01-01", "2022-06-01 BIBP", ["valid 1 valid"]),
        (
            "1980-01-01",
            "2021-06-01 141; 2021-06-14 BIBP",
            ["other_antigen 0 other_antigen", "valid 1 near_other_vaccine"],
        ),
        ("1980-01-01", "2021-06-01 141; 2021-06-15 BIBP", ["other_antigen 0 other_antigen", "valid 1 valid"]),
        (
            "1980-01-01",
            "2021-06-14 141; 2021-06-01 BIBP",
            ["other_antigen 0 other_antigen", "valid 1 near_other_vaccine"],
        ),
        ("1980-01-01", "2021-06-15 141; 2021-06-01 BIBP", ["other_antigen 0 other_antigen", "valid 1 valid"]),
        ("1980-01-01", "2021-06-13 18; 2021-06-14 BIBP", ["other_antigen 0 other_antigen_exempt", "valid 1 valid"]),
    ],
)
def test_each_dose_is_judged(birth: str, doses: str, judged: list[str]) -> None:
    answer = assess(CN, patients([Person(date.fromisoformat(birth), read_doses(doses))]), on=date(2022, 6, 1))
    rows = zip(answer.dose_status, answer.dose_number, answer.dose_reason, strict=True)
    assert [f"{DoseStatus(status).name.lower()} {number} {Code(code).text}" for status, number, code in rows] == judged


@pytest.mark.parametrize(
    ("doses", "dates"),
    [
        ("", [None] * 5),
        ("2021-06-01 BIBP", ["2021-06-01", None, "2021-07-27", "2021-07-27", None]),
        ("2021-06-01 BIBP; 2021-08-01 BIBP", ["2021-06-01", "2021-08-01", "2021-07-27", "2021-07-27", "2021-08-01"]),
        ("2021-06-01 BIBP; 2021-06-14 BIBP", ["2021-06-01", None, "2021-07-27", "2021-07-27", None]),
        ("2021-06-01 506", ["2021-06-01", None, None, None, "2021-06-01"]),
        ("2021-06-01 ZF2001", ["2021-06-01", None, "2021-07-27", "2021-12-01", None]),
        (
            "2021-06-01 ZF2001; 2021-08-01 ZF2001; 2021-09-01 ZF2001",
            ["2021-06-01", "2021-08-01", "2021-07-27", "2021-12-01", "2021-09-01"],
        ),
    ],
    ids=str,
)
def test_the_dates_that_coverage_counts_from(doses: str, dates: list[str | None]) -> None:
    answer = assess(CN, patients([Person(date(1980, 1, 1), read_doses(doses))]), on=date(2022, 6, 1))
    columns = [answer.first_on, answer.second_on, answer.second_latest_on, answer.finish_by_on, answer.completed_on]
    found = [date_of(column[0]) for column in columns]
    assert found == [None if day is None else date.fromisoformat(day) for day in dates]
