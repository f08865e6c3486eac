"""The rows that are stored: the engine's answer after each fact of a person and each day it changes by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np

from linli.domain.calendar import dates_of
from linli.domain.eligibility import Code, Schedule, Timeline, timeline
from linli.domain.stretches import Span, stretches
from linli.records.doses.models import STATUS_LADDER, Dose
from linli.records.doses.queries.arrays import product_ids, read_patients
from linli.records.doses.queries.statuses import spans
from linli.records.programme.models import Programme
from linli.records.programme.queries import rules as rules_of

FORECAST_COLUMNS = (
    "person_id",
    "programme_id",
    "since_on",
    "until_on",
    "recorded_doses",
    "valid_doses",
    "next_dose",
    "reason",
    "vaccine_id",
    "earliest_on",
    "recommended_on",
    "latest_on",
    "first_on",
    "second_on",
    "second_latest_on",
    "finish_by_on",
    "completed_on",
    "is_barred",
    "offered_from",
    "proven_first_on",
    "proven_completed_on",
    "register_state",
)


def forecast_rows(*, programme: Programme, people: Sequence[int]) -> list[tuple[Any, ...]]:
    """The rows to store, as tuples of `FORECAST_COLUMNS`: the engine's answer after each fact of a person.

    A row is cut where the strongest status of its person changes, so that one row tells a day whole.
    """
    rules = rules_of(programme)
    ids, patients, _ = read_patients(rules, people)
    line = timeline(rules, patients)
    answer = line.answer
    products = product_ids(rules)
    reasons = {int(code): code.text for code in Code}
    proven = _proven(rules, ids, line)
    columns = (
        [ids[person] for person in line.person.tolist()],
        [programme.pk] * len(line.person),
        dates_of(line.since_on),
        dates_of(line.until_on),
        line.recorded_doses.tolist(),
        answer.valid_doses.tolist(),
        [number or None for number in answer.next_dose.tolist()],
        [reasons[reason] for reason in answer.reason.tolist()],
        [products[product] if product >= 0 else None for product in answer.first_product.tolist()],
        dates_of(line.earliest_on),
        dates_of(answer.recommended_on),
        dates_of(answer.latest_on),
        dates_of(answer.first_on),
        dates_of(answer.second_on),
        dates_of(answer.second_latest_on),
        dates_of(answer.finish_by_on),
        dates_of(answer.completed_on),
        line.barred.tolist(),
        dates_of(line.offered_from),
        *proven,
        [""] * len(line.person),
    )
    return _cut(list(zip(*columns, strict=True)), spans(programme=programme, people=ids))


def _cut(rows: list[tuple[Any, ...]], told: Mapping[int, Sequence[Span]]) -> list[tuple[Any, ...]]:
    """Rows of `FORECAST_COLUMNS` cut where the strongest status changes; few people have any."""
    if not told:
        return rows
    found: list[tuple[Any, ...]] = []
    for row in rows:
        person, programme, since_on, until_on, *rest, _ = row
        if person not in told:
            found.append(row)
            continue
        for part in stretches(told[person], since_on=since_on, until_on=until_on, ladder=STATUS_LADDER):
            found.append((person, programme, part.since_on, part.until_on, *rest, part.kind))
    return found


def _proven(rules: Schedule, ids: Sequence[int], line: Timeline) -> tuple[list[date | None], list[date | None]]:
    """First dose and completion of each row's person if doses that somebody only told of did not count."""
    first, completed = dates_of(line.answer.first_on), dates_of(line.answer.completed_on)
    told = Dose.objects.filter(person_id__in=ids, evidence=Dose.Evidence.TOLD, is_struck=False)
    people = sorted(set(told.values_list("person_id", flat=True)))
    if not people:
        return first, completed
    some, patients, _ = read_patients(rules, people, but=Dose.Evidence.TOLD)
    sure = timeline(rules, patients)
    sure_first, sure_completed = dates_of(sure.answer.first_on), dates_of(sure.answer.completed_on)
    index = {person: place for place, person in enumerate(some)}
    for row, person in enumerate(line.person.tolist()):
        if ids[person] in index:
            theirs = slice(*np.searchsorted(sure.person, [index[ids[person]], index[ids[person]] + 1]))
            place = theirs.start + np.searchsorted(sure.since_on[theirs], line.since_on[row], side="right") - 1
            first[row], completed[row] = sure_first[place], sure_completed[place]
    return first, completed
