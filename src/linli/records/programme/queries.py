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
    """The programme of the drive that started last; the office works one drive at a time."""
    drive = Drive.objects.select_related("programme").order_by("-starts_on", "-id").first()
    if drive is None:
        raise NoDriveError
    return drive.programme


class NoDriveError(LookupError):
    """No drive has been opened yet."""


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
