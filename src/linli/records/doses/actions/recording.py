"""Writing down doses: those that lists tell of, and one by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from linli.records import bulk
from linli.records.doses.actions.forecasting import follow
from linli.records.doses.models import Dose
from linli.records.doses.queries import DoseError, check, check_product
from linli.records.journal.actions import Who, action, write
from linli.records.journal.models import new_id
from linli.records.people.actions import by_hand
from linli.records.people.models import Person, Source
from linli.records.people.queries import chunks
from linli.records.programme import actions as programme
from linli.records.programme.models import UNKNOWN_PRODUCT, Vaccine

DOSE_COLUMNS = (
    "public_id",
    "person_id",
    "vaccine_id",
    "given_on",
    "number",
    "lot",
    "place",
    "supply_ended",
    "evidence",
    "is_elsewhere",
    "is_struck",
    "source_id",
)


@dataclass(frozen=True, slots=True)
class Given:
    """A dose that a list tells of: person and vaccine by id."""

    person: int
    vaccine: int
    given_on: date
    number: int | None = None
    lot: str = ""
    place: str = ""
    supply_ended: bool = False
    evidence: str = Dose.Evidence.RECORD
    is_elsewhere: bool = False


class DoseSameDayError(DoseError):
    """Another product is written down for this day."""


@action
def record(*, by: Who, source: Source, given: Sequence[Given], at: datetime | None = None) -> int:
    """Write down doses; one that is there already (same person, day, product) stays. Gives how many are new.

    One that was corrected counts as there: the list that told it wrongly may come again.
    """
    known = {
        row
        for chunk in chunks(sorted({dose.person for dose in given}))
        for row in Dose.objects.filter(person_id__in=chunk).values_list("person_id", "given_on", "vaccine_id")
    }
    fresh = {(dose.person, dose.given_on, dose.vaccine): dose for dose in given}
    new = [dose for key, dose in fresh.items() if key not in known]
    rows = [
        (
            new_id(),
            dose.person,
            dose.vaccine,
            dose.given_on,
            dose.number,
            dose.lot,
            dose.place,
            dose.supply_ended,
            dose.evidence,
            dose.is_elsewhere,
            False,
            source.pk,
        )
        for dose in new
    ]
    # Two lists applied at once may tell the same dose: the unique constraint keeps one of them.
    unique = ("person_id", "given_on", "vaccine_id")
    bulk.insert(Dose, DOSE_COLUMNS, rows, unique=unique, where="NOT is_struck")
    touched = sorted({dose.person for dose in new})
    public_ids = [
        key
        for chunk in chunks(touched)
        for key in Person.objects.filter(id__in=chunk).values_list("public_id", flat=True)
    ]
    subjects = [("person", key) for key in public_ids]
    write(by=by, verb="doses.record", detail={"source": source.code, "doses": len(rows)}, subjects=subjects, at=at)
    return len(rows)


@action
def record_by_hand(
    *,
    by: Who,
    person: Person,
    vaccine: Vaccine | None,
    given_on: date,
    today: date,
    evidence: str,
    number: int | None = None,
    lot: str = "",
    place: str = "",
    is_elsewhere: bool = True,
    accept: bool = False,
    at: datetime | None = None,
) -> Dose:
    """Write down one dose that a person or a paper tells of, with how well it is proven.

    Without a `vaccine` nobody knows which it was: the dose is kept and counts for nothing until it is corrected.
    `accept` writes it down though another product stands on that day or the number is taken. Raises DoseError.
    """
    check_product(vaccine, evidence=evidence)
    vaccine = vaccine or programme.know_unknown(by=by, at=at)
    check(person=person, vaccine=vaccine, given_on=given_on, today=today, number=None if accept else number)
    others = Dose.objects.filter(_maybe_the_same(vaccine), person=person, given_on=given_on, is_struck=False)
    if not accept and (other := others.first()):
        raise DoseSameDayError(other)
    dose = Dose.objects.create(
        person=person,
        vaccine=vaccine,
        given_on=given_on,
        number=number,
        lot=lot,
        place=place,
        evidence=Dose.Evidence(evidence),
        is_elsewhere=is_elsewhere,
        source=by_hand(by=by, at=at),
    )
    detail = {"evidence": dose.evidence, "product": vaccine.code, "on": given_on.isoformat()}
    write(by=by, verb="doses.record_by_hand", detail=detail, subjects=[("person", person.public_id)], at=at)
    follow(by=by, people=[person.pk], at=at)
    return dose


def _maybe_the_same(vaccine: Vaccine) -> Q:
    """Doses of one day of which one may be the other, told wrongly: two of one programme, or one that is not known."""
    if vaccine.is_unknown:
        return Q()
    unknown = Q(vaccine__code=UNKNOWN_PRODUCT[0])
    return unknown | Q(vaccine__programme=vaccine.programme_id) if vaccine.programme_id else unknown
