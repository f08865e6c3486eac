"""The pages of lists: load, look through, apply, stop; who may see what."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from list_desk import PEOPLE, form_of, text, upload
from pytest_django import Settings

from linli.domain.sheets import KINDS, read, recognise
from linli.records.journal.models import Entry
from linli.records.lists import progress
from linli.records.lists.models import List, Row
from linli.records.people.models import Person, Source
from linli.records.places.models import Area
from linli.web.lists import tasks
from small_street import BUILDINGS, ON, PEOPLE_HEADER, Load, person_line, resident_id

WANG, LI = resident_id("19500101", 1), resident_id("19600202", 2)
SignIn = Callable[..., Client]


# ---- all lists ----------------------------------------------------------------------------------------------------


def test_the_first_page_says_how_to_begin(office: Client) -> None:
    List.objects.exclude(pk=0).delete()
    page = office.get("/lists/")
    assert "No list has been loaded" in text(page)
    for kind in KINDS:
        assert f"/lists/templates/{kind}.xlsx?language=zh" in page.content.decode()


def test_every_list_stands_with_its_counts(office: Client, receive: Load) -> None:
    receive(PEOPLE, "居民.csv")
    page = text(office.get("/lists/"))
    assert "居民.csv" in page
    assert "Residents To be decided 1 0 0 2 Shimen Er Road 居委会名单" in page


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("ending", ["xlsx", "csv"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_templates_can_be_taken_away(office: Client, kind: str, ending: str, language: str) -> None:
    answer = office.get(f"/lists/templates/{kind}.{ending}?language={language}")
    sheet = read(answer.content, filename=f"t.{ending}")
    assert recognise(sheet.header).kind == kind
    assert "attachment" in answer.headers["Content-Disposition"]


@pytest.mark.parametrize("name", ["people.exe", "nothing.xlsx", "people.xlsx?language=fr"])
def test_other_templates_do_not_exist(office: Client, name: str) -> None:
    assert office.get(f"/lists/templates/{name}").status_code == 404


# ---- loading ------------------------------------------------------------------------------------------------------


def test_a_small_list_is_judged_at_once(office: Client) -> None:
    of = upload(office)
    assert (of.state, of.kind, of.covers_doses, of.received_by and of.received_by.name) == (
        "staged",
        "people",
        True,
        "王芳",
    )
    page = text(office.get(f"/lists/{of.public_id}/"))
    assert "1 row added · 2 bad rows left out" in page
    assert "网格员. Their cells are kept with the file" in page
    assert "Nobody knows this building" in page
    assert "证件号码" in page


def test_a_new_source_is_named_with_the_list(office: Client) -> None:
    of = upload(office, source="new", source_name=" 街道  六月 ", source_rank="10", covers_doses="no")
    assert (of.source.name, of.source.rank, of.source.covers_doses) == ("街道 六月", 10, False)
    again = office.post("/lists/new/", form_of() | {"source": "new", "source_name": "街道 六月", "source_rank": "30"})
    assert again.status_code == 422
    assert Source.objects.filter(name="街道 六月").count() == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        pytest.param({"file": ""}, "Choose a file.", id="no file"),
        pytest.param({"file": SimpleUploadedFile("a.csv", b"")}, "The file is empty.", id="an empty file"),
        pytest.param({"area": "x"}, "Select a valid choice", id="an area nobody has"),
        pytest.param({"covers_doses": ""}, "Say whether the list covers doses", id="doses left open"),
        pytest.param({"as_of": "20 June"}, "Write the day as 2021-06-20.", id="no date"),
        pytest.param({"source": "new"}, "Name the new source", id="a source without a name"),
    ],
)
def test_what_is_wrong_with_the_form_is_said_and_the_rest_kept(
    office: Client, changes: dict[str, object], words: str
) -> None:
    answer = office.post("/lists/new/", form_of() | changes)
    assert answer.status_code == 422
    assert words in text(answer)
    assert ('value="working"' in answer.content.decode()) is True
    assert not List.objects.filter(file_name="居民.csv").exists()


def test_a_file_above_the_limit_is_refused_unread(office: Client, settings: Settings) -> None:
    settings.LIST_MAX_BYTES = 50
    assert "at most 0 are taken" in text(office.post("/lists/new/", form_of()))

    class Untouched:
        def read(self, *_size: int) -> bytes:
            raise AssertionError("the body was read")

        readline = read

    huge = {"CONTENT_LENGTH": str(2**40), "wsgi.input": Untouched(), "CONTENT_TYPE": "multipart/form-data; boundary=x"}
    answer = office.post("/lists/new/", data=b"", content_type="multipart/form-data; boundary=x", **huge)
    assert answer.status_code == 413
    assert "The file was not taken" in text(answer)


def test_the_form_is_guarded_against_other_sites(sign_in: SignIn) -> None:
    client = sign_in(enforce_csrf_checks=True)
    assert client.post("/lists/new/", form_of()).status_code == 403


def test_a_refused_file_says_why_and_what_to_do(office: Client) -> None:
    of = upload(office, "甲,乙\n1,2\n")
    page = text(office.get(f"/lists/{of.public_id}/"))
    assert (
        "The file cannot be read as a list; nothing of it was taken No header was found. The file begins: 甲,乙" in page
    )


# ---- one list -----------------------------------------------------------------------------------------------------


def test_applying_from_the_page(office: Client) -> None:
    of = upload(office)
    answer = office.post(f"/lists/{of.public_id}/apply/", follow=True)
    assert "The list is in the register 1 row added · 2 bad rows left out" in text(answer)
    assert "2 rows are not in the register." in text(answer)
    assert Person.objects.get().name == "王建国"
    assert "Applied a list" in text(answer)
    entry = Entry.objects.filter(verb="lists.apply").latest("id")
    assert entry.who_name == "王芳"


def test_the_same_file_again_is_noticed(office: Client) -> None:
    first = upload(office)
    office.post(f"/lists/{first.public_id}/apply/")
    page = text(office.get(f"/lists/{upload(office).public_id}/"))
    assert "The same file was applied before" in page


def test_what_changes_is_shown_old_and_new(office: Client, load: Load, receive: Load) -> None:
    load(PEOPLE_HEADER + person_line("王建国", WANG))
    of = receive(PEOPLE_HEADER + person_line("王建国", WANG, phone="13900000009"))
    page = text(office.get(f"/lists/{of.public_id}/?outcome=changed"))
    assert "Phone 13800000001 → 13900000009" in page


def test_setting_aside_and_judging_again(office: Client) -> None:
    of = upload(office)
    page = text(office.post(f"/lists/{of.public_id}/set-aside/", follow=True))
    assert "The list was set aside. The register is as it was." in page
    office.post(f"/lists/{of.public_id}/stage/", {"now": "1"})
    of.refresh_from_db()
    assert of.state == List.State.STAGED


def test_who_comes_second_is_told(office: Client) -> None:
    of = upload(office)
    office.post(f"/lists/{of.public_id}/apply/")
    for step in ("apply", "set-aside"):
        assert "Somebody else has applied the list" in text(office.post(f"/lists/{of.public_id}/{step}/", follow=True))


def test_every_step_needs_a_post(office: Client) -> None:
    of = upload(office)
    for step in ("apply", "set-aside", "stage", "stop", "rows/2/decide"):
        assert office.get(f"/lists/{of.public_id}/{step}/").status_code == 405


def test_rows_come_in_pages(office: Client, receive: Load) -> None:
    lines = "".join(
        person_line(f"王{'一二三四五'[n % 5]}", resident_id("19500101", n), door=str(n)) for n in range(1, 121)
    )
    of = receive(PEOPLE_HEADER + lines)
    page = office.get(f"/lists/{of.public_id}/?outcome=new&page=3")
    assert page.content.decode().count(f"/lists/{of.public_id}/rows/") == 40  # by its line and by "see"
    assert "101" in text(page)


def test_the_number_of_queries_does_not_grow_with_the_rows(office: Client, receive: Load, load: Load) -> None:
    load(PEOPLE_HEADER + "".join(person_line("王建国", resident_id("19500101", n), door=str(n)) for n in range(1, 60)))
    header = "姓名,出生日期,联系电话,楼栋\n"
    counts = []
    for size in (3, 50):
        lines = (f"王建国,1950-01-01,139000000{n:02d},B2\n" for n in range(10, 10 + size))
        of = receive(header + "".join(lines))
        for address in ("/lists/", f"/lists/{of.public_id}/?outcome=doubt", f"/lists/{of.public_id}/rows/2/"):
            with CaptureQueriesContext(
                connection,
            ) as seen:
                assert office.get(address).status_code == 200
            counts.append(len(seen))
    assert counts[:3] == counts[3:]
    assert max(counts) <= 20


# ---- long work ----------------------------------------------------------------------------------------------------


@pytest.fixture
def _nothing_is_small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "SMALL_BYTES", 0)
    monkeypatch.setattr(tasks, "SMALL_ROWS", 0)


def work() -> None:
    """What the worker beside the pages does."""
    call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)


@pytest.mark.usefixtures("_nothing_is_small")
@pytest.mark.django_db(transaction=True)
def test_long_work_is_queued_followed_and_done_outside_the_request(office: Client) -> None:
    of = upload(office)
    assert of.state == List.State.RECEIVED
    page = office.get(f"/lists/{of.public_id}/")
    assert "Waiting for its turn" in text(page)
    part = office.get(f"/lists/{of.public_id}/progress/")
    assert ("HX-Refresh" in part.headers, b"<html" in part.content) == (False, False)
    work()
    assert office.get(f"/lists/{of.public_id}/progress/").headers["HX-Refresh"] == "true"
    of.refresh_from_db()
    assert of.state == List.State.STAGED
    office.post(f"/lists/{of.public_id}/apply/")
    assert Person.objects.count() == 0
    work()
    of.refresh_from_db()
    assert (of.state, Person.objects.count()) == (List.State.APPLIED, 1)


@pytest.mark.usefixtures("_nothing_is_small")
@pytest.mark.django_db(transaction=True)
def test_what_was_stopped_while_it_waited_is_never_done(office: Client) -> None:
    of = upload(office)
    page = text(office.post(f"/lists/{of.public_id}/stop/", follow=True))
    assert "The work was stopped" in page
    work()
    of.refresh_from_db()
    assert of.state == List.State.RECEIVED


@pytest.mark.usefixtures("_nothing_is_small")
def test_where_no_worker_runs_the_page_does_it(office: Client) -> None:
    of = upload(office)
    queued = progress.read(public_id=of.public_id)
    assert queued is not None
    progress._keep(of.public_id, replace(queued, seen_at=time.time() - 60))
    page = office.get(f"/lists/{of.public_id}/")
    assert "Nobody has begun yet" in text(page)
    office.post(f"/lists/{of.public_id}/stage/", {"now": "1"})
    of.refresh_from_db()
    assert of.state == List.State.STAGED


def test_work_whose_process_was_killed_is_seen_to_be_interrupted(office: Client) -> None:
    of = upload(office)
    long_ago = time.time() - 60
    progress._keep(of.public_id, progress.Progress("apply", "running", "people", 5, 10, long_ago, long_ago))
    page = text(office.get(f"/lists/{of.public_id}/"))
    assert "The work was interrupted The program that did it ended. Nothing was changed: do it again." in page
    assert "Apply the list" in page
    assert office.get(f"/lists/{of.public_id}/progress/").headers["HX-Refresh"] == "true"


def test_work_that_runs_shows_its_bar(office: Client) -> None:
    of = upload(office)
    now = time.time()
    progress._keep(of.public_id, progress.Progress("apply", "running", "forecast", 5000, 40000, now - 2, now))
    page = office.get(f"/lists/{of.public_id}/")
    assert "Working out who is due 5,000 of 40,000" in text(page)
    assert f'hx-get="/lists/{of.public_id}/progress/"' in page.content.decode()
    assert "Apply the list" not in text(page)


def test_a_task_for_a_list_already_judged_does_nothing(office: Client) -> None:
    of = upload(office)
    progress.queue(public_id=of.public_id, work="stage")
    before = list(Row.objects.filter(list=of).values_list("id", flat=True))
    tasks._begin(of.public_id, "stage", ON.isoformat(), of.received_by.public_id)  # type: ignore[union-attr]
    assert list(Row.objects.filter(list=of).values_list("id", flat=True)) == before
    progress.forget(public_id=of.public_id)


# ---- rights -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("role", "to_one"), [("committee_worker", 404), ("leader", 403)])
def test_only_the_office_loads_lists(sign_in: SignIn, receive: Load, role: str, to_one: int) -> None:
    client, of = sign_in(role), receive(PEOPLE)
    for address in ("/lists/", "/lists/new/"):
        assert client.get(address).status_code == 403
    # A committee worker has lists of their own, those they brought back from Excel; this is none of them.
    for address in (f"/lists/{of.public_id}/", f"/lists/{of.public_id}/rows/2/"):
        assert client.get(address).status_code == to_one


def test_strangers_are_asked_to_sign_in(street: Area) -> None:
    assert Client().get("/lists/").url.startswith("/sign-in/")


def test_another_areas_list_does_not_exist(sign_in: SignIn, receive: Load) -> None:
    of = receive(PEOPLE)
    client = sign_in(area="S-1")
    home = f"/lists/{of.public_id}/"
    for address in (home, f"{home}progress/", f"{home}rows.xlsx", f"{home}rows/2/"):
        assert client.get(address).status_code == 404
    for step in ("apply/", "stop/", "stage/", "set-aside/", "rows/2/", "rows/2/decide/"):
        assert client.post(f"{home}{step}").status_code == 404
    assert "list.csv" not in text(client.get("/lists/"))
    assert client.post("/lists/new/", form_of()).status_code == 422


def test_addresses_hold_nothing_personal(office: Client) -> None:
    of = upload(office)
    page = office.get(f"/lists/{of.public_id}/").content.decode()
    addresses = set(re.findall(r'(?:href|action|hx-get)="([^"]+)"', page))
    assert not [one for one in addresses if WANG in one or "%E7%8E%8B" in one or "王" in one]


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_pages_speak_both_languages(office: Client, language: str) -> None:
    office.cookies["django_language"] = language
    of = upload(office)
    for address in ("/lists/", "/lists/new/", f"/lists/{of.public_id}/", f"/lists/{of.public_id}/rows/4/"):
        page = office.get(address)
        assert page.status_code == 200
        assert f'lang="{"en" if language == "en" else "zh-Hans"}"' in page.content.decode()


def test_a_list_of_buildings_has_its_own_columns(office: Client, receive: Load) -> None:
    of = receive(BUILDINGS)
    page = text(office.get(f"/lists/{of.public_id}/?outcome=same"))
    assert "楼栋代码 楼栋名称 居委会 地址" in page
