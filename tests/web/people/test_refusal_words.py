"""Everything that may stand in the way has words that say what to do, in both languages."""

from __future__ import annotations

import inspect
from types import ModuleType

import pytest
from django.utils import translation

from linli.records.doses import actions as doses
from linli.records.doses import queries
from linli.records.doses.models import Correction, Dose, Status, StatusEnd
from linli.records.duplicates import actions as duplicates
from linli.records.people import actions as people
from linli.web.people.writing.ends import USUAL
from linli.words import statuses
from linli.words.reasons import GROUPS
from linli.words.refusals import WORDS, refusal_words
from linli.words.states import STATES


def raised(*modules: ModuleType) -> list[type[Exception]]:
    """Every exception that the public names of these modules hold."""
    found = {
        one
        for module in modules
        for _, one in inspect.getmembers(module, inspect.isclass)
        if issubclass(one, Exception)
    }
    return sorted(found, key=lambda one: one.__name__)


REFUSALS = raised(doses, queries, duplicates, people)


def test_there_are_refusals_to_word() -> None:
    assert len(REFUSALS) >= 20
    assert set(REFUSALS) <= set(WORDS)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("kind", REFUSALS, ids=lambda kind: kind.__name__)
def test_a_refusal_says_what_to_do(kind: type[Exception], language: str) -> None:
    error = kind.__new__(kind)
    with translation.override(language):
        words = refusal_words(error, say_day=str)
    assert len(words) > (20 if language == "en" else 8)
    assert words[-1] in ".。"
    assert not set("{}") & set(words)


def test_the_day_in_the_way_is_named() -> None:
    from datetime import date

    error = queries.DoseKnownError(Dose(given_on=date(2021, 4, 1)))
    with translation.override("en"):
        assert "the same product on 2021-04-01" in refusal_words(error, say_day=str)


def test_what_has_no_words_is_an_error() -> None:
    with pytest.raises(KeyError):
        refusal_words(RuntimeError(), say_day=str)


def test_every_code_of_the_rows_has_words() -> None:
    assert set(Status.Kind.values) == set(statuses.NEXT) == set(statuses.REASONS) | {"moved"}
    assert set(Status.Kind.values) <= set(STATES) & set(GROUPS)
    assert set(Status.ToldBy.values) == set(statuses.TOLD_BY)
    assert set(Dose.Evidence.values) == set(statuses.EVIDENCE)
    assert set(Correction.Reason.values) == set(statuses.CORRECTIONS)
    assert set(StatusEnd.Why.values) == set(statuses.ENDS)
    assert set(USUAL) < set(statuses.DEFERRALS)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("kind", Status.Kind.values)
@pytest.mark.parametrize("until", ["", "2021-07-04"])
@pytest.mark.parametrize("short", [False, True], ids=["long", "short"])
def test_a_status_is_one_sentence(kind: str, until: str, language: str, *, short: bool) -> None:
    with translation.override(language):
        words = statuses.stands(kind, short=short, until=until, on="2021-06-01", told_by="x", paper="y")
    assert words
    assert not set("{}") & set(words)


def test_unknown_reasons_stay_as_they_are() -> None:
    assert statuses.reason_words("refused", "from another version") == "from another version"
    assert statuses.reason_words("moved", "") == ""
