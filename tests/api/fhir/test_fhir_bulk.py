"""`$immds-forecast` for many: NDJSON over HTTP and as a command, a line in and a line out."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.test import Client
from pytest_django import Settings

from forecasts import ADDRESS, NDJSON, Resource, as_body, entry, immunization, parameters, patient
from linli.api.fhir import views
from linli.cli.eligibility import eligibility
from linli.fhir import answering
from linli.fhir.answering import LONGEST_LINE

Ask = Callable[..., Resource]
GOOD = parameters("2020-05-01", patient("2020-01-15"))
BAD = parameters("2020-05-01", patient("2020-01"))


def post(body: bytes, **headers: str) -> list[Resource]:
    answer = Client().post(ADDRESS, body, content_type=headers.pop("content_type", NDJSON), HTTP_ACCEPT_LANGUAGE="en")
    assert answer.status_code == 200
    assert answer.streaming
    assert answer["Content-Type"] == "application/fhir+ndjson; charset=utf-8"
    return [json.loads(line) for line in b"".join(answer.streaming_content).splitlines()]


def several(count: int) -> list[Resource]:
    return [parameters("2020-05-01", patient(f"2020-01-{day:02}")) for day in range(1, count + 1)]


def test_each_line_is_answered_in_its_place_as_it_would_be_alone(ask: Ask) -> None:
    rows = several(9)
    assert post(b"\n".join(map(as_body, rows))) == [ask(row) for row in rows]


@pytest.mark.parametrize("kind", ["application/x-ndjson", "application/ndjson; charset=utf-8"])
def test_its_other_names_are_known(kind: str) -> None:
    assert [one["resourceType"] for one in post(as_body(GOOD) + b"\r\n", content_type=kind)] == ["Parameters"]


def test_a_broken_line_is_named_and_the_rest_is_judged(ask: Ask) -> None:
    lines = [as_body(GOOD), b"{", as_body(BAD), b"  ", b'"' + b"x" * (3 * LONGEST_LINE) + b'"', b"\xff", as_body(GOOD)]
    answers = post(b"\n".join(lines))
    kinds = [one["resourceType"] for one in answers]
    assert kinds == ["Parameters", *["OperationOutcome"] * 4, "Parameters"]
    assert answers[0] == answers[-1] == ask(GOOD)
    told = [(one["issue"][0]["code"], one["issue"][0]["diagnostics"].partition(":")[0]) for one in answers[1:-1]]
    assert told == [("invalid", "Line 2"), ("value", "Line 3"), ("too-long", "Line 5"), ("invalid", "Line 6")]
    assert answers[2]["issue"][0]["expression"] == ["Parameters.parameter[1].resource.birthDate"]


def test_a_line_that_breaks_the_engine_does_not_break_the_others(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    judge = answering.judge_person

    def broken(schedule: object, person: object, **more: object) -> object:
        if person.birth.day == 2:  # type: ignore[attr-defined]
            raise ZeroDivisionError
        return judge(schedule, person, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(answering, "judge_person", broken)
    answers = post(b"\n".join(map(as_body, several(3))))
    assert [one["resourceType"] for one in answers] == ["Parameters", "OperationOutcome", "Parameters"]
    assert answers[1]["issue"][0]["severity"] == "fatal"
    assert caplog.messages == ["a line could not be judged"]


def test_nothing_is_answered_with_nothing() -> None:
    assert post(b"\n\n") == []


def test_the_whole_has_a_limit(settings: Settings) -> None:
    body = as_body(GOOD) * 2
    settings.FHIR_BULK_MAX_BYTES = len(body) - 1
    assert Client().post(ADDRESS, body, content_type=NDJSON).status_code == 413
    settings.FHIR_BULK_MAX_BYTES = len(body)
    assert len(post(body)) == 1


@pytest.mark.django_db  # closing an answer looks at the connections that other tests left open
def test_places_are_given_back_whether_it_is_read_to_its_end_or_not() -> None:
    free = views._places._value  # type: ignore[attr-defined]
    post(as_body(GOOD))
    answer = Client().post(ADDRESS, b"\n".join(map(as_body, several(3))), content_type=NDJSON)
    assert views._places._value <= free  # type: ignore[attr-defined]
    next(iter(answer.streaming_content))
    answer.close()
    assert views._places._value == free  # type: ignore[attr-defined]


def test_too_many_at_once_are_asked_to_come_again_while_one_person_is_answered(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "WAIT_S", 0)
    for _place in range(views.AT_ONCE):
        assert views._places.acquire(blocking=False)
    try:
        refused = Client().post(ADDRESS, as_body(GOOD), content_type=NDJSON)
        assert (refused.status_code, refused["Retry-After"]) == (503, "5")
        assert refused.json()["issue"][0]["code"] == "throttled"
        ask(GOOD)
    finally:
        for _place in range(views.AT_ONCE):
            views._places.release()
    assert len(post(as_body(GOOD))) == 1


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(eligibility, ["forecast", *arguments])
    return result.exit_code, result.output


@pytest.fixture
def lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LINLI_LANGUAGE", "en")
    path = tmp_path / "in.ndjson"
    path.write_bytes(b"\n".join([as_body(GOOD), b"{", as_body(GOOD)]))
    return path


def test_the_command_answers_as_the_server_does(lines: Path, invented_folder: Path) -> None:
    out = lines.with_name("out.ndjson")
    code, said = run("--in", str(lines), "--out", str(out), "--data", str(invented_folder), "--json")
    assert (code, json.loads(said)) == (0, {"lines": 3, "not_judged": 1})
    assert [json.loads(line) for line in out.read_bytes().splitlines()] == post(lines.read_bytes())
    assert [path.name for path in lines.parent.iterdir() if path.suffix == ".part"] == []


def test_the_command_judges_by_a_schedule_that_comes_with_linli(lines: Path) -> None:
    grown = parameters("2021-06-20", patient("1970-01-01"), immunization(1, "2021-05-20", "510"))
    lines.write_bytes(as_body(grown))
    out = lines.with_name("out.ndjson")
    code, said = run("--in", str(lines), "--out", str(out), "--programme", "covid-19-cn-2021")
    assert (code, said) == (0, "1 line answered; not judged: 0\n")
    assert entry(json.loads(out.read_bytes()), "COVID-19")["doseNumberPositiveInt"] == 2


def test_the_command_says_what_is_wrong(lines: Path, invented_folder: Path) -> None:
    out = str(lines.with_name("out.ndjson"))
    assert run("--in", str(lines), "--out", out)[0] == 2
    assert run("--in", str(lines), "--out", out, "--programme", "x")[0] == 1
    code, said = run("--in", str(lines.with_name("none")), "--out", out, "--data", str(invented_folder))
    assert code == 1
    assert "No such file" in said
    assert not Path(out).exists()
