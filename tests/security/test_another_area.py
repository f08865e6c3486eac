"""Another area's people: by address, list, search, file, import, journal, duplicates and public pages."""

from __future__ import annotations

from typing import Any

import pytest
from addresses import every_address
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from leaks import stored, told
from two_committees import (
    BOUND_TO_NORTH,
    NEIGHBOUR,
    SECRETS,
    VICTIM,
    VICTIM_NUMBER,
    VICTIM_PHONE,
    VICTIM_TWIN,
    Ground,
    browser,
)

from linli.records.duplicates.models import Pair
from linli.records.journal.models import Entry
from linli.records.lists.models import List, Row
from linli.records.people.models import Person
from linli.records.people.models import Source as PeopleSource
from linli.words.reasons import GROUPS
from round_trip import changed, put
from small_street import resident_id

HALF_OWN = ("duplicates:pair", "duplicates:join", "duplicates:apart")


@pytest.mark.parametrize("username", [*BOUND_TO_NORTH, None], ids=[*BOUND_TO_NORTH, "stranger"])
def test_every_address_of_another_area_does_not_exist(username: str | None, ground: Ground) -> None:
    """Read or written, by id of person, dose, status, list, row, area, building, pair, merge or login."""
    client = browser(username) if username else Client()
    before = stored()
    foreign = [address for address in every_address(ground) if address.is_foreign]
    assert len(foreign) > 40
    for address in foreign:
        for method in ("get", "post"):
            answer = getattr(client, method)(address.path)
            allowed = (403, 404, 405) if username else (302, 403, 405)
            if address.name in HALF_OWN:  # half of it is about a neighbour, whom some may see
                allowed = (*allowed, 200, 302)
            assert answer.status_code in allowed, f"{method} {address.name}: {answer.status_code}"
            assert told(answer) == [], f"{method} {address.name}"
            if answer.status_code == 302 and not username:
                assert answer["Location"].startswith("/sign-in/"), address.name
    assert stored() == before


def test_their_own_worker_sees_them(ground: Ground) -> None:
    """What must not leak is there to be seen by those who may."""
    page = browser("south").get(reverse("people:person", args=[ground.victim.public_id]))
    assert page.status_code == 200
    assert VICTIM in page.content.decode()


@pytest.mark.parametrize("username", BOUND_TO_NORTH)
def test_no_page_that_lists_people_names_them(username: str, ground: Ground) -> None:
    client = browser(username)
    zone, house = ground.areas["Z"].public_id, ground.buildings["Z1"].public_id
    asked = [f"/due/?group={group}" for group in GROUPS]
    asked += [f"/due/?area={zone}", f"/due/?building={house}&group=people", "/due/?of=registered&group=people"]
    asked += ["/due/export.csv?group=people", "/due/export.xlsx?group=people", f"/due/export.csv?area={zone}"]
    asked += [f"/due/export.xlsx?building={house}&group=people"]
    asked += [address.path for address in every_address(ground) if not address.is_foreign]
    seen = 0
    for path in asked:
        answer = client.get(path, follow=True)
        assert told(answer) == [], path
        seen += answer.status_code == 200
    assert seen > 3


@pytest.mark.parametrize("username", ["north", "north_office", "loan"])
@pytest.mark.parametrize("text", [VICTIM, VICTIM[:2], VICTIM_PHONE, VICTIM_PHONE[-4:], VICTIM_NUMBER, VICTIM_TWIN])
def test_a_search_finds_nobody_of_another_area(username: str, text: str, ground: Ground) -> None:
    client = browser(username)
    answer = client.post("/due/search/", {"search": text, "group": "people"}, follow=True)
    assert answer.status_code == 200
    page = answer.content.decode()
    assert ground.victim.public_id not in page
    assert reverse("people:person", args=[ground.victim.public_id]) not in page
    for echo in (f'value="{text}"', f"“{text}”"):
        page = page.replace(echo, "")
    assert VICTIM not in page
    # The neighbour's phone ends in the same digits and is found: the search works.
    assert (NEIGHBOUR in page) is (text == VICTIM_PHONE[-4:])


def test_the_token_of_somebody_elses_search_says_nothing(ground: Ground) -> None:
    south = browser("south")
    found = south.post("/due/search/", {"search": VICTIM, "group": "people"})
    answer = browser("north").get(found["Location"])
    assert told(answer) == []
    assert VICTIM in told(south.get(found["Location"]))


def upload(client: Client, ground: Ground, content: bytes, name: str = "mine.csv", **more: Any) -> Any:
    source = PeopleSource.objects.get(code="register")
    form = {
        "area": ground.areas["N"].public_id,
        "source": source.code,
        "covers_doses": "yes",
        "as_of": "2021-06-20",
        "basis": "living",
        "file": SimpleUploadedFile(name, content),
    }
    return client.post("/lists/new/", form | more, follow=True)


@pytest.mark.parametrize(
    ("line", "is_row"),
    [
        (f",{VICTIM_NUMBER},", True),
        (f"猜测名,{VICTIM_NUMBER},13800000000", True),
        (f"{VICTIM},,", True),
        (f"{VICTIM},,{VICTIM_PHONE}", True),
    ],
    ids=["number alone", "number and another name", "name alone", "name and phone"],
)
def test_a_list_that_names_them_tells_nothing_back(line: str, is_row: bool, ground: Ground) -> None:
    """What the office of another area learns from a list is what it wrote into it."""
    client = browser("north_office")
    answer = upload(client, ground, f"姓名,证件号码,联系电话\n{line}\n".encode())
    assert answer.status_code == 200
    of = List.objects.latest("id")
    known = [value for value in SECRETS if value in line]
    pages = [answer, client.get(reverse("lists:one", args=[of.public_id]))]
    pages += [
        client.get(f"{reverse('lists:one', args=[of.public_id])}?outcome={outcome}") for outcome in Row.Outcome.values
    ]
    pages += [client.get(reverse("lists:row", args=[of.public_id, line_])) for line_ in (2,)]
    pages += [
        client.get(f"{reverse('lists:rows-file', args=[of.public_id])}?outcome={outcome}")
        for outcome in ("bad", "doubt", "changed")
    ]
    for page in pages:
        assert [value for value in told(page) if value not in known] == []
    assert Row.objects.filter(list=of).exists() is is_row


@pytest.mark.parametrize("name", [VICTIM, "另一名"], ids=["the right name", "another name"])
def test_a_list_does_not_fetch_them(name: str, ground: Ground) -> None:
    """Who knows a number cannot claim its owner: the row waits for an office that may see both areas."""
    client = browser("north_office")
    place = ground.areas["N"].name
    upload(
        client,
        ground,
        f"姓名,证件号码,居委会,楼栋\n{name},{VICTIM_NUMBER},{place},{ground.buildings['N1'].name}\n".encode(),
    )
    of = List.objects.latest("id")
    row = Row.objects.get(list=of)
    assert (row.outcome, [problem["code"] for problem in row.problems]) == ("doubt", ["person_of_another_area"])
    page = client.get(reverse("lists:row", args=[of.public_id, row.line]))
    assert [value for value in told(page) if value not in (name, VICTIM_NUMBER)] == []
    assert ground.buildings["Z1"].name_en not in page.content.decode()
    for decision in ("accept", "new", ground.victim.public_id, f"{ground.victim.public_id}+"):
        client.post(reverse("lists:decide", args=[of.public_id, row.line]), {"decision": decision})
        client.post(reverse("lists:apply", args=[of.public_id]), {"now": "1"})
        assert client.get(reverse("people:person", args=[ground.victim.public_id])).status_code == 404
        List.objects.filter(pk=of.pk).update(state=List.State.STAGED)
    assert Person.objects.get(pk=ground.victim.pk).living_area == ground.areas["Z"]
    # The office over both settles it.
    both = browser("office")
    both.post(reverse("lists:decide", args=[of.public_id, row.line]), {"decision": ground.victim.public_id})
    both.post(reverse("lists:apply", args=[of.public_id]), {"now": "1"})
    assert Person.objects.get(pk=ground.victim.pk).living_area == ground.areas["N"]


def test_a_decision_cannot_name_them(ground: Ground) -> None:
    client = browser("north_office")
    upload(client, ground, f"姓名,证件号码,联系电话\n{VICTIM},,\n".encode())
    of = List.objects.latest("id")
    before = stored()
    answer = client.post(reverse("lists:decide", args=[of.public_id, 2]), {"decision": ground.victim.public_id})
    assert answer.status_code in (403, 404)
    assert stored() == before


def test_a_list_cannot_be_loaded_into_another_area(ground: Ground) -> None:
    before = List.objects.count()
    answer = upload(browser("north_office"), ground, "姓名\n某人\n".encode(), area=ground.areas["Z"].public_id)
    assert answer.status_code == 422
    assert List.objects.count() == before


def test_a_list_that_comes_back_with_their_record_id_touches_nobody(ground: Ground) -> None:
    client = browser("north")
    taken = client.post(
        reverse("lists:take-out"), {"kind": "people", "area": ground.areas["N"].public_id, "ending": "xlsx"}
    )
    assert taken.status_code == 200
    assert told(taken) == []
    forged = changed(taken.content, put("Record", ground.victim.public_id))
    forged = changed(forged, put("Full name", "改名"))
    before = stored()
    answer = client.post(reverse("lists:bring-back"), {"file": SimpleUploadedFile("copy.xlsx", forged)}, follow=True)
    assert answer.status_code == 200
    assert told(answer) == []
    of = List.objects.latest("id")
    assert of.is_return
    outcomes = list(Row.objects.filter(list=of).values_list("outcome", flat=True))
    assert Row.Outcome.UNKNOWN in outcomes
    client.post(reverse("lists:apply", args=[of.public_id]), {"now": "1"})
    after = stored()
    assert {table: rows for table, rows in after.items() if table.startswith(("people_", "doses_"))} == {
        table: rows for table, rows in before.items() if table.startswith(("people_", "doses_"))
    }


@pytest.mark.parametrize("username", ["north", "loan", "leader", "north_office", "south"])
def test_the_journal_is_for_the_office_over_everything_alone(username: str, ground: Ground) -> None:
    client = browser(username)
    for path in ("/journal/", f"/journal/?noun=person&id={ground.victim.public_id}", "/journal/?page=2"):
        assert client.get(path).status_code in (403, 404)
    assert client.get(reverse("people:looks", args=[ground.victim.public_id])).status_code in (403, 404)


@pytest.mark.parametrize("username", ["north", "north_office", "loan"])
def test_a_pair_across_areas_shows_no_half_of_the_other(username: str, ground: Ground) -> None:
    client = browser(username)
    for path in ("/duplicates/", "/duplicates/merges/", reverse("duplicates:pair", args=[ground.pair.public_id])):
        assert told(client.get(path, follow=True)) == []
    before = stored()
    for kind in ("join", "apart"):
        client.post(reverse(f"duplicates:{kind}", args=[ground.pair.public_id]), {"kept": ground.victim.public_id})
    assert stored() == before
    assert Pair.objects.get(pk=ground.pair.pk).state == Pair.State.OPEN


def test_public_pages_name_nobody(ground: Ground) -> None:
    client = Client()
    for path in (
        "/",
        "/check/",
        "/coverage/",
        "/coverage/figures.csv",
        "/install/",
        "/fhir/metadata",
        "/sign-in/",
        "/nowhere/",
    ):
        answer = client.get(path, follow=True)
        assert told(answer) == [], path
        assert not any(person.name in answer.content.decode() for person in Person.objects.all() if person.name), path


def test_each_refusal_leaves_no_look(ground: Ground) -> None:
    client = browser("north")
    before = Entry.objects.filter(verb="people.look").count()
    client.get(reverse("people:person", args=[ground.victim.public_id]))
    client.post(reverse("people:number", args=[ground.victim.public_id]))
    assert Entry.objects.filter(verb="people.look").count() == before


def test_a_new_neighbour_is_found_by_the_same_number(ground: Ground) -> None:
    """The import that attackers misuse works for whoever writes of their own people."""
    client = browser("north_office")
    upload(client, ground, f"姓名,证件号码,联系电话\n新来的,{resident_id('19880101', 5)},13811112222\n".encode())
    of = List.objects.latest("id")
    assert Row.objects.get(list=of).outcome == Row.Outcome.NEW
