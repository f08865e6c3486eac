"""A contraindication: a paper says that this person cannot have the vaccine."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linli.records.doses import actions
from linli.records.doses.models import Status
from linli.web.people.writing.done import Undo
from linli.web.people.writing.fields import choice_field, conditional, day_field, note_field, text_field
from linli.web.people.writing.page import Case, Writing, page
from linli.words.statuses import CONTRAINDICATIONS

HOW_LONG = {"good": _("For good"), "day": _("Until a day")}


class Contraindication(Writing):
    """Medicine forbids the vaccine, and a paper says so."""

    title = _("A contraindication")
    lede = _("A paper of a hospital says that this person cannot have the vaccine. Without a paper, write a deferral.")
    primary = _("Write down the contraindication")
    blamed: ClassVar[dict[type[Exception], str]] = {
        actions.PaperMissingError: "paper",
        actions.EndsBeforeStartError: "until_on",
        actions.StatusAheadError: "on",
        actions.StatusHoldsError: "reason",
    }

    reason = choice_field(_("What does the paper say?"), CONTRAINDICATIONS)
    paper = conditional(
        text_field(_("Who issued the paper?"), most=160, hint=_("The hospital, and the department if it is given."))
    )
    paper_on = day_field(_("Date of the paper"), required=False)
    how_long = choice_field(_("For how long?"), HOW_LONG)
    until_on = conditional(day_field(_("Until"), hint=_("The first day on which the vaccine may be given again.")))
    on = day_field(_("Since"))
    note = note_field()

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, case=case, initial={"on": case.today}, **kwargs)

    def clean(self) -> dict[str, Any]:
        """An end where one is meant, none where it is for good."""
        told = super().clean() or {}
        if told.get("how_long") == "day" and not told.get("until_on") and "until_on" not in self.errors:
            self.add_error("until_on", gettext("Give the day, or choose for good."))
        if told.get("how_long") == "good":
            told["until_on"] = None
        if told.get("paper_on") and told["paper_on"] > self.case.today:
            self.add_error("paper_on", gettext("This day has not come yet. Look at the paper again."))
        return told

    def write(self) -> Status:
        case = self.case
        told = {name: self.cleaned_data[name] for name in ("reason", "paper", "paper_on", "until_on", "on", "note")}
        return actions.contraindicate(
            by=case.by, at=case.at, person=case.person, programme=case.programme, today=case.today, **told
        )

    def said(self, row: Status) -> str:
        return gettext("The contraindication is written down.")

    def undo(self, row: Status) -> Undo:
        return Undo("status", row.public_id)


new = page(Contraindication)
