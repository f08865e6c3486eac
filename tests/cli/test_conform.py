"""`linli eligibility conform`: published cases, and controls that show that the score means something."""

from __future__ import annotations

import csv
import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from linli.cli.eligibility import eligibility
from shared import CDSI, needs_cdsi

pytestmark = needs_cdsi


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINLI_LANGUAGE", "en")


def conform(cases: Path, *extra: str) -> dict[str, Any]:
    arguments = ["conform", "--data", str(CDSI / "supporting-data"), "--cases", str(cases), "--json", *extra]
    result = CliRunner().invoke(eligibility, arguments)
    assert result.exit_code == 0, result.output
    score: dict[str, Any] = json.loads(result.output)
    return score


def rows_of(name: str) -> list[dict[str, str]]:
    with (CDSI / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def written(folder: Path, rows: list[dict[str, str]]) -> Path:
    path = folder / "cases.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def moved(text: str, days: int) -> str:
    return str(date.fromisoformat(text[:10]) + timedelta(days=days))


def test_every_case_of_healthy_people_passes() -> None:
    score = conform(CDSI / "healthy_cases.csv")
    assert (score["cases"], score["passed"], score["failed"]) == (606, 606, [])
    assert score["doses_passed"] == score["doses"] > 1_300
    assert sum(row["cases"] for row in score["by_group"].values()) == 606
    assert score["passed_plain_first"] < score["passed"]


def test_cases_of_people_at_risk() -> None:
    score = conform(CDSI / "underlying_cases.csv")
    assert score["cases"] == 206
    assert score["passed"] >= 191
    assert score["doses_passed"] >= 301
    assert len(score["failed"]) == score["cases"] - score["passed"]
    assert sum(bool(row.get("disputed")) for row in score["failed"]) >= 9
    assert all({"id", "expected", "got"} <= set(row) for row in score["failed"])


@pytest.mark.parametrize("days", [1, -1])
def test_moving_every_birth_date_by_a_day_breaks_most_cases(tmp_path: Path, days: int) -> None:
    rows = rows_of("healthy_cases.csv")
    for row in rows:
        row["DOB"] = moved(row["DOB"], days)
    score = conform(written(tmp_path, rows))
    dated = sum(row["Series_Status"] == "Not complete" for row in rows)
    assert score["passed"] < 606 - dated // 2


def test_moving_every_dose_by_a_day_breaks_most_cases_that_have_doses(tmp_path: Path) -> None:
    rows = rows_of("healthy_cases.csv")
    for row in rows:
        for place in range(1, 8):
            if row[f"Date_Administered_{place}"]:
                row[f"Date_Administered_{place}"] = moved(row[f"Date_Administered_{place}"], -1)
    score = conform(written(tmp_path, rows))
    dated = sum(row["Series_Status"] == "Not complete" and row["CVX_1"] != "" for row in rows)
    assert score["passed"] < 606 - dated // 2


def test_other_vaccines_and_other_expectations_do_not_pass(tmp_path: Path) -> None:
    rows = rows_of("healthy_cases.csv")
    for row in rows:
        row["CVX_1"] = "998"
        row["Earliest_Date"] = row["Earliest_Date"] and moved(row["Earliest_Date"], 1)
    score = conform(written(tmp_path, rows))
    assert score["passed"] < 200


def test_a_case_without_id_expectation_or_group_fails_and_the_rest_is_judged(tmp_path: Path) -> None:
    rows = rows_of("healthy_cases.csv")[:5]
    rows[0]["CDC_Test_ID"] = " "
    rows[1]["Series_Status"] = ""
    rows[2]["Vaccine_Group"] = "Smallpocks"
    rows[3]["DOB"] = "yesterday"
    score = conform(written(tmp_path, rows))
    assert (score["cases"], score["passed"]) == (5, 1)
    assert [row["got"] for row in score["failed"]] == [
        "no id",
        "no expected status",
        "no vaccine group 'Smallpocks'",
        "Invalid isoformat string: 'yesterday'",
    ]


def test_headers_statuses_and_groups_are_compared_without_their_letters(tmp_path: Path) -> None:
    rows = [
        {f" {name.upper()} ": value for name, value in row.items()}
        | {" SERIES_STATUS ": f" {row['Series_Status'].upper()} ", " VACCINE_GROUP ": row["Vaccine_Group"].lower()}
        for row in rows_of("healthy_cases.csv")[:40]
    ]
    assert conform(written(tmp_path, rows))["passed"] == 40


def test_text_for_people(tmp_path: Path) -> None:
    rows = rows_of("healthy_cases.csv")[:2]
    rows[1]["Earliest_Date"] = "2001-01-01"
    arguments = ["--data", str(CDSI / "supporting-data"), "--cases", str(written(tmp_path, rows))]
    result = CliRunner().invoke(eligibility, ["conform", *arguments])
    assert result.exit_code == 0
    assert result.output.startswith("1 of 2 cases pass")
    assert f"{rows[1]['CDC_Test_ID']}\n  expected: not complete, 2001-01-01" in result.output


@pytest.mark.parametrize(("name", "message"), [("none", "there is no such folder"), ("empty", "expected one file")])
def test_a_folder_without_a_schedule(tmp_path: Path, name: str, message: str) -> None:
    (tmp_path / "empty").mkdir()
    arguments = ["--data", str(tmp_path / name), "--cases", str(CDSI / "healthy_cases.csv")]
    result = CliRunner().invoke(eligibility, ["conform", *arguments])
    assert result.exit_code == 1
    assert message in result.output
