"""`linli eligibility explain RECORD`: one person of the register in sentences, with the real program."""

from __future__ import annotations

import json

import pytest
from installation import Installation

DOSES = """
from linli.records.doses.models import Dose
from linli.records.people.models import Person
rows = Dose.objects.values_list("person__public_id", "given_on").order_by("person_id", "given_on")
print("\\n".join(f"{record} {day}" for record, day in rows))
"""
LOOKS = """
from linli.records.journal.models import Subject
print(Subject.objects.filter(entry__verb="people.look", subject_id={record!r}).count())
"""


@pytest.fixture
def somebody(cast: Installation) -> tuple[Installation, str, str]:
    """An installation with the cast, the record of somebody with a dose, and the day of that dose."""
    record, day = cast.python(DOSES).splitlines()[0].split()
    return cast, record, day


def test_a_person_of_the_register_is_walked_through(somebody: tuple[Installation, str, str]) -> None:
    installation, record, day = somebody
    said = installation.run("eligibility", "explain", record, "--on", "2021-06-20").stdout.splitlines()
    assert said[0].startswith("covid-19-cn-2021: ")
    assert any(line.startswith(f"  {day}: Counts as dose 1") and line.endswith("]") for line in said)
    assert installation.python(LOOKS.format(record=record)).strip() == "1"
    told = json.loads(installation.run("eligibility", "explain", record, "--on", "2021-06-20", "--json").stdout)
    assert told["person"] == record
    (programme,) = told["programmes"]
    assert programme["doses"][0]["given_on"] == day
    assert programme["doses"][0]["table"] == "6-31"
    chinese = installation.run("eligibility", "explain", record, "--on", "2021-06-20", LINLI_LANGUAGE="zh-hans").stdout
    assert "第 1 剂" in chinese or "第1剂" in chinese
    assert "[表 6-31]" in chinese


def test_what_cannot_be_explained_is_said(somebody: tuple[Installation, str, str]) -> None:
    installation, record, _ = somebody
    nobody = installation.run("eligibility", "explain", "nosuchrecord", "--on", "2021-06-20", code=1)
    assert "Nobody has the record nosuchrecord" in nobody.stderr
    other = installation.run("eligibility", "explain", record, "--on", "2021-06-20", "--programme", "flu", code=1)
    assert "there are: covid-19-cn-2021" in other.stderr
    group = installation.run("eligibility", "explain", record, "--on", "2021-06-20", "--group", "flu", code=1)
    assert "no programme flu is adopted; there are: covid-19-cn-2021" in group.stderr
    half = installation.run("eligibility", "explain", record, "--on", "2021-06-20", "--people", "people.csv", code=2)
    assert "--people and --doses" in half.stderr
