"""What every answer says to the browser, what errors and logs tell, and what they do not."""

from __future__ import annotations

import logging
import re

import pytest
from addresses import every_address
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings
from two_committees import BY, EVIL, SECRETS, VICTIM, VICTIM_NUMBER, VICTIM_PHONE, Ground, browser

from linli.config.logs import Discreet
from linli.records.accounts.actions import set_password
from linli.records.accounts.models import Worker
from linli.records.lists import actions as list_actions
from linli.records.lists.models import List
from linli.records.people.models import Source
from linli.records.reports import actions as report_actions
from linli.web.lists import tasks
from linli.web.people import due

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
NOBODYS = ("/check", "/install", "/coverage", "/lists/templates")  # pages and files that are the same for everybody
UP_AND_OUT = "/static/%2e%2e/%2e%2e/config/settings.py"
PATHS = ("../../etc/passwd", "..%2f..%2fetc%2fpasswd", "people.csv/../../x", "people.php", "x.csv")
POLICY = ("default-src 'none'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "script-src 'self'")


def says_all(answer: object, where: str) -> None:
    headers = answer.headers  # type: ignore[attr-defined]  # an answer of the test client
    for name, value in HEADERS.items():
        assert headers.get(name) == value, f"{where}: {name}"
    for part in POLICY:
        assert part in headers["Content-Security-Policy"], f"{where}: {part}"
    assert "unsafe" not in headers["Content-Security-Policy"], where
    assert "Access-Control-Allow-Origin" not in headers, where
    assert "Server" not in headers, where


def test_every_answer_carries_the_headers(ground: Ground) -> None:
    """Pages, files, redirects and refusals alike."""
    client = browser("office")
    for address in every_address(ground):
        for who in (client, Client()):
            answer = who.get(address.path)
            says_all(answer, address.name)


@pytest.mark.parametrize(
    ("path", "status"),
    [("/nowhere/", 404), ("/people/x/", 404), ("/journal/", 403), ("/lists/x/progress/", 404)],
)
def test_refusals_carry_them_too_and_say_nothing_of_the_inside(path: str, status: int, ground: Ground) -> None:
    client = browser("north" if status == 403 else "office")
    answer = client.get(f"{path}?x={EVIL}")
    assert answer.status_code == status
    says_all(answer, path)
    page = answer.content.decode()
    for inside in ("Traceback", "django", "linli.web", "/work", "settings", EVIL, "sqlite", "psycopg"):
        assert inside not in page


def test_pages_of_somebody_signed_in_are_kept_in_no_cache(ground: Ground) -> None:
    client = browser("office")
    for address in every_address(ground):
        answer = client.get(address.path)
        if answer.status_code == 200 and not address.path.startswith(
            ("/check", "/install", "/coverage", "/lists/templates")
        ):
            assert "no-store" in answer.headers.get("Cache-Control", ""), address.name


@pytest.mark.django_db  # closing an answer closes its connection too
def test_static_files_carry_the_headers_and_no_folder_is_listed() -> None:
    client = Client()
    sheet = client.get("/static/shell/linli.css")
    assert sheet.status_code == 200
    assert sheet["X-Content-Type-Options"] == "nosniff"
    assert sheet["Content-Type"].startswith("text/css")
    sheet.close()
    for path in (
        "/static/",
        "/static/shell/",
        "/static/../settings.py",
        "/static/%2e%2e/%2e%2e/config/settings.py",
        "/.git/config",
    ):
        answer = client.get(path)
        assert answer.status_code in (302, 404), path
        assert b"SECRET" not in answer.content


def test_every_answer_says_what_it_is(ground: Ground) -> None:
    """Type and character set match the content: nothing is guessed."""
    client = browser("office")
    seen = set()
    for address in every_address(ground):
        answer = client.get(address.path)
        if answer.status_code != 200:
            continue
        kind = answer.headers["Content-Type"]
        seen.add(kind)
        start = answer.content[:200].lstrip().lower()
        assert start.startswith((b"<!doctype html", b"<div", b"<section")) is kind.startswith("text/html"), address.name
        assert start.startswith(b"pk") is ("spreadsheetml" in kind), address.name
        assert start.startswith((b"{", b"[")) is ("json" in kind), address.name
        if kind.startswith("text/"):
            assert "charset=utf-8" in kind.lower(), address.name
    assert len(seen) >= 4


def test_signing_out_is_on_every_page(ground: Ground) -> None:
    client = browser("office")
    for address in every_address(ground):
        answer = client.get(address.path)
        is_page = answer.status_code == 200 and answer.content.lstrip()[:9].lower() == b"<!doctype"
        if is_page and not address.path.startswith((*NOBODYS, "/sign-in", "/slip")) and address.path != "/":
            assert 'action="/sign-out/"' in answer.content.decode(), address.name


def test_passwords_are_hidden_and_may_be_pasted(ground: Ground) -> None:
    """Typed as passwords, with what password programs need, and no script that forbids pasting."""
    set_password(by=BY, worker=Worker.objects.get(username="office"), password="eleven-carps-swim")
    answers = [Client().get("/sign-in/"), browser("office").get("/account/password/")]
    pages = [answer.content.decode() for answer in answers]
    fields = [field for page in pages for field in re.findall(r"<input[^>]*>", page) if "-password" in field]
    assert len(fields) >= 3
    for field in fields:
        assert 'type="password"' in field
        assert re.search(r'autocomplete="(current|new)-password"', field)
        assert "onpaste" not in field
        longest = re.search(r'maxlength="(\d+)"', field)
        assert longest is None or int(longest[1]) >= 64


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The due list fails with everything about the victim in the message, as a database's messages do."""

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError(f"duplicate key ({VICTIM}, {VICTIM_NUMBER}, {VICTIM_PHONE})")

    monkeypatch.setattr(due, "due_counts", fail)


def test_an_error_page_and_the_log_hold_no_values(
    ground: Ground, failing: None, caplog: pytest.LogCaptureFixture, settings: Settings
) -> None:
    client = browser("office", raise_request_exception=False)
    with caplog.at_level(logging.DEBUG):
        answer = client.post("/due/search/", {"search": VICTIM}, follow=True)
    assert answer.status_code == 500
    says_all(answer, "500")
    assert [secret for secret in SECRETS if secret in answer.content.decode()] == []
    written = "\n".join(Discreet("%(levelname)s %(name)s %(message)s").format(record) for record in caplog.records)
    assert "RuntimeError" in written
    assert [secret for secret in SECRETS if secret in written] == []
    assert settings.LOGGING["handlers"]["console"]["formatter"] == "discreet"
    assert set(settings.LOGGING["handlers"]) == {"console"}


def test_a_failed_task_keeps_no_values_in_the_database(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**_: object) -> None:
        raise ValueError(f"bad row {VICTIM} {VICTIM_NUMBER}")

    monkeypatch.setattr(list_actions, "apply", fail)
    worker = Worker.objects.get(username="office")
    tasks.ask(ground.own_list, "apply", on=ground.own_list.as_of, by=worker)
    result = DBTaskResult.objects.get()
    from django_tasks_db.management.commands.db_worker import Worker as Doing

    doing = Doing(
        queue_names=["*"],
        excluded_queue_names=[],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=1,
        worker_id="test",
    )
    doing.run_task(result)
    result.refresh_from_db()
    assert result.status == "FAILED"
    assert "ValueError" in result.traceback
    assert [secret for secret in SECRETS if secret in result.traceback] == []


NAMES = [
    "../../../../etc/passwd",
    "..\\..\\windows\\system32\\x.csv",
    "/etc/passwd.csv",
    "a\r\nSet-Cookie: x=1.csv",
    'a"; filename="b.exe.csv',
    f"{EVIL}.csv",
    "\u202egpj.csv",
    "a" * 500 + ".csv",
    "CON.csv",
    ".htaccess",
]


@pytest.mark.parametrize("name", NAMES)
def test_the_name_of_an_upload_is_only_a_name(name: str, ground: Ground) -> None:
    client = browser("office")
    answer = client.post(
        "/lists/new/",
        {
            "area": ground.areas["N"].public_id,
            "source": Source.objects.get(code="register").code,
            "covers_doses": "yes",
            "as_of": "2021-06-20",
            "basis": "living",
            "file": SimpleUploadedFile(name, "姓名,证件号码\n坏,1\n".encode()),
        },
        follow=True,
    )
    if answer.status_code == 422:
        return  # refused whole
    of = List.objects.latest("id")
    assert not re.search(r"[/\\\r\n]", of.file_name)
    assert len(of.file_name) <= 200
    taken = client.get(f"{reverse('lists:rows-file', args=[of.public_id])}?outcome=bad")
    assert re.fullmatch(r'attachment; filename="linli-bad-\d{8}\.xlsx"', taken["Content-Disposition"])
    assert "Set-Cookie: x=1" not in str(taken.headers)
    assert EVIL not in client.get(reverse("lists:one", args=[of.public_id])).content.decode()


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "..%2f..%2fetc%2fpasswd", "people.csv/../../x", "people.php", "x.csv"]
)
def test_no_path_is_made_of_an_address(name: str, ground: Ground) -> None:
    client = browser("office")
    for path in (
        f"/lists/templates/{name}",
        f"/board/{ground.areas['S'].public_id}/export.{name}",
        f"/coverage/figures.{name}",
    ):
        assert client.get(path).status_code in (301, 302, 404), path


def test_exports_go_through_the_action_that_writes_them_down() -> None:
    """No page makes a file of names by itself."""
    assert due.export is report_actions.export
