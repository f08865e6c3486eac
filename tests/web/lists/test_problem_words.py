"""Every problem has words that say what is wrong, with exactly the values it carries."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.utils import translation

from linli.domain.identity import DOCUMENT_KINDS
from linli.domain.sheets import KINDS, PROBLEMS, SHEET_ERRORS
from linli.domain.sheets.copies import COPY_FIELDS
from linli.records.lists.models import List, Row
from linli.records.lists.queries.copies import KEEPERS
from linli.words import copies
from linli.words import problems as words

PLACEHOLDER = re.compile(r"%\((\w+)\)s")
# What a row or file carries without every sentence saying it.
UNSAID = {
    "missing_product": {"number"},
    "several_buildings": {"alike"},
    "unknown_building": {"alike"},
    "unknown_area": {"area"},
}


@pytest.mark.parametrize(
    ("table", "codes"),
    [
        pytest.param(words.ROWS, PROBLEMS, id="rows"),
        pytest.param(words.COMPARED, words.REGISTER, id="register"),
        pytest.param(copies.ROWS_BACK, copies.REGISTER_BACK, id="back from Excel"),
        pytest.param(words.FILES, SHEET_ERRORS | {"too_large": ("megabytes", "most")}, id="files"),
    ],
)
def test_every_code_has_words_with_its_values(table: dict[str, object], codes: dict[str, tuple[str, ...]]) -> None:
    assert set(table) == set(codes)
    for code, values in codes.items():
        said = set(PLACEHOLDER.findall(str(table[code])))
        assert said | UNSAID.get(code, set()) >= set(values) - {"number"}, code
        assert said <= set(values), code
        assert str(table[code]).endswith("."), code


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_code_can_be_said(language: str) -> None:
    with translation.override(language):
        for code, values in (PROBLEMS | words.REGISTER | copies.REGISTER_BACK).items():
            told = words.problem_words({"code": code, "params": dict.fromkeys(values, "1")})
            assert "%(" not in told
            assert told != code
        for code, values in SHEET_ERRORS.items():
            assert "%(" not in words.refusal_words({"code": code, "params": dict.fromkeys(values, "1")})


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        (
            {"code": "missing", "params": {"needed": "id_number|birth_date"}},
            "ID number or Date of birth is missing. Fill it in.",
        ),
        ({"code": "sex_differs", "params": {"in_id": "F"}}, "The ID says female; that was taken."),
        ({"code": "document_format", "params": {"kind": "passport"}}, "(Passport)"),
        ({"code": "unknown_word", "params": {"taken_as": ""}}, "it was taken as: nothing."),
        ({"code": "maybe_known", "params": {"count": "2", "candidates": ["a"]}}, "The register has 2 people with"),
        ({"code": "birth_date_differs", "params": {"in_id": "1950-01-01"}}, "birth date is 1950-01-01."),
    ],
    ids=lambda value: value["code"] if isinstance(value, dict) else None,
)
def test_codes_inside_a_problem_become_words(problem: dict[str, object], said: str) -> None:
    with translation.override("en"):
        assert said in words.problem_words(problem)


def test_missing_columns_are_named() -> None:
    refusal = {
        "code": "missing_columns",
        "params": {"kind": "people", "needed": ["name", "id_number|birth_date"], "seen": "x"},
    }
    with translation.override("en"):
        assert (
            "(Residents) these columns are missing: Full name, ID number or Date of birth. Seen: x."
            in words.refusal_words(refusal)
        )


def test_every_code_of_a_row_that_came_back_is_worded() -> None:
    source = Path(__file__).resolve().parents[3] / "src/linli/records/lists/queries/returns"
    told: set[str] = set()
    for path in source.glob("*.py"):
        told |= set(re.findall(r'(?:tell|trouble)\(\s*"(\w+)"', path.read_text()))
    assert told <= set(PROBLEMS) | set(words.REGISTER) | set(copies.REGISTER_BACK)
    assert set(copies.REGISTER_BACK) <= told | {"record_merged", "record_corrected", "dose_known", "number_taken"}


def test_columns_for_reading_have_their_words() -> None:
    assert set(copies.COPY_KINDS) == set(KEEPERS) == set(COPY_FIELDS)
    for kind, keeper in KEEPERS.items():
        assert set(copies.READING[kind]) == set(keeper.reading)


def test_kinds_states_outcomes_and_bases_are_complete() -> None:
    assert set(words.LIST_KINDS) == set(KINDS)
    assert set(words.DOCUMENTS) == set(DOCUMENT_KINDS)
    assert set(words.OUTCOMES) == set(Row.Outcome.values)
    assert set(words.LIST_STATES) == set(List.State.values)
    assert set(words.BASES) == set(List.Basis.values)
