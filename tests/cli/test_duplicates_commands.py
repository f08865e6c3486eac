"""Likely duplicates at the command line."""

from __future__ import annotations

import json
from datetime import date

import pytest
from click.testing import CliRunner, Result

from linli.cli import root
from linli.records.doses.models import Dose
from linli.records.doses.queries import doses_of
from linli.records.duplicates.models import Merge, Pair
from linli.records.journal.queries import looks
from linli.records.people.models import Person
from linli.records.programme.actions import adopt
from small_register import BY, area, dose, person, source

pytestmark = pytest.mark.django_db
ID = "310100195005019044"


def linli(*arguments: str) -> Result:
    """Run a command in this process, on the test database."""
    return CliRunner().invoke(root, ("duplicates", *arguments))


@pytest.fixture
def two() -> tuple[Person, Person]:
    """One invented woman in two lists."""
    adopt(by=BY, code="covid-19-cn-2021")
    first = person("陈秀英（虚构）", document=ID, phone="13800000001", of=source("police", rank=10))
    second = person("陳秀英（虚构）", phone="13800000002", of=source("committee"))
    return first, second


@pytest.fixture
def pair(two: tuple[Person, Person]) -> Pair:
    """The two in the queue."""
    assert linli("find").exit_code == 0
    return Pair.objects.get()


def test_finding_says_what_it_did(two: tuple[Person, Person]) -> None:
    assert "People compared: 2. Pairs new: 1, changed: 0, dropped: 0, merged: 0." in linli("find").output
    told = json.loads(linli("find", "--json").output)
    assert told == {"new": 0, "changed": 0, "dropped": 0, "merged": 0, "people": 2, "open": 1}


def test_the_queue_is_shown_without_names(pair: Pair, two: tuple[Person, Person]) -> None:
    said = linli("show").output
    assert pair.public_id in said
    assert "Same birth date" in said
    assert "秀英" not in said
    told = json.loads(linli("show", "--json", "--area", "A").output)
    assert told["open"] == 1
    assert told["pairs"][0]["records"] == [one.public_id for one in two]
    area("B")
    assert json.loads(linli("show", "--json", "--area", "B").output) == {"open": 0, "pairs": []}


def test_a_pair_is_shown_with_names_and_the_look_is_written_down(pair: Pair, two: tuple[Person, Person]) -> None:
    said = linli("show", pair.public_id).output
    assert "陈秀英" in said
    assert "1950-05-01" in said
    told = json.loads(linli("show", pair.public_id, "--json").output)
    assert [one["lists"] for one in told["records"]] == [["police"], ["committee"]]
    assert looks(noun="person", subject_ids=[two[0].public_id]).count() == 2


def test_merging_keeps_the_better_record_and_can_be_undone(pair: Pair, two: tuple[Person, Person]) -> None:
    said = linli("merge", pair.public_id).output
    done = Merge.objects.get()
    assert (done.kept, done.gone) == two
    assert f"linli duplicates undo {done.public_id}" in said
    assert "undone" in linli("undo", done.public_id).output
    refused = linli("undo", done.public_id)
    assert (refused.exit_code, "nothing left to undo" in refused.output) == (1, True)


def test_the_record_to_keep_can_be_chosen(pair: Pair, two: tuple[Person, Person]) -> None:
    assert linli("merge", pair.public_id, "--keep", two[1].public_id).exit_code == 0
    assert Merge.objects.get().kept == two[1]


def test_two_people_stay_two(pair: Pair) -> None:
    assert "two people" in linli("apart", pair.public_id).output
    refused = linli("merge", pair.public_id)
    assert (refused.exit_code, "meanwhile" in refused.output) == (1, True)
    assert not Merge.objects.exists()


def test_newer_doses_must_be_given_to_one_of_the_two(pair: Pair, two: tuple[Person, Person]) -> None:
    linli("merge", pair.public_id)
    dose(two[0], "CoronaVac", date(2021, 6, 1))
    done, newer = Merge.objects.get(), Dose.objects.get()
    refused = linli("undo", done.public_id)
    assert refused.exit_code == 1
    assert newer.public_id in refused.output
    assert linli("undo", done.public_id, f"--to-gone={newer.public_id}").exit_code == 0
    assert list(doses_of(two[1].pk)) == [newer]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("show", "nothing"), "No pair has the id nothing"),
        (("merge", "nothing"), "No pair has the id nothing"),
        (("apart", "nothing"), "No pair has the id nothing"),
        (("undo", "nothing"), "No merge has the id nothing"),
        (("show", "--area", "nowhere"), "No area has the code nowhere"),
    ],
)
def test_an_unknown_id_is_named(pair: Pair, arguments: tuple[str, ...], said: str) -> None:
    refused = linli(*arguments)
    assert (refused.exit_code, said in refused.output) == (1, True), refused.output


def test_an_unknown_record_to_keep(pair: Pair) -> None:
    refused = linli("merge", pair.public_id, "--keep", "nobody")
    assert (refused.exit_code, "No record has the id nobody" in refused.output) == (1, True)
