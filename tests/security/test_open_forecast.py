"""The forecast operation, open to everybody: it tells nothing of the register, keeps nothing and knows no session."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from leaks import stored, told
from two_committees import SECRETS, VICTIM, VICTIM_NUMBER, Ground, browser

from forecasts import ADDRESS, FHIR, NDJSON, as_body, immunization, parameters, patient


def test_it_reads_no_register_and_keeps_nothing(ground: Ground) -> None:
    """Asked about somebody by their name and number, it answers by what was sent alone, whoever is signed in."""
    who = patient(
        str(ground.victim.birth_date),
        name=[{"text": VICTIM}],
        identifier=[{"value": VICTIM_NUMBER}],
        id=ground.victim.public_id.replace("_", "-"),
    )
    other = patient(str(ground.victim.birth_date), id=ground.victim.public_id.replace("_", "-"))
    passer_by, *workers = Client(), browser("office"), browser("north")
    for client in workers:
        client.get("/account/")  # their sessions have begun
    before = stored()
    answers = []
    for client in (passer_by, *workers):
        for person in (who, other):
            body = as_body(parameters("2021-06-20", person, immunization(1, "2021-05-20", "510")))
            answer = client.post(ADDRESS, body, content_type=FHIR, HTTP_ACCEPT_LANGUAGE="en")
            assert answer.status_code == 200
            assert told(answer) == []
            answers.append(answer.content)
            lines = client.post(ADDRESS, body, content_type=NDJSON, HTTP_ACCEPT_LANGUAGE="en")
            assert json.loads(b"".join(lines.streaming_content)) == answer.json()
            assert not passer_by.cookies
    assert len(set(answers)) == 1
    assert VICTIM.encode() not in answers[0]
    assert not any(secret.encode() in answers[0] for secret in SECRETS)
    assert stored() == before


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain"])
def test_no_form_of_another_site_is_taken(kind: str, ground: Ground) -> None:
    """Types that a browser sends across sites without asking first."""
    body = as_body(parameters("2021-06-20", patient("2020-01-15")))
    answer = browser("office").post(ADDRESS, body, content_type=kind, HTTP_ORIGIN="https://evil.example")
    assert answer.status_code == 415
    assert "Access-Control-Allow-Origin" not in answer.headers
