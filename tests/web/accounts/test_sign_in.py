"""Signing in and out, and the one-click logins that exist in a demo alone."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from linli.records.accounts import actions
from linli.records.accounts.models import Worker
from linli.records.journal.actions import Who

pytestmark = pytest.mark.django_db
CLERK = Who("w-clerk", "Clerk (invented)")
PASSWORD = "eleven-carps-swim"


@pytest.fixture
def client() -> Client:
    return Client(headers={"host": "localhost", "accept-language": "en"})


@pytest.fixture
def worker() -> Worker:
    return actions.enrol(by=CLERK, username="office", name="Office (invented)", password=PASSWORD)


def test_name_and_password_open_the_page_that_was_asked_for(client: Client, worker: Worker) -> None:
    answer = client.post("/sign-in/", {"username": "Office", "password": PASSWORD, "next": "/due/"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/due/")
    assert client.session["_auth_user_id"] == str(worker.pk)


@pytest.mark.parametrize("name", ["office", "nobody"])
def test_a_wrong_one_says_the_same_for_every_name(client: Client, worker: Worker, name: str) -> None:
    answer = client.post("/sign-in/", {"username": name, "password": "wrong-wrong-wrong"})
    assert answer.status_code == 422
    assert "Name and password do not fit" in answer.content.decode()
    assert "wrong-wrong-wrong" not in answer.content.decode()


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org/", "javascript:alert(1)"])
def test_nobody_is_sent_elsewhere(client: Client, worker: Worker, elsewhere: str) -> None:
    answer = client.post("/sign-in/", {"username": "office", "password": PASSWORD, "next": elsewhere})
    assert answer.headers["Location"] == "/"


def test_signing_in_makes_a_new_session(client: Client, worker: Worker) -> None:
    client.get("/sign-in/")
    before = client.cookies.get("sessionid")
    client.post("/sign-in/", {"username": "office", "password": PASSWORD})
    assert client.cookies["sessionid"].value != (before.value if before else "")


def test_signing_out_needs_a_post(client: Client, worker: Worker) -> None:
    client.force_login(worker)
    assert client.get("/sign-out/").status_code == 405
    assert client.post("/sign-out/").headers["Location"] == "/"
    assert "_auth_user_id" not in client.session


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
    assert ("_auth_user_id" in client.session) == opens
