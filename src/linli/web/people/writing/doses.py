"""A dose that was given elsewhere, or that no list tells of."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linli.records.doses import actions
from linli.records.doses.models import Dose
from linli.records.doses.queries import DoseError, DoseKnownError, DoseNumberTakenError, ProductMissingError
from linli.web.people.writing.done import Undo
from linli.web.people.writing.fields import (
    accept_field,
    choice_field,
    day_field,
    number_field,
    select_field,
    text_field,
)
from linli.web.people.writing.page import Case, Writing, page
from linli.web.people.writing.products import Products

EVIDENCE = {
    "record": _("An immunisation register shows it"),
    "paper": _("A certificate or card was seen"),
    "told": _("The person or the family says so; no paper was seen"),
}
WHERE = {"elsewhere": _("Elsewhere: another city, a hospital, an employer"), "here": _("In this drive")}


class DoseElsewhere(Writing):
    """A dose by hand, with how well it is proven."""

    title = _("A dose given elsewhere")
    lede = _("It counts like every other dose. How well it is proven stays beside it, and boards show the difference.")
    primary = _("Write down the dose")
    blamed: ClassVar[dict[type[Exception], str]] = {
        ProductMissingError: "vaccine",
        DoseKnownError: "given_on",
        DoseNumberTakenError: "number",
        actions.DoseSameDayError: "given_on",
        DoseError: "given_on",
    }
    acceptable = (DoseNumberTakenError, actions.DoseSameDayError)

    vaccine = select_field(
        _("Product"),
        hint=_("If nobody knows which it was, say so: the dose is kept, and counts as soon as somebody finds out."),
    )
    given_on = day_field(_("Day"))
    number = number_field(_("Which dose was it?"), hint=_("As the paper or the person says: 1, 2 or 3."))
    evidence = choice_field(_("How is it known?"), EVIDENCE)
    where = choice_field(_("Where was it given?"), WHERE)
    place = text_field(_("Place"), most=160, hint=_("City, hospital or site."))
    lot = text_field(_("Lot"), most=40)
    accept = accept_field()

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, case=case, initial={"where": "elsewhere"}, **kwargs)
        self.products = Products(case.programme)
        self.fields["vaccine"].choices = self.products.choices(or_unknown=True)  # type: ignore[attr-defined]  # a ChoiceField

    def write(self) -> Dose:
        case, told = self.case, dict(self.cleaned_data)
        vaccine = self.products.by_code.get(told.pop("vaccine"))  # none: nobody knows which
        is_elsewhere = told.pop("where") == "elsewhere"
        return actions.record_by_hand(
            by=case.by,
            at=case.at,
            person=case.person,
            vaccine=vaccine,
            today=case.today,
            is_elsewhere=is_elsewhere,
            **told,
        )

    def said(self, row: Dose) -> str:
        return gettext("The dose is written down.")

    def undo(self, row: Dose) -> Undo:
        return Undo("dose", row.public_id)


new = page(DoseElsewhere)
