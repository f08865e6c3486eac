"""Signing in and out as people do it, and as an attacker would try to."""

from __future__ import annotations

import re
import time
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from linli.records.accounts import actions
from linli.records.accounts.models import TimeCode, Worker
from linli.records.accounts.passwords import Argon2
from linli.records.accounts.queries import open_slip
from linli.records.accounts.time_codes import code_at
from linli.records.journal.models import Entry
from linli.records.places.models import Area
from linli.web.accounts import pending
from logins import CLERK, PASSWORD, REAL, SECRET, enrolled, with_time_code

pytestmark = pytest.mark.django_db


def is_in(client: Client) -> bool:
    """Whether somebody is signed in."""
    return "_auth_user_id" in client.session


def send_password(client: Client, name: str = "office", password: str = PASSWORD, **more: str) -> Any:
    return client.post("/sign-in/", {"username": name, "password": password} | more)


def send_code(client: Client, code: str = "") -> Any:
    return client.post("/sign-in/code/", {"code": code or code_at(SECRET, timezone.now())})


@pytest.fixture
def coded(office: Worker) -> Worker:
    """The office with a time code."""
    with_time_code(office, at=timezone.now())
    return office


# ---- step by step ------------------------------------------------------------------------------------------------


def test_a_leader_signs_in_with_name_and_password(client: Client, leader: Worker) -> None:
    answer = send_password(client, "Leader", next="/board/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/board/")
    assert client.session["_auth_user_id"] == str(leader.pk)
    assert Entry.objects.get(verb="accounts.sign_in").detail == {"how": "password"}


def test_the_office_needs_its_code_too(client: Client, coded: Worker) -> None:
    answer = send_password(client, next="/due/")
    assert answer.headers["Location"] == "/sign-in/code/"
    assert not is_in(client)
    assert client.get("/due/").headers["Location"] == "/sign-in/?next=/due/"
    answer = send_code(client)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/due/")
    assert is_in(client)
    assert Entry.objects.get(verb="accounts.sign_in").detail == {"how": "code"}


def test_whoever_sees_names_sets_a_code_up_at_the_first_sign_in(client: Client, office: Worker) -> None:
    assert send_password(client, next="/due/").headers["Location"] == "/sign-in/set-up/"
    page = client.get("/sign-in/set-up/").content.decode()
    secret = re.search(r'<p class="code">([A-Z2-7 ]+)</p>', page)
    assert secret is not None
    assert "data:image/svg+xml" in page
    assert not is_in(client)
    wrong = client.post("/sign-in/set-up/", {"code": "000000"})
    assert wrong.status_code == 422
    assert secret[1] in wrong.content.decode()  # the same secret: the phone has it already
    answer = client.post("/sign-in/set-up/", {"code": code_at(secret[1].replace(" ", ""), timezone.now())})
    assert answer.headers["Location"] == "/account/codes/?next=/due/"
    assert is_in(client)
    paper = client.get(answer.headers["Location"]).content.decode()
    codes = re.findall(r'<li class="code">([\w-]+)</li>', paper)
    assert len(codes) == 10
    assert client.post("/account/codes/", {"next": "/due/"}).headers["Location"] == "/due/"
    assert client.get("/account/codes/").headers["Location"] == "/account/"  # shown once
    assert codes[0] not in str(Entry.objects.values())


def test_a_leader_who_set_one_up_is_asked_too(client: Client, leader: Worker) -> None:
    with_time_code(leader, at=timezone.now())
    assert send_password(client, "leader").headers["Location"] == "/sign-in/code/"


def test_a_recovery_code_opens_in_place_of_the_phone(client: Client, office: Worker) -> None:
    codes = with_time_code(office, at=timezone.now())
    send_password(client)
    assert "one of the ten" in client.get("/sign-in/code/?with=recovery").content.decode().lower()
    answer = client.post("/sign-in/code/", {"code": codes[4], "with": "recovery"})
    assert answer.headers["Location"] == "/"
    assert Entry.objects.get(verb="accounts.sign_in").detail == {"how": "recovery"}


def test_a_temporary_password_is_changed_before_anything_else(client: Client, office: Worker) -> None:
    soon = timezone.now() + timedelta(hours=1)
    actions.set_password(by=CLERK, worker=office, password="kf7m-2xqp-9rtd", until=soon)
    assert send_password(client, password="kf7m-2xqp-9rtd").headers["Location"] == "/sign-in/password/"
    assert client.get("/sign-in/set-up/").headers["Location"] == "/sign-in/password/"
    same = client.post("/sign-in/password/", {"new": "kf7m-2xqp-9rtd", "again": "kf7m-2xqp-9rtd"})
    assert "Choose another" in same.content.decode()
    weak = client.post("/sign-in/password/", {"new": "password1234", "again": "password1234"})
    assert weak.status_code == 422
    own = {"new": "seven-lanterns-drift", "again": "seven-lanterns-drift"}
    assert client.post("/sign-in/password/", own).headers["Location"] == "/sign-in/set-up/"
    assert not is_in(client)
    office.refresh_from_db()
    assert office.password_until is None
    assert office.check_password("seven-lanterns-drift")


def test_a_temporary_password_does_not_go_round_the_code(client: Client, coded: Worker) -> None:
    soon = timezone.now() + timedelta(hours=1)
    actions.set_password(by=CLERK, worker=coded, password="kf7m-2xqp-9rtd", until=soon)
    assert send_password(client, password="kf7m-2xqp-9rtd").headers["Location"] == "/sign-in/code/"
    assert client.get("/sign-in/password/").headers["Location"] == "/sign-in/code/"
    own = {"new": "seven-lanterns-drift", "again": "seven-lanterns-drift"}
    assert client.post("/sign-in/password/", own).headers["Location"] == "/sign-in/code/"
    assert send_code(client).headers["Location"] == "/sign-in/password/"


def test_a_lapsed_temporary_password_says_so(client: Client, office: Worker) -> None:
    actions.set_password(by=CLERK, worker=office, password="kf7m-2xqp-9rtd", until=timezone.now() - timedelta(hours=1))
    assert "has lapsed" in send_password(client, password="kf7m-2xqp-9rtd").content.decode()


# ---- what a stranger learns --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["office", "nobody", "closed", "over"])
def test_a_wrong_one_says_the_same_for_every_name(
    client: Client, office: Worker, tree: dict[str, Area], name: str
) -> None:
    actions.close(by=CLERK, worker=enrolled("closed"))
    enrolled("over", until_on=timezone.now().date() - timedelta(days=9000))
    answer = send_password(client, name, "wrong-wrong-wrong")
    assert answer.status_code == 422
    assert "Name and password do not fit" in answer.content.decode()
    assert "wrong-wrong-wrong" not in answer.content.decode()


@pytest.mark.parametrize("name", ["office", "nobody", "closed", "phone"])
def test_a_name_that_is_not_there_takes_as_long_as_one_that_is(
    client: Client, tree: dict[str, Area], monkeypatch: pytest.MonkeyPatch, settings: Any, name: str
) -> None:
    """What takes time is the hash: one is made for every name, whatever stands behind it."""
    settings.PASSWORD_HASHERS = [REAL]
    enrolled("office")
    actions.close(by=CLERK, worker=enrolled("closed"))
    actions.enrol(by=CLERK, username="phone", name="No password", password=None)
    made = []
    for step in ("encode", "verify"):
        done = getattr(Argon2, step)
        monkeypatch.setattr(Argon2, step, lambda *given, done=done: made.append(1) or done(*given))
    send_password(client, name, "wrong-wrong-wrong")
    assert len(made) == 1


def test_spaces_of_a_password_count(client: Client, leader: Worker) -> None:
    assert send_password(client, "leader", f" {PASSWORD}").status_code == 422


def test_a_flood_is_answered_429_and_the_right_password_waits_with_it(client: Client, leader: Worker) -> None:
    answers = [send_password(client, "leader", "wrong-wrong-wrong").status_code for _ in range(11)]
    assert answers == [422] * 10 + [429]
    answer = send_password(client, "leader")
    assert answer.status_code == 429
    assert "Wait 15 minutes" in answer.content.decode()
    assert not is_in(client)


def test_a_browser_that_was_used_before_is_not_locked_out_by_strangers(
    client: Client, new_client: Any, leader: Worker
) -> None:
    send_password(client, "leader")
    client.post("/sign-out/")
    stranger = new_client()
    assert [send_password(stranger, "leader", "wrong").status_code for _ in range(11)][-1] == 429
    assert send_password(stranger, "leader").status_code == 429  # the same address
    assert send_password(client, "leader").headers["Location"] == "/"


def test_nobody_makes_a_known_browser_of_their_own(client: Client, new_client: Any, leader: Worker) -> None:
    send_password(client, "leader")
    known = client.cookies["linli-known"]
    assert (known["path"], known["httponly"], known["samesite"]) == ("/sign-in/", True, "Lax")
    assert "leader" not in known.value
    other = enrolled("other", "S", "leader")
    forger = new_client()
    forger.cookies["linli-known"] = known.value[:-3] + "abc"
    for _ in range(11):
        send_password(forger, "leader", "wrong")
    assert send_password(forger, "leader").status_code == 429
    forger.cookies["linli-known"] = known.value  # a true one, of another name
    for _ in range(11):
        answer = send_password(forger, other.username, "wrong")
    assert answer.status_code == 429


# ---- fixation, replay, stepping round ----------------------------------------------------------------------------


def test_each_step_gives_the_session_a_new_key(client: Client, coded: Worker) -> None:
    client.get("/sign-in/")
    send_password(client)
    first = client.cookies["sessionid"].value
    send_code(client)
    second = client.cookies["sessionid"].value
    assert first != second


def test_a_planted_session_key_opens_nothing(client: Client, new_client: Any, coded: Worker) -> None:
    """A stranger plants the key of a session of their own into the office's browser before it signs in."""
    stranger = new_client()
    stranger.post("/accounts/search/", {})  # no session yet
    session = stranger.session
    session["mine"] = 1
    session.save()
    planted = session.session_key
    client.cookies["sessionid"] = planted
    send_password(client)
    assert "mine" not in client.session  # nothing that was put there goes with the office
    stranger.cookies["sessionid"] = planted
    assert pending.KEY not in stranger.session
    assert send_code(stranger).headers["Location"] == "/sign-in/"  # the password step did not happen here
    send_code(client)
    assert is_in(client)
    assert not is_in(stranger)


def test_the_second_step_alone_is_nothing(client: Client, coded: Worker) -> None:
    assert send_code(client).headers["Location"] == "/sign-in/"
    for path in ("/sign-in/code/", "/sign-in/set-up/", "/sign-in/password/"):
        assert client.get(path).headers["Location"] == "/sign-in/", path
    assert not is_in(client)


def test_a_code_is_not_replayed_by_a_second_browser(client: Client, new_client: Any, coded: Worker) -> None:
    code = code_at(SECRET, timezone.now())
    send_password(client)
    assert send_code(client, code).headers["Location"] == "/"
    other = new_client()
    send_password(other)
    assert send_code(other, code).status_code == 422
    assert not is_in(other)


def test_the_step_lapses_after_five_minutes(client: Client, coded: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    send_password(client)
    later = time.time() + 301
    monkeypatch.setattr("linli.web.accounts.pending.time.time", lambda: later)
    assert send_code(client).headers["Location"] == "/sign-in/"
    monkeypatch.undo()
    assert send_code(client).headers["Location"] == "/sign-in/"  # and it does not come back
    assert not is_in(client)


@pytest.mark.parametrize("change", ["password", "closed", "reset"])
def test_a_step_ends_when_the_login_changes(client: Client, coded: Worker, change: str) -> None:
    send_password(client)
    if change == "password":
        actions.set_password(by=CLERK, worker=coded, password="seven-lanterns-drift")
    elif change == "closed":
        actions.close(by=CLERK, worker=coded)
    else:
        actions.reset_code(by=CLERK, worker=coded)
    assert send_code(client).headers["Location"] == "/sign-in/"
    assert client.get("/sign-in/set-up/").headers["Location"] == "/sign-in/"


def test_a_step_that_is_done_is_not_done_again(client: Client, coded: Worker) -> None:
    send_password(client)
    send_code(client)
    client.post("/sign-out/")
    assert send_code(client, code_at(SECRET, timezone.now() + timedelta(seconds=30))).headers["Location"] == "/sign-in/"


def test_whoever_has_a_code_cannot_set_another_up_by_password_alone(client: Client, coded: Worker) -> None:
    send_password(client)
    assert client.get("/sign-in/set-up/").headers["Location"] == "/sign-in/"
    assert TimeCode.objects.get(worker=coded).secret == SECRET


def test_a_password_that_leaked_does_not_take_a_volunteers_phone_away(client: Client, tree: dict[str, Area]) -> None:
    now = timezone.now()
    worker = enrolled("v", "C1", "volunteer", until_on=now.date())
    slip = open_slip(actions.print_slip(by=CLERK, worker=worker, at=now), at=now)
    assert slip is not None
    actions.enrol_device(by=worker.who, slip=slip, pin="804261", at=now)
    answer = client.post("/sign-in/", {"username": "v", "password": PASSWORD}, follow=True)
    assert "opens on its own phone" in answer.content.decode()
    assert client.get("/sign-in/set-up/").headers["Location"] == "/sign-in/"


@pytest.mark.parametrize(
    "elsewhere",
    ["https://example.org/", "//example.org/", "javascript:alert(1)", "/\\example.org", "http:///example.org"],
)
def test_nobody_is_sent_elsewhere(client: Client, leader: Worker, elsewhere: str) -> None:
    assert send_password(client, "leader", next=elsewhere).headers["Location"] == "/"


def test_nobody_is_sent_elsewhere_after_the_second_step(client: Client, coded: Worker) -> None:
    send_password(client, next="//example.org/")
    assert send_code(client).headers["Location"] == "/"


@pytest.mark.parametrize("path", ["/sign-in/", "/slip/x/"])
def test_a_strange_host_is_refused(client: Client, path: str) -> None:
    assert client.get(path, headers={"host": "evil.example"}).status_code == 400


# ---- one click, in a demo alone ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("demo_installation", "demo_worker", "address", "opens"),
    [
        pytest.param(True, True, "127.0.0.1", True, id="a demo on this machine"),
        pytest.param(True, True, "::1", True, id="the other loopback"),
        pytest.param(True, True, "192.168.1.9", False, id="from another machine"),
        pytest.param(False, True, "127.0.0.1", False, id="a real installation"),
        pytest.param(True, False, "127.0.0.1", False, id="a real login in a demo"),
    ],
)
def test_one_click(
    client: Client, settings: Any, demo_installation: bool, demo_worker: bool, address: str, opens: bool
) -> None:
    settings.DEMO = demo_installation
    actions.enrol(by=CLERK, username="w", name="W (invented)", password=None, is_demo=demo_worker)
    answer = client.get("/demo/w/", REMOTE_ADDR=address)
    assert answer.status_code == (302 if opens else 404)
    assert is_in(client) == opens
