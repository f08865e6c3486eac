"""The journal page: for an office over the whole tree alone."""

from __future__ import annotations

import pytest
from django.test import Client

from linli.records.accounts import actions as accounts
from linli.records.accounts.models import Worker
from linli.records.journal.actions import Who, write
from linli.records.places import actions as places
from linli.records.places.models import Area

pytestmark = pytest.mark.django_db
CLERK = Who("w-clerk", "Clerk (invented)")


@pytest.fixture
def tree() -> dict[str, Area]:
    rows = [("S", ""), ("C1", "S")]
    areas = [{"code": c, "name": c, "name_en": "", "kind": "other", "parent_code": p, "outline": None} for c, p in rows]
    places.draw_areas(by=CLERK, areas=areas)
    return Area.objects.in_bulk(field_name="code")


def signed_in(area: Area, role: str) -> Client:
    worker: Worker = accounts.enrol(by=CLERK, username="w", name="W (invented)", password=None)
    accounts.grant(by=CLERK, worker=worker, area=area, role=role)
    client = Client(headers={"host": "localhost", "accept-language": "en"})
    client.force_login(worker)
    return client


def test_the_office_reads_who_did_what(tree: dict[str, Area]) -> None:
    write(by=CLERK, verb="people.record", detail={"people": 3, "source": "police"})
    page = signed_in(tree["S"], "office").get("/journal/").content.decode()
    assert "Wrote down people" in page
    assert "people 3 · source police" in page
    assert 'href="/journal/"' in page


@pytest.mark.parametrize(
    ("area", "role"), [("C1", "office"), ("S", "leader"), ("S", "committee_worker")], ids=lambda value: value
)
def test_nobody_else(tree: dict[str, Area], area: str, role: str) -> None:
    client = signed_in(tree[area], role)
    assert client.get("/journal/").status_code == 403
    assert 'href="/journal/"' not in client.get(f"/board/{tree[area].public_id}/").content.decode()


def test_strangers_are_asked_to_sign_in() -> None:
    answer = Client(headers={"host": "localhost"}).get("/journal/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/sign-in/?next=/journal/")
