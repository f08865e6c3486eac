"""Signing in as an attacker would try it: guessing, flooding, replaying."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.hashers import check_password
from django.db import connection

from linli.records.accounts import actions, entering, throttle
from linli.records.accounts.entering import DeviceEndedError, NotFittingError, PasswordLapsedError
from linli.records.accounts.models import Attempt, Device, RecoveryCode, TimeCode, Worker
from linli.records.accounts.queries import open_slip
from linli.records.accounts.throttle import LockedError
from linli.records.accounts.time_codes import code_at
from linli.records.journal.models import Entry, Subject
from linli.records.places.models import Area
from logins import AT, CLERK, PASSWORD, PIN, SECRET, enrolled, with_time_code

HOME, ELSEWHERE = "192.168.1.20", "203.0.113.7"
WRONG = "wrong-wrong-wrong"


@pytest.fixture
def office(tree: dict[str, Area]) -> Worker:
    return enrolled("office")


def try_password(
    password: str = WRONG, *, username: str = "office", address: str = HOME, browser: str = "", at: datetime = AT
) -> str:
    """What a sign-in answers: in, wrong, or the name of the lock."""
    try:
        entering.by_password(username=username, password=password, address=address, browser=browser, at=at)
    except NotFittingError:
        return "wrong"
    except LockedError as error:
        return error.limit.name
    return "in"


def try_code(worker: Worker, code: str, at: datetime = AT) -> str:
    """What the second step answers."""
    try:
        return entering.by_code(worker=worker, typed=code, at=at)
    except NotFittingError:
        return "wrong"
    except LockedError as error:
        return error.limit.name


def verbs(of: Worker) -> list[str]:
    """What the journal says of a login, oldest first."""
    entries = Subject.objects.filter(noun="worker", subject_id=of.public_id).values("entry_id")
    return list(Entry.objects.filter(id__in=entries).order_by("id").values_list("verb", flat=True))


# ---- flooding ----------------------------------------------------------------------------------------------------


def test_guessing_one_name_from_one_address_stops_after_ten(office: Worker) -> None:
    assert [try_password() for _ in range(12)] == ["wrong"] * 10 + ["pair"] * 2
    assert try_password(PASSWORD) == "pair"  # even the right one: nothing is looked at
    assert try_password(PASSWORD, address=ELSEWHERE) == "in"  # the office is not locked out from everywhere


def test_the_lock_ends_by_itself(office: Worker) -> None:
    for _ in range(11):
        try_password()
    assert try_password(PASSWORD, at=AT + timedelta(minutes=14)) == "pair"
    assert try_password(PASSWORD, at=AT + timedelta(minutes=15, seconds=1)) == "in"


def test_a_right_password_forgets_the_wrong_ones_before(office: Worker) -> None:
    for _ in range(3):
        assert [try_password() for _ in range(9)] == ["wrong"] * 9
        assert try_password(PASSWORD) == "in"


def test_one_address_with_many_names_stops_after_a_hundred(office: Worker) -> None:
    answers = [try_password(username=f"guess{number}") for number in range(102)]
    assert answers == ["wrong"] * 100 + ["address"] * 2
    assert try_password(PASSWORD) == "address"
    assert try_password(PASSWORD, address=ELSEWHERE) == "in"


def test_signing_in_rightly_never_fills_the_address(office: Worker) -> None:
    assert {try_password(PASSWORD) for _ in range(150)} == {"in"}


def test_many_addresses_against_one_name_stop_after_a_hundred_an_hour(office: Worker) -> None:
    answers = [try_password(address=f"10.0.{number}.1") for number in range(102)]
    assert answers == ["wrong"] * 100 + ["name"] * 2


def test_no_stranger_locks_a_known_browser_out(office: Worker) -> None:
    for number in range(102):
        try_password(address=f"10.0.{number}.1")
    for _ in range(11):
        try_password(address=HOME)
    assert try_password(PASSWORD, address=HOME) == "pair"
    assert try_password(PASSWORD, address=HOME, browser="a-browser-she-uses") == "in"


def test_a_stolen_browser_is_counted_by_itself(office: Worker) -> None:
    answers = [try_password(browser="stolen", address=f"10.0.{number}.1") for number in range(12)]
    assert answers == ["wrong"] * 10 + ["browser"] * 2


@pytest.mark.parametrize(
    ("one", "other", "are_same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:192.168.1.20", "192.168.1.20", True),
        ("192.168.1.20", "192.168.1.21", False),
        ("", "nonsense", True),
    ],
)
def test_one_computer_has_many_addresses(one: str, other: str, are_same: bool) -> None:
    assert (throttle.network(one) == throttle.network(other)) == are_same


def test_nothing_typed_is_kept(office: Worker) -> None:
    try_password("my-other-password", username="my-password-typed-as-name")
    kept = str(list(Attempt.objects.values())) + str(list(Entry.objects.values())) + str(list(Subject.objects.values()))
    assert "my-" not in kept
    assert HOME not in kept


def test_the_journal_counts_refusals_and_says_a_lock_once(office: Worker) -> None:
    for _ in range(30):
        try_password()
    assert verbs(office)[2:] == ["accounts.refuse"] * 10 + ["accounts.lock"]
    line = Entry.objects.get(verb="accounts.lock")
    assert line.detail == {"limit": "pair", "after": 10, "minutes": 15}
    assert (line.who_id, line.who_name) == ("", "linli")


def test_old_counts_are_cleared_away(office: Worker) -> None:
    try_password()
    try_password(username="other", at=AT + timedelta(days=3))
    assert Attempt.objects.count() == 3  # those of the second alone


# ---- temporary passwords ----------------------------------------------------------------------------------------


def test_a_temporary_password_lapses(office: Worker) -> None:
    actions.set_password(by=CLERK, worker=office, password=PASSWORD, until=AT)
    assert try_password(PASSWORD) == "in"
    with pytest.raises(PasswordLapsedError):
        entering.by_password(
            username="office", password=PASSWORD, address=HOME, browser="", at=AT + timedelta(seconds=1)
        )
    assert try_password(WRONG, at=AT + timedelta(seconds=1)) == "wrong"  # a guesser learns nothing of it


# ---- codes ------------------------------------------------------------------------------------------------------


def test_the_code_of_now_opens_once(office: Worker) -> None:
    with_time_code(office, at=AT)
    assert try_code(office, code_at(SECRET, AT)) == "code"
    assert try_code(office, code_at(SECRET, AT)) == "wrong"  # read over a shoulder, typed a second later
    assert try_code(office, code_at(SECRET, AT), AT + timedelta(seconds=20)) == "wrong"


def test_no_code_before_the_last_used_one_opens(office: Worker) -> None:
    with_time_code(office, at=AT)
    assert try_code(office, code_at(SECRET, AT + timedelta(seconds=30))) == "code"  # a phone half a minute fast
    assert try_code(office, code_at(SECRET, AT)) == "wrong"


@pytest.mark.parametrize(
    ("seconds", "answer"), [(-30, "code"), (0, "code"), (30, "code"), (-90, "wrong"), (90, "wrong")]
)
def test_a_code_is_good_for_a_moment(office: Worker, seconds: int, answer: str) -> None:
    with_time_code(office, at=AT - timedelta(hours=1))
    assert try_code(office, code_at(SECRET, AT + timedelta(seconds=seconds))) == answer


def test_the_code_that_set_it_up_opens_nothing_more(office: Worker) -> None:
    code = code_at(SECRET, AT)
    actions.set_up_code(by=office.who, worker=office, secret=SECRET, code=code, at=AT)
    assert try_code(office, code) == "wrong"


def test_codes_are_not_guessed(office: Worker) -> None:
    with_time_code(office, at=AT)
    right = code_at(SECRET, AT)
    assert [try_code(office, "000000") for _ in range(8)] == ["wrong"] * 6 + ["code"] * 2
    assert try_code(office, right) == "code"  # the lock's name, not a way in
    assert TimeCode.objects.get(worker=office).last_step < int(AT.timestamp()) // 30
    answers = [try_code(office, "000000", AT + timedelta(hours=1 + tenth)) for tenth in range(16)]
    assert answers == ["wrong"] * 14 + ["code_of_a_day"] * 2


def test_nobody_without_a_time_code_has_a_right_code(office: Worker) -> None:
    assert try_code(office, code_at(SECRET, AT)) == "wrong"


def test_the_secret_lies_sealed(office: Worker) -> None:
    with_time_code(office, at=AT)
    with connection.cursor() as cursor:
        cursor.execute("SELECT secret FROM accounts_time_code")
        (stored,) = cursor.fetchone()
    assert SECRET not in stored
    assert TimeCode.objects.get(worker=office).secret == SECRET


def test_a_recovery_code_opens_once(office: Worker) -> None:
    codes = with_time_code(office, at=AT)
    assert len(codes) == 10
    assert try_code(office, f" {codes[2].upper().replace('-', ' ')} ") == "recovery"
    assert try_code(office, codes[2]) == "wrong"
    assert try_code(office, codes[9]) == "recovery"
    assert RecoveryCode.objects.filter(worker=office, used_at=None).count() == 8


def test_recovery_codes_are_bound_to_worker_and_number(office: Worker) -> None:
    codes = with_time_code(office, at=AT)
    other = enrolled("other")
    with_time_code(other, at=AT)
    assert try_code(other, codes[0]) == "wrong"
    assert try_code(office, f"2{codes[0][1:]}") == "wrong"
    assert try_code(office, codes[0][:-1]) == "wrong"


def test_new_recovery_codes_end_those_before(office: Worker) -> None:
    old = with_time_code(office, at=AT)
    new = actions.renew_recovery(by=office.who, worker=office, at=AT)
    assert try_code(office, old[0]) == "wrong"
    assert try_code(office, new[0]) == "recovery"


def test_recovery_codes_lie_hashed(office: Worker) -> None:
    codes = with_time_code(office, at=AT)
    stored = str(list(RecoveryCode.objects.values()))
    assert not any(code[2:].replace("-", "") in stored for code in codes)


def test_a_wrong_first_code_sets_nothing_up(office: Worker) -> None:
    with pytest.raises(actions.WrongCodeError):
        actions.set_up_code(by=office.who, worker=office, secret=SECRET, code="000000", at=AT)
    assert not TimeCode.objects.exists()
    assert "accounts.set_up_code" not in verbs(office)


# ---- phones -----------------------------------------------------------------------------------------------------


@pytest.fixture
def volunteer(tree: dict[str, Area]) -> Worker:
    return enrolled("v", "C1", "volunteer", password=None, until_on=AT.date() + timedelta(days=14))


@pytest.fixture
def phone(volunteer: Worker) -> str:
    """What the volunteer's phone keeps."""
    slip = open_slip(actions.print_slip(by=CLERK, worker=volunteer, at=AT), at=AT)
    assert slip is not None
    _device, token = actions.enrol_device(by=volunteer.who, slip=slip, pin=PIN, at=AT)
    return token


def try_pin(token: str, pin: str, at: datetime = AT) -> str:
    """What a phone answers."""
    try:
        return entering.by_pin(token=token, pin=pin, at=at).username
    except NotFittingError as error:
        return str(error.left)
    except DeviceEndedError:
        return "ended"


def test_phone_and_pin_open(phone: str) -> None:
    assert try_pin(phone, PIN) == "v"
    assert try_pin(phone, "804262") == "4"
    assert try_pin(phone, PIN) == "v"
    assert Device.objects.get().wrong_count == 0


def test_the_fifth_wrong_pin_ends_the_phone(phone: str, volunteer: Worker) -> None:
    assert [try_pin(phone, f"80427{number}") for number in range(6)] == ["4", "3", "2", "1", "ended", "ended"]
    assert try_pin(phone, PIN) == "ended"
    device = Device.objects.get()
    assert (device.why, device.ended_at) == ("wrong_pins", AT)
    assert verbs(volunteer)[-2:] == ["accounts.refuse", "accounts.end_device"]


def test_the_pin_alone_opens_nothing(phone: str) -> None:
    assert try_pin("", PIN) == "ended"
    assert try_pin(phone[:-1] + ("A" if phone[-1] != "A" else "B"), PIN) == "ended"


def test_the_database_alone_cannot_try_pins(phone: str) -> None:
    device = Device.objects.get()
    assert phone not in str(Device.objects.values().get())
    assert not check_password(PIN, device.pin)
    assert not check_password(f"{device.token_hash} {PIN}", device.pin)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda v, a: actions.close(by=CLERK, worker=v), id="closed"),
        pytest.param(lambda v, a: actions.lend(by=CLERK, worker=v, until_on=AT.date() - timedelta(days=1)), id="over"),
        pytest.param(lambda v, a: actions.lend(by=CLERK, worker=v, until_on=None), id="no longer on loan"),
        pytest.param(lambda v, a: actions.grant(by=CLERK, worker=v, area=a, role="office"), id="an office now"),
        pytest.param(
            lambda v, a: actions.end_device(by=CLERK, device=Device.objects.get(), why="revoked", at=AT), id="revoked"
        ),
    ],
)
def test_a_phone_opens_no_longer(phone: str, volunteer: Worker, tree: dict[str, Area], change: Any) -> None:
    change(volunteer, tree["C1"])
    assert try_pin(phone, PIN) == "ended"


# ---- asking again -------------------------------------------------------------------------------------------------


def test_a_session_left_open_does_not_give_the_password_away(office: Worker) -> None:
    def ask(password: str) -> str:
        try:
            entering.again(worker=office, password=password, at=AT)
        except NotFittingError:
            return "wrong"
        except LockedError as error:
            return error.limit.name
        return "same"

    assert ask(PASSWORD) == "same"
    assert [ask(WRONG) for _ in range(11)] == ["wrong"] * 10 + ["again"]
    assert ask(PASSWORD) == "again"
