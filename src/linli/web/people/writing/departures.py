"""A person moved away from here."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linli.records.doses import actions
from linli.records.doses.models import Status
from linli.web.people.writing.done import Undo
from linli.web.people.writing.fields import day_field, note_field, text_field
from linli.web.people.writing.page import Case, Writing, page


class Departure(Writing):
    """The person lives here no more."""

    title = _("A departure")
    lede = _("From that day on the person is not counted and not listed here any more. The record stays.")
    primary = _("Write down that they moved away")
    blamed: ClassVar[dict[type[Exception], str]] = {actions.StatusError: "on"}

    to = text_field(_("Where to?"), most=200, hint=_("City and district are enough."))
    on = day_field(_("Since when?"))
    note = note_field()

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, case=case, initial={"on": case.today}, **kwargs)

    def write(self) -> Status:
        case = self.case
        return actions.move_away(by=case.by, at=case.at, person=case.person, today=case.today, **self.cleaned_data)

    def said(self, row: Status) -> str:
        return gettext("Written down: moved away.")

    def undo(self, row: Status) -> Undo:
        return Undo("status", row.public_id)


new = page(Departure)
