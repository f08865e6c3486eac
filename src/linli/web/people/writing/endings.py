"""A status ends before its time: the person decided otherwise, or it was written down by mistake."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linli.records.doses import actions
from linli.records.doses.models import Status, StatusEnd
from linli.web.people.writing.done import Undo
from linli.web.people.writing.fields import choice_field, conditional, day_field, note_field
from linli.web.people.writing.page import Case, Writing, page
from linli.web.shell.days import day
from linli.words.states import STATES
from linli.words.statuses import reason_words

WHY = {
    "refused": {"reversed": _("The person took it back"), "mistake": _("It was written down by mistake")},
    "deferred": {"reversed": _("It ended sooner"), "mistake": _("It was written down by mistake")},
    "contraindicated": {"reversed": _("Another paper ends it"), "mistake": _("It was written down by mistake")},
    "moved": {"reversed": _("The person came back"), "mistake": _("It was written down by mistake")},
}
SAID_BY = {
    "self": _("The person"),
    "guardian": _("The guardian: of a minor, or of somebody under guardianship"),
    "other": _("Somebody else: family, a neighbour, a worker"),
}


class Ending(Writing):
    """The end of a status, or its correction."""

    title = _("End a status")
    lede = _("The status stays in the record with its end beside it. A mistake is struck through: it never held.")
    primary = _("End it")
    blamed: ClassVar[dict[type[Exception], str]] = {actions.RefusalByOtherError: "told_by", actions.StatusError: "on"}

    why = choice_field(_("Why does it end?"), WHY["deferred"])
    told_by = conditional(choice_field(_("Who says so?"), SAID_BY, hint=_("Needed where a refusal is taken back.")))
    on = day_field(_("From which day?"))
    note = note_field()

    def __init__(self, *args: Any, case: Case, status: Status, **kwargs: Any) -> None:
        super().__init__(*args, case=case, initial={"on": case.today}, **kwargs)
        self.status = status
        self.fields["why"].choices = list(WHY[status.kind].items())  # type: ignore[attr-defined]  # a ChoiceField
        if status.kind != Status.Kind.REFUSED:
            del self.fields["told_by"]

    @property
    def facts(self) -> list[tuple[Promise | str, str]]:
        """The status as it stands."""
        status, today = self.status, self.case.today
        rows: list[tuple[Promise | str, str]] = [
            (_("Status"), str(STATES[status.kind])),
            (_("Since"), day(status.on, beside=today)),
        ]
        if status.until_on:
            rows.append((_("Until"), day(status.until_on, beside=today)))
        if status.reason:
            rows.append((_("Reason"), reason_words(status.kind, status.reason)))
        return rows

    def clean(self) -> dict[str, Any]:
        """Who took a refusal back must be said."""
        told = super().clean() or {}
        if told.get("why") == "reversed" and "told_by" in self.fields and not told.get("told_by"):
            self.add_error("told_by", gettext("Say who takes the refusal back."))
        return told

    def write(self) -> StatusEnd:
        case, told = self.case, {name: value for name, value in self.cleaned_data.items() if value}
        return actions.end(by=case.by, at=case.at, status=self.status, today=case.today, **told)

    def said(self, row: StatusEnd) -> str:
        if row.why == StatusEnd.Why.MISTAKE:
            return gettext("Struck through: it never held.")
        return gettext("Ended.")

    def undo(self, row: StatusEnd) -> Undo:
        return Undo("end", self.status.public_id)


def _make(*args: Any, case: Case, status_id: str) -> Ending:
    status = Status.objects.filter(person=case.person, public_id=status_id).select_related("programme").first()
    if status is None:
        raise Http404
    return Ending(*args, case=case, status=status)


new = page(_make)
