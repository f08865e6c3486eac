"""All that is known of one person: how they stand, why, every dose, every fact with its source, and what was done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from linli.domain.eligibility import Explanation, Reason, Schedule
from linli.records.doses.models import Dose, Forecast
from linli.records.doses.queries import doses_of, explained, judge, standings
from linli.records.journal.models import Entry
from linli.records.journal.queries import history
from linli.records.people.models import Listing, Person
from linli.records.people.queries import Fact, facts, in_areas
from linli.records.programme.models import Programme
from linli.records.reports.queries.due import Due, answered

HISTORY = 50


@dataclass(frozen=True, slots=True)
class Chronicle:
    """One person on one day; `due` is empty until the forecast was drawn."""

    person: Person
    rules: Schedule
    due: Due | None
    explanation: Explanation
    doses: list[tuple[Dose, Reason]]
    facts: dict[str, list[Fact]]
    listings: list[Listing]
    household: list[tuple[Person, str]]
    history: list[Entry]


def chronicle(*, person: Person, programme: Programme, on: date, paths: Sequence[str]) -> Chronicle:
    """Everything about a person on a day; of their household those who belong to one of the subtrees."""
    judged = judge(programme=programme, people=[person.pk], on=on)
    explanation, told = explained(judged, person=person.pk)
    reasons = dict(zip(told, explanation.doses, strict=True))
    rows = list(standings(programme=programme, on=on).filter(person=person).select_related("person", "vaccine"))
    due = answered(rows, judged, on=on)
    return Chronicle(
        person=person,
        rules=judged.schedule,
        due=due[0] if due else None,
        explanation=explanation,
        doses=[(dose, reasons[dose.pk]) for dose in doses_of(person.pk)],
        facts=facts(person),
        listings=list(Listing.objects.filter(person=person).select_related("source").order_by("source__rank", "-on")),
        household=_household(person, programme, on, paths),
        history=list(history(noun="person", subject_id=person.public_id)[:HISTORY]),
    )


def _household(person: Person, programme: Programme, on: date, paths: Sequence[str]) -> list[tuple[Person, str]]:
    if person.household_id is None:
        return []
    others = Person.objects.filter(in_areas(paths), household=person.household_id).exclude(pk=person.pk)
    rows = standings(programme=programme, on=on).filter(person__in=others).select_related("person")
    return [(row.person, _state(row)) for row in rows.order_by("person__birth_date", "person__name")]


def _state(row: Forecast) -> str:
    return str(row.state)  # type: ignore[attr-defined]  # annotated by `standings`
