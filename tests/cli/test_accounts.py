"""Logins, schedules, drives and forecasts at the command line."""

from __future__ import annotations

from datetime import date

import pytest
from click.testing import CliRunner, Result
from django.utils import timezone

from linli.cli import root
from linli.records.accounts.models import Grant, TimeCode, Worker
from linli.records.accounts.queries import open_slip
from linli.records.journal.actions import Who
from linli.records.journal.models import Entry
from linli.records.places.actions import draw_areas
from linli.records.places.models import Area
from linli.records.programme.models import Drive, Programme
from logins import AT, with_time_code

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
        ({}, "1234567890123", "too easy to guess"),
        ({"--role": "volunteer"}, PASSWORD, "A volunteer is on loan: give the last day"),
    ],
    ids=["unknown area", "unknown role", "short password", "no password", "numbers in a row", "volunteer without end"],
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


NOBODY: dict[str, tuple[str, ...]] = {
    "password": (),
    "close": (),
    "reopen": (),
    "reset-factor": (),
    "sign-out": (),
    "lend": (),
    "slip": ("--address", "https://192.0.2.1"),
    "grant": ("--role", "leader", "--area", "310106013"),
    "revoke": ("--role", "leader", "--area", "310106013"),
}


@pytest.mark.parametrize("command", NOBODY)
def test_nobody_by_that_name(command: str) -> None:
    done = linli("accounts", command, "wang", *NOBODY[command])
    assert done.exit_code == 1
    assert "Nobody signs in as wang" in done.output


def test_a_closed_login_is_opened_again(chen: Worker) -> None:
    linli("accounts", "close", "chen")
    assert linli("accounts", "reopen", "chen").exit_code == 0
    chen.refresh_from_db()
    assert chen.is_active


def test_roles_are_given_and_taken_away(chen: Worker, street: Area) -> None:
    role = ("--role", "leader", "--area", street.code)
    early = linli("accounts", "grant", "chen", *role, "--until", "2021-06-19")
    assert (early.exit_code, "over already" in early.output) == (1, True)
    assert linli("accounts", "grant", "chen", *role, "--until", "2021-07-03").exit_code == 0
    assert Grant.objects.get(role="leader").until_on == date(2021, 7, 3)
    assert linli("accounts", "revoke", "chen", *role).exit_code == 0
    assert "No such role" in linli("accounts", "revoke", "chen", *role).output
    last = linli("accounts", "revoke", "chen", "--role", "office", "--area", street.code)
    assert (last.exit_code, "linli accounts close chen" in last.output) == (1, True)
    assert Grant.objects.get().role == "office"


def test_a_temporary_password_is_made_up_and_printed_once(chen: Worker) -> None:
    done = linli("accounts", "password", "chen", "--temporary")
    assert done.exit_code == 0, done.output
    said = done.output.splitlines()[-1].rpartition(": ")[2]
    chen.refresh_from_db()
    assert chen.check_password(said)
    assert chen.password_until is not None
    assert said not in str(list(Entry.objects.values()))


def test_a_time_code_is_taken_away(chen: Worker) -> None:
    with_time_code(chen, at=AT)
    assert linli("accounts", "reset-factor", "chen").exit_code == 0
    assert not TimeCode.objects.exists()


def test_a_volunteer_gets_a_slip(street: Area) -> None:
    made = (*CHEN[:2], "lin", "--name", "林花", "--role", "volunteer", "--area", street.code)
    assert linli(*made, "--until", "2021-07-03", "--no-password").exit_code == 0
    assert "lin\t林花\tvolunteer 310106013 石门二路街道\tuntil 2021-07-03\n" in linli("accounts", "list").output
    assert "Give the whole address" in linli("accounts", "slip", "lin", "--address", "192.0.2.1").output
    printed = linli("accounts", "slip", "lin", "--address", "https://192.0.2.1:8443/")
    assert printed.exit_code == 0, printed.output
    url = printed.output.splitlines()[-1]
    assert url.startswith("https://192.0.2.1:8443/slip/")
    slip = open_slip(url.split("/")[-2], at=timezone.now())
    assert slip is not None
    assert slip.worker.username == "lin"
    linli("accounts", "lend", "lin")
    refused = linli("accounts", "slip", "lin", "--address", "https://192.0.2.1:8443")
    assert "linli accounts lend lin --until" in refused.output


def test_every_session_is_ended(chen: Worker) -> None:
    before = chen.get_session_auth_hash()
    assert linli("accounts", "sign-out", "chen").exit_code == 0
    assert Worker.objects.get(pk=chen.pk).get_session_auth_hash() != before


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
