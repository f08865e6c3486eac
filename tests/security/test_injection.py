"""Text that is meant for another language: SQL, patterns of LIKE, log lines, headers."""

from __future__ import annotations

import logging

import pytest
from django.conf import settings as django_settings
from django.contrib.sessions.backends.db import SessionStore
from django.urls import reverse
from leaks import stored, told
from two_committees import NEIGHBOUR, SECRETS, Ground, browser

from linli.config.logs import Discreet
from linli.records.accounts.models import Worker

SQL = (
    "' OR '1'='1",
    "'; DROP TABLE people_person; --",
    '" OR 1=1 --',
    "%' UNION SELECT name FROM people_person --",
    "\\'; SELECT pg_sleep(9); --",
    "1); DELETE FROM people_person; --",
)


@pytest.mark.parametrize("text", SQL)
def test_a_search_is_text_to_the_database(text: str, ground: Ground) -> None:
    client = browser("north")
    before = stored()
    answer = client.post("/due/search/", {"search": text, "group": "people"}, follow=True)
    assert answer.status_code == 200
    assert told(answer) == []
    assert NEIGHBOUR not in answer.content.decode()
    for path in (
        f"/due/?group=people&sort={text}",
        f"/due/?group={text}",
        f"/due/?area={text}",
        f"/due/?on={text}",
        f"/lists/?sort={text}",
        f"/board/?of={text}",
    ):
        assert client.get(path, follow=True).status_code in (200, 403, 404)
    assert stored() == before


@pytest.mark.parametrize("text", ["%", "_", "%%", "__", "北_居", "北%居", "\\", "[北]"])
def test_a_search_knows_no_wildcards(text: str, ground: Ground) -> None:
    """Nobody lists everybody by a sign."""
    answer = browser("north").post("/due/search/", {"search": text, "group": "people"}, follow=True)
    assert NEIGHBOUR not in answer.content.decode()


@pytest.mark.parametrize("path", ["/x%0aERROR%20forged", "/x%0d%0aINFO%20forged", "/%1b[31mred", "/x%e2%80%a8forged"])
def test_a_log_line_stays_one_line(path: str, ground: Ground, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        browser("office").get(path)
    lines = [Discreet("%(levelname)s %(name)s %(message)s").format(record) for record in caplog.records]
    assert any("Not Found" in line for line in lines)
    assert [line for line in lines if {"\n", "\r", "\x1b", "\u2028"} & set(line)] == []


def test_a_refusal_is_logged(ground: Ground, caplog: pytest.LogCaptureFixture) -> None:
    """Every page that was refused, every form without its token, every strange host; none with a name in it."""
    client = browser("north", enforce_csrf_checks=True)
    with caplog.at_level(logging.WARNING):
        client.get("/journal/")
        client.post("/due/search/", {"search": SECRETS[0]})
        client.get("/due/", HTTP_HOST="evil\texample")
        client.get(reverse("people:person", args=[ground.victim.public_id]))
    said = "\n".join(record.getMessage() for record in caplog.records)
    north = Worker.objects.get(username="north").public_id
    assert f"refused: journal to worker {north}" in said
    assert f"refused: a person to worker {north}" in said
    assert "Forbidden (Permission denied): /journal/" in said
    assert "CSRF" in said
    assert "Invalid HTTP_HOST header" in said
    assert [secret for secret in SECRETS if secret in said] == []


def test_a_session_key_is_chance_alone(ground: Ground) -> None:
    """165 bits, drawn anew for each session."""
    keys = {SessionStore()._get_new_session_key() for _ in range(200)}
    assert len(keys) == 200
    assert {len(key) for key in keys} == {32}
    assert django_settings.SESSION_ENGINE == "django.contrib.sessions.backends.db"
