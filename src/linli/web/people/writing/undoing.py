"""Taking back what was just written down, each by a row of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from linli.records.accounts.queries import Right
from linli.records.doses import actions
from linli.records.doses.models import Correction, Dose, Status, StatusEnd
from linli.records.people import actions as people
from linli.records.people.models import Person
from linli.records.programme.queries import current
from linli.web.day import today
from linli.web.people.finding import about
from linli.web.people.writing.done import done
from linli.web.people.writing.page import Case
from linli.web.rights import person as person_with
from linli.web.shell.days import day
from linli.words.refusals import WORDS, refusal_words

T = TypeVar("T")


@require_POST
@about(Right.RECORD)
def undo(request: HttpRequest, person: Person) -> HttpResponse:
    """Take one thing back: `what` is a key of WAYS, `key` the row's public id."""
    case = Case(request, person, current(), today())
    way = WAYS.get(request.POST.get("what", ""))
    if way is None:
        raise Http404
    try:
        way(case, request.POST.get("key", ""))
    except tuple(WORDS) as error:
        messages.warning(request, refusal_words(error, say_day=lambda on: day(on, beside=case.today)))
        return redirect("people:person", person.public_id)
    return done(request, person, _("Taken back. Both lines stay in the record."), None)


def _status(case: Case, key: str) -> None:
    status = _of(Status.objects.filter(person=case.person, public_id=key).first())
    actions.end(by=case.by, at=case.at, status=status, on=case.today, today=case.today, why=StatusEnd.Why.MISTAKE)


def _end(case: Case, key: str) -> None:
    """A status that was ended by mistake is written down again: from its end on, or whole where it was struck."""
    ended = StatusEnd.objects.filter(status__person=case.person, status__public_id=key)
    end = _of(ended.select_related("status__programme").first())
    status = end.status
    on = status.on if end.why == StatusEnd.Why.MISTAKE else end.on
    said: dict[str, Any] = {"by": case.by, "at": case.at, "person": case.person, "on": on, "today": case.today}
    said["note"] = status.note
    more: dict[str, Any] = {"programme": status.programme, "reason": status.reason}
    if status.kind == Status.Kind.REFUSED:
        actions.refuse(**said, **more, told_by=status.told_by)
    elif status.kind == Status.Kind.DEFERRED:
        actions.defer(**said, **more, until_on=status.until_on, told_by=status.told_by)
    elif status.kind == Status.Kind.CONTRAINDICATED:
        until: dict[str, Any] = {"until_on": status.until_on, "paper": status.paper, "paper_on": status.paper_on}
        actions.contraindicate(**said, **more, **until)
    else:
        actions.move_away(**said, to=status.place)


def _dose(case: Case, key: str) -> None:
    dose = _of(Dose.objects.filter(person=case.person, public_id=key).first())
    actions.strike(by=case.by, at=case.at, dose=dose, reason=Correction.Reason.UNDONE)


def _correction(case: Case, key: str) -> None:
    """Whoever takes back a correction that moved a dose needs the right over both people."""
    of = Q(dose__person=case.person) | Q(by_dose__person=case.person)
    rows = Correction.objects.filter(of, public_id=key).select_related("dose__person", "by_dose__person")
    correction = _of(rows.first())
    for dose in (correction.dose, correction.by_dose):
        if dose is not None and dose.person_id != case.person.pk:
            person_with(case.request, dose.person.public_id, Right.RECORD)
    actions.undo(by=case.by, at=case.at, correction=correction, today=case.today)


def _move(case: Case, _key: str) -> None:
    people.move_back(by=case.by, at=case.at, person=case.person, on=case.today)


def _of(row: T | None) -> T:
    if row is None:
        raise Http404
    return row


WAYS: dict[str, Callable[[Case, str], None]] = {
    "status": _status,
    "end": _end,
    "dose": _dose,
    "correction": _correction,
    "move": _move,
}
