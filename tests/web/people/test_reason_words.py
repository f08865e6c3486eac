"""Every code of the engine has words, in both languages, and uses only the values the code carries."""

from __future__ import annotations

import string
from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import cast

import pytest
from django.utils import translation

from linli.domain.calendar import Period
from linli.domain.eligibility import REASONS as MEANINGS
from linli.domain.eligibility import Code, Reason
from linli.domain.eligibility.dated import Names
from linli.domain.eligibility.products import Offer
from linli.domain.eligibility.reasons import Value
from linli.records.reports.queries import Due
from linli.reference import schedule
from linli.web.people.ledger import VERDICTS
from linli.web.people.rows import product_list, products_of
from linli.web.shell.days import day
from linli.words.reasons import REASONS, age_words, period_words, product_name, sentence, short_product_name

RULES = schedule("covid-19-cn-2021")
EXAMPLES: dict[str, Value] = {
    "number": 2, "days": 13, "product": "BIBP", "first_product": "CoronaVac", "series": "inactivated",
    "age": Period(months=216), "minimum_age": Period(months=216), "minimum": Period(days=21),
    "absolute_minimum": Period(days=14), "interval": Period(days=56),
}  # fmt: skip


def test_every_code_has_words_and_no_word_is_left_over() -> None:
    assert set(REASONS) == set(Code)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("code", list(Code), ids=lambda code: code.text)
def test_words_use_only_values_that_the_code_carries(code: Code, language: str) -> None:
    with translation.override(language):
        used = {name for _, name, _, _ in string.Formatter().parse(str(REASONS[code])) if name is not None}
    assert used <= set(MEANINGS[code].params)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("code", list(Code), ids=lambda code: code.text)
def test_a_sentence_shows_every_value_in_words(code: Code, language: str) -> None:
    values = {name: EXAMPLES.get(name, date(2021, 6, 21)) for name in MEANINGS[code].params}
    with translation.override(language):
        said = sentence(Reason(code, values), rules=RULES, say_day=day)
        assert said
        assert not set("{}—") & set(said)
        assert "None" not in said
        assert sentence(Reason(code), rules=RULES, say_day=day)


def test_periods_and_ages() -> None:
    with translation.override("en"):
        assert [period_words(Period(days=count)) for count in (1, 14, 21, 28, 56)] == [
            "1 day", "14 days", "21 days", "28 days", "8 weeks",
        ]  # fmt: skip
        assert period_words(Period(months=6)) == "6 months"
        assert period_words(Period()) == "0 days"
        assert period_words(Period(months=1, days=2)) == "1 month and 2 days"
        assert period_words(Period(months=5, days=-4)) == "5 months less 4 days"
        assert age_words(Period(months=108, days=-4)) == "9 years of age less 4 days"
        assert age_words(Period(months=156, days=27)) == "13 years of age and 27 days"
        assert age_words(Period(months=216)) == "18 years of age"
        assert age_words(Period(months=6)) == "6 months"


def test_products_in_both_languages() -> None:
    with translation.override("zh-hans"):
        assert product_name(RULES, "BIBP") == "北京生物灭活疫苗"
        assert short_product_name(RULES, "BIBP") == "北京生物"
    with translation.override("en"):
        assert product_name(RULES, "BIBP") == "BIBP inactivated"
        assert short_product_name(RULES, "BIBP") == "BIBP"
        assert product_name(RULES, "140") == "140"


def test_product_names_with_commas_are_kept_apart_by_semicolons() -> None:
    with translation.override("en"):
        assert product_list(("BIBP", "WIBP"), RULES) == "BIBP inactivated, WIBP inactivated"
        names = Names(zh="三价流感裂解疫苗", en="Influenza, split virus")
        rules = replace(RULES, vaccines=(replace(RULES.vaccines[0], names=names), *RULES.vaccines[1:]))
        code = RULES.vaccines[0].code
        assert product_list((code, code), rules) == "Influenza, split virus; Influenza, split virus"
    with translation.override("zh-hans"):
        assert product_list((code, code), rules) == "三价流感裂解疫苗、三价流感裂解疫苗"


@pytest.mark.parametrize(("state", "shown"), [("due", "BIBP inactivated"), ("not_eligible", "")])
def test_whoever_is_not_eligible_is_offered_no_product(state: str, shown: str) -> None:
    due = SimpleNamespace(
        next_dose=1, engine_state=state, row=SimpleNamespace(valid_doses=0), offer=Offer(("BIBP",), ())
    )
    with translation.override("en"):
        assert products_of(cast("Due", due), RULES, ("BIBP", "WIBP")) == (shown, [])


def test_every_reason_of_a_dose_has_a_mark_on_the_page() -> None:
    kinds = {meaning.kind for meaning in MEANINGS.values() if "given_on" in meaning.params}
    assert kinds == set(VERDICTS)
