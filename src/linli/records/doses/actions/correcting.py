"""Correcting a dose: the wrong row is struck, another one says what is right, and both stay to be seen."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from linli.records.doses.actions.forecasting import follow
from linli.records.doses.models import Correction, Dose
from linli.records.doses.queries import DoseError, check, check_product
from linli.records.journal.actions import Who, action, write
from linli.records.people.models import Person
from linli.records.programme.models import Vaccine

KEPT = ("vaccine", "given_on", "number", "lot", "place", "supply_ended", "evidence", "is_elsewhere", "source")


class CorrectedError(DoseError):
    """This dose was corrected already: correct what stands in its place."""


class NothingToCorrectError(DoseError):
    """The correction says the same as the dose."""


@action
def correct(
    *,
    by: Who,
    dose: Dose,
    reason: str,
    today: date,
    person: Person | None = None,
    vaccine: Vaccine | None = None,
    given_on: date | None = None,
    number: int | None = None,
    details: dict[str, Any] | None = None,
    note: str = "",
    at: datetime | None = None,
) -> Dose:
    """Say what is right of a dose: another person, product, day or number; `details` are lot, place, evidence,
    is_elsewhere, supply_ended. What is not given stays. Everything derived follows. Raises DoseError.
    """
    dose = _standing(dose)
    told = {"vaccine": vaccine, "given_on": given_on, "number": number} | (details or {})
    changes = {name: value for name, value in told.items() if value is not None and getattr(dose, name) != value}
    whose = person or dose.person
    if not changes and whose == dose.person:
        raise NothingToCorrectError(dose)
    values = {name: getattr(dose, name) for name in KEPT} | changes
    check_product(values["vaccine"], evidence=values["evidence"])
    check(
        person=whose,
        vaccine=values["vaccine"],
        given_on=values["given_on"],
        today=today,
        number=values["number"] if "number" in changes else None,
        instead_of=dose,
    )
    _strike(dose)
    right = Dose.objects.create(person=whose, **values)
    _keep(by=by, dose=dose, right=right, reason=reason, note=note, at=at)
    follow(by=by, people={dose.person_id, whose.pk}, at=at)
    return right


@action
def strike(
    *, by: Who, dose: Dose, reason: str = Correction.Reason.NOT_GIVEN, note: str = "", at: datetime | None = None
) -> Correction:
    """Say that a dose was never given. Raises CorrectedError."""
    dose = _standing(dose)
    _strike(dose)
    kept = _keep(by=by, dose=dose, right=None, reason=reason, note=note, at=at)
    follow(by=by, people=[dose.person_id], at=at)
    return kept


@action
def undo(*, by: Who, correction: Correction, today: date, note: str = "", at: datetime | None = None) -> Dose:
    """Take a correction back: what it struck is written down again, what it put in its place is struck.

    Raises CorrectedError where what it put there was corrected in turn, and DoseError.
    """
    wrong = correction.by_dose
    if wrong is not None:
        wrong = _standing(wrong)
    before = correction.dose
    values = {name: getattr(before, name) for name in KEPT}
    check(person=before.person, vaccine=before.vaccine, given_on=before.given_on, today=today, instead_of=wrong)
    if wrong is not None:
        _strike(wrong)
    again = Dose.objects.create(person=before.person, **values)
    if wrong is not None:
        _keep(by=by, dose=wrong, right=again, reason=Correction.Reason.UNDONE, note=note, at=at)
    else:
        subjects = [("person", before.person.public_id)]
        write(by=by, verb="doses.correct", detail={"reason": Correction.Reason.UNDONE}, subjects=subjects, at=at)
    follow(by=by, people={before.person_id, *([wrong.person_id] if wrong else [])}, at=at)
    return again


def _standing(dose: Dose) -> Dose:
    """The dose, locked, if no correction stands against it."""
    # Two people correct the same dose at once: the second waits here, then finds it struck.
    held = Dose.objects.select_for_update(of=("self",)).select_related("person", "vaccine", "source").get(pk=dose.pk)
    if held.is_struck:
        raise CorrectedError(held)
    return held


def _strike(dose: Dose) -> None:
    dose.is_struck = True
    dose.save(update_fields=["is_struck"])


def _keep(*, by: Who, dose: Dose, right: Dose | None, reason: str, note: str, at: datetime | None) -> Correction:
    kept = Correction.objects.create(
        dose=dose,
        by_dose=right,
        reason=Correction.Reason(reason),
        note=note,
        who_id=by.public_id,
        who_name=by.name,
        at=at or timezone.now(),
    )
    people = dict.fromkeys([dose.person.public_id, *([right.person.public_id] if right else [])])
    write(by=by, verb="doses.correct", detail={"reason": reason}, subjects=[("person", key) for key in people], at=at)
    return kept
