"""Logins, roles and rights by subtree."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.utils import translation

from linli.records.accounts import actions, queries
from linli.records.accounts.backend import SignIn
from linli.records.accounts.models import Grant, Worker
from linli.records.accounts.queries import Right
from linli.records.journal.models import Entry
from linli.records.places.models import Area
from logins import AT, CLERK, PASSWORD, REAL, enrolled

pytestmark = pytest.mark.django_db
DAY = date(2021, 6, 20)  # the fixed day of all tests


def test_sign_in_with_name_and_password(tree: dict[str, Area]) -> None:
    made = enrolled("Office")
    assert authenticate(None, username=" OFFICE ", password=PASSWORD) == made
    assert authenticate(None, username="office", password="wrong") is None
    assert authenticate(None, username="nobody", password=PASSWORD) is None


def test_a_closed_login_opens_nothing_until_it_is_opened_again(tree: dict[str, Area]) -> None:
    made = enrolled("gone")
    actions.close(by=CLERK, worker=made)
    assert authenticate(None, username="gone", password=PASSWORD) is None
    assert SignIn().get_user(made.pk) is None
    actions.reopen(by=CLERK, worker=made)
    assert authenticate(None, username="gone", password=PASSWORD) == made


def test_a_login_without_a_password_cannot_be_used(tree: dict[str, Area]) -> None:
    actions.enrol(by=CLERK, username="demo", name="Demo", password=None, is_demo=True)
    assert authenticate(None, username="demo", password="") is None


def test_a_name_is_taken_once() -> None:
    actions.enrol(by=CLERK, username="office", name="One", password=PASSWORD)
    with pytest.raises(actions.NameTakenError):
        actions.enrol(by=CLERK, username="OFFICE", name="Two", password=PASSWORD)


@pytest.mark.parametrize(
    ("password", "why"),
    [
        pytest.param("12345", "too short", id="short"),
        pytest.param("aaaaaaaaaaaaaa", "easy to guess", id="one letter"),
        pytest.param("abcdefghijklmn", "easy to guess", id="a stair"),
        pytest.param("password123456", "easy to guess", id="a common one with digits"),
        pytest.param("qwertyuiop123", "easy to guess", id="a row of keys"),
        pytest.param("wangfangwangfang", "easy to guess", id="her own name twice"),
        pytest.param("linli20210620", "easy to guess", id="the place and a day"),
        pytest.param("tel13800138000x", "phone number or an id", id="a phone number"),
        pytest.param("310100194503129005", "phone number or an id", id="a resident id"),
    ],
)
def test_a_password_is_refused_that_others_would_find(password: str, why: str) -> None:
    given = {"by": CLERK, "username": "wangfang", "name": "Wang Fang", "password": password}
    with translation.override("en"), pytest.raises(ValidationError, match=why):
        actions.enrol(**given)  # type: ignore[arg-type]  # words for every parameter
    assert not Worker.objects.exists()


@pytest.mark.parametrize(
    "password",
    ["eleven-carps-swim", "鲤鱼 九条 晒太阳 慢慢走", "   three   quiet lanes", "x" * 3 + "Qv7!plum-kettle" * 10],
    ids=["words", "Chinese words", "with spaces", "a long one"],
)
def test_a_password_is_taken_as_it_is_whatever_it_is_made_of(password: str) -> None:
    made = actions.enrol(by=CLERK, username="w", name="W", password=password)
    assert authenticate(None, username="w", password=password) == made
    assert authenticate(None, username="w", password=password.strip() + "x") is None
    assert authenticate(None, username="w", password=password[:-1]) is None


def test_passwords_are_kept_as_argon2id_of_rfc_9106(tree: dict[str, Area], settings: Any) -> None:
    settings.PASSWORD_HASHERS = [REAL]
    assert enrolled("office").password.startswith("argon2$argon2id$v=19$m=65536,t=3,p=4$")


def test_a_new_password_ends_the_old_one(tree: dict[str, Area]) -> None:
    made = enrolled("office")
    actions.set_password(by=CLERK, worker=made, password="twelve-carps-swim")
    assert authenticate(None, username="office", password=PASSWORD) is None
    assert authenticate(None, username="office", password="twelve-carps-swim") == made


# ---- rights ------------------------------------------------------------------------------------------------------

COMMITTEE = {Right.FIGURES, Right.NAMES, Right.EXPORT, Right.RECORD}


@pytest.mark.parametrize(
    ("role", "allowed"),
    [
        pytest.param("office", set(Right), id="the office may do everything"),
        pytest.param("committee_worker", COMMITTEE, id="a committee worker sees names and records"),
        pytest.param("volunteer", {Right.FIGURES, Right.NAMES}, id="a volunteer sees names"),
        pytest.param("leader", {Right.FIGURES}, id="a leader sees figures alone"),
    ],
)
def test_a_role_allows(tree: dict[str, Area], role: str, allowed: set[Right]) -> None:
    made = enrolled("w", "C1", role)
    assert {right for right in Right if queries.may(made, right, tree["G1"])} == allowed
    assert queries.needs_second_factor(made) == (role != "leader")


def test_rights_end_at_the_subtree(tree: dict[str, Area]) -> None:
    made = enrolled("w", "C1")
    assert [area.code for area in queries.areas(made, Right.NAMES)] == ["C1", "G1"]
    assert not queries.may(made, Right.NAMES, tree["C2"])
    assert not queries.may(made, Right.NAMES, tree["S"])
    assert queries.top_area(made) == tree["C1"]


def test_without_a_grant_nothing_is_seen(tree: dict[str, Area]) -> None:
    made = actions.enrol(by=CLERK, username="w", name="W", password=PASSWORD)
    assert list(queries.areas(made, Right.FIGURES)) == []
    assert queries.top_area(made) is None


def test_a_grant_inside_a_grant_counts_once(tree: dict[str, Area]) -> None:
    made = enrolled("w")
    actions.grant(by=CLERK, worker=made, area=tree["C1"], role="office")
    assert queries.granted_paths(made, Right.NAMES) == ["S/"]


@pytest.mark.parametrize(("days", "holds"), [(0, True), (1, True), (-1, False)], ids=["today", "later", "yesterday"])
def test_a_role_ends_with_its_last_day(tree: dict[str, Area], days: int, holds: bool) -> None:
    made = enrolled("w", "C1", "leader")
    actions.grant(by=CLERK, worker=made, area=tree["C2"], role="office", until_on=DAY + timedelta(days=days))
    assert queries.may(made, Right.NAMES, tree["C2"]) == holds
    assert queries.needs_second_factor(made) == holds
    assert len(queries.roles(made)) == (2 if holds else 1)


def test_a_role_is_taken_away_but_never_the_last(tree: dict[str, Area]) -> None:
    made = enrolled("w", "C1")
    other = actions.grant(by=CLERK, worker=made, area=tree["C2"], role="leader")
    actions.revoke(by=CLERK, grant=other)
    assert [(grant.role, grant.area.code) for grant in queries.roles(made)] == [("office", "C1")]
    with pytest.raises(actions.LastRoleError):
        actions.revoke(by=CLERK, grant=queries.roles(made)[0])
    assert Entry.objects.filter(verb="accounts.revoke").count() == 1


def test_every_role_has_its_rights_written_down() -> None:
    assert set(queries.ROLE_RIGHTS) == set(Grant.Role.values)


# ---- who may change whose login --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("actor", "target", "may"),
    [
        pytest.param(("S", "office"), [("S", "office")], True, id="the topmost office, everybody"),
        pytest.param(("S", "office"), [], True, id="the topmost office, one without roles"),
        pytest.param(("C1", "office"), [("C1", "office")], True, id="an office, its own equal"),
        pytest.param(("C1", "office"), [("G1", "volunteer")], True, id="an office, a volunteer below"),
        pytest.param(("C1", "office"), [("C2", "volunteer")], False, id="another committee's"),
        pytest.param(("C1", "office"), [("S", "leader")], False, id="one from above"),
        pytest.param(("C1", "office"), [("G1", "leader"), ("C2", "leader")], False, id="one who reaches outside"),
        pytest.param(("C1", "office"), [], False, id="one without roles belongs to the topmost"),
        pytest.param(("C1", "committee_worker"), [("C1", "volunteer")], False, id="no office"),
        pytest.param(("S", "leader"), [("C1", "volunteer")], False, id="a leader"),
    ],
)
def test_a_login_is_changed_only_by_whoever_may_do_all_it_may(
    tree: dict[str, Area], actor: tuple[str, str], target: list[tuple[str, str]], may: bool
) -> None:
    acting = enrolled("actor", *actor)
    other = actions.enrol(by=CLERK, username="other", name="Other", password=None)
    for area, role in target:
        actions.grant(by=CLERK, worker=other, area=tree[area], role=role)
    assert queries.may_change(acting, queries.roles(acting), other) == may


def test_nobody_changes_their_own_login_there(tree: dict[str, Area]) -> None:
    office = enrolled("office")
    assert not queries.may_change(office, queries.roles(office), office)


def test_a_role_that_has_ended_outside_still_keeps_others_out(tree: dict[str, Area]) -> None:
    office, other = enrolled("office", "C1"), enrolled("other", "C1", "leader")
    actions.grant(by=CLERK, worker=other, area=tree["C2"], role="office", until_on=DAY - timedelta(days=9))
    assert not queries.may_change(office, queries.roles(office), other)


@pytest.mark.parametrize(
    ("area", "role", "may"),
    [
        ("C1", "office", True),
        ("G1", "volunteer", True),
        ("S", "volunteer", False),
        ("C2", "leader", False),
    ],
)
def test_roles_are_given_only_inside(tree: dict[str, Area], area: str, role: str, may: bool) -> None:
    assert queries.may_grant(queries.roles(enrolled("office", "C1")), role, tree[area]) == may


def test_an_office_whose_role_has_ended_gives_nothing(tree: dict[str, Area]) -> None:
    office = enrolled("office", "C1", "leader")
    actions.grant(by=CLERK, worker=office, area=tree["C1"], role="office", until_on=DAY - timedelta(days=1))
    assert not queries.may_grant(queries.roles(office), "leader", tree["C1"])
    assert list(queries.seen_by(queries.roles(office))) == []


def test_an_office_sees_the_logins_of_its_areas(tree: dict[str, Area], django_assert_num_queries: Any) -> None:
    top, office = enrolled("top"), enrolled("office", "C1")
    enrolled("below", "G1", "volunteer", until_on=DAY, password=None)
    enrolled("beside", "C2", "leader")
    nobody = actions.enrol(by=CLERK, username="nobody", name="Nobody", password=None)
    assert [worker.username for worker in queries.seen_by(queries.roles(office))] == ["below", "office"]
    assert {worker.username for worker in queries.seen_by(queries.roles(top))} == {
        "below",
        "beside",
        "nobody",
        "office",
        "top",
    }
    actions.close(by=CLERK, worker=nobody)
    seen = list(queries.seen_by(queries.roles(top)))
    with django_assert_num_queries(3):
        rows = queries.logins(seen, on=DAY + timedelta(days=1))
    assert [(row.worker.username, row.state, row.factor) for row in rows] == [
        ("below", "over", "none"),
        ("beside", "open", "needless"),
        ("nobody", "closed", "needless"),
        ("office", "open", "none"),
        ("top", "open", "none"),
    ]


# ---- loans and sessions ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "opens"), [(0, True), (-1, False)], ids=["the last day", "the day after"])
def test_a_loan_ends_by_itself(tree: dict[str, Area], days: int, opens: bool) -> None:
    made = enrolled("v", "C1", "volunteer", until_on=DAY + timedelta(days=days))
    assert (authenticate(None, username="v", password=PASSWORD) is not None) == opens
    assert (SignIn().get_user(made.pk) is not None) == opens


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(
            lambda w, a: actions.set_password(by=CLERK, worker=w, password="twelve-carps-swim"), id="password"
        ),
        pytest.param(lambda w, a: actions.grant(by=CLERK, worker=w, area=a["C2"], role="leader"), id="a new role"),
        pytest.param(lambda w, a: actions.revoke(by=CLERK, grant=Grant.objects.filter(worker=w)[0]), id="a role less"),
        pytest.param(lambda w, a: actions.lend(by=CLERK, worker=w, until_on=DAY), id="loan"),
        pytest.param(lambda w, a: actions.reset_code(by=CLERK, worker=w), id="second factor"),
        pytest.param(lambda w, a: actions.end_sessions(by=CLERK, worker=w), id="everywhere"),
        pytest.param(lambda w, a: actions.close(by=CLERK, worker=w), id="closed"),
    ],
)
def test_what_ends_every_session(tree: dict[str, Area], change: Any) -> None:
    worker, bystander = enrolled("w", "C1"), enrolled("x", "C1")
    actions.grant(by=CLERK, worker=worker, area=tree["G1"], role="leader")
    before, beside = worker.get_session_auth_hash(), bystander.get_session_auth_hash()
    change(worker, tree)
    assert Worker.objects.get(pk=worker.pk).get_session_auth_hash() != before
    assert Worker.objects.get(pk=bystander.pk).get_session_auth_hash() == beside


def test_a_temporary_password_is_marked(tree: dict[str, Area]) -> None:
    worker = enrolled("w")
    actions.set_password(by=CLERK, worker=worker, password="kf7m-2xqp-9rtd", until=AT)
    assert Worker.objects.get(pk=worker.pk).password_until == AT
    actions.set_password(by=worker.who, worker=worker, password="twelve-carps-swim")
    assert Worker.objects.get(pk=worker.pk).password_until is None
