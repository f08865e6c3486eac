"""Correcting a dose: what is wrong with it is chosen first, then only that is asked for."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from linli.records.accounts.queries import Right
from linli.records.doses import actions
from linli.records.doses.models import Correction, Dose
from linli.records.doses.queries import DoseError
from linli.records.people.models import Person
from linli.records.programme.queries import current
from linli.web.day import today
from linli.web.looks import looked
from linli.web.people.finding import about
from linli.web.people.writing.done import Undo
from linli.web.people.writing.doses import EVIDENCE, WHERE
from linli.web.people.writing.fields import (
    choice_field,
    day_field,
    note_field,
    number_field,
    select_field,
    text_field,
)
from linli.web.people.writing.page import Case, Writing
from linli.web.people.writing.products import Products, vaccine_name
from linli.web.shell.days import day
from linli.words.statuses import CORRECTIONS
from linli.words.statuses import EVIDENCE as EVIDENCE_WORDS

HINTS: dict[str, Promise] = {
    "person": _("It was given to somebody else here: the dose goes over to their record."),
    "product": _("Another vaccine was given."),
    "day": _("It was given on another day."),
    "number": _("A second dose stands as a first one, or the other way round."),
    "details": _("Lot, place, or how it is known."),
    "not_given": _("There was no such dose."),
}


def standing_dose(case: Case, dose_id: str) -> Dose:
    """A dose of this person. Raises Http404."""
    found = Dose.objects.filter(person=case.person, public_id=dose_id).select_related("vaccine", "source").first()
    if found is None:
        raise Http404
    return found


def dose_facts(dose: Dose, case: Case) -> list[tuple[Promise | str, str]]:
    """A dose as it stands in the record."""
    rows: list[tuple[Promise | str, str]] = [
        (_("Product"), vaccine_name(dose.vaccine, Products(case.programme).rules)),
        (_("Day"), day(dose.given_on, beside=case.today)),
        (_("Dose number"), str(dose.number or "—")),
        (_("How it is known"), f"{EVIDENCE_WORDS[dose.evidence]} · {dose.source.name}"),
    ]
    return rows + [(label, value) for label, value in ((_("Lot"), dose.lot), (_("Place"), dose.place)) if value]


class Correcting(Writing):
    """What all corrections of a dose share."""

    lede = _("The dose as it stood stays to be seen, struck through, with the correction beside it.")
    primary = _("Correct the dose")
    reason: ClassVar[str]
    blamed: ClassVar[dict[type[Exception], str]] = {}

    def __init__(self, *args: Any, case: Case, dose_id: str, **kwargs: Any) -> None:
        self.dose = standing_dose(case, dose_id)
        super().__init__(*args, case=case, initial=self.first_values(), **kwargs)

    @property
    def title(self) -> str:  # type: ignore[override]  # worded when it is read
        """What is wrong."""
        return str(CORRECTIONS[self.reason])

    @property
    def facts(self) -> list[tuple[Promise | str, str]]:
        """The dose as it stands."""
        return dose_facts(self.dose, self.case)

    def first_values(self) -> dict[str, Any]:
        """What the fields hold at first: nothing, or the dose as it stands."""
        return {}

    def right(self) -> dict[str, Any]:
        """The right values, as arguments of the action."""
        raise NotImplementedError

    def write(self) -> Dose:
        case = self.case
        return actions.correct(
            by=case.by,
            at=case.at,
            dose=self.dose,
            reason=self.reason,
            today=case.today,
            note=self.cleaned_data["note"],
            **self.right(),
        )

    def said(self, row: Any) -> str:
        return gettext("The dose is corrected.")

    def undo(self, row: Any) -> Undo:
        return Undo("correction", Correction.objects.get(dose=self.dose).public_id)


class WrongProduct(Correcting):
    """Another product was given."""

    reason = Correction.Reason.PRODUCT
    blamed: ClassVar[dict[type[Exception], str]] = {DoseError: "vaccine"}

    vaccine = select_field(_("The right product"))
    note = note_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.products = Products(self.case.programme)
        self.fields["vaccine"].choices = self.products.choices()  # type: ignore[attr-defined]  # a ChoiceField

    def right(self) -> dict[str, Any]:
        return {"vaccine": self.products.by_code[self.cleaned_data["vaccine"]]}


class WrongDay(Correcting):
    """It was given on another day."""

    reason = Correction.Reason.DAY
    blamed: ClassVar[dict[type[Exception], str]] = {DoseError: "given_on"}

    given_on = day_field(_("The right day"))
    note = note_field()

    def first_values(self) -> dict[str, Any]:
        return {"given_on": self.dose.given_on}

    def right(self) -> dict[str, Any]:
        return {"given_on": self.cleaned_data["given_on"]}


class WrongNumber(Correcting):
    """It was another dose of the series."""

    reason = Correction.Reason.NUMBER
    blamed: ClassVar[dict[type[Exception], str]] = {DoseError: "number"}

    number = number_field(_("The right dose number"), required=True)
    note = note_field()

    def first_values(self) -> dict[str, Any]:
        return {"number": self.dose.number}

    def right(self) -> dict[str, Any]:
        return {"number": self.cleaned_data["number"]}


class WrongDetails(Correcting):
    """Lot, place, or how the dose is known."""

    reason = Correction.Reason.DETAILS
    lot = text_field(_("Lot"), most=40)
    where = choice_field(_("Where was it given?"), WHERE)
    place = text_field(_("Place"), most=160)
    evidence = choice_field(_("How is it known?"), EVIDENCE)
    note = note_field()

    def first_values(self) -> dict[str, Any]:
        dose = self.dose
        where = "elsewhere" if dose.is_elsewhere else "here"
        return {"lot": dose.lot, "place": dose.place, "evidence": dose.evidence, "where": where}

    def right(self) -> dict[str, Any]:
        told = {name: self.cleaned_data[name] for name in ("lot", "place", "evidence")}
        return {"details": told | {"is_elsewhere": self.cleaned_data["where"] == "elsewhere"}}


class NeverGiven(Correcting):
    """There was no such dose."""

    reason = Correction.Reason.NOT_GIVEN
    primary = _("Strike the dose")
    note = note_field()

    def write(self) -> Correction:  # type: ignore[override]  # nothing takes the dose's place
        return actions.strike(
            by=self.case.by, at=self.case.at, dose=self.dose, reason=self.reason, note=self.cleaned_data["note"]
        )

    def said(self, row: Any) -> str:
        return gettext("The dose is struck: it was never given.")


@never_cache
@require_safe
@about(Right.RECORD)
def new(request: HttpRequest, person: Person, dose_id: str) -> HttpResponse:
    """What is wrong with a dose?"""
    case = Case(request, person, current(), today())
    dose = standing_dose(case, dose_id)
    looked(request, "record", [person.public_id])
    ways = [
        (case.address("correction", dose.public_id, reason), CORRECTIONS[reason], hint)
        for reason, hint in HINTS.items()
    ]
    context = {"person": person, "facts": dose_facts(dose, case), "ways": ways, "back": case.address("person")}
    return render(request, "people/correction.html", context)
