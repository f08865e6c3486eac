"""All that is known of one person: how they stand, why, every dose, status and fact with its source, what was done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from linli.domain.eligibility import Explanation, Reason, Schedule
from linli.records.doses.models import Correction, Dose, Forecast
from linli.records.doses.queries import Told, corrections_of, explained, judge_known, standings, statuses
from linli.records.journal.models import Entry
from linli.records.journal.queries import history
from linli.records.people.models import Document, Listing, Person
from linli.records.people.queries import Fact, facts, in_areas, signposts
from linli.records.programme.models import Programme
from linli.records.reports.queries.due import Due, answered

HISTORY = 50


@dataclass(frozen=True, slots=True)
class DoseTold:
    """A dose as it was written down.

    `reason` is what the engine makes of it (none: it is struck), `struck_by` the correction that stands against it,
    `instead_of` the correction by which it came here.
    """

    dose: Dose
    reason: Reason | None
    struck_by: Correction | None
    instead_of: Correction | None


@dataclass(frozen=True, slots=True)
class Chronicle:
    """One person on one day.

    `due` is empty until the forecast was drawn. `holding` is the status that decides how they stand, if one does.
    `others` are people to or from whom a correction moved a dose and whom the reader may see, by id.
    """

    person: Person
    rules: Schedule
    due: Due | None
    explanation: Explanation
    doses: list[DoseTold]
    statuses: list[Told]
    holding: Told | None
    others: dict[int, Person]
    facts: dict[str, list[Fact]]
    documents: list[Document]
    listings: list[Listing]
    signposts: list[Person]
    household: list[tuple[Person, str]]
    history: list[Entry]

    @property
    def records(self) -> list[str]:
        """The public ids of this person and of the records that were merged into them."""
        return [self.person.public_id, *(row.public_id for row in self.signposts)]


def chronicle(*, person: Person, programme: Programme, on: date, paths: Sequence[str]) -> Chronicle:
    """Everything about a person on a day; of their household those who belong to one of the subtrees."""
    doses = list(Dose.objects.filter(person=person).select_related("vaccine", "source").order_by("given_on", "id"))
    standing = [dose for dose in doses if not dose.is_struck]
    judged = judge_known(programme=programme, person=person, doses=standing, on=on)
    explanation, told = explained(judged, person=person.pk)
    rows = _standings(person, programme, on, paths)
    due = answered([row for row in rows if row.person_id == person.pk], judged, on=on)
    state = due[0].state if due else ""
    corrections = corrections_of(person.pk)
    written = statuses(person=person.pk, programme=programme)
    said = facts(person)
    merged, others = _related(person, corrections, paths)
    return Chronicle(
        person=person,
        rules=judged.schedule,
        due=due[0] if due else None,
        explanation=explanation,
        doses=_doses(doses, dict(zip(told, explanation.doses, strict=True)), corrections),
        statuses=written,
        holding=next((one for one in written if one.status.kind == state and one.holds_on(on)), None),
        others=others,
        facts=said,
        documents=list(Document.objects.filter(person=person).order_by("id")),
        listings=[fact.row for fact in said["listing"]],
        signposts=merged,
        household=[(row.person, _state(row)) for row in rows if row.person_id != person.pk],
        history=_history([person.public_id, *(row.public_id for row in merged)]),
    )


def _standings(person: Person, programme: Programme, on: date, paths: Sequence[str]) -> list[Forecast]:
    """How the person and those of the household stand, the eldest first."""
    wanted = Q(person=person)
    if person.household_id is not None:
        wanted |= Q(person__in=Person.objects.filter(in_areas(paths), household=person.household_id))
    rows = standings(programme=programme, on=on).filter(wanted).select_related("person", "vaccine")
    return list(rows.order_by("person__birth_date", "person__name"))


def _doses(doses: Iterable[Dose], reasons: dict[int, Reason], corrections: Iterable[Correction]) -> list[DoseTold]:
    against = {row.dose_id: row for row in corrections}
    instead = {row.by_dose_id: row for row in corrections if row.by_dose_id}
    return [DoseTold(dose, reasons.get(dose.pk), against.get(dose.pk), instead.get(dose.pk)) for dose in doses]


def _related(
    person: Person, corrections: Iterable[Correction], paths: Sequence[str]
) -> tuple[list[Person], dict[int, Person]]:
    """The records merged into a person, and those of whom the reader may know that a dose came from or went to."""
    beyond = {dose.person_id for row in corrections for dose in (row.dose, row.by_dose) if dose is not None}
    # Who was merged into one who was merged in turn, too; no join, so that each part is found by its index.
    merged = Q(merged_into=person) | Q(merged_into__in=Person.objects.filter(merged_into=person))
    rows = Person.objects.filter(merged | (in_areas(paths) & Q(pk__in=beyond - {person.pk}))).order_by("pk")
    found = list(rows)
    gone = [row for row in found if row.merged_into_id is not None]
    if any(row.merged_into_id != person.pk for row in gone):
        gone = signposts(person)
    return gone, {row.pk: row for row in found if row.merged_into_id is None}


def _history(records: Sequence[str]) -> list[Entry]:
    """What was done to a person last, newest first: a list that comes late tells of an earlier day."""
    found = history(noun="person", subject_ids=records)[:HISTORY]
    return sorted(found, key=lambda entry: (entry.at, entry.pk), reverse=True)


def _state(row: Forecast) -> str:
    return str(row.state)  # type: ignore[attr-defined]  # annotated by `standings`
