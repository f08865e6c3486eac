"""Requests that another site or a forged address makes a worker's browser send."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from addresses import every_address
from django.conf import settings as django_settings
from django.test import Client, override_settings
from leaks import stored
from two_committees import BY, Ground, browser

from linli.records.accounts.actions import set_password
from linli.records.accounts.models import Worker
from linli.records.lists.models import Export

ELSEWHERE = (
    "https://evil.example/",
    "//evil.example/",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "https:evil.example",
    "http:///evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "https://testserver@evil.example/",
    "https://testserver.evil.example/",
    "/%0d%0aLocation: https://evil.example",
)
HOSTS = ("evil.example", "localhost.evil.example", "localhost:80@evil.example", "testserver\tx", "")


def test_no_post_is_taken_without_a_token(ground: Ground) -> None:
    """Every address, as the office: without the token of its own form nothing is done."""
    client = browser("office", enforce_csrf_checks=True)
    before = stored()
    for address in every_address(ground):
        answer = client.post(address.path, {"now": "1", "reason": "x"})
        # The forecast reads no cookie and keeps nothing: a form of another site is of no type it takes.
        assert answer.status_code in ((415,) if address.name == "fhir:forecast" else (403, 405)), address.name
    assert stored() == before


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://testserver.evil.example"])
def test_no_post_is_taken_from_another_origin(origin: str, ground: Ground) -> None:
    """Even with a token: one that an attacker got hold of helps from no other site."""
    client = browser("office", enforce_csrf_checks=True)
    client.get("/due/")
    token = client.cookies[django_settings.CSRF_COOKIE_NAME].value
    before = stored()
    answer = client.post("/due/search/", {"search": "x", "csrfmiddlewaretoken": token}, HTTP_ORIGIN=origin)
    assert answer.status_code == 403
    assert stored() == before


@pytest.mark.parametrize("method", ["put", "patch", "delete", "trace"])
def test_no_other_method_changes_anything(method: str, ground: Ground) -> None:
    client = browser("office", enforce_csrf_checks=True)
    before = stored()
    for address in every_address(ground):
        answer = getattr(client, method)(address.path)
        assert answer.status_code in (403, 405, 200, 302, 404, 410), address.name
        if method != "trace":
            assert answer.status_code in (403, 405), f"{method} {address.name}"
        assert b"sessionid=" not in answer.content  # TRACE echoes nothing
    assert stored() == before


def test_opening_an_address_changes_nothing(ground: Ground) -> None:
    """A link in a mail or a picture in a page is a GET: lines of looks and of what went out are all it leaves."""
    client = browser("office")
    before = stored()
    for address in every_address(ground):
        if address.name in ("accounts:demo-sign-in", "accounts:open-slip"):
            continue
        client.get(address.path)
        client.head(address.path)
    after = stored()
    assert {table: rows for table, rows in after.items() if table != "lists_export"} == {
        table: rows for table, rows in before.items() if table != "lists_export"
    }


@pytest.mark.parametrize(
    ("site", "status"), [("cross-site", 403), ("same-site", 403), ("same-origin", 200), ("none", 200)]
)
def test_no_other_site_makes_a_file(site: str, status: int, ground: Ground) -> None:
    """Each file is kept for its way back, so another site could fill the disk; a typed address and old browsers may."""
    client = browser("office")
    before = Export.objects.count()
    for path in ("/due/export.csv?group=people", "/due/export.xlsx?group=people"):
        assert client.get(path, HTTP_SEC_FETCH_SITE=site).status_code == status
        assert client.get(path).status_code == 200
    assert Export.objects.count() == before + (4 if status == 200 else 2)


@pytest.mark.parametrize("target", ELSEWHERE)
def test_signing_in_leads_nowhere_else(target: str, ground: Ground) -> None:
    worker = Worker.objects.get(username="leader")
    set_password(by=BY, worker=worker, password="eleven-carps-swim")
    form = {"username": "leader", "password": "eleven-carps-swim", "next": target}
    answer = Client().post(f"/sign-in/?next={target}", form)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/")
    assert not answer["Location"].startswith(("//", "/\\"))
    assert not urlsplit(answer["Location"]).netloc
    assert not {"\r", "\n"} & set(answer["Location"])


@pytest.mark.parametrize("target", ELSEWHERE)
def test_switching_the_language_leads_nowhere_else(target: str, ground: Ground) -> None:
    answer = browser("office").post("/i18n/setlang/", {"language": "en", "next": target})
    assert answer.status_code in (204, 302)
    location = answer.headers.get("Location", "/")
    assert location.startswith("/")
    assert not location.startswith(("//", "/\\"))


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "localhost:80@evil.example", "testserver\tx", ""]
)
@override_settings(ALLOWED_HOSTS=["127.0.0.1", "localhost", "[::1]", "testserver"])
def test_a_host_that_nobody_named_is_refused(host: str, ground: Ground) -> None:
    answer = browser("office").get("/board/", HTTP_HOST=host)
    assert answer.status_code == 400
    assert "evil" not in answer.content.decode()


@override_settings(ALLOWED_HOSTS=["testserver"])
def test_headers_of_a_proxy_are_not_believed(ground: Ground) -> None:
    """Nobody becomes another host, another address or HTTPS by a header."""
    client = browser("office")
    forged = {
        "HTTP_X_FORWARDED_HOST": "evil.example",
        "HTTP_X_FORWARDED_PROTO": "https",
        "HTTP_X_FORWARDED_FOR": "203.0.113.5",
        "HTTP_FORWARDED": "host=evil.example;proto=https",
        "HTTP_X_ORIGINAL_URL": "/journal/",
        "HTTP_X_REWRITE_URL": "/journal/",
    }
    answer = client.get("/due/?search=x", **forged)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/due/?found=")
    assert client.get("/account/", **forged).status_code == 200
    assert "evil.example" not in client.get("/account/", **forged).content.decode()


def test_a_parameter_twice_takes_nobody_further(ground: Ground) -> None:
    client = browser("north")
    north, south = ground.areas["N"].public_id, ground.areas["Z"].public_id
    for query in (f"area={north}&area={south}", f"area={south}&area={north}"):
        answer = client.get(f"/due/?group=people&{query}")
        assert ground.victim.public_id not in answer.content.decode()
