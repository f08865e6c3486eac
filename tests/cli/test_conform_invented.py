"""`linli eligibility conform` on cases of our own, in both published layouts."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from invented import files
from linli.cli.eligibility import eligibility

HEALTHY = ["CDC_Test_ID", "Test_Case_Name", "DOB", "gender", "Series_Status", "Earliest_Date", "Recommended_Date",
           "Past_Due_Date", "Vaccine_Group", "Assessment_Date", "Date_Administered_1", "CVX_1", "MVX_1",
           "Evaluation_Status_1", "Date_Administered_2", "CVX_2", "MVX_2", "Evaluation_Status_2"]  # fmt: skip
UNDERLYING = [name if name != "gender" else "Gender" for name in HEALTHY] + [
    f"Observation_{kind}_{place}" for place in (1, 2, 3) for kind in ("Code", "Text", "Date")
]
BASE = {"DOB": "2020-01-15", "gender": "F", "Assessment_Date": "2020-05-01", "Vaccine_Group": "Redpox"}
DUE = {"Series_Status": "Not complete", "Earliest_Date": "2020-02-26", "Recommended_Date": "2020-03-15",
       "Past_Due_Date": "2020-05-12"}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LINLI_LANGUAGE", "en")
    (tmp_path / "schedule").mkdir()
    for name, data in files().items():
        (tmp_path / "schedule" / name).write_bytes(data)
    return tmp_path


def conform(folder: Path, header: list[str], *rows: dict[str, str]) -> dict[str, Any]:
    with (folder / "cases.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, header)
        writer.writeheader()
        writer.writerows(rows)
    arguments = ["--data", str(folder / "schedule"), "--cases", str(folder / "cases.csv"), "--json"]
    result = CliRunner().invoke(eligibility, ["conform", *arguments])
    assert result.exit_code == 0, result.output
    score: dict[str, Any] = json.loads(result.stdout)
    return score


def test_the_layout_of_healthy_people(folder: Path) -> None:
    given = {"Date_Administered_1": "2020-03-15", "CVX_1": "0901", "Evaluation_Status_1": "Valid",
             "Date_Administered_2": "2020-04-07 00:00:00", "CVX_2": "901",
             "Evaluation_Status_2": "Not Valid"}  # fmt: skip
    score = conform(
        folder,
        HEALTHY,
        {**BASE, **DUE, "CDC_Test_ID": "a"},
        {**BASE, **DUE, "CDC_Test_ID": "b", "Past_Due_Date": ""},
        {**BASE, **DUE, "CDC_Test_ID": "c", **given, "Earliest_Date": "5/5/2020", "Recommended_Date": "2020-05-15",
         "Past_Due_Date": "07/06/2020"},
        {**BASE, **DUE, "CDC_Test_ID": "d", "Series_Status": "complete"},
        {**BASE, **DUE, "CDC_Test_ID": "e", "Assessment_Date": ""},
    )  # fmt: skip
    assert (score["cases"], score["passed"], score["passed_plain_first"]) == (5, 2, 2)
    assert (score["doses"], score["doses_passed"]) == (2, 2)
    assert score["by_group"] == {"Redpox": {"cases": 4, "passed": 2}, "": {"cases": 1, "passed": 0}}
    assert [row["id"] for row in score["failed"]] == ["b", "d", "e"]
    assert score["failed"][0]["expected"]["past_due"] is None
    assert score["failed"][0]["got"][0] | {"series": ""} == {
        "status": "not complete", "earliest": "2020-02-26", "recommended": "2020-03-15", "past_due": "2020-05-12",
        "series": "",
    }  # fmt: skip
    assert score["failed"][2]["got"] == "no birth date or no assessment date"


def test_the_layout_of_people_at_risk(folder: Path) -> None:
    (folder / "known_disputed_case_ids.json").write_text('["b"]')
    risk = {"DOB": "1980-01-15", "Gender": "M", "Assessment_Date": "2024-01-01", "Vaccine_Group": " redpox ",
            "Series_Status": "NOT COMPLETE", "Earliest_Date": "2024-03-10",
            "Recommended_Date": "2024-03-10"}  # fmt: skip
    score = conform(
        folder,
        UNDERLYING,
        {**risk, "CDC_Test_ID": "a", "Observation_Code_1": "102", "Observation_Date_1": "2024-01-10"},
        {**risk, "CDC_Test_ID": "b", "Observation_Code_1": "102", "Observation_Date_1": "2024-01-11"},
        {**risk, "CDC_Test_ID": "c", "Series_Status": "Immune", "Observation_Code_2": "999",
         "Observation_Code_3": "301"},
    )  # fmt: skip
    assert score["passed"] == 2
    assert [(row["id"], row["disputed"]) for row in score["failed"]] == [("b", True)]


def test_a_risk_series_that_is_wanted_speaks_before_a_standard_one(folder: Path) -> None:
    row = {"CDC_Test_ID": "a", "DOB": "1980-01-15", "Assessment_Date": "2020-02-01", "Vaccine_Group": "Redpox",
           "Series_Status": "Not complete", "Earliest_Date": "1982-01-15",
           "Recommended_Date": "1982-01-15", "Observation_Code_1": "101"}  # fmt: skip
    assert conform(folder, UNDERLYING, row)["passed"] == 1


def test_a_broken_file_of_the_folder_is_named_and_the_rest_is_judged(folder: Path) -> None:
    (folder / "schedule" / "antigen-Twin A.xml").write_bytes(b"<antigenSupportingData>")
    score = conform(folder, HEALTHY, {**BASE, **DUE, "CDC_Test_ID": "a"},
                    {**BASE, **DUE, "CDC_Test_ID": "b", "Vaccine_Group": "Twins"})  # fmt: skip
    assert score["passed"] == 1
    assert score["failed"] == [{"id": "b", "expected": None, "got": "no vaccine group 'Twins'"}]
    assert [note.partition(":")[0] for note in score["notes"]] == ["antigen-Twin A.xml", "schedule.xml"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a,b\n1,2\n", "missing columns: cdc_test_id, dob, series_status"),
        ("", "missing columns: cdc_test_id"),
        ('CDC_Test_ID,"DOB\n', "cannot be read"),
    ],
)
def test_a_file_that_holds_no_cases(folder: Path, text: str, message: str) -> None:
    (folder / "cases.csv").write_text(text)
    arguments = ["--data", str(folder / "schedule"), "--cases", str(folder / "cases.csv")]
    result = CliRunner().invoke(eligibility, ["conform", *arguments])
    assert result.exit_code == 1
    assert message in result.output
