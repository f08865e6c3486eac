"""docs/security.md says what the code does, and leaves out nothing of the standard that it promises."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings

from linli.domain.sheets import csv_text, xlsx_guard
from linli.records.accounts.passwords import OF_THE_PLACE
from linli.records.accounts.queries import ROLE_RIGHTS
from linli.records.keys.queries import sealed_columns

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs/security.md").read_text()
ROW = re.compile(r"^\| (\d+\.\d+\.\d+) \| (.+?) \| (.+?) \| (.+) \|$", re.MULTILINE)
TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
ROWS = ROW.findall(TEXT)
# ASVS 5.0.0: level 1 of every chapter, by section and number.
LEVEL_1 = {
    "1.2": (1, 2, 3, 4, 5),
    "1.3": (1, 2),
    "1.5": (1,),
    "2.1": (1,),
    "2.2": (1, 2),
    "2.3": (1,),
    "3.2": (1, 2),
    "3.3": (1,),
    "3.4": (1, 2),
    "3.5": (1, 2, 3),
    "4.1": (1,),
    "4.4": (1,),
    "5.2": (1, 2),
    "5.3": (1, 2),
    "6.1": (1,),
    "6.2": (1, 2, 3, 4, 5, 6, 7, 8),
    "6.3": (1, 2),
    "6.4": (1, 2),
    "7.2": (1, 2, 3, 4),
    "7.4": (1, 2),
    "8.1": (1,),
    "8.2": (1, 2),
    "8.3": (1,),
    "9.1": (1, 2, 3),
    "9.2": (1,),
    "10.4": (1, 2, 3, 4, 5),
    "11.3": (1, 2),
    "11.4": (1,),
    "12.1": (1,),
    "12.2": (1, 2),
    "13.4": (1,),
    "14.2": (1,),
    "14.3": (1,),
    "15.1": (1,),
    "15.2": (1,),
    "15.3": (1,),
}
# Level 2 of the chapters that matter most here.
LEVEL_2 = {
    "5.1": (1,),
    "5.2": (3,),
    "5.4": (1, 2, 3),
    "6.1": (2, 3),
    "6.2": (9, 10, 11, 12),
    "6.3": (3, 4),
    "6.4": (3, 4),
    "6.5": (1, 2, 3, 4, 5),
    "6.6": (1, 2, 3),
    "6.8": (1, 2, 3, 4),
    "7.1": (1, 2, 3),
    "7.3": (1, 2),
    "7.4": (3, 4, 5),
    "7.5": (1, 2),
    "7.6": (1, 2),
    "8.1": (2,),
    "8.2": (3,),
    "8.4": (1,),
    "14.1": (1, 2),
    "14.2": (2, 3, 4),
    "14.3": (2, 3),
    "16.1": (1,),
    "16.2": (1, 2, 3, 4, 5),
    "16.3": (1, 2, 3, 4),
    "16.4": (1, 2, 3),
    "16.5": (1, 2, 3),
}
SECTIONS = (
    "To report a weakness",
    "What is protected",
    "Who attacks",
    "Rights",
    "Input",
    "Ways in",
    "Keys",
    "Logs",
    "Parts of others",
    "OWASP ASVS 5.0.0",
)


def section(title: str) -> str:
    return TEXT.split(f"## {title}\n")[1].split("\n## ")[0]


def test_every_required_number_stands_once() -> None:
    required = [
        f"{part}.{number}" for level in (LEVEL_1, LEVEL_2) for part, numbers in level.items() for number in numbers
    ]
    assert len(required) == len(set(required)) == 70 + 65
    assert sorted(number for number, *_ in ROWS) == sorted(required)


@pytest.mark.parametrize(("number", "words", "state", "how"), ROWS, ids=[number for number, *_ in ROWS])
def test_each_is_met_by_a_test_or_says_why_not(number: str, words: str, state: str, how: str) -> None:
    assert state in ("met", "not applicable", "open")
    assert len(words) > 10
    named = TEST.findall(how)
    if state == "met":
        assert named, number
    else:
        assert len(re.sub(TEST, "", how)) > 10, number
    for file, test in named:
        assert re.search(rf"^(?:async )?def {test}\(", (ROOT / file).read_text(), re.MULTILINE), f"{file}::{test}"


def test_sections_are_there() -> None:
    assert tuple(re.findall(r"^## (.+)$", TEXT, re.MULTILINE)) == SECTIONS
    assert all(len(section(title)) > 200 for title in SECTIONS)


def test_rights_are_those_of_the_code() -> None:
    told = dict(re.findall(r"^\| `(\w+)` \| (`.+`) \|$", section("Rights"), re.MULTILINE))
    assert {role: set(re.findall(r"`(\w+)`", rights)) for role, rights in told.items()} == {
        str(role): {str(right) for right in rights} for role, rights in ROLE_RIGHTS.items()
    }


def test_limits_are_those_of_the_code() -> None:
    text = section("Input")
    for limit in (
        f"{settings.LIST_MAX_BYTES // 2**20} MB a file",
        f"{500_000:,} rows",
        f"{xlsx_guard.MOST_COLUMNS:,} columns",
        f"{csv_text.LONGEST_LINE // 1_000_000} MB a line",
        f"{xlsx_guard.MOST_BYTES // 1_000_000} MB unpacked",
        f"{xlsx_guard.MOST_CELLS // 1_000_000} million cells",
    ):
        assert limit in text, limit


def test_words_of_the_place_are_those_of_the_code() -> None:
    assert ", ".join(OF_THE_PLACE) in section("Ways in")


def test_sessions_last_as_long_as_the_code_says() -> None:
    text = section("Ways in")
    assert f"{settings.SESSION_AT_MOST_S // 3600} hours at most" in text
    assert f"{settings.SESSION_IDLE_S // 60} minutes without anything done" in text


def test_every_sealed_column_is_classed() -> None:
    columns = {f"{one.model._meta.db_table}.{one.column}" for one in sealed_columns()}
    assert set(re.findall(r"`(\w+\.\w+)`", section("What is protected"))) == columns
