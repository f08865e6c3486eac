"""The page of each way to correct a dose."""

from __future__ import annotations

from typing import Any

from django.http import Http404

from linli.records.doses.models import Correction
from linli.web.people.writing.corrections import (
    Correcting,
    NeverGiven,
    WrongDay,
    WrongDetails,
    WrongNumber,
    WrongProduct,
)
from linli.web.people.writing.owners import WrongPerson
from linli.web.people.writing.page import Case, page

Reason = Correction.Reason
WAYS: dict[str, type[Correcting]] = {
    Reason.PERSON: WrongPerson,
    Reason.PRODUCT: WrongProduct,
    Reason.DAY: WrongDay,
    Reason.NUMBER: WrongNumber,
    Reason.DETAILS: WrongDetails,
    Reason.NOT_GIVEN: NeverGiven,
}


def _make(data: Any, *, case: Case, dose_id: str, reason: str) -> Correcting:
    if reason not in WAYS:
        raise Http404
    return WAYS[reason](data, case=case, dose_id=dose_id)


one = page(_make)
