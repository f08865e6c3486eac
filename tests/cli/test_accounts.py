"""Logins, schedules, drives and forecasts at the command line."""

from __future__ import annotations

from datetime import date

import pytest
from click.testing import CliRunner, Result

from linli.cli import root
from linli.records.accounts.models import Grant, Worker
from linli.records.journal.actions import Who
from linli.records.journal.models import Entry
from linli.records.places.actions import draw_areas
from linli.records.places.models import Area
from linli.records.programme.models import Drive, Programme

PASSWORD = "correct horse battery"
CHEN = ("accounts", "add", "Chen", "--name", "陈晓", "--role", "office", "--area", "310106013")
COVID = "covid-19-cn-2021"

pytestmark = pytest.mark.django_db


def linli(*arguments: str, said: str = "") -> Result:
    """Run a command in this process, on the test database."""
    return CliRunner().invoke(root, arguments, input=said)


@pytest.fixture
def street() -> Area:
    """One subdistrict."""
    row = {
        "code": "310106013",
        "name": "石门二路街道",
        "name_en": "",
        "kind": "subdistrict",
        "parent_code": "",
        "outline": None,
    }
    draw_areas(by=Who("", "test"), areas=[row])
    return Area.objects.get(code="310106013")


@pytest.fixture
def chen(street: Area) -> Worker:
    """A login made at the command line."""
    done = linli(*CHEN, "--password-stdin", said=PASSWORD + "\n")
    assert done.exit_code == 0, done.output
    return Worker.objects.get(username="chen")


def test_a_login_is_made_with_role_area_and_journal_lines(chen: Worker, street: Area) -> None:
    assert chen.name == "陈晓"
    assert chen.check_password(PASSWORD)
    assert list(Grant.objects.filter(worker=chen).values_list("area__code", "role")) == [(street.code, "office")]
    lines = Entry.objects.filter(verb__startswith="accounts.").order_by("id")
    assert [line.verb for line in lines] == ["accounts.enrol", "accounts.grant"]
    assert all(line.who_id == "" and "linli" in line.who_name for line in lines)
    assert PASSWORD not in str(list(Entry.objects.values_list("detail", flat=True)))


def test_the_password_is_asked_twice_and_never_shown(street: Area) -> None:
    done = linli(*CHEN, said=f"{PASSWORD}\n{PASSWORD}\n")
    assert done.exit_code == 0
    assert PASSWORD not in done.output
    assert Worker.objects.get(username="chen").check_password(PASSWORD)


@pytest.mark.parametrize(
    ("change", "said", "reason"),
    [
        ({"--area": "999"}, PASSWORD, "No area has the code 999. There are: 310106013 石门二路街道"),
        ({"--role": "king"}, PASSWORD, "'king' is not one of"),
        ({}, "short", "This password is too short"),
        ({}, "", "This password is too short"),
        ({}, "1234567890123", "entirely numeric"),
    ],
    ids=["unknown area", "unknown role", "short password", "no password", "numbers alone"],
)
def test_what_is_refused_leaves_nothing(change: dict[str, str], said: str, reason: str, street: Area) -> None:
    arguments = list(CHEN)
    for option, value in change.items():
        arguments[arguments.index(option) + 1] = value
    done = linli(*arguments, "--password-stdin", said=said + "\n")
    assert done.exit_code != 0
    assert reason in done.output
    assert not Worker.objects.exists()
    assert not Entry.objects.filter(verb__startswith="accounts.").exists()


def test_before_there_are_areas_the_next_step_is_said() -> None:
    assert "Load a list of areas first" in linli(*CHEN, "--password-stdin", said=PASSWORD).output


def test_a_taken_name_is_refused_in_any_spelling(chen: Worker) -> None:
    done = linli(*CHEN, "--password-stdin", said="another password 1")
    assert done.exit_code == 1
    assert "Somebody signs in as Chen already" in done.output
    chen.refresh_from_db()
    assert chen.check_password(PASSWORD)


def test_a_new_password_replaces_the_old(chen: Worker) -> None:
    done = linli("accounts", "password", "chen", "--password-stdin", said="a wholly new one\n")
    assert done.exit_code == 0, done.output
    chen.refresh_from_db()
    assert chen.check_password("a wholly new one")


def test_a_closed_login_is_listed_as_closed(chen: Worker) -> None:
    assert linli("accounts", "close", "chen").exit_code == 0
    chen.refresh_from_db()
    assert not chen.is_active
    assert linli("accounts", "list").output == "chen\t陈晓\toffice 310106013 石门二路街道\tclosed\n"


@pytest.mark.parametrize("command", ["password", "close"])
def test_nobody_by_that_name(command: str) -> None:
    done = linli("accounts", command, "wang")
    assert done.exit_code == 1
    assert "Nobody signs in as wang" in done.output


def test_a_schedule_is_adopted_and_a_drive_opened(street: Area) -> None:
    assert "not adopted" in linli("programme", "list").output
    early = linli("programme", "open", COVID, "--area", street.code, "--from", "2021-03-29", "--name", "2021")
    assert early.exit_code == 1
    assert f"linli programme adopt {COVID}" in early.output
    assert linli("programme", "adopt", COVID).exit_code == 0
    opened = linli("programme", "open", COVID, "--area", street.code, "--from", "2021-03-29", "--name", "2021")
    assert opened.exit_code == 0, opened.output
    drive = Drive.objects.get()
    assert (drive.name, drive.area, drive.starts_on) == ("2021", street, date(2021, 3, 29))
    listed = linli("programme", "list").output
    assert f"adopted, version {Programme.objects.get().version}" in listed
    assert "Drive: 2021" in listed


def test_an_unknown_schedule_names_those_there_are() -> None:
    done = linli("programme", "adopt", "covid-20")
    assert done.exit_code == 1
    assert COVID in done.output


def test_forecasts_need_a_drive_and_then_are_drawn(street: Area) -> None:
    early = linli("doses", "forecast")
    assert early.exit_code == 1
    assert "No drive is open yet" in early.output
    linli("programme", "adopt", COVID)
    linli("programme", "open", COVID, "--area", street.code, "--from", "2021-03-29", "--name", "2021")
    drawn = linli("doses", "forecast")
    assert drawn.exit_code == 0, drawn.output
    assert "0 forecasts drawn." in drawn.output
    assert Entry.objects.filter(verb="doses.forecast").count() == 2  # adopting draws them too
