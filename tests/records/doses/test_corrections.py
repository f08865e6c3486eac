"""A dose written down wrongly: corrected by a row, both to be seen, and everything derived follows at once."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from linli.records.doses import actions
from linli.records.doses.actions import CorrectedError, Given, NothingToCorrectError
from linli.records.doses.models import Correction, Dose, Forecast
from linli.records.doses.queries import (
    DoseAheadError,
    DoseBeforeBirthError,
    DoseError,
    DoseKnownError,
    DoseNumberTakenError,
    corrections_of,
    doses_of,
)
from linli.records.journal.queries import history
from linli.records.people.models import Person, Source
from linli.records.programme.models import Programme, Vaccine
from small_register import BY, TODAY, dose, person, standing, state

MAY_1, MAY_29 = date(2021, 5, 1), date(2021, 5, 29)


def only(of: Person) -> Dose:
    return doses_of(of.pk).get()


def correct(wrong: Dose, reason: str, **said: Any) -> Dose:
    return actions.correct(by=BY, dose=wrong, reason=reason, today=TODAY, **said)


def product(code: str) -> Vaccine:
    return Vaccine.objects.get(code=code)


def test_a_wrong_day_moves_the_second_dose(programme: Programme) -> None:
    of = person("陈秀英（虚构）")
    dose(of, "BIBP", MAY_1)
    before = standing(of)
    assert (state(of), before.latest_on) == ("due", date(2021, 6, 26))
    right = correct(only(of), "day", given_on=date(2021, 6, 10))
    after = standing(of)
    assert (state(of), after.earliest_on, after.latest_on) == ("waiting", date(2021, 7, 1), date(2021, 8, 5))
    assert (only(of), right.given_on) == (right, date(2021, 6, 10))
    (kept,) = corrections_of(of.pk)
    assert (kept.dose.given_on, kept.by_dose, kept.reason, kept.who_name) == (MAY_1, right, "day", BY.name)
    assert [
        line.detail for line in history(noun="person", subject_ids=[of.public_id]) if line.verb == "doses.correct"
    ] == [{"reason": "day"}]


def test_a_wrong_product_changes_what_may_follow(programme: Programme) -> None:
    of = person("陈秀英（虚构）")
    dose(of, "BIBP", MAY_1)
    correct(only(of), "product", vaccine=product("Ad5-nCoV"))
    assert state(of) == "complete"


def test_a_wrong_person_moves_the_dose_and_both_are_judged_anew(programme: Programme) -> None:
    one, other = person("陈秀英（虚构）"), person("陈秀兰（虚构）")
    dose(one, "Ad5-nCoV", MAY_1)
    assert (state(one), state(other)) == ("complete", "due")
    correct(only(one), "person", person=other)
    assert (state(one), state(other)) == ("due", "complete")
    assert [len(corrections_of(who.pk)) for who in (one, other)] == [1, 1]
    assert not doses_of(one.pk).exists()


def test_a_wrong_number_changes_the_claim_and_never_the_count(programme: Programme) -> None:
    of = person("陈秀英（虚构）")
    dose(of, "BIBP", MAY_1, number=2)
    right = correct(only(of), "number", number=1)
    assert (right.number, standing(of).valid_doses, standing(of).next_dose) == (1, 1, 2)


def test_a_dose_never_given_leaves_every_figure(programme: Programme) -> None:
    of = person("陈秀英（虚构）")
    dose(of, "Ad5-nCoV", MAY_1)
    actions.strike(by=BY, dose=only(of))
    assert (state(of), standing(of).first_on) == ("due", None)


@pytest.mark.parametrize("is_struck_alone", [False, True])
def test_a_correction_can_be_taken_back(programme: Programme, is_struck_alone: bool) -> None:
    of = person("陈秀英（虚构）")
    dose(of, "Ad5-nCoV", MAY_1)
    wrong = only(of)
    if is_struck_alone:
        actions.strike(by=BY, dose=wrong)
    else:
        correct(wrong, "product", vaccine=product("BIBP"))
    actions.undo(by=BY, correction=Correction.objects.get(dose=wrong), today=TODAY)
    again = only(of)
    assert (again.vaccine.code, again.given_on, state(of)) == ("Ad5-nCoV", MAY_1, "complete")
    assert again != wrong  # another row: what was struck stays struck
    with pytest.raises(DoseError):
        actions.undo(by=BY, correction=Correction.objects.get(dose=wrong), today=TODAY)


def test_the_wrong_list_may_come_again(programme: Programme) -> None:
    of = person("陈秀英（虚构）")
    dose(of, "BIBP", MAY_1)
    correct(only(of), "day", given_on=MAY_29)
    told = [Given(of.pk, product("BIBP").pk, MAY_1)]
    assert actions.record(by=BY, source=Source.objects.get(code="register"), given=told) == 0
    assert only(of).given_on == MAY_29


def test_every_stored_row_is_what_drawing_all_anew_gives(programme: Programme) -> None:
    one, other = person("陈秀英（虚构）"), person("陈秀兰（虚构）")
    dose(one, "BIBP", MAY_1)
    dose(one, "BIBP", MAY_29)
    correct(doses_of(one.pk).last(), "person", person=other)  # type: ignore[arg-type]  # there are two
    columns = [field.attname for field in Forecast._meta.concrete_fields if field.name != "id"]
    before = list(Forecast.objects.order_by("person_id", "since_on").values_list(*columns))
    actions.forecast(by=BY, programme=programme)
    assert list(Forecast.objects.order_by("person_id", "since_on").values_list(*columns)) == before


def test_what_cannot_be_corrected_stays_as_it_is(programme: Programme) -> None:
    of = person("陈秀英（虚构）")
    dose(of, "BIBP", MAY_1, number=1)
    dose(of, "BIBP", MAY_29, number=2)
    first, second = doses_of(of.pk)
    for error, said in (
        (NothingToCorrectError, {"given_on": MAY_1}),
        (DoseKnownError, {"given_on": MAY_29}),
        (DoseAheadError, {"given_on": date(2021, 6, 21)}),
        (DoseBeforeBirthError, {"given_on": date(1950, 4, 30)}),
        (DoseNumberTakenError, {"number": 2}),
    ):
        with pytest.raises(error), transaction.atomic():
            correct(first, "day", **said)
    assert list(doses_of(of.pk)) == [first, second]
    correct(first, "day", given_on=date(2021, 5, 2))
    with pytest.raises(CorrectedError):
        correct(first, "day", given_on=date(2021, 5, 3))


def test_the_database_keeps_one_standing_dose_of_a_day_and_product(programme: Programme) -> None:
    of = person("陈秀英（虚构）")
    dose(of, "BIBP", MAY_1)
    known = only(of)
    with pytest.raises(IntegrityError), transaction.atomic():
        Dose.objects.create(person=of, vaccine=known.vaccine, given_on=MAY_1, source=known.source)


@pytest.mark.parametrize(("evidence", "sure"), [("record", True), ("paper", True), ("told", False)])
def test_a_dose_elsewhere_counts_and_says_how_well_it_is_proven(
    programme: Programme, evidence: str, sure: bool
) -> None:
    of = person("陈秀英（虚构）")
    made = actions.record_by_hand(
        by=BY, person=of, vaccine=product("Ad5-nCoV"), given_on=MAY_1, today=TODAY, evidence=evidence, place="杭州"
    )
    assert (made.is_elsewhere, made.source.code, state(of)) == (True, "by-hand", "complete")
    assert standing(of).proven_completed_on == (MAY_1 if sure else None)


def test_a_second_first_dose_is_refused_unless_somebody_insists(programme: Programme) -> None:
    of = person("陈秀英（虚构）")
    dose(of, "BIBP", MAY_1, number=1)
    asked: dict[str, Any] = {
        "by": BY, "person": of, "vaccine": product("BIBP"), "given_on": MAY_29, "today": TODAY, "evidence": "told"
    }  # fmt: skip
    with pytest.raises(DoseNumberTakenError) as refused, transaction.atomic():
        actions.record_by_hand(**asked, number=1)
    assert refused.value.dose == only(of)
    actions.record_by_hand(**asked, number=1, accept=True)
    assert doses_of(of.pk).count() == 2
