"""A deferral: not now, and from which day again."""

from __future__ import annotations

import functools
from datetime import date
from typing import Any, ClassVar

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linli.records.doses import actions
from linli.records.doses.models import Status
from linli.web.people.writing.done import Undo
from linli.web.people.writing.ends import usual_end
from linli.web.people.writing.fields import choice_field, conditional, day_field, note_field
from linli.web.people.writing.page import Case, Writing, page
from linli.web.shell.days import day
from linli.words.statuses import DEFERRALS

SAID_BY = {"self": _("The person"), "family": _("The family"), "staff": _("A nurse or worker")}
UNTIL = {
    "usual": _("The usual day for this reason, as it stands beside it"),
    "day": _("Another day"),
}


class Deferral(Writing):
    """The dose is put off until a day."""

    title = _("A deferral")
    lede = _("The person stays off the due list until that day, and comes back onto it by themselves.")
    primary = _("Write down the deferral")
    blamed: ClassVar[dict[type[Exception], str]] = {
        actions.DeferralWithoutEndError: "until_on",
        actions.StatusAheadError: "on",
        actions.StatusHoldsError: "reason",
    }

    reason = choice_field(_("Why?"), DEFERRALS)
    until = choice_field(_("From when may the dose be given again?"), UNTIL)
    until_on = conditional(day_field(_("The other day"), hint=_("The first day on which the dose may be given.")))
    told_by = choice_field(_("Who says so?"), SAID_BY)
    on = day_field(_("Put off since"))
    note = note_field()

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, case=case, initial={"on": case.today, "until": "usual", "told_by": "self"}, **kwargs)
        self.fields["reason"].choices = [  # type: ignore[attr-defined]  # a ChoiceField, as written above
            (code, _usually(str(words), usual_end(code, on=case.today), case.today))
            for code, words in DEFERRALS.items()
        ]

    def clean(self) -> dict[str, Any]:
        """The end that was chosen; one that is missing is the action's to refuse, but for what was left blank here."""
        told = super().clean() or {}
        reason, on = told.get("reason"), told.get("on")
        if told.get("until") == "usual" and reason and on:
            told["until_on"] = usual_end(reason, on=on)
            if told["until_on"] is None:
                words = gettext(
                    "This reason has no usual end. Choose another day and give it, such as the expected birth."
                )
                self.add_error("until", words)
        return told

    def write(self) -> Status:
        case = self.case
        told = {name: self.cleaned_data[name] for name in ("reason", "until_on", "told_by", "on", "note")}
        return actions.defer(
            by=case.by, at=case.at, person=case.person, programme=case.programme, today=case.today, **told
        )

    def said(self, row: Status) -> str:
        say = functools.partial(day, beside=self.case.today)
        return gettext("Put off until {day}.").format(day=say(row.until_on) if row.until_on else "")

    def undo(self, row: Status) -> Undo:
        return Undo("status", row.public_id)


def _usually(words: str, until: date | None, on: date) -> str:
    if until is None:
        return gettext("{reason}: no usual end").format(reason=words)
    return gettext("{reason}: usually until {day}").format(reason=words, day=day(until, beside=on))


new = page(Deferral)
