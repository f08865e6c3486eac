"""A volunteer's phone: the slip, the PIN, and what a thief or a copier of it gets."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from linli.records.accounts import actions
from linli.records.accounts.models import Device, Slip, Worker
from linli.records.accounts.queries import device_of
from linli.records.journal.models import Entry
from linli.records.places.models import Area
from logins import CLERK, PASSWORD, PIN, enrolled

pytestmark = pytest.mark.django_db
LAST_DAY = date(2021, 7, 3)  # two weeks from the fixed day
COOKIE = "linli-phone"


@pytest.fixture
def volunteer(tree: dict[str, Area]) -> Worker:
    return enrolled("v", "C1", "volunteer", password=None, until_on=LAST_DAY)


def printed(worker: Worker) -> str:
    """The path in the QR code of a new slip."""
    return f"/slip/{actions.print_slip(by=CLERK, worker=worker)}/"


def enrol(client: Client, path: str, pin: str = PIN, again: str = "") -> Any:
    client.get(path)
    return client.post("/slip/", {"pin": pin, "again": again or pin})


def send_pin(client: Client, pin: str = PIN) -> Any:
    return client.post("/sign-in/pin/", {"pin": pin})


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


@pytest.fixture
def phone(client: Client, volunteer: Worker) -> Client:
    """The volunteer's phone, enrolled and signed out again."""
    enrol(client, printed(volunteer))
    client.post("/sign-out/")
    assert not is_in(client)
    return client


def test_a_slip_makes_a_phone_the_volunteers(client: Client, volunteer: Worker) -> None:
    path = printed(volunteer)
    opened = client.get(path)
    assert opened.headers["Location"] == "/slip/"  # the token goes no further than this
    page = client.get("/slip/").content.decode()
    assert "v (invented)" in page
    assert path.split("/")[2] not in page
    answer = enrol(client, path)
    assert answer.headers["Location"] == "/"
    assert client.session["_auth_user_id"] == str(volunteer.pk)
    assert client.get("/due/").status_code == 200
    assert [line.detail for line in Entry.objects.filter(verb="accounts.sign_in")] == [{"how": "pin"}]


def test_what_the_phone_keeps(phone: Client, volunteer: Worker) -> None:
    kept = phone.cookies[COOKIE]
    assert (kept["path"], kept["httponly"], kept["samesite"]) == ("/sign-in/", True, "Lax")
    assert kept["max-age"] == 14 * 24 * 3600  # the last day of the loan included
    assert kept.value not in str(Device.objects.values().get())


def test_the_next_time_the_pin_alone_is_asked(phone: Client) -> None:
    assert phone.get("/due/", follow=True).redirect_chain[-1] == ("/sign-in/pin/?next=/due/", 302)
    page = phone.get("/sign-in/pin/?next=/due/").content.decode()
    assert "v (invented)" not in page  # a phone that is found does not say whose it is
    answer = phone.post("/sign-in/pin/", {"pin": PIN, "next": "/due/"})
    assert answer.headers["Location"] == "/due/"
    assert is_in(phone)


def test_nobody_is_sent_elsewhere_by_pin(phone: Client) -> None:
    assert phone.post("/sign-in/pin/", {"pin": PIN, "next": "//example.org/"}).headers["Location"] == "/"


def test_signing_in_gives_the_session_a_new_key(client: Client, volunteer: Worker) -> None:
    client.get(printed(volunteer))
    before = client.cookies["sessionid"].value
    client.post("/slip/", {"pin": PIN, "again": PIN})
    assert client.cookies["sessionid"].value != before


def test_opening_a_slip_does_not_use_it_up(client: Client, new_client: Any, volunteer: Worker) -> None:
    path = printed(volunteer)
    for _ in range(3):
        new_client().get(path)  # a messenger looks at the address before it shows it
    assert enrol(client, path).status_code == 302


def test_a_slip_is_good_once(phone: Client, new_client: Any, volunteer: Worker) -> None:
    path = printed(volunteer)
    first, second = new_client(), new_client()
    first.get(path)
    second.get(path)
    assert first.post("/slip/", {"pin": "913507", "again": "913507"}).status_code == 302
    answer = second.post("/slip/", {"pin": "604812", "again": "604812"})
    assert answer.status_code == 410
    assert "somebody else may have" in answer.content.decode()
    assert not is_in(second)
    assert COOKIE not in second.cookies


@pytest.mark.parametrize("case", ["used", "replaced", "lapsed", "forged", "closed", "loan over"])
def test_a_slip_that_opens_nothing_says_so(
    client: Client, new_client: Any, volunteer: Worker, settings: Any, case: str
) -> None:
    path = printed(volunteer)
    if case == "used":
        enrol(new_client(), path)
    elif case == "replaced":
        printed(volunteer)
    elif case == "lapsed":
        Slip.objects.update(lapses_at=timezone.now() - timedelta(seconds=1))
    elif case == "forged":
        path = f"/slip/{'A' * 43}/"
    elif case == "closed":
        actions.close(by=CLERK, worker=volunteer)
    else:
        settings.TODAY = "2021-07-04"
    answer = client.get(path, follow=True)
    assert answer.status_code == 410
    assert "opens nothing" in answer.content.decode()
    assert client.post("/slip/", {"pin": PIN, "again": PIN}).status_code == 410
    assert not is_in(client)


@pytest.mark.parametrize(
    ("pin", "again", "said"),
    [
        ("123456", "123456", "Others would try this one first"),
        ("850621", "850621", "Others would try this one first"),
        ("80426", "80426", "A PIN has six digits"),
        ("８０４２６１", "８０４２６１", "A PIN has six digits"),
        ("804261", "804262", "The two differ"),
        ("", "", "Type the six digits"),
    ],
)
def test_a_pin_that_is_no_good_costs_no_slip(
    client: Client, volunteer: Worker, pin: str, again: str, said: str
) -> None:
    path = printed(volunteer)
    answer = enrol(client, path, pin, again)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert enrol(client, path).status_code == 302


def test_five_wrong_pins_end_the_phone(phone: Client) -> None:
    answers = [send_pin(phone, f"80427{number}") for number in range(5)]
    assert [answer.status_code for answer in answers] == [422, 422, 422, 422, 302]
    assert "Tries left: 1" in answers[3].content.decode()
    page = phone.get(answers[4].headers["Location"]).content.decode()
    assert "Ask the office for a new slip" in page
    assert phone.cookies[COOKIE].value == ""
    assert send_pin(phone).headers["Location"].startswith("/sign-in/?")
    assert not is_in(phone)


def test_what_is_no_pin_at_all_costs_no_try(phone: Client) -> None:
    for _ in range(6):
        assert send_pin(phone, "12345").status_code == 422
    assert send_pin(phone).headers["Location"] == "/"


def test_a_cookie_copied_to_another_browser_gives_five_guesses_at_the_pin_and_no_more(
    phone: Client, new_client: Any, volunteer: Worker
) -> None:
    """Who copies the cookie has one of the two factors: the PIN is asked, and the tries are those of the phone."""
    thief = new_client()
    thief.cookies[COOKIE] = phone.cookies[COOKIE].value
    assert thief.get("/due/", follow=True).redirect_chain[-1][0] == "/sign-in/pin/?next=/due/"
    for number in range(5):
        send_pin(thief, f"80427{number}")
    assert not is_in(thief)
    assert send_pin(phone).headers["Location"].startswith("/sign-in/?")  # the owner notices, and asks the office
    assert device_of(volunteer) is None


def test_the_phone_of_one_is_not_opened_by_the_pin_of_another(
    phone: Client, new_client: Any, tree: dict[str, Area]
) -> None:
    other = enrolled("u", "C1", "volunteer", password=None, until_on=LAST_DAY)
    others = new_client()
    enrol(others, printed(other), "913507")
    assert send_pin(phone, "913507").status_code == 422


def test_the_office_ends_a_phone_and_its_session_with_it(phone: Client, volunteer: Worker) -> None:
    send_pin(phone)
    assert phone.get("/due/").status_code == 200
    device = device_of(volunteer)
    assert device is not None
    actions.end_device(by=CLERK, device=device, why="revoked")
    assert phone.get("/due/").status_code == 302
    assert send_pin(phone).headers["Location"].startswith("/sign-in/?")


def test_a_new_slip_ends_the_old_phone_when_it_is_used(phone: Client, new_client: Any, volunteer: Worker) -> None:
    send_pin(phone)
    path = printed(volunteer)
    assert phone.get("/due/").status_code == 200
    enrol(new_client(), path, "913507")
    assert phone.get("/due/").status_code == 302
    assert send_pin(phone).headers["Location"].startswith("/sign-in/?")


def test_the_day_after_the_loan_the_phone_opens_nothing(phone: Client, settings: Any) -> None:
    send_pin(phone)
    settings.TODAY = "2021-07-03"
    assert phone.get("/due/").status_code == 200
    settings.TODAY = "2021-07-04"
    assert phone.get("/due/").headers["Location"] == "/sign-in/?next=/due/"
    assert send_pin(phone).headers["Location"].startswith("/sign-in/?")
    assert phone.get("/account/").status_code == 302


def test_a_login_that_became_an_office_does_not_open_by_phone(
    phone: Client, volunteer: Worker, tree: dict[str, Area]
) -> None:
    actions.grant(by=CLERK, worker=volunteer, area=tree["C1"], role="office")
    assert send_pin(phone).headers["Location"].startswith("/sign-in/?")


def test_somebody_else_signs_in_on_that_phone_by_name(phone: Client, leader: Worker) -> None:
    assert phone.get("/sign-in/").headers["Location"] == "/sign-in/pin/"
    assert phone.get("/sign-in/?with=password").status_code == 200
    phone.post("/sign-in/", {"username": "leader", "password": PASSWORD})
    assert phone.session["_auth_user_id"] == str(leader.pk)


def test_without_a_phone_there_is_no_pin_page(client: Client, volunteer: Worker) -> None:
    assert client.get("/sign-in/pin/").headers["Location"] == "/sign-in/?with=password"
    assert send_pin(client).headers["Location"] == "/sign-in/?with=password"
