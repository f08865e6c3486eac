"""A dose of which nobody knows the product: kept, counted by nothing, and corrected once somebody finds out."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from linli.records.doses import actions
from linli.records.doses.actions import DoseSameDayError
from linli.records.doses.models import Dose
from linli.records.doses.queries import DoseError, DoseKnownError, ProductMissingError, doses_of, explained, judge
from linli.records.people.models import Person
from linli.records.programme.models import UNKNOWN_PRODUCT, Programme, Vaccine
from small_register import BY, TODAY, dose, person, standing, state

MAY_1 = date(2021, 5, 1)


@pytest.fixture
def chen(programme: Programme) -> Person:
    return person("陈秀英（虚构）")


def told(of: Person, on: date = MAY_1, evidence: str = "told", **more: Any) -> Dose:
    said: dict[str, Any] = {"vaccine": None, "place": "杭州", **more}
    return actions.record_by_hand(by=BY, person=of, given_on=on, today=TODAY, evidence=evidence, **said)


@pytest.mark.parametrize("evidence", ["told", "paper"])
def test_it_is_kept_and_counts_for_nothing(chen: Person, programme: Programme, evidence: str) -> None:
    before = standing(chen)
    kept = told(chen, evidence=evidence)
    assert (kept.vaccine.code, kept.vaccine.name, kept.vaccine.name_en) == UNKNOWN_PRODUCT
    assert (kept.evidence, kept.place, kept.is_elsewhere) == (evidence, "杭州", True)
    after = standing(chen)
    assert (after.state, after.valid_doses, after.recorded_doses) == (before.state, 0, 0)
    assert state(chen) == "due"
    why, (only,) = explained(judge(programme=programme, people=[chen.pk], on=TODAY), person=chen.pk)
    assert (only, [reason.code.text for reason in why.doses]) == (kept.pk, ["unknown_product"])


def test_it_is_made_known_once(chen: Person) -> None:
    told(chen)
    told(person("陈秀兰（虚构）"))
    assert Vaccine.objects.filter(code=UNKNOWN_PRODUCT[0]).count() == 1


def test_found_out_it_counts_at_once(chen: Person) -> None:
    right = actions.correct(
        by=BY, dose=told(chen), reason="product", today=TODAY, vaccine=Vaccine.objects.get(code="Ad5-nCoV")
    )
    assert (state(chen), right.evidence) == ("complete", "told")
    assert doses_of(chen.pk).get() == right


def test_a_register_names_its_product(chen: Person) -> None:
    with pytest.raises(ProductMissingError):
        told(chen, evidence="record")
    kept = told(chen)
    with pytest.raises(ProductMissingError):
        actions.correct(by=BY, dose=kept, reason="details", today=TODAY, details={"evidence": "record"})
    known = Vaccine.objects.get(code="BIBP")
    right = actions.correct(
        by=BY, dose=kept, reason="product", today=TODAY, vaccine=known, details={"evidence": "record"}
    )
    assert (right.vaccine, right.evidence) == (known, "record")


def test_on_the_day_of_another_dose_it_is_likely_that_one(chen: Person) -> None:
    dose(chen, "BIBP", MAY_1)
    with pytest.raises(DoseSameDayError):
        told(chen)
    kept = told(chen, accept=True)
    with pytest.raises(DoseKnownError):
        told(chen, accept=True)
    other = date(2021, 5, 20)
    told(chen, other)
    with pytest.raises(DoseSameDayError):
        told(chen, other, vaccine=Vaccine.objects.get(code="BIBP"))
    # Told on the day of a dose that is known, it turns out to be that one: then it was never another.
    with pytest.raises(DoseError):
        actions.correct(by=BY, dose=kept, reason="product", today=TODAY, vaccine=Vaccine.objects.get(code="BIBP"))
    actions.strike(by=BY, dose=kept)
    assert doses_of(chen.pk).count() == 2
