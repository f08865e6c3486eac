"""`linli eligibility assess --data --group`: people of a file judged by a vaccine group of a whole schedule."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner, Result

from invented import files
from linli.cli.eligibility import eligibility

PEOPLE = "person_id,birth_date,sex\na,2020-01-15,F\nb,1980-01-15,男\nc,,M\nd,1949-01-01,\ne,2020-01-15,m\n"
DOSES = "person_id,given_on,product\na,2020-03-15,901\na,2020-04-07,901\nb,2020-01-01,951\nx,2020-01-01,951\n"
OBSERVATIONS = "person_id,code,observed_on\nb,101,\nx,101,\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LINLI_LANGUAGE", "en")
    for name, text in (("people", PEOPLE), ("doses", DOSES), ("observations", OBSERVATIONS)):
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    (tmp_path / "schedule").mkdir()
    for name, data in files().items():
        (tmp_path / "schedule" / name).write_bytes(data)
    return tmp_path


def run(folder: Path, *extra: str) -> Result:
    arguments = ["assess", "--on", "2020-05-01", "--out", str(folder / "out.csv"), *extra]
    arguments += ["--people", str(folder / "people.csv"), "--doses", str(folder / "doses.csv")]
    return CliRunner().invoke(eligibility, arguments)


def test_one_row_a_person_with_the_words_of_a_programme(folder: Path) -> None:
    result = run(folder, "--data", str(folder / "schedule"), "--group", "REDPOX",
                 "--observations", str(folder / "observations.csv"))  # fmt: skip
    assert result.exit_code == 0, result.output
    assert "doses.csv: doses left out, person not in people.csv: 1 (first: x)" in result.output
    rows = [
        ("a", "waiting", "wait_interval", 2, "2020-05-05", "2020-05-15", "2020-07-06", 1),
        ("b", "waiting", "wait_interval", 2, "2023-01-01", "2023-01-01", "2023-12-31", 1),
        ("c", "not_eligible", "birth_unknown", None, None, None, None, 0),
        ("d", "not_eligible", "immune", None, None, None, None, 0),
        ("e", "due", "first_dose", 1, "2020-02-26", "2020-03-15", "2020-05-12", 0),
    ]
    assert pl.read_csv(folder / "out.csv").rows() == rows
    assert "observations.csv: observations left out, person not in people.csv: 1" in result.output


def test_an_observation_nobody_knows_is_told_of(folder: Path) -> None:
    (folder / "observations.csv").write_text("person_id,code\nb,101\na,XYZ\ne,998\n", encoding="utf-8")
    result = run(folder, "--data", str(folder / "schedule"), "--group", "REDPOX",
                 "--observations", str(folder / "observations.csv"))  # fmt: skip
    assert result.exit_code == 0, result.output
    assert "observations.csv: observations left out, code not known: 2 (998, XYZ)" in result.output


@pytest.mark.parametrize(
    ("extra", "message"),
    [
        (("--data", "schedule"), "--data and --group belong together."),
        (("--group", "Redpox"), "Give either --programme or --data."),
        (("--data", "none", "--group", "Redpox"), "there is no such folder"),
        (("--data", "schedule", "--group", "x"), "there is no vaccine group x; there are: Redpox"),
    ],
)
def test_what_cannot_be_judged(
    folder: Path, extra: tuple[str, ...], message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    result = run(folder, *extra)
    assert result.exit_code in (1, 2)
    assert message in result.output
    assert not (folder / "out.csv").exists()
