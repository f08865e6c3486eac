"""Logins, roles and rights by subtree."""

from __future__ import annotations

import pytest
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError

from linli.records.accounts import actions, queries
from linli.records.accounts.models import Grant, Worker
from linli.records.accounts.queries import Right
from linli.records.journal.actions import Who
from linli.records.places import actions as places
from linli.records.places.models import Area

pytestmark = pytest.mark.django_db
CLERK = Who("w-clerk", "Clerk (invented)")
PASSWORD = "eleven-carps-swim"


@pytest.fixture
def tree() -> dict[str, Area]:
    rows = [("S", ""), ("C1", "S"), ("G1", "C1"), ("C2", "S")]
    areas = [{"code": c, "name": c, "name_en": "", "kind": "other", "parent_code": p, "outline": None} for c, p in rows]
    places.draw_areas(by=CLERK, areas=areas)
    return Area.objects.in_bulk(field_name="code")


def worker(name: str, area: Area, role: str) -> Worker:
    made = actions.enrol(by=CLERK, username=name, name=f"{name} (invented)", password=PASSWORD)
    actions.grant(by=CLERK, worker=made, area=area, role=role)
    return made


def test_sign_in_with_name_and_password(tree: dict[str, Area]) -> None:
    made = worker("Office", tree["S"], "office")
    assert authenticate(None, username=" OFFICE ", password=PASSWORD) == made
    assert authenticate(None, username="office", password="wrong") is None
    assert authenticate(None, username="nobody", password=PASSWORD) is None


def test_a_closed_login_opens_nothing(tree: dict[str, Area]) -> None:
    made = worker("gone", tree["S"], "office")
    actions.close(by=CLERK, worker=made)
    assert authenticate(None, username="gone", password=PASSWORD) is None


def test_a_login_without_a_password_cannot_be_used(tree: dict[str, Area]) -> None:
    actions.enrol(by=CLERK, username="demo", name="Demo", password=None, is_demo=True)
    assert authenticate(None, username="demo", password="") is None


def test_a_name_is_taken_once() -> None:
    actions.enrol(by=CLERK, username="office", name="One", password=PASSWORD)
    with pytest.raises(actions.NameTakenError):
        actions.enrol(by=CLERK, username="OFFICE", name="Two", password=PASSWORD)


def test_a_weak_password_is_refused() -> None:
    with pytest.raises(ValidationError):
        actions.enrol(by=CLERK, username="office", name="One", password="12345")
    assert not Worker.objects.exists()


def test_a_new_password_ends_the_old_one(tree: dict[str, Area]) -> None:
    made = worker("office", tree["S"], "office")
    actions.set_password(by=CLERK, worker=made, password="twelve-carps-swim")
    assert authenticate(None, username="office", password=PASSWORD) is None
    assert authenticate(None, username="office", password="twelve-carps-swim") == made


@pytest.mark.parametrize(
    ("role", "allowed"),
    [
        pytest.param("office", set(Right), id="the office may do everything"),
        pytest.param(
            "committee_worker", {Right.FIGURES, Right.NAMES, Right.EXPORT}, id="a committee worker sees names"
        ),
        pytest.param("leader", {Right.FIGURES}, id="a leader sees figures alone"),
    ],
)
def test_a_role_allows(tree: dict[str, Area], role: str, allowed: set[Right]) -> None:
    made = worker("w", tree["C1"], role)
    assert {right for right in Right if queries.may(made, right, tree["G1"])} == allowed


def test_rights_end_at_the_subtree(tree: dict[str, Area]) -> None:
    made = worker("w", tree["C1"], "office")
    assert [area.code for area in queries.areas(made, Right.NAMES)] == ["C1", "G1"]
    assert not queries.may(made, Right.NAMES, tree["C2"])
    assert not queries.may(made, Right.NAMES, tree["S"])
    assert queries.top_area(made) == tree["C1"]


def test_without_a_grant_nothing_is_seen(tree: dict[str, Area]) -> None:
    made = actions.enrol(by=CLERK, username="w", name="W", password=PASSWORD)
    assert list(queries.areas(made, Right.FIGURES)) == []
    assert queries.top_area(made) is None


def test_a_grant_inside_a_grant_counts_once(tree: dict[str, Area]) -> None:
    made = worker("w", tree["S"], "office")
    actions.grant(by=CLERK, worker=made, area=tree["C1"], role="office")
    assert queries.granted_paths(made, Right.NAMES) == ["S/"]


def test_every_role_has_its_rights_written_down() -> None:
    assert set(queries.ROLE_RIGHTS) == set(Grant.Role.values)
