"""The queue, a pair side by side, merging and undoing, as different workers see and do it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from linli.domain.identity.duplicates import REASONS
from linli.records.doses.actions import Given, record
from linli.records.doses.queries import doses_of
from linli.records.duplicates.actions import keep_apart, merge
from linli.records.duplicates.models import Merge, Pair
from linli.records.journal.queries import looks
from linli.records.people.models import Document, Person
from linli.records.programme.models import Vaccine
from linli.web.duplicates.tasks import look_after_list, look_through
from linli.words import duplicates as words
from small_register import BY, person, source

Two = tuple[Person, Person]


def text(response: Any) -> str:
    """What a page says, without tags."""
    assert response.status_code == 200, response.status_code
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def address(pair: Pair, what: str = "") -> str:
    return f"/duplicates/{pair.public_id}/{what}"


def of(two: Two) -> Pair:
    return Pair.objects.get(one=two[0], other=two[1])


def test_every_reason_has_words() -> None:
    assert set(words.REASONS) == set(REASONS)


def test_the_queue_shows_the_likeliest_first_and_counts_them(queued: list[Pair], office: Client) -> None:
    page = office.get("/duplicates/").content.decode()
    places = [page.index(address(pair)) for pair in queued]
    assert places == sorted(places)
    assert "Same phone" in page
    assert re.search(r'Duplicates\s*<span class="tab-count">2</span>', page)


def test_the_count_in_the_menu_is_the_worker_s_own(queued: list[Pair], sign_in: Callable[..., Client]) -> None:
    page = sign_in("committee_worker", "Z").get("/due/").content.decode()
    assert re.search(r'Duplicates\s*<span class="tab-count">1</span>', page)


def test_an_empty_queue_says_what_to_do(street: Any, office: Client) -> None:
    said = text(office.get("/duplicates/"))
    assert "No likely duplicates" in said
    assert "Look through everybody" in said


def test_looking_through_everybody_fills_the_queue(grandmother: Two, office: Client) -> None:
    said = text(office.post("/duplicates/find/", follow=True))
    assert "1 new pair." in said
    assert Pair.objects.count() == 1


def test_a_large_register_is_looked_through_beside_the_page(
    grandmother: Two, office: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("linli.web.duplicates.queue.AT_ONCE", 1)
    assert "load this page again" in text(office.post("/duplicates/find/", follow=True))


def test_the_queue_is_narrowed_to_an_area(queued: list[Pair], street: Any, office: Client) -> None:
    page = office.get(f"/duplicates/?area={street['Z'].public_id}").content.decode()
    assert "林国强" in page
    assert "陈秀英" not in page


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_both_records_stand_side_by_side_with_what_differs(
    queued: list[Pair], grandmother: Two, office: Client, language: str
) -> None:
    office.cookies["django_language"] = language
    page = office.get(address(of(grandmother))).content.decode()
    assert page.count('<mark class="differs">陈</mark>秀英') == 1
    assert page.count('<mark class="differs">陳</mark>秀英') == 1
    assert '1380000000<mark class="differs">2</mark>' in page
    assert "police" in page
    assert "committee" in page
    with translation.override(language):
        assert str(words.REASONS["variant_characters"]) in page
        assert str(words.AGREEMENT["one_side"]) in page


def test_the_record_more_is_known_of_is_offered_to_be_kept(
    queued: list[Pair], grandmother: Two, office: Client
) -> None:
    page = office.get(address(of(grandmother))).content.decode()
    chosen = re.findall(r'name="kept" value="([\w-]+)"( checked)?', page)
    assert chosen == [(grandmother[0].public_id, " checked"), (grandmother[1].public_id, "")]


def test_merging_leads_to_the_next_pair_and_can_be_undone_there(
    queued: list[Pair], grandmother: Two, neighbour: Two, office: Client
) -> None:
    first, second = (grandmother, neighbour) if queued[0] == of(grandmother) else (neighbour, grandmother)
    kept, gone = first
    response = office.post(address(queued[0], "join/"), {"kept": kept.public_id}, follow=True)
    assert response.redirect_chain[-1][0] == address(of(second))
    done = Merge.objects.get()
    assert (done.kept, done.gone) == (kept, gone)
    page = response.content.decode()
    assert f"/duplicates/merges/{done.public_id}/undo/" in page
    said = text(office.post(f"/duplicates/merges/{done.public_id}/undo/", follow=True))
    assert "The merge is undone" in said
    gone.refresh_from_db()
    assert gone.merged_into is None
    assert Pair.objects.get(pk=queued[0].pk).state == "open"


def test_what_was_merged_is_told_once(queued: list[Pair], office: Client) -> None:
    office.post(address(queued[0], "join/"), {"kept": queued[0].one.public_id})
    assert "Both records are one now" in text(office.get("/duplicates/"))
    assert "Both records are one now" not in text(office.get("/duplicates/"))


def test_two_people_leave_the_queue(queued: list[Pair], office: Client) -> None:
    said = text(office.post(address(queued[0], "apart/"), follow=True))
    assert "They stay two people" in said
    assert Pair.objects.get(pk=queued[0].pk).state == "apart"
    assert "said so on" in text(office.get(address(queued[0])))


def test_a_merge_without_a_choice_asks_for_it(queued: list[Pair], office: Client) -> None:
    assert "Choose the record to keep" in text(office.post(address(queued[0], "join/"), follow=True))
    assert not Merge.objects.exists()


def test_a_record_of_another_pair_cannot_be_kept(queued: list[Pair], office: Client) -> None:
    other = queued[1].one.public_id
    assert "not of this pair" in text(office.post(address(queued[0], "join/"), {"kept": other}, follow=True))
    assert not Merge.objects.exists()


def test_somebody_decided_meanwhile(queued: list[Pair], office: Client) -> None:
    pair = queued[0]
    keep_apart(by=BY, pair=pair)
    for what, sent in (("join/", {"kept": pair.one.public_id}), ("apart/", {})):
        assert "meanwhile" in text(office.post(address(pair, what), sent, follow=True))
    assert not Merge.objects.exists()


def test_a_pair_that_left_the_queue_meanwhile(queued: list[Pair], grandmother: Two, office: Client) -> None:
    pair = of(grandmother)
    third = person("陈秀英", born=None, phone="13800000001", building=grandmother[0].living_building)
    merge(by=BY, kept=third, gone=grandmother[1])
    assert not Pair.objects.filter(pk=pair.pk).exists()
    said = text(office.post(address(pair, "join/"), {"kept": grandmother[0].public_id}, follow=True))
    assert "not in the queue any more" in said
    assert Merge.objects.count() == 1


def test_newer_doses_must_be_given_to_one_of_the_two(queued: list[Pair], grandmother: Two, office: Client) -> None:
    kept, gone = grandmother
    office.post(address(of(grandmother), "join/"), {"kept": kept.public_id})
    vaccine = Vaccine.objects.get(code="CoronaVac")
    for day in (date(2021, 6, 15), date(2021, 6, 16)):
        record(by=BY, source=source(), given=[Given(kept.pk, vaccine.pk, day, None)])
    done = Merge.objects.get()
    here = f"/duplicates/merges/{done.public_id}/"
    assert "to whom it belongs" in text(office.post(f"{here}undo/", follow=True))
    page = office.get(here).content.decode()
    rows = list(dict.fromkeys(re.findall(r'name="(row-[\w-]+)"', page)))
    assert len(rows) == 2
    assert "to whom it belongs" in text(office.post(f"{here}undo/", {rows[0]: "gone"}, follow=True))
    assert "The merge is undone" in text(office.post(f"{here}undo/", {rows[0]: "gone", rows[1]: "kept"}, follow=True))
    assert [row.given_on for row in doses_of(gone.pk)] == [date(2021, 5, 20), date(2021, 6, 15)]
    assert [row.given_on for row in doses_of(kept.pk)] == [date(2021, 6, 16)]
    assert "undone already" in text(office.get(here)) or "This merge was undone" in text(office.get(here))


def test_a_later_merge_must_be_undone_first(queued: list[Pair], grandmother: Two, office: Client) -> None:
    kept, _ = grandmother
    office.post(address(of(grandmother), "join/"), {"kept": kept.public_id})
    done = Merge.objects.get()
    third = person("陈秀英", born=None, phone="13800000001", building=kept.living_building)
    merge(by=BY, kept=third, gone=kept)
    assert office.get(f"/duplicates/merges/{done.public_id}/").status_code == 404  # its record is a signpost now
    page = text(office.get("/duplicates/merges/"))
    assert "See or undo" in page


def test_the_merges_are_listed(queued: list[Pair], office: Client) -> None:
    assert "Nothing has been merged" in text(office.get("/duplicates/merges/"))
    office.post(address(queued[0], "join/"), {"kept": queued[0].one.public_id})
    page = office.get("/duplicates/merges/")
    assert Merge.objects.get().public_id in page.content.decode()
    assert "王芳（虚构）" in text(page)


# --- rights


def test_a_pair_of_two_areas_is_masked_and_cannot_be_decided(
    queued: list[Pair], neighbour: Two, sign_in: Callable[..., Client]
) -> None:
    north = sign_in("committee_worker", "N")
    pair = of(neighbour)
    page = north.get(address(pair)).content.decode()
    assert "林国强" in page
    assert "林**" in page
    assert neighbour[1].public_id not in page
    assert "139****0005" in page
    assert "1962-**-**" in page
    assert "South" not in page
    assert "One of the two belongs to an area whose names you may not see" in text(north.get(address(pair)))
    listed = north.get("/duplicates/").content.decode()
    assert "林**" in listed
    for what, sent in (("join/", {"kept": neighbour[0].public_id}), ("apart/", {})):
        assert north.post(address(pair, what), sent).status_code == 403
    assert not Merge.objects.exists()


def test_pairs_and_merges_of_others_do_not_exist(
    queued: list[Pair], grandmother: Two, office: Client, sign_in: Callable[..., Client]
) -> None:
    south = sign_in("committee_worker", "Z")
    pair = of(grandmother)
    assert south.get(address(pair)).status_code == 404
    assert "陈秀英" not in south.get("/duplicates/").content.decode()
    office.post(address(pair, "join/"), {"kept": grandmother[0].public_id})
    done = Merge.objects.get()
    assert south.get(f"/duplicates/merges/{done.public_id}/").status_code == 404
    assert south.post(f"/duplicates/merges/{done.public_id}/undo/").status_code == 404
    assert "陈秀英" not in south.get("/duplicates/merges/").content.decode()
    done.refresh_from_db()
    assert done.undone_at is None


def test_who_cannot_decide_sees_no_whole_number_of_a_document(
    queued: list[Pair], grandmother: Two, sign_in: Callable[..., Client]
) -> None:
    number, here = Document.objects.get(person=grandmother[0]).number, address(of(grandmother))
    assert number in sign_in("committee_worker", "N").get(here).content.decode()
    page = sign_in("volunteer", "N").get(here).content.decode()
    assert number not in page
    assert f"**{number[-4:]}" in page


@pytest.mark.parametrize("role", ["leader", "volunteer"])
def test_who_may_not_write_may_not_decide(queued: list[Pair], sign_in: Callable[..., Client], role: str) -> None:
    client = sign_in(role)
    for what, sent in (("join/", {"kept": queued[0].one.public_id}), ("apart/", {})):
        assert client.post(address(queued[0], what), sent).status_code == 403
    assert client.post("/duplicates/find/").status_code == 403
    assert client.get("/duplicates/").status_code == (403 if role == "leader" else 200)
    assert "/duplicates/" not in client.get("/board/", follow=True).content.decode()
    assert not Merge.objects.exists()


def test_nobody_comes_in_without_signing_in(queued: list[Pair]) -> None:
    for where in ("/duplicates/", address(queued[0]), "/duplicates/merges/"):
        assert Client().get(where)["Location"].startswith("/sign-in/")


def test_each_look_at_names_is_written_down(
    queued: list[Pair], grandmother: Two, neighbour: Two, office: Client
) -> None:
    office.get("/duplicates/")
    office.get(address(of(grandmother)))
    for one in grandmother:
        found = looks(noun="person", subject_ids=[one.public_id])
        assert [line.detail["where"] for line in found] == ["duplicates", "duplicates"]


def test_a_masked_name_is_no_look(queued: list[Pair], neighbour: Two, sign_in: Callable[..., Client]) -> None:
    sign_in("committee_worker", "N").get(address(of(neighbour)))
    assert looks(noun="person", subject_ids=[neighbour[0].public_id]).count() == 1
    assert looks(noun="person", subject_ids=[neighbour[1].public_id]).count() == 0


def test_names_are_escaped(street: Any, office: Client) -> None:
    for _ in range(2):
        person("<script>x</script>", born=date(1971, 2, 3), phone="13800000077", building=None)
    office.post("/duplicates/find/")
    assert "<script>x" not in office.get("/duplicates/").content.decode()


def test_pages_stay_within_their_queries(
    queued: list[Pair], office: Client, django_assert_max_num_queries: Any
) -> None:
    for where in ("/duplicates/", address(queued[0]), "/duplicates/merges/"):
        with django_assert_max_num_queries(20):
            office.get(where)


def test_after_a_list_its_people_are_looked_for(grandmother: Two, neighbour: Two) -> None:
    look_after_list.func("", "committee", date(2021, 5, 1).isoformat())
    assert [pair.one for pair in Pair.objects.all()] == [grandmother[0]]
    look_after_list.func("", "nobody", date(2021, 5, 1).isoformat())
    look_through.func("")
    assert Pair.objects.count() == 2
