"""Reading the schedules in force."""

from __future__ import annotations

from functools import lru_cache

from linli import reference
from linli.domain.eligibility import Schedule
from linli.records.programme.models import Drive, Programme, Vaccine


@lru_cache(maxsize=8)
def schedule(code: str) -> Schedule:
    """The schedule of a programme, read once a process."""
    return reference.schedule(code)


def current() -> Programme:
    """The programme of the drive that started last; without a drive the one adopted last. One is worked at a time."""
    drive = current_drive()
    adopted = drive.programme if drive else Programme.objects.order_by("-id").first()
    if adopted is None:
        raise NoDriveError
    return adopted


def current_drive() -> Drive | None:
    """The drive that started last, with its programme and area."""
    drives = Drive.objects.select_related("programme", "area").defer("area__outline")
    return drives.order_by("-starts_on", "-id").first()


class NoDriveError(LookupError):
    """No schedule is adopted and no drive open yet."""


def vaccines() -> dict[str, Vaccine]:
    """Every known product by its code."""
    return {vaccine.code: vaccine for vaccine in Vaccine.objects.all()}


def product_words() -> dict[str, str]:
    """What lists write for a product, lower-cased, and the code it means."""
    words = {word: vaccine.cvx for vaccine in reference.other_vaccines() for word in vaccine.aliases}
    for code in Programme.objects.values_list("code", flat=True):
        for vaccine in schedule(code).vaccines:
            for word in (vaccine.code, *vaccine.cvx, *vaccine.aliases, vaccine.names.zh, vaccine.names.en):
                words[word.strip().lower()] = vaccine.code
    return words
