"""`linli eligibility explain`: one person's answer in sentences, in both languages, and as codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from invented import files
from linli.cli.eligibility import eligibility

PEOPLE = "person_id,birth_date,sex\na,2020-01-15,F\nb,1980-01-15,男\nc,,M\nd,2020-01-15,F\nd,2020-01-16,F\n"
DOSES = (
    "person_id,given_on,product\na,2020-03-15,901\na,2020-04-07,901\na,2020-04-01,999\na,2019-01-01,901\n"
    "a,,901\na,2021-01-15,911\na,2021-02-01,912\nb,2020-01-01,951\nb,2023-01-01,951\n"
)
OBSERVATIONS = "person_id,code,observed_on\nb,101,\nb,102,2023-05-01\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LINLI_LANGUAGE", "en")
    for name, text in (("people", PEOPLE), ("doses", DOSES), ("observations", OBSERVATIONS)):
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    (tmp_path / "schedule").mkdir()
    for name, data in files().items():
        (tmp_path / "schedule" / name).write_bytes(data)
    return tmp_path


def run(folder: Path, person: str, on: str, *extra: str, rules: tuple[str, ...] = ()) -> Result:
    given = rules or ("--data", str(folder / "schedule"))
    arguments = ["explain", person, "--on", on, "--people", str(folder / "people.csv"), *given]
    arguments += ["--doses", str(folder / "doses.csv"), *extra]
    return CliRunner().invoke(eligibility, arguments)


BEFORE_BIRTH = (
    "  2019-01-01 Vaccine 901: Does not count: dated before the birth on 2020-01-15. One of the two dates is wrong."
)
TOO_CLOSE = (
    "  2020-04-07 Vaccine 901: Does not count: 23 days after the one before, at least 24 days are needed (2020-04-08). "
    "[table 6-18]"
)
DISTURBED = (
    "  2021-02-01 Vaccine 912: Does not count: 17 days after another vaccine of 2021-01-15 that disturbs it, "
    "possible from 2021-02-08. [table 6-24]"
)


def test_each_dose_and_each_date_with_its_rule_and_table(folder: Path) -> None:
    result = run(folder, "a", "2021-06-01", "--group", "redpox", "--group", "Live two")
    assert result.exit_code == 0, result.output
    assert result.output.splitlines() == [
        "Redpox, Redpox 3 doses: The last day on time was 2020-07-06; give it all the same, nothing starts again.",
        "  Earliest on 2020-05-05: 28 days after the dose of 2020-04-07. [table 7-11]",
        "  Best from 2020-05-15: the day of reaching 4 months. [table 7-13]",
        "  Last day on time 2020-07-06: 90 days after the dose of 2020-04-07. [table 7-13]",
        BEFORE_BIRTH,
        "  no date Vaccine 901: Left out: it has no date.",
        "  2020-03-15 Vaccine 901: Counts as dose 1. [table 6-31]",
        "  2020-04-01 999: Left out: the product is not known. Ask which one it was.",
        TOO_CLOSE,
        "Live two, Live two 2 doses: The last dose did not count: dose 1 may be given now.",
        "  Earliest on 2021-03-01: 28 days after a vaccine of 2021-02-01 that would disturb it. [table 7-11]",
        "  Best as early as possible, from 2021-03-01. [table 7-13]",
        BEFORE_BIRTH,
        "  no date Vaccine 901: Left out: it has no date.",
        "  2020-04-01 999: Left out: the product is not known. Ask which one it was.",
        DISTURBED,
    ]


def test_in_chinese(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINLI_LANGUAGE", "zh")
    result = run(folder, "a", "2021-06-01", "--group", "Live two")
    assert result.exit_code == 0
    assert (
        "2021-02-01 Vaccine 912: 无效：距2021-01-15接种的会互相干扰的疫苗仅17天，2021-02-08起可接种。" in result.output
    )


def test_codes_and_values(folder: Path) -> None:
    extra = ("--observations", str(folder / "observations.csv"), "--group", "Redpox", "--json")
    result = run(folder, "b", "2024-01-01", *extra)
    assert result.exit_code == 0, result.output
    told = json.loads(result.output)["groups"][0]
    forecast = told["forecasts"][0]
    assert (forecast["series"], forecast["status"], forecast["vaccines"]) == (
        "Redpox at risk",
        "not_complete",
        ["951"],
    )
    assert forecast["standing"] == {"code": "wait_interval", "table": "", "earliest_on": "2026-01-01"}
    assert [dose["code"] for dose in told["doses"]] == ["valid", "valid"]
    assert [dose["number"] for dose in told["doses"]] == [1, 2]


def test_a_schedule_of_our_own(folder: Path) -> None:
    (folder / "doses.csv").write_text("person_id,given_on,product\nb,2021-06-01,BIBP\nb,2021-06-14,BIBP\n")
    result = run(folder, "b", "2021-06-20", rules=("--programme", "covid-19-cn-2021"))
    assert result.exit_code == 0, result.output
    too_close = "Does not count: 13 days after the one before, at least 14 days are needed (2021-06-15). [table 6-18]"
    assert result.output.splitlines()[:3] == [
        "The wait after the dose before ends on 2021-07-05.",
        "  2021-06-01: Counts as dose 1. [table 6-31]",
        f"  2021-06-14: {too_close}",
    ]
    result = run(folder, "b", "2021-06-20", "--json", rules=("--programme", "covid-19-cn-2021"))
    assert [row["code"] for row in json.loads(result.output)["reasons"]][:2] == ["wait_interval", "valid"]


@pytest.mark.parametrize(
    ("person", "extra", "rules", "message"),
    [
        ("x", (), (), "people.csv: 0 people have the id x"),
        ("d", (), (), "people.csv: 2 people have the id d"),
        ("c", (), (), "people.csv: c has no birth date"),
        ("a", ("--group", "Moonpox"), (), "there is no vaccine group Moonpox; there are: Redpox, Live one"),
        ("a", (), ("--programme", "x"), "there is no schedule x; there are: covid-19-cn-2021"),
        ("a", (), ("--programme", "x", "--data", "y"), "Give either --programme or --data."),
    ],
)
def test_what_cannot_be_explained(
    folder: Path, person: str, extra: tuple[str, ...], rules: tuple[str, ...], message: str
) -> None:
    result = run(folder, person, "2021-06-01", *extra, rules=rules)
    assert result.exit_code in (1, 2)
    assert message in result.output
