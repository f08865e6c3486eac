"""Employers who came back from Excel."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from linli.records.lists.queries.returns.ground import Typed
from linli.records.lists.queries.returns.pending import Pending, Wanted
from linli.records.people.models import Employer
from linli.records.people.queries import chunks

COLUMNS = {"employer": "name", "employer_code": "code", "work_building": "building_id", "floor": "floor"}


class EmployersSettler:
    """Finds the buildings that were typed, and keeps a credit code for one firm."""

    def __init__(self, rows: Sequence[Pending], *, paths: Sequence[str], on: date) -> None:
        self._typed = Typed(paths)
        codes = [row.edits["employer_code"].text for row in rows if "employer_code" in row.edits]
        self._holders: dict[str, int] = {}
        for chunk in chunks(sorted(set(codes))):
            known = Employer.objects.filter(code__in=chunk).values_list("code", "pk")
            self._holders |= {code: key for code, key in known if code}

    def settle(self, row: Pending) -> None:
        """Find the building; see that the code is nobody else's."""
        if "work_building" in row.edits:
            self._typed.building(row, "work_building")
        if "employer_code" in row.edits:
            code = row.edits["employer_code"].text
            if self._holders.setdefault(code, row.subject.pk) != row.subject.pk:
                row.tell("code_taken", "employer_code", code)

    def plan(self, wanted: Sequence[Wanted]) -> None:
        """The employer with what was changed."""
        for one in wanted:
            for field in one.units:
                setattr(one.row.subject, COLUMNS[field], one.row.edits[field].value)
            one.what = one.row.subject

    def subject_of(self, subject: Employer) -> str:
        """The employer."""
        return subject.public_id
