"""Writing down what people decide and what medicine forbids: refused, deferred, contraindicated, moved away."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from linli.records.doses.actions.forecasting import follow
from linli.records.doses.models import Status, StatusEnd
from linli.records.doses.queries import MergedAwayError, statuses
from linli.records.journal.actions import Who, action, write
from linli.records.people.models import Person
from linli.records.programme.models import Programme

WHO_REFUSES = (Status.ToldBy.SELF, Status.ToldBy.GUARDIAN)


class StatusError(ValueError):
    """A status cannot be written down like this; `status` is the one that stands in its way, if one does."""

    def __init__(self, status: Status | None = None) -> None:
        super().__init__(status.public_id if status else "")
        self.status = status


class StatusAheadError(StatusError):
    """The status is dated after today."""


class StatusHoldsError(StatusError):
    """The same status holds already on that day."""


class RefusalByOtherError(StatusError):
    """Only the person, or the guardian of a minor or of somebody under guardianship, can refuse or take it back."""


class DeferralWithoutEndError(StatusError):
    """A deferral needs the day on which the dose may be given again, after the day it begins."""


class PaperMissingError(StatusError):
    """A contraindication needs the paper that says so: who issued it."""


class StatusEndedError(StatusError):
    """This status was ended already."""


class EndsBeforeStartError(StatusError):
    """A status cannot end before it began."""


@action
def refuse(
    *,
    by: Who,
    person: Person,
    programme: Programme,
    on: date,
    today: date,
    told_by: str,
    reason: str = "",
    note: str = "",
    at: datetime | None = None,
) -> Status:
    """Write down that a person refuses: lawful and final, until the person says otherwise.

    Raises RefusalByOtherError unless the person or the guardian says so, and StatusError.
    """
    if told_by not in WHO_REFUSES:
        raise RefusalByOtherError
    told = Status(person=person, programme=programme, kind=Status.Kind.REFUSED, on=on, told_by=told_by)
    return _write_down(told, by=by, today=today, reason=reason, note=note, at=at)


@action
def defer(
    *,
    by: Who,
    person: Person,
    programme: Programme,
    on: date,
    today: date,
    until_on: date | None,
    told_by: str = Status.ToldBy.STAFF,
    reason: str = "",
    note: str = "",
    at: datetime | None = None,
) -> Status:
    """Put a person's dose off; `until_on` is the first day on which it may be given again.

    Raises DeferralWithoutEndError without such a day, and StatusError.
    """
    if until_on is None or until_on <= on:
        raise DeferralWithoutEndError
    told = Status(
        person=person, programme=programme, kind=Status.Kind.DEFERRED, on=on, until_on=until_on, told_by=told_by
    )
    return _write_down(told, by=by, today=today, reason=reason, note=note, at=at)


@action
def contraindicate(
    *,
    by: Who,
    person: Person,
    programme: Programme,
    on: date,
    today: date,
    paper: str,
    paper_on: date | None = None,
    until_on: date | None = None,
    reason: str = "",
    note: str = "",
    at: datetime | None = None,
) -> Status:
    """Write down that a person cannot have the vaccine, for good or until a day, with who issued the paper saying so.

    Raises PaperMissingError and StatusError.
    """
    if not paper.strip():
        raise PaperMissingError
    if until_on is not None and until_on <= on:
        raise EndsBeforeStartError
    told = Status(
        person=person,
        programme=programme,
        kind=Status.Kind.CONTRAINDICATED,
        on=on,
        until_on=until_on,
        paper=paper.strip(),
        paper_on=paper_on,
    )
    return _write_down(told, by=by, today=today, reason=reason, note=note, at=at)


@action
def move_away(
    *, by: Who, person: Person, on: date, today: date, to: str = "", note: str = "", at: datetime | None = None
) -> Status:
    """Write down that a person moved away from here: they leave every denominator from that day on.

    Where they lived stays: the figures of the days before need it, and so does whoever takes this back.
    """
    told = Status(person=person, kind=Status.Kind.MOVED, on=on, place=to)
    return _write_down(told, by=by, today=today, reason="", note=note, at=at)


@action
def end(
    *,
    by: Who,
    status: Status,
    on: date,
    today: date,
    why: str = StatusEnd.Why.REVERSED,
    told_by: str = Status.ToldBy.STAFF,
    note: str = "",
    at: datetime | None = None,
) -> StatusEnd:
    """End a status: the person decided otherwise on a day (`reversed`), or it was written down by mistake (`mistake`).

    A refusal is taken back by the person or the guardian alone. Raises StatusError.
    """
    # Two people end the same status at once: the second waits here, then finds it ended.
    held = Status.objects.select_for_update(of=("self",)).select_related("person", "programme").get(pk=status.pk)
    if StatusEnd.objects.filter(status=held).exists():
        raise StatusEndedError(held)
    if on > today:
        raise StatusAheadError(held)
    if why == StatusEnd.Why.REVERSED and on < held.on:
        raise EndsBeforeStartError(held)
    if why == StatusEnd.Why.REVERSED and held.kind == Status.Kind.REFUSED and told_by not in WHO_REFUSES:
        raise RefusalByOtherError(held)
    ended = StatusEnd.objects.create(
        status=held,
        on=on,
        why=StatusEnd.Why(why),
        note=note,
        who_id=by.public_id,
        who_name=by.name,
        at=at or timezone.now(),
    )
    subjects = [("person", held.person.public_id)]
    write(by=by, verb="doses.end", detail={"status": held.kind, "why": why}, subjects=subjects, at=at)
    follow(by=by, people=[held.person_id], programme=held.programme, at=at)
    return ended


def _write_down(told: Status, *, by: Who, today: date, reason: str, note: str, at: datetime | None) -> Status:
    # Two people at once: the second waits for the person's row, then finds the first one's status.
    person = Person.objects.select_for_update(of=("self",)).get(pk=told.person_id)
    if person.merged_into_id is not None:
        raise MergedAwayError(person.public_id)
    if told.on > today:
        raise StatusAheadError
    for known in statuses(person=person.pk, programme=told.programme):
        if known.status.kind == told.kind and known.holds_on(told.on):
            raise StatusHoldsError(known.status)
    told.reason, told.note = reason, note
    told.who_id, told.who_name, told.at = by.public_id, by.name, at or timezone.now()
    told.save()
    detail = {"status": told.kind, "reason": reason, "on": told.on.isoformat()}
    if told.until_on:
        detail["until"] = told.until_on.isoformat()
    write(by=by, verb="doses.set_status", detail=detail, subjects=[("person", person.public_id)], at=at)
    follow(by=by, people=[person.pk], programme=told.programme, at=at)
    return told
