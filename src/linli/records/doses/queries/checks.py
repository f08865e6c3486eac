"""What stands in the way of writing a dose down."""

from __future__ import annotations

from datetime import date

from linli.records.doses.models import Dose
from linli.records.people.models import Person
from linli.records.programme.models import Vaccine


class MergedAwayError(ValueError):
    """This record was merged into another one: nothing more is written down of it."""


class DoseError(ValueError):
    """A dose cannot be written down like this; `dose` is the one that stands in its way, if one does."""

    def __init__(self, dose: Dose | None = None) -> None:
        super().__init__(dose.public_id if dose else "")
        self.dose = dose


class DoseAheadError(DoseError):
    """The dose is dated after today."""


class DoseBeforeBirthError(DoseError):
    """The dose is dated before the person was born."""


class DoseKnownError(DoseError):
    """This dose is written down already: same person, day and product."""


class DoseNumberTakenError(DoseError):
    """A dose with this number is written down already, on another day."""


class ProductMissingError(DoseError):
    """A register that shows a dose names its product too: only of a dose that is told of may nobody know which."""


def check_product(vaccine: Vaccine | None, *, evidence: str) -> None:
    """See that a product is named (none: nobody knows which) where a register shows it. Raises ProductMissingError."""
    if evidence == Dose.Evidence.RECORD and (vaccine is None or vaccine.is_unknown):
        raise ProductMissingError


def check(
    *,
    person: Person,
    vaccine: Vaccine,
    given_on: date,
    today: date,
    number: int | None = None,
    instead_of: Dose | None = None,
) -> None:
    """See that a dose can be written down, in place of another one or beside those known. Raises DoseError."""
    # Two people write down one dose, or one merges the person meanwhile: the second waits here, then sees the first.
    now = Person.objects.select_for_update(of=("self",)).only("birth_date", "merged_into").get(pk=person.pk)
    if now.merged_into_id is not None:
        raise MergedAwayError(person.public_id)
    if given_on > today:
        raise DoseAheadError
    if now.birth_date is not None and given_on < now.birth_date:
        raise DoseBeforeBirthError
    others = Dose.objects.filter(person=person, is_struck=False).select_related("vaccine")
    for other in others.exclude(pk=instead_of.pk if instead_of else 0):
        if other.given_on == given_on and other.vaccine_id == vaccine.pk:
            raise DoseKnownError(other)
        same_programme = vaccine.programme_id is not None and other.vaccine.programme_id == vaccine.programme_id
        if same_programme and number is not None and other.number == number and other.given_on != given_on:
            raise DoseNumberTakenError(other)
