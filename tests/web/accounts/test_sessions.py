"""When a session ends, and what every answer tells the browser."""

from __future__ import annotations

import time
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from linli.records.accounts import actions
from linli.records.accounts.models import Sitting, Worker
from linli.records.journal.models import Entry
from linli.records.places.models import Area
from logins import CLERK, PASSWORD, enrolled

pytestmark = pytest.mark.django_db


def is_in(client: Client) -> bool:
    """Whether somebody is signed in."""
    return "_auth_user_id" in client.session


def send_password(client: Client, name: str) -> Any:
    return client.post("/sign-in/", {"username": name, "password": PASSWORD})


def test_a_session_is_over_when_nothing_is_done(
    client: Client, leader: Worker, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    send_password(client, "leader")
    now = time.time()
    monkeypatch.setattr("linli.web.sessions.time.time", lambda: now + settings.SESSION_IDLE_S + 1)
    answer = client.get("/board/", follow=True)
    assert answer.redirect_chain == [("/sign-in/?next=/board/", 302)]
    assert "Signed out: a session lasts" in answer.content.decode()


def test_a_session_is_over_after_a_working_day_whatever_is_done(
    client: Client, leader: Worker, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    send_password(client, "leader")
    now, answers = time.time(), []
    for step in range(0, settings.SESSION_AT_MOST_S + 1800, 1800):
        monkeypatch.setattr("linli.web.sessions.time.time", lambda at=now + step + 1: at)
        answers.append(client.get("/account/").status_code)
    assert answers == [200] * 24 + [302]


def test_a_working_session_is_written_down_now_and_then(
    client: Client, leader: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    send_password(client, "leader")
    seen = client.session["seen_at"]
    client.get("/account/")
    assert client.session["seen_at"] == seen
    monkeypatch.setattr("linli.web.sessions.time.time", lambda: seen + 400.0)
    client.get("/account/")
    assert client.session["seen_at"] == seen + 400


@pytest.mark.parametrize("change", ["password", "grant", "revoke", "close", "loan", "reset", "everywhere"])
def test_a_session_ends_at_once_when_its_login_changes(
    client: Client, leader: Worker, tree: dict[str, Area], change: str
) -> None:
    other = actions.grant(by=CLERK, worker=leader, area=tree["C1"], role="leader")
    client.force_login(leader)
    assert client.get("/account/").status_code == 200
    {
        "password": lambda: actions.set_password(by=CLERK, worker=leader, password="seven-lanterns-drift"),
        "grant": lambda: actions.grant(by=CLERK, worker=leader, area=tree["C2"], role="office"),
        "revoke": lambda: actions.revoke(by=CLERK, grant=other),
        "close": lambda: actions.close(by=CLERK, worker=leader),
        "loan": lambda: actions.lend(by=CLERK, worker=leader, until_on=timezone.now().date()),
        "reset": lambda: actions.reset_code(by=CLERK, worker=leader),
        "everywhere": lambda: actions.end_sessions(by=CLERK, worker=leader),
    }[change]()
    assert client.get("/account/").headers["Location"] == "/sign-in/?next=/account/"


def test_a_loan_that_ends_in_the_middle_of_a_session_ends_it(
    client: Client, tree: dict[str, Area], settings: Any
) -> None:
    worker = enrolled("v", "C1", "volunteer", until_on=date(2021, 6, 20))
    client.force_login(worker)
    assert client.get("/due/").status_code == 200
    settings.TODAY = "2021-06-21"  # midnight passed; no job had to run
    assert client.get("/due/").headers["Location"] == "/sign-in/?next=/due/"


def test_a_role_that_ends_in_the_middle_of_a_session_shows_nothing_more(
    client: Client, leader: Worker, tree: dict[str, Area], settings: Any
) -> None:
    last = date(2021, 6, 20)
    actions.grant(by=CLERK, worker=leader, area=tree["C1"], role="committee_worker", until_on=last)
    client.force_login(leader)
    assert client.get("/due/").status_code == 200
    settings.TODAY = "2021-06-21"
    assert client.get("/due/").status_code == 403
    assert client.get("/account/").status_code == 200


def test_signing_out_needs_a_post_and_is_written_down(client: Client, leader: Worker) -> None:
    send_password(client, "leader")
    old = client.cookies["sessionid"].value
    assert Sitting.objects.count() == 1
    assert client.get("/sign-out/").status_code == 405
    assert client.post("/sign-out/").headers["Location"] == "/"
    assert not is_in(client)
    assert Sitting.objects.count() == 0
    client.cookies["sessionid"] = old  # a copy of the cookie is worth nothing afterwards
    assert client.get("/account/").status_code == 302
    assert list(Entry.objects.order_by("id").values_list("verb", flat=True))[-2:] == [
        "accounts.sign_in",
        "accounts.sign_out",
    ]


# ---- what every answer says --------------------------------------------------------------------------------------


def test_headers_and_cookies(client: Client, leader: Worker) -> None:
    page = client.get("/sign-in/")
    policy = dict(part.strip().partition(" ")[::2] for part in page.headers["Content-Security-Policy"].split(";"))
    assert policy == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "connect-src": "'self'",
        "object-src": "'none'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
        "form-action": "'self'",
    }
    assert "camera=()" in page.headers["Permissions-Policy"]
    assert page.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert page.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert page.headers["X-Content-Type-Options"] == "nosniff"
    assert page.headers["X-Frame-Options"] == "DENY"
    assert page.headers["Referrer-Policy"] == "same-origin"
    assert "no-store" in page.headers["Cache-Control"]
    send_password(client, "leader")
    session = client.cookies["sessionid"]
    assert (session["httponly"], session["samesite"], session["path"]) == (True, "Lax", "/")
    assert "no-store" in client.get("/board/").headers["Cache-Control"]


def test_a_form_without_its_token_is_refused_in_plain_words(leader: Worker) -> None:
    strict = Client(enforce_csrf_checks=True, headers={"host": "localhost", "accept-language": "en"})
    answer = strict.post("/sign-in/", {"username": "leader", "password": PASSWORD})
    assert answer.status_code == 403
    assert "open too long" in answer.content.decode()
    assert "_auth_user_id" not in strict.session


def test_pages_for_everybody_ask_nothing_about_sessions(client: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        client.get("/sign-in/")
