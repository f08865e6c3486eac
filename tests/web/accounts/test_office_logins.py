"""The office's logins: made, changed and closed within its own areas, and no further."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from linli.records.accounts import actions
from linli.records.accounts.models import Device, Grant, Slip, TimeCode, Worker
from linli.records.accounts.queries import device_of, open_slip, roles
from linli.records.journal.models import Entry
from linli.records.places.models import Area
from logins import CLERK, PASSWORD, PIN, enrolled, with_time_code

pytestmark = pytest.mark.django_db
LAST_DAY = date(2021, 7, 3)


@pytest.fixture
def desk(client: Client, tree: dict[str, Area]) -> Client:
    """The browser of the office of committee C1."""
    client.force_login(enrolled("desk", "C1"))
    return client


@pytest.fixture
def volunteer(tree: dict[str, Area]) -> Worker:
    return enrolled("v", "G1", "volunteer", password=None, until_on=LAST_DAY)


def new_login(tree: dict[str, Area], **change: str) -> dict[str, str]:
    """What the form of a new login sends."""
    told = {
        "name": "Lin Hua (invented)",
        "username": "Lin.Hua",
        "role": "committee_worker",
        "area": tree["G1"].public_id,
        "until_on": "",
        "by": "password",
    }
    return told | change


def held(worker: Worker) -> list[tuple[str, str]]:
    return [(grant.role, grant.area.code) for grant in roles(worker)]


# ---- making ------------------------------------------------------------------------------------------------------


def test_a_new_login_with_a_temporary_password(desk: Client, new_client: Any, tree: dict[str, Area]) -> None:
    answer = desk.post("/accounts/new/", new_login(tree))
    made = Worker.objects.get(username="lin.hua")
    assert answer.headers["Location"] == f"/accounts/{made.public_id}/"
    assert held(made) == [("committee_worker", "G1")]
    page = desk.get(answer.headers["Location"]).content.decode()
    shown = re.search(r'code-big">([\w-]+)<', page)
    assert shown is not None
    assert shown[1] not in str(list(Entry.objects.values()))
    assert shown[1] not in str(dict(desk.session))
    desk.post(f"/accounts/{made.public_id}/handed-over/")
    assert shown[1] not in desk.get(answer.headers["Location"]).content.decode()
    entering = new_client().post("/sign-in/", {"username": "lin.hua", "password": shown[1]})
    assert entering.headers["Location"] == "/sign-in/password/"


def test_a_new_volunteer_with_a_slip(desk: Client, new_client: Any, tree: dict[str, Area]) -> None:
    told = new_login(tree, role="volunteer", by="slip", until_on="2021-07-03")
    made_page = desk.post("/accounts/new/", told)
    made = Worker.objects.get(username="lin.hua")
    assert made_page.headers["Location"] == f"/accounts/{made.public_id}/slip/print/"
    assert not made.has_usable_password()
    paper = desk.get(made_page.headers["Location"]).content.decode()
    assert "Lin Hua (invented)" in paper
    assert '<div lang="zh-Hans">' in paper
    assert '<div lang="en">' in paper
    assert "This address is not protected" in paper  # by HTTP, in this test
    assert Slip.objects.get().token_hash not in paper
    desk.post(f"/accounts/{made.public_id}/handed-over/")
    assert desk.get(made_page.headers["Location"]).status_code == 302  # shown once


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": " "}, "Type the person"),
        ({"username": "desk"}, "Somebody signs in with this name already"),
        ({"username": "DESK"}, "Somebody signs in with this name already"),
        ({"username": "lin hua"}, "without spaces"),
        ({"role": ""}, "Choose a role"),
        ({"role": "king"}, "king is not one of"),
        ({"area": ""}, "Choose an area"),
        ({"until_on": "2021-06-19"}, "This day is over"),
        ({"until_on": "2031-06-19"}, "A year at most"),
        ({"until_on": "soon"}, "Write the day as"),
        ({"role": "volunteer"}, "A volunteer is on loan"),
        ({"by": "slip"}, "give the last day"),
        ({"by": "slip", "role": "office", "until_on": "2021-07-03"}, "needs a password and a time code"),
    ],
)
def test_a_new_login_that_cannot_be(desk: Client, tree: dict[str, Area], change: dict[str, str], said: str) -> None:
    answer = desk.post("/accounts/new/", new_login(tree, **change))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Worker.objects.filter(username="lin.hua").exists()


# ---- no escalation -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("area", ["S", "C2"])
@pytest.mark.parametrize("role", ["office", "leader", "volunteer"])
def test_no_login_is_made_outside(desk: Client, tree: dict[str, Area], area: str, role: str) -> None:
    told = new_login(tree, area=tree[area].public_id, role=role, until_on="2021-07-03")
    answer = desk.post("/accounts/new/", told)
    assert answer.status_code == 422
    assert "Choose an area of yours" in answer.content.decode()
    assert not Worker.objects.filter(username="lin.hua").exists()


def test_only_areas_inside_are_offered(desk: Client, tree: dict[str, Area]) -> None:
    page = desk.get("/accounts/new/").content.decode()
    assert tree["C1"].public_id in page
    assert tree["G1"].public_id in page
    assert tree["S"].public_id not in page
    assert tree["C2"].public_id not in page


def test_no_role_is_given_outside(desk: Client, tree: dict[str, Area], volunteer: Worker) -> None:
    path = f"/accounts/{volunteer.public_id}/grant/"
    for area in ("S", "C2"):
        assert desk.post(path, {"role": "office", "area": tree[area].public_id}).status_code == 422
    assert held(volunteer) == [("volunteer", "G1")]


CHANGES = {
    "grant": {"role": "leader"},
    "revoke": {"role": "leader"},
    "loan": {"until_on": "2021-06-21"},
    "password": {},
    "reset-code": {},
    "slip": {},
    "end-phone": {},
    "end-sessions": {},
    "close": {},
    "reopen": {},
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize(
    ("whose", "status"),
    [
        pytest.param("beside", 404, id="of another committee"),
        pytest.param("above", 404, id="of the office above"),
        pytest.param("across", 403, id="that reaches outside"),
        pytest.param("desk", 403, id="one's own"),
    ],
)
def test_a_login_beyond_ones_rights_is_not_changed(
    desk: Client, tree: dict[str, Area], whose: str, status: int, change: str
) -> None:
    enrolled("beside", "C2", "leader")
    enrolled("above")
    across = enrolled("across", "C1", "leader")
    actions.grant(by=CLERK, worker=across, area=tree["C2"], role="leader")
    worker = Worker.objects.get(username=whose)
    before = (Worker.objects.values().get(pk=worker.pk), held(worker), Entry.objects.count())
    told = CHANGES[change] | {"area": tree["C1"].public_id}
    assert desk.post(f"/accounts/{worker.public_id}/{change}/", told).status_code == status
    assert (Worker.objects.values().get(pk=worker.pk), held(worker), Entry.objects.count()) == before


@pytest.mark.parametrize("role", ["committee_worker", "leader", "volunteer"])
def test_the_pages_are_the_offices_alone(client: Client, tree: dict[str, Area], volunteer: Worker, role: str) -> None:
    client.force_login(enrolled("w", "S", role, until_on=LAST_DAY))
    one = f"/accounts/{volunteer.public_id}/"
    for path in ("/accounts/", "/accounts/new/", one, f"{one}slip/print/"):
        assert client.get(path).status_code == 403, path
    for change in CHANGES:
        assert client.post(f"{one}{change}/").status_code == 403, change
    assert "Logins" not in client.get("/account/").content.decode()


@pytest.mark.parametrize("change", CHANGES)
def test_nothing_is_changed_by_opening_an_address(desk: Client, volunteer: Worker, change: str) -> None:
    before = Entry.objects.count()
    assert desk.get(f"/accounts/{volunteer.public_id}/{change}/").status_code in (302, 405)
    assert Entry.objects.count() == before


def test_an_office_below_does_not_see_those_beside_or_above(desk: Client, volunteer: Worker) -> None:
    enrolled("beside", "C2", "leader")
    enrolled("above")
    page = desk.get("/accounts/").content.decode()
    assert "v (invented)" in page
    assert "beside" not in page
    assert "above" not in page


def test_a_login_that_reaches_outside_is_seen_but_not_changed(desk: Client, tree: dict[str, Area]) -> None:
    across = enrolled("across", "C1", "leader")
    actions.grant(by=CLERK, worker=across, area=tree["C2"], role="leader")
    page = desk.get(f"/accounts/{across.public_id}/").content.decode()
    assert "An office above changes it" in page
    assert "<button" not in page.partition("<main")[2].partition("</main>")[0]


# ---- changing ----------------------------------------------------------------------------------------------------


def test_a_role_is_given_and_taken_away(desk: Client, tree: dict[str, Area], volunteer: Worker) -> None:
    path = f"/accounts/{volunteer.public_id}/"
    told = {"role": "leader", "area": tree["C1"].public_id, "until_on": "2021-06-30"}
    assert desk.post(f"{path}grant/", told).headers["Location"] == path
    assert held(volunteer) == [("leader", "C1"), ("volunteer", "G1")]
    assert Grant.objects.get(role="leader").until_on == date(2021, 6, 30)
    which = {"role": "volunteer", "area": tree["G1"].public_id}
    assert desk.post(f"{path}revoke/", which).headers["Location"] == path
    assert held(volunteer) == [("leader", "C1")]
    which = {"role": "leader", "area": tree["C1"].public_id}
    page = desk.post(f"{path}revoke/", which, follow=True).content.decode()
    assert "the only role" in page
    assert held(volunteer) == [("leader", "C1")]


def test_the_loan_is_changed(desk: Client, volunteer: Worker) -> None:
    path = f"/accounts/{volunteer.public_id}/loan/"
    assert desk.post(path, {"until_on": "2021-06-19"}).status_code == 422
    assert desk.post(path, {"until_on": "2021-07-10"}).status_code == 302
    volunteer.refresh_from_db()
    assert volunteer.until_on == date(2021, 7, 10)


def test_a_forgotten_password_does_not_go_round_the_code(desk: Client, tree: dict[str, Area]) -> None:
    worker = enrolled("w", "G1", "committee_worker")
    with_time_code(worker, at=timezone.now())
    answer = desk.post(f"/accounts/{worker.public_id}/password/")
    assert 'code-big">' in desk.get(answer.headers["Location"]).content.decode()
    worker.refresh_from_db()
    assert worker.password_until is not None
    assert not worker.check_password(PASSWORD)
    assert TimeCode.objects.filter(worker=worker).exists()


def test_a_lost_phone_is_reset_by_the_office(desk: Client, tree: dict[str, Area]) -> None:
    worker = enrolled("w", "G1", "committee_worker")
    with_time_code(worker, at=timezone.now())
    desk.post(f"/accounts/{worker.public_id}/reset-code/")
    assert not TimeCode.objects.exists()
    assert Entry.objects.filter(verb="accounts.reset_code").count() == 1


def test_the_volunteers_phone_is_seen_and_ended_in_one_tap(desk: Client, volunteer: Worker) -> None:
    slip = open_slip(actions.print_slip(by=CLERK, worker=volunteer), at=timezone.now())
    assert slip is not None
    actions.enrol_device(by=volunteer.who, slip=slip, pin=PIN)
    path = f"/accounts/{volunteer.public_id}/"
    assert "Enrolled on" in desk.get(path).content.decode()
    desk.post(f"{path}end-phone/")
    assert device_of(volunteer) is None
    assert Device.objects.get().why == "revoked"
    assert desk.post(f"{path}end-phone/").status_code == 302  # tapped twice


def test_no_slip_for_somebody_who_stays(desk: Client, tree: dict[str, Area]) -> None:
    worker = enrolled("w", "G1", "committee_worker")
    page = desk.post(f"/accounts/{worker.public_id}/slip/", follow=True).content.decode()
    assert "A slip is for somebody on loan" in page
    assert not Slip.objects.exists()


def test_closing_and_opening_again(desk: Client, volunteer: Worker) -> None:
    path = f"/accounts/{volunteer.public_id}/"
    desk.post(f"{path}close/")
    assert not Worker.objects.get(pk=volunteer.pk).is_active
    assert "Open again" in desk.get(path).content.decode()
    desk.post(f"{path}reopen/")
    assert Worker.objects.get(pk=volunteer.pk).is_active


# ---- the list ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("", ["closed", "coded", "desk", "over", "v"]),
        ("?role=volunteer", ["over", "v"]),
        ("?state=closed", ["closed"]),
        ("?state=over", ["over"]),
        ("?factor=code", ["coded"]),
        ("?factor=none", ["desk", "over", "v"]),
        ("?role=king", ["closed", "coded", "desk", "over", "v"]),
    ],
)
def test_the_list_is_filtered(desk: Client, volunteer: Worker, asked: str, names: list[str]) -> None:
    with_time_code(enrolled("coded", "C1"), at=timezone.now())
    enrolled("over", "G1", "volunteer", password=None, until_on=date(2021, 6, 19))
    actions.close(by=CLERK, worker=enrolled("closed", "G1", "leader"))
    page = desk.get(f"/accounts/{asked}").content.decode()
    assert re.findall(r'class="cell-sub">([\w.]+)<', page) == names


def test_a_name_that_is_searched_stays_out_of_the_address(desk: Client, volunteer: Worker) -> None:
    enrolled("wang", "G1", "leader")
    answer = desk.post("/accounts/search/", {"search": "WANG", "role": "leader", "state": ""})
    assert "wang" not in answer.headers["Location"].lower()
    page = desk.get(answer.headers["Location"]).content.decode()
    assert re.findall(r'class="cell-sub">([\w.]+)<', page) == ["wang"]
    nothing = desk.post("/accounts/search/", {"search": "nobody"}, follow=True).content.decode()
    assert "No login fits these filters" in nothing


def test_a_long_list_has_pages_and_few_queries(
    desk: Client, tree: dict[str, Area], django_assert_max_num_queries: Any
) -> None:
    for number in range(60):
        actions.grant(
            by=CLERK,
            worker=actions.enrol(by=CLERK, username=f"w{number:02}", name=f"W {number}", password=None),
            area=tree["G1"],
            role="leader",
        )
    desk.get("/account/")
    with django_assert_max_num_queries(10):
        page = desk.get("/accounts/").content.decode()
    assert len(re.findall(r'class="cell-sub">', page)) == 50
    assert "w59" in desk.get("/accounts/?page=2").content.decode()


def test_one_login_takes_few_queries(
    desk: Client, volunteer: Worker, tree: dict[str, Area], django_assert_max_num_queries: Any
) -> None:
    for area in ("C1", "G1"):
        actions.grant(by=CLERK, worker=volunteer, area=tree[area], role="leader")
    desk.get("/accounts/")
    with django_assert_max_num_queries(16):
        assert desk.get(f"/accounts/{volunteer.public_id}/").status_code == 200


def test_a_name_with_a_script_in_it_is_a_name(desk: Client, tree: dict[str, Area]) -> None:
    desk.post("/accounts/new/", new_login(tree, name="<script>alert(1)</script>"))
    made = Worker.objects.get(username="lin.hua")
    for path in ("/accounts/", f"/accounts/{made.public_id}/"):
        page = desk.get(path).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page
