"""Slips: printed by the office, good once, for two days, for one phone."""

from __future__ import annotations

from datetime import timedelta

import pytest

from linli.records.accounts import actions
from linli.records.accounts.models import Device, Slip, Worker
from linli.records.accounts.pins import is_obvious, is_pin
from linli.records.accounts.queries import device_of, live_device, open_slip
from linli.records.journal.models import Entry
from linli.records.places.models import Area
from logins import AT, CLERK, PIN, enrolled

OTHER_PIN = "913507"


@pytest.fixture
def volunteer(tree: dict[str, Area]) -> Worker:
    return enrolled("v", "C1", "volunteer", password=None, until_on=AT.date() + timedelta(days=14))


def slip_of(token: str) -> Slip:
    found = open_slip(token, at=AT)
    assert found is not None
    return found


def test_a_slip_enrols_one_phone(volunteer: Worker) -> None:
    token = actions.print_slip(by=CLERK, worker=volunteer, at=AT)
    device, kept = actions.enrol_device(by=volunteer.who, slip=slip_of(token), pin=PIN, at=AT)
    assert live_device(kept) == device == device_of(volunteer)
    assert open_slip(token, at=AT) is None
    assert token not in str(list(Slip.objects.values()))
    assert [line.verb for line in Entry.objects.order_by("id")][-2:] == ["accounts.print_slip", "accounts.enrol_device"]


def test_a_slip_is_good_once(volunteer: Worker) -> None:
    slip = slip_of(actions.print_slip(by=CLERK, worker=volunteer, at=AT))
    actions.enrol_device(by=volunteer.who, slip=slip, pin=PIN, at=AT)
    with pytest.raises(actions.SlipSpentError):
        actions.enrol_device(by=volunteer.who, slip=slip, pin=OTHER_PIN, at=AT)
    assert Device.objects.count() == 1


@pytest.mark.parametrize(("hours", "is_open"), [(47, True), (48, False)])
def test_a_slip_lapses_after_two_days(volunteer: Worker, hours: int, is_open: bool) -> None:
    token = actions.print_slip(by=CLERK, worker=volunteer, at=AT)
    slip, later = slip_of(token), AT + timedelta(hours=hours)
    assert (open_slip(token, at=later) is not None) == is_open
    if not is_open:
        with pytest.raises(actions.SlipSpentError):
            actions.enrol_device(by=volunteer.who, slip=slip, pin=PIN, at=later)


def test_a_new_slip_ends_the_one_before_and_its_phone_replaces_the_other(volunteer: Worker) -> None:
    first = actions.print_slip(by=CLERK, worker=volunteer, at=AT)
    _device, old = actions.enrol_device(by=volunteer.who, slip=slip_of(first), pin=PIN, at=AT)
    lost = actions.print_slip(by=CLERK, worker=volunteer, at=AT)
    second = actions.print_slip(by=CLERK, worker=volunteer, at=AT)
    assert open_slip(lost, at=AT) is None
    assert live_device(old) is not None  # until the new phone is there
    before = volunteer.get_session_auth_hash()
    _device, new = actions.enrol_device(by=volunteer.who, slip=slip_of(second), pin=OTHER_PIN, at=AT)
    assert (live_device(old), Device.objects.get(why="replaced").ended_at) == (None, AT)
    assert device_of(volunteer) == live_device(new)
    assert Worker.objects.get(pk=volunteer.pk).get_session_auth_hash() != before


def test_ending_the_phone_ends_an_open_slip_too(volunteer: Worker) -> None:
    first = actions.print_slip(by=CLERK, worker=volunteer, at=AT)
    device, _token = actions.enrol_device(by=volunteer.who, slip=slip_of(first), pin=PIN, at=AT)
    second = actions.print_slip(by=CLERK, worker=volunteer, at=AT)
    actions.end_device(by=CLERK, device=device, why="revoked", at=AT)
    assert (open_slip(second, at=AT), device_of(volunteer)) == (None, None)


@pytest.mark.parametrize(
    ("role", "on_loan"), [("volunteer", False), ("office", True)], ids=["not on loan", "an office's rights"]
)
def test_no_slip_for_everybody(tree: dict[str, Area], role: str, on_loan: bool) -> None:
    worker = enrolled("w", "C1", role, until_on=AT.date() + timedelta(days=14) if on_loan else None)
    with pytest.raises(actions.NotForDeviceError):
        actions.print_slip(by=CLERK, worker=worker, at=AT)
    assert not Slip.objects.exists()


def test_rights_that_came_after_the_slip_make_it_worthless(volunteer: Worker, tree: dict[str, Area]) -> None:
    slip = slip_of(actions.print_slip(by=CLERK, worker=volunteer, at=AT))
    actions.grant(by=CLERK, worker=volunteer, area=tree["C1"], role="office")
    with pytest.raises(actions.NotForDeviceError):
        actions.enrol_device(by=volunteer.who, slip=slip, pin=PIN, at=AT)


@pytest.mark.parametrize(
    "pin",
    [
        *("123456", "654321", "890123", "111111", "121212", "112112", "123123", "520520"),
        *("520131", "168168", "147258", "110011", "998999"),
        pytest.param("850621", id="born on 21 June 1985"),
        pytest.param("210685", id="the same, day first"),
        pytest.param("062185", id="the same, month first"),
        pytest.param("198506", id="year and month"),
        pytest.param("000229", id="born on a leap day"),
    ],
)
def test_a_pin_that_is_tried_first_is_refused(volunteer: Worker, pin: str) -> None:
    slip = slip_of(actions.print_slip(by=CLERK, worker=volunteer, at=AT))
    with pytest.raises(actions.PinObviousError):
        actions.enrol_device(by=volunteer.who, slip=slip, pin=pin, at=AT)
    slip.refresh_from_db()
    assert slip.ended_at is None  # a refused PIN costs no slip


@pytest.mark.parametrize("pin", ["", "12345", "1234567", "80426a", "８０４２６１", "804 261", "804261\n"])
def test_a_pin_has_six_digits(volunteer: Worker, pin: str) -> None:
    slip = slip_of(actions.print_slip(by=CLERK, worker=volunteer, at=AT))
    with pytest.raises(actions.PinShapeError):
        actions.enrol_device(by=volunteer.who, slip=slip, pin=pin, at=AT)


def test_most_pins_remain() -> None:
    refused = sum(is_obvious(f"{number:06}") for number in range(0, 1_000_000, 7))
    assert refused / (1_000_000 / 7) < 0.13
    assert is_pin(PIN)
    assert not is_obvious(PIN)
