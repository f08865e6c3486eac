"""`linli eligibility`: files in, one answer a person out, and a clear word for every bad file."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner, Result

from linli.cli.eligibility import eligibility

PEOPLE = {
    "person_id": ["b", "a", "c", "d", "e"],
    "birth_date": ["1980-01-01", "1990-05-05", "2003-06-21", "1970-07-07", "1950-02-02"],
    "sex": ["F", "M", "F", "M", ""],
}
DOSES = {
    "person_id": ["a", "b", "d", "a", "e"],
    "given_on": ["2021-06-15", "2021-06-01", "2021-04-01", "2021-06-01", "2021-06-20"],
    "product": [" coronavac", "BIBP", "511", "BIBP", "Ad5-nCoV"],
}
ROWS = [
    ("b", "waiting", "wait_interval", 2, "2021-06-22", "2021-06-22", "2021-07-27", 1),
    ("a", "complete", "complete", None, None, None, None, 2),
    ("c", "not_eligible", "under_age", 1, "2021-06-21", "2021-06-21", None, 0),
    ("d", "overdue", "past_latest", 2, "2021-04-22", "2021-04-22", "2021-05-27", 1),
    ("e", "complete", "complete", None, None, None, None, 1),
]
COLUMNS = ["person_id", "status", "reason", "next_dose", "earliest_on", "recommended_on", "latest_on", "valid_doses"]


def save(path: Path, columns: dict[str, list[str]], *, typed: bool = True) -> Path:
    table = pl.DataFrame(columns)
    if path.suffix == ".csv":
        table.write_csv(path)
    else:
        days = [name for name in table.columns if typed and name in ("birth_date", "given_on")]
        table.with_columns(pl.col(days).str.to_date()).write_parquet(path)
    return path


def run(
    folder: Path,
    *extra: str,
    people: str = "people.csv",
    doses: str = "doses.csv",
    out: str = "out.csv",
    **options: str,
) -> Result:
    chosen = {"programme": "covid-19-cn-2021", "on": "2021-06-20"} | options
    arguments = ["--people", str(folder / people), "--doses", str(folder / doses), "--out", str(folder / out)]
    for name, value in chosen.items():
        arguments += [f"--{name}", value]
    return CliRunner().invoke(eligibility, ["assess", *arguments, *extra])


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINLI_LANGUAGE", "en")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    save(tmp_path / "people.csv", PEOPLE)
    save(tmp_path / "doses.csv", DOSES)
    return tmp_path


@pytest.mark.parametrize("ending", ["csv", "parquet"])
@pytest.mark.parametrize("out", ["out.csv", "out.parquet"])
def test_one_row_a_person_in_the_order_of_the_list(tmp_path: Path, ending: str, out: str) -> None:
    save(tmp_path / f"people.{ending}", PEOPLE)
    save(tmp_path / f"doses.{ending}", DOSES)
    result = run(tmp_path, people=f"people.{ending}", doses=f"doses.{ending}", out=out)
    assert result.exit_code == 0, result.output
    assert "5 people, 5 doses" in result.output
    assert "persons/s" in result.output
    if out.endswith(".csv"):
        lines = [",".join(COLUMNS), *(",".join("" if cell is None else str(cell) for cell in row) for row in ROWS)]
        assert (tmp_path / out).read_text(encoding="utf-8").splitlines() == lines
        return
    table = pl.read_parquet(tmp_path / out)
    assert table.columns == COLUMNS
    assert table.schema["earliest_on"] == pl.Date
    found = [tuple(str(cell) if isinstance(cell, date) else cell for cell in row) for row in table.rows()]
    assert found == ROWS
    assert not list(tmp_path.glob(".*"))


def test_ids_may_be_numbers_and_texts(tmp_path: Path) -> None:
    pl.DataFrame({"person_id": [7, 3], "birth_date": [date(1980, 1, 1)] * 2}).write_parquet(tmp_path / "people.parquet")
    (tmp_path / "doses.csv").write_text("person_id,given_on,product\n3,2021-06-01,506\n", encoding="utf-8")
    assert run(tmp_path, people="people.parquet", out="out.parquet").exit_code == 0
    table = pl.read_parquet(tmp_path / "out.parquet")
    assert table["person_id"].to_list() == [7, 3]
    assert table["status"].to_list() == ["due", "complete"]


def test_numbers_that_another_program_kept_as_decimals(tmp_path: Path) -> None:
    born = [date(1980, 1, 1)] * 2
    pl.DataFrame({"person_id": [7, 3], "birth_date": born}).write_parquet(tmp_path / "people.parquet")
    doses = {"person_id": [7.0, 3.0, None], "given_on": [date(2021, 6, 1)] * 3, "product": [510.0, 506.0, None]}
    pl.DataFrame(doses).write_parquet(tmp_path / "doses.parquet")
    result = run(tmp_path, people="people.parquet", doses="doses.parquet", out="out.parquet")
    assert result.exit_code == 0, result.output
    assert pl.read_parquet(tmp_path / "out.parquet")["status"].to_list() == ["waiting", "complete"]


def test_a_time_with_a_zone_is_the_day_on_the_wall(tmp_path: Path) -> None:
    midnight = pl.col("birth_date", "given_on").cast(pl.Datetime("us")).dt.replace_time_zone("Asia/Shanghai")
    people = pl.DataFrame({"person_id": ["a"], "birth_date": [date(2003, 6, 21)], "given_on": [None]})
    doses = pl.DataFrame({"person_id": ["a"], "given_on": [date(2021, 6, 21)], "product": ["BIBP"], "birth_date": None})
    people.with_columns(midnight).write_parquet(tmp_path / "people.parquet")
    doses.with_columns(midnight).write_parquet(tmp_path / "doses.parquet")
    assert run(tmp_path, people="people.parquet", doses="doses.parquet", on="2021-07-11").exit_code == 0
    assert "a,waiting,wait_interval,2,2021-07-12,2021-07-12,2021-08-16,1" in (tmp_path / "out.csv").read_text()


def test_the_summary_as_json(folder: Path) -> None:
    summary = json.loads(run(folder, "--json").stdout)
    assert (summary["people"], summary["doses"], summary["on"]) == (5, 5, "2021-06-20")
    assert summary["statuses"] == {"complete": 2, "not_eligible": 1, "waiting": 1, "overdue": 1, "due": 0}
    assert summary["persons_per_s"] > 0
    assert summary["notes"] == []


def test_supply_ended_is_read_when_it_is_there(folder: Path) -> None:
    columns = DOSES | {"given_on": ["2021-06-15", "2021-06-01", "2021-04-01", "2021-06-01", "2021-06-20"]}
    columns["product"] = ["506", "BIBP", "511", "BIBP", "Ad5-nCoV"]
    save(folder / "doses.csv", columns | {"supply_ended": ["1", "", "", "", ""]})
    assert run(folder).exit_code == 0
    assert "a,complete,complete,,,,,2" in (folder / "out.csv").read_text(encoding="utf-8")


def test_bad_doses_are_said_and_the_rest_is_judged(folder: Path) -> None:
    more = {
        "person_id": ["nobody", "nobody", "b", "c"],
        "given_on": ["2021-06-01", "2021-06-02", "2021-06-02", ""],
        "product": ["BIBP", "BIBP", "Wundermittel", "BIBP"],
    }
    save(folder / "doses.csv", {name: DOSES[name] + more[name] for name in DOSES})
    result = run(folder)
    assert result.exit_code == 0
    assert "doses.csv: doses left out, person not in people.csv: 2 (first: nobody)" in result.output
    assert "doses left out, product not known: 1 (Wundermittel)" in result.output
    assert "doses.csv: doses left out, no date: 1" in result.output
    assert (folder / "out.csv").read_text(encoding="utf-8").splitlines()[1] == ",".join(map(str, ROWS[0]))


def test_windows_files_and_spaces_are_read(folder: Path) -> None:
    text = "person_id,birth_date,sex\r\nb, 1980-01-01 ,F\r\n"
    (folder / "people.csv").write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert run(folder).exit_code == 0
    assert (folder / "out.csv").read_text(encoding="utf-8").splitlines()[1:] == [",".join(map(str, ROWS[0]))]


def test_a_list_in_gb18030_is_read(folder: Path) -> None:
    text = "person_id,given_on,product,备注\nb,2021-06-01,北京生物,第一针\n"
    (folder / "doses.csv").write_bytes(text.encode("gb18030"))
    assert run(folder).exit_code == 0
    assert (folder / "out.csv").read_text(encoding="utf-8").splitlines()[1] == ",".join(map(str, ROWS[0]))


def test_nobody(folder: Path) -> None:
    (folder / "people.csv").write_text("person_id,birth_date,sex\n", encoding="utf-8")
    (folder / "doses.csv").write_text("person_id,given_on,product\n", encoding="utf-8")
    assert run(folder).exit_code == 0
    assert (folder / "out.csv").read_text(encoding="utf-8").splitlines() == [",".join(COLUMNS)]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("people.csv", "person_id,name\n1,x\n", "people.csv: missing columns: birth_date; there are: person_id, name"),
        ("doses.csv", "person_id\n1\n", "doses.csv: missing columns: given_on, product"),
        ("people.csv", "", "people.csv: cannot be read: "),
        (
            "people.csv",
            "person_id,birth_date\na,1980-01-01\nb,1980-13-01\nc,01.02.1980\n",
            "people.csv: birth_date: not a date such as 2021-06-20: 1980-13-01 (2 lines: 3, 4)",
        ),
        (
            "doses.csv",
            "person_id,given_on,product\na,2021-02-29,BIBP\n",
            "doses.csv: given_on: not a date such as 2021-06-20: 2021-02-29 (line 2)",
        ),
        (
            "people.csv",
            "person_id,birth_date\na,1980-01-01\nb,1980-01-01\na,1980-01-01\n",
            "people.csv: person_id a stands more than once (2 lines: 2, 4)",
        ),
        ("people.csv", "person_id,birth_date\na,1980-01-01\n,1980-01-01\n", "people.csv: person_id is empty (line 3)"),
    ],
    ids=["no-birth-date", "no-columns", "empty", "bad-births", "bad-dose-date", "twice", "no-id"],
)
def test_a_bad_file_is_refused_and_nothing_is_written(folder: Path, name: str, content: str, message: str) -> None:
    (folder / name).write_text(content, encoding="utf-8")
    result = run(folder)
    assert result.exit_code == 1
    assert message in result.output
    assert not (folder / "out.csv").exists()


def test_a_bad_date_in_parquet_is_named_by_its_row(folder: Path) -> None:
    save(folder / "people.parquet", {"person_id": ["a", "b"], "birth_date": ["1980-01-01", "soon"]}, typed=False)
    result = run(folder, people="people.parquet")
    assert result.exit_code == 1
    assert "soon (row 2)" in result.output


@pytest.mark.parametrize(
    ("options", "code", "message"),
    [
        ({"out": "out.xlsx"}, 1, "out.xlsx: unknown format .xlsx; use .csv or .parquet"),
        ({"people": "people"}, 1, "people: unknown format (no ending)"),
        ({"people": "none.csv"}, 1, "none.csv: there is no such file"),
        ({"out": "none/out.csv"}, 1, "out.csv: there is no such folder"),
        ({"programme": "x"}, 1, "there is no schedule x; there are: covid-19-cn-2021"),
        ({"on": "20 June"}, 2, "Invalid value for '--on'"),
    ],
)
def test_a_bad_order_is_refused(folder: Path, options: dict[str, str], code: int, message: str) -> None:
    result = run(folder, **options)
    assert result.exit_code == code
    assert message in result.output


def test_a_file_that_is_not_parquet_is_refused(folder: Path) -> None:
    (folder / "people.parquet").write_bytes(b"person_id")
    result = run(folder, people="people.parquet")
    assert result.exit_code == 1
    assert "people.parquet: cannot be read: " in result.output


def test_help_answers_without_loading_what_judges() -> None:
    program = (
        "import sys\nfrom linli.cli.eligibility import eligibility\n"
        "try: eligibility(['assess', '--help'])\n"
        "except SystemExit: print(sorted({'numpy', 'polars', 'django'} & set(sys.modules)))"
    )
    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert "--programme" in shown
    assert shown.splitlines()[-1] == "[]"
