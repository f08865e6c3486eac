"""Doses that came back from Excel: each change is a correction, and two doses never become one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple, cast

from linli.domain.sheets.edits import Edit
from linli.records.doses.models import Correction, Dose
from linli.records.doses.queries import ProductMissingError, check_product
from linli.records.lists.queries.copies.words import ProductWords
from linli.records.lists.queries.returns.pending import Pending, Wanted
from linli.records.people.queries import chunks
from linli.records.programme.models import Vaccine
from linli.records.programme.queries import vaccines

# Why a dose is corrected, the gravest first.
REASONS = (
    ("product", Correction.Reason.PRODUCT),
    ("given_on", Correction.Reason.DAY),
    ("dose_number", Correction.Reason.NUMBER),
)


@dataclass
class DoseChange:
    """A correction to be written; `product` is a code, `order` its turn: one may free the day another moves to."""

    dose: Dose
    reason: str
    product: str | None = None
    given_on: date | None = None
    number: int | None = None
    details: dict[str, Any] = field(default_factory=dict)
    order: int = 0


class _Standing(NamedTuple):
    """A dose as it would stand; doses are numbered within a programme (none: another vaccine)."""

    day: date
    product: str
    programme: int | None
    number: int | None


class DosesSettler:
    """Knows the products, and every dose of the people whose doses were changed."""

    def __init__(self, rows: Sequence[Pending], *, paths: Sequence[str], on: date) -> None:
        self._vaccines = vaccines()
        self._words: dict[str, ProductWords] = {}
        self._known: dict[int, dict[int, _Standing]] = defaultdict(dict)
        for chunk in chunks(sorted({row.subject.person_id for row in rows})):
            columns = ("person_id", "pk", "given_on", "vaccine__code", "vaccine__programme_id", "number")
            for person, key, *told in Dose.objects.filter(person_id__in=chunk, is_struck=False).values_list(*columns):
                self._known[person][key] = _Standing(*told)

    def settle(self, row: Pending) -> None:
        """Name the product as copies do; no dose before the birth."""
        edits, born = row.edits, row.subject.person.birth_date
        if "product" in edits and (vaccine := self._vaccines.get(edits["product"].text)):
            words = self._words.setdefault(row.copied.language, ProductWords(row.copied.language))
            edits["product"] = Edit(vaccine.code, words.of(vaccine))
        if "given_on" in edits and born is not None and cast("date", edits["given_on"].value) < born:
            given_on = edits["given_on"].text
            row.tell("dose_before_birth", "given_on", given_on, birth_date=born.isoformat(), given_on=given_on)

    def plan(self, wanted: Sequence[Wanted]) -> None:
        """Give every correction its turn; one that would meet another dose whatever the order is told as bad."""
        for one in wanted:
            one.what = _change(one)
            self._want_product(one)
        waiting, turn = [one for one in wanted if not one.row.is_bad], 0
        while waiting:
            blocked = []
            for one in waiting:
                if self._in_the_way(one) is not None:
                    blocked.append(one)
                    continue
                turn += 1
                one.what.order = turn
                self._known[one.row.subject.person_id][one.row.subject.pk] = self._becomes(one)
            if len(blocked) == len(waiting):
                break
            waiting = blocked
        for one in waiting:
            other = self._in_the_way(one)
            if other is not None:
                field, code = ("given_on", "dose_known") if other.day == self._becomes(one).day else _NUMBER
                column = field if field in one.row.edits else "product"
                one.row.tell(code, column, known_on=other.day.isoformat(), known_product=other.product)

    def subject_of(self, subject: Dose) -> str:
        """The person."""
        return subject.person.public_id

    def _want_product(self, one: Wanted) -> None:
        """A register that shows a dose names its product."""
        change: DoseChange = one.what
        try:
            check_product(
                self._vaccines.get(change.product) if change.product else change.dose.vaccine,
                evidence=change.details.get("evidence", change.dose.evidence),
            )
        except ProductMissingError:
            one.row.tell("product_missing", "evidence", one.row.edits["evidence"].text)

    def _becomes(self, one: Wanted) -> _Standing:
        change: DoseChange = one.what
        before = self._known[change.dose.person_id][change.dose.pk]
        product = change.product or before.product
        vaccine: Vaccine | None = self._vaccines.get(product)
        return _Standing(
            change.given_on or before.day,
            product,
            vaccine.programme_id if vaccine else None,
            change.number or before.number,
        )

    def _in_the_way(self, one: Wanted) -> _Standing | None:
        """A dose of the same person with the same product and day, or with the number that was typed."""
        after, change = self._becomes(one), cast("DoseChange", one.what)
        for key, other in self._known[change.dose.person_id].items():
            if key == change.dose.pk:
                continue
            if (other.day, other.product) == (after.day, after.product):
                return other
            same_programme = after.programme is not None and other.programme == after.programme
            if change.number and same_programme and other.number == change.number and other.day != after.day:
                return other
        return None


_NUMBER = ("dose_number", "number_taken")


def _change(one: Wanted) -> DoseChange:
    said = {name: one.row.edits[name].value for name in one.units}
    details: dict[str, Any] = {name: said[name] for name in ("lot", "place", "evidence") if name in said}
    if "supply_ended" in said:
        details["supply_ended"] = said["supply_ended"] == "yes"
    reason = next((reason for name, reason in REASONS if name in said), Correction.Reason.DETAILS)
    return DoseChange(
        dose=one.row.subject,
        reason=reason,
        product=cast("str | None", said.get("product")),
        given_on=cast("date | None", said.get("given_on")),
        number=cast("int | None", said.get("dose_number")),
        details=details,
    )
