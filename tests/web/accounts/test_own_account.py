"""One's own account: whoever finds a browser open changes nothing that opens the login."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from linli.records.accounts import actions
from linli.records.accounts.models import RecoveryCode, Sitting, TimeCode, Worker
from linli.records.accounts.time_codes import code_at
from linli.records.places.models import Area
from logins import CLERK, PASSWORD, SECRET, enrolled, with_time_code

pytestmark = pytest.mark.django_db
NEW = "seven-lanterns-drift"


def sign_in(client: Client, name: str, **headers: str) -> None:
    client.post("/sign-in/", {"username": name, "password": PASSWORD}, headers=headers)
    assert "_auth_user_id" in client.session


def now_code(secret: str = SECRET, seconds: int = 0) -> str:
    return code_at(secret, timezone.now() + timedelta(seconds=seconds))


@pytest.fixture
def coded(client: Client, office: Worker) -> Worker:
    """The office, signed in by password and code two minutes ago."""
    with_time_code(office, at=timezone.now() - timedelta(minutes=2))
    client.force_login(office)
    return office


def test_the_page_says_what_opens_the_login(client: Client, coded: Worker) -> None:
    page = client.get("/account/").content.decode()
    assert "office (invented)" in page
    assert "10 recovery codes left" in page
    assert "Do without the time code" not in page  # whoever sees names needs it


@pytest.mark.parametrize("name", ["v", "nobody"])
def test_everybody_has_the_page(client: Client, tree: dict[str, Area], name: str) -> None:
    if name == "v":
        worker = enrolled("v", "C1", "volunteer", password=None, until_on=date(2021, 7, 3))
    else:
        worker = actions.enrol(by=CLERK, username="nobody", name="Nobody", password=PASSWORD)
    client.force_login(worker)
    page = client.get("/account/")
    assert page.status_code == 200
    assert ("No role is given" in page.content.decode()) == (name == "nobody")


@pytest.mark.parametrize("path", ["password", "code", "codes/new", "code/without"])
def test_a_phone_has_no_password_to_change(client: Client, tree: dict[str, Area], path: str) -> None:
    client.force_login(enrolled("v", "C1", "volunteer", password=None, until_on=date(2021, 7, 3)))
    assert client.get(f"/account/{path}/").status_code == 404


def test_a_new_password_needs_the_old_one_and_ends_other_sessions(
    client: Client, new_client: Any, leader: Worker
) -> None:
    other = new_client()
    sign_in(client, "leader")
    sign_in(other, "leader")
    wrong = client.post("/account/password/", {"password": "wrong", "new": NEW, "again": NEW})
    assert (wrong.status_code, "This is not your password" in wrong.content.decode()) == (422, True)
    answer = client.post("/account/password/", {"password": PASSWORD, "new": NEW, "again": NEW})
    assert answer.headers["Location"] == "/account/"
    assert client.get("/account/").status_code == 200
    assert other.get("/account/").status_code == 302
    leader.refresh_from_db()
    assert leader.check_password(NEW)
    assert Sitting.objects.get().session_key == client.session.session_key


@pytest.mark.parametrize(
    ("new", "again", "said"),
    [
        ("short", "short", "too short"),
        ("password1234", "password1234", "easy to guess"),
        (NEW, NEW + "x", "The two differ"),
        (PASSWORD, PASSWORD, "This is the password you have"),
    ],
)
def test_a_new_password_that_is_no_good(client: Client, leader: Worker, new: str, again: str, said: str) -> None:
    sign_in(client, "leader")
    answer = client.post("/account/password/", {"password": PASSWORD, "new": new, "again": again})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    leader.refresh_from_db()
    assert leader.check_password(PASSWORD)


def test_a_session_left_open_does_not_let_the_password_be_guessed(client: Client, leader: Worker) -> None:
    sign_in(client, "leader")
    sent = {"new": NEW, "again": NEW}
    answers = [client.post("/account/password/", sent | {"password": f"guess {n}"}).status_code for n in range(11)]
    assert answers == [422] * 10 + [429]
    assert client.post("/account/password/", sent | {"password": PASSWORD}).status_code == 429


def test_moving_to_another_phone_needs_password_and_code(client: Client, coded: Worker) -> None:
    page = client.get("/account/code/").content.decode()
    found = re.search(r'<p class="code">([A-Z2-7 ]+)</p>', page)
    assert found is not None
    secret = found[1].replace(" ", "")
    assert secret != SECRET
    sent = {"code": now_code(secret), "password": PASSWORD, "proof": now_code()}
    for wrong in ({"password": "wrong"}, {"proof": "000000"}, {"code": "000000"}, {"proof": ""}):
        assert client.post("/account/code/", sent | wrong).status_code == 422, wrong
        assert TimeCode.objects.get(worker=coded).secret == SECRET
    answer = client.post("/account/code/", sent)  # the proof was not used up by what was wrong elsewhere
    assert answer.headers["Location"] == "/account/codes/?next=/account/"
    assert TimeCode.objects.get(worker=coded).secret == secret
    assert client.get("/account/codes/").status_code == 200


def test_a_leader_may_have_a_code_and_do_without_it_again(client: Client, leader: Worker) -> None:
    sign_in(client, "leader")
    page = client.get("/account/code/").content.decode()
    found = re.search(r'<p class="code">([A-Z2-7 ]+)</p>', page)
    assert found is not None
    secret = found[1].replace(" ", "")
    client.post("/account/code/", {"code": now_code(secret), "password": PASSWORD})
    assert "Do without the time code" in client.get("/account/").content.decode()
    refused = client.post("/account/code/without/", {"password": PASSWORD, "proof": "000000"})
    assert refused.status_code == 422
    proof = {"password": PASSWORD, "proof": now_code(secret, 30)}
    assert client.post("/account/code/without/", proof).headers["Location"] == "/account/"
    assert not TimeCode.objects.exists()
    assert not RecoveryCode.objects.exists()


def test_whoever_sees_names_cannot_do_without(client: Client, coded: Worker) -> None:
    assert client.post("/account/code/without/", {"password": PASSWORD, "proof": now_code()}).status_code == 404
    assert TimeCode.objects.filter(worker=coded).exists()


def test_new_recovery_codes(client: Client, coded: Worker) -> None:
    before = set(RecoveryCode.objects.values_list("code", flat=True))
    assert client.post("/account/codes/new/", {"password": PASSWORD, "proof": "000000"}).status_code == 422
    answer = client.post("/account/codes/new/", {"password": PASSWORD, "proof": now_code()})
    page = client.get(answer.headers["Location"])
    assert page.content.decode().count('<li class="code">') == 10
    assert not before & set(RecoveryCode.objects.values_list("code", flat=True))


def test_recovery_codes_wait_sealed_and_not_for_long(
    client: Client, coded: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    import time

    client.post("/account/codes/new/", {"password": PASSWORD, "proof": now_code()})
    page = client.get("/account/codes/").content.decode()
    code = re.findall(r'<li class="code">([\w-]+)</li>', page)[0]
    assert code not in str(dict(client.session))
    later = time.time() + 1201
    monkeypatch.setattr("linli.web.accounts.once.time.time", lambda: later)
    assert client.get("/account/codes/").status_code == 302


def test_the_browsers_one_is_signed_in_with_and_ending_one(client: Client, new_client: Any, leader: Worker) -> None:
    phone = new_client()
    agent = "Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36"
    sign_in(client, "leader")
    sign_in(phone, "leader", user_agent=agent)
    page = client.get("/account/").content.decode()
    assert "Android · Chrome" in page
    assert page.count("Sign out there") == 1
    other = Sitting.objects.exclude(session_key=client.session.session_key).get()
    path = f"/account/sessions/?which={other.public_id}"
    assert "Android · Chrome" in client.get(path).content.decode()
    sent = {"which": other.public_id}
    assert client.post("/account/sessions/", sent | {"password": "wrong"}).status_code == 422
    assert phone.get("/account/").status_code == 200
    client.post("/account/sessions/", sent | {"password": PASSWORD})
    assert phone.get("/account/").status_code == 302
    assert client.get("/account/").status_code == 200


def test_nobody_ends_the_session_of_another(client: Client, new_client: Any, leader: Worker) -> None:
    enrolled("other", "S", "leader")
    others = new_client()
    sign_in(others, "other")
    sign_in(client, "leader")
    theirs = Sitting.objects.get(worker__username="other")
    client.post("/account/sessions/", {"which": theirs.public_id, "password": PASSWORD})
    assert others.get("/account/").status_code == 200


def test_signing_out_everywhere(client: Client, new_client: Any, leader: Worker) -> None:
    other = new_client()
    sign_in(client, "leader")
    sign_in(other, "leader")
    answer = client.post("/account/sessions/", {"password": PASSWORD})
    assert answer.headers["Location"] == "/sign-in/"
    for browser in (client, other):
        assert browser.get("/account/").status_code == 302
    assert not Sitting.objects.exists()


@pytest.mark.parametrize("path", ["", "password/", "code/", "codes/", "codes/new/", "code/without/", "sessions/"])
def test_the_pages_are_for_whoever_is_signed_in(client: Client, db: None, path: str) -> None:
    assert client.get(f"/account/{path}").headers["Location"] == f"/sign-in/?next=/account/{path}"
