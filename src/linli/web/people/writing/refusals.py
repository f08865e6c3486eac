"""A refusal: lawful, final, and the person's own."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linli.records.doses import actions
from linli.records.doses.models import Status
from linli.web.people.writing.done import Undo
from linli.web.people.writing.fields import choice_field, day_field, note_field
from linli.web.people.writing.page import Case, Writing, page
from linli.words.statuses import REFUSALS

SAID_BY = {
    "self": _("The person"),
    "guardian": _("The guardian: of a minor, or of somebody under guardianship"),
    "other": _("Somebody else: family, a neighbour, a worker"),
}


class Refusal(Writing):
    """The person does not want the vaccination."""

    title = _("A refusal")
    lede = _(
        "Vaccination is voluntary. A refusal is a lawful final state: nobody calls or visits about it again, and the "
        "person may take it back at any time."
    )
    primary = _("Write down the refusal")
    blamed: ClassVar[dict[type[Exception], str]] = {actions.RefusalByOtherError: "told_by", actions.StatusError: "on"}

    told_by = choice_field(_("Who says so?"), SAID_BY)
    reason = choice_field(_("Why?"), REFUSALS, hint=_("Nobody has to give a reason."))
    on = day_field(_("Since when?"))
    note = note_field()

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        initial = {"on": case.today, "reason": "no_reason"}
        super().__init__(*args, case=case, initial=initial, **kwargs)

    def write(self) -> Status:
        case, told = self.case, self.cleaned_data
        return actions.refuse(
            by=case.by, at=case.at, person=case.person, programme=case.programme, today=case.today, **told
        )

    def said(self, row: Status) -> str:
        return gettext("The refusal is written down.")

    def undo(self, row: Status) -> Undo:
        return Undo("status", row.public_id)


new = page(Refusal)
