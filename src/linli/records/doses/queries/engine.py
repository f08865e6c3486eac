"""From rows to the engine's arrays and back: the one place where the register meets the engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np

from linli.domain.calendar import as_days, dates_of
from linli.domain.eligibility import (
    Assessment,
    Code,
    Explanation,
    Patients,
    Schedule,
    Timeline,
    assess,
    explain,
    match_products,
    patients_of,
    timeline,
)
from linli.domain.stretches import Span, stretches
from linli.records.doses.models import NEVER, STATUS_LADDER, Dose
from linli.records.doses.queries.statuses import spans
from linli.records.people.models import Person
from linli.records.programme.models import Programme, Vaccine
from linli.records.programme.queries import rules as rules_of

SEXES = {"": 0, "M": 1, "F": 2}


@dataclass(frozen=True)
class Judged:
    """The engine's answer on a day: `people` ids in order, dose ids in the order of the answer's doses."""

    schedule: Schedule
    people: list[int]
    patients: Patients
    doses: list[int]
    answer: Assessment


def judge(*, programme: Programme, people: Sequence[int], on: date) -> Judged:
    """Ask the engine about some people on a day; the facts are those dated up to that day."""
    rules = rules_of(programme)
    ids, patients, doses = _patients(rules, people)
    return Judged(rules, ids, patients, doses, assess(rules, patients, on=on))


def judge_known(*, programme: Programme, person: Person, doses: Sequence[Dose], on: date) -> Judged:
    """The same of one person whose standing doses, with their vaccines, were read already: no query."""
    rules = rules_of(programme)
    rows = [(dose.pk, person.pk, dose.given_on, dose.vaccine.code, dose.supply_ended) for dose in doses]
    ids, patients, order = _arrays(rules, [(person.pk, person.birth_date, person.sex)], rows)
    return Judged(rules, ids, patients, order, assess(rules, patients, on=on))


def explained(judged: Judged, *, person: int) -> tuple[Explanation, list[int]]:
    """Why a person stands where they stand, and the dose ids in the order in which the explanation tells them."""
    index = judged.people.index(person)
    patients = judged.patients
    places = range(int(patients.offsets[index]), int(patients.offsets[index + 1]))
    told = sorted(places, key=lambda k: (patients.given_on[k], patients.vaccine[k], patients.supply_ended[k]))
    return explain(judged.schedule, patients, judged.answer, person=index), [judged.doses[place] for place in told]


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
    "proven_first_on",
    "proven_completed_on",
    "register_state",
)


def forecast_rows(*, programme: Programme, people: Sequence[int]) -> list[tuple[Any, ...]]:
    """The rows to store, as tuples of `FORECAST_COLUMNS`: the engine's answer after each fact of a person.

    A row is cut where the strongest status of its person changes, so that one row tells a day whole.
    """
    rules = rules_of(programme)
    ids, patients, _ = _patients(rules, people)
    line = timeline(rules, patients)
    answer = line.answer
    vaccine_ids = dict(Vaccine.objects.filter(programme=programme).values_list("code", "id"))
    products = [vaccine_ids[code] for code in rules.vaccine_codes]
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
    some, patients, _ = _patients(rules, people, but=Dose.Evidence.TOLD)
    sure = assess(rules, patients, on=NEVER - timedelta(days=1))
    days = zip(some, dates_of(sure.first_on), dates_of(sure.completed_on), strict=True)
    proven = {person: (first_on, completed_on) for person, first_on, completed_on in days}
    for row, index in enumerate(line.person.tolist()):
        if ids[index] in proven:
            first[row], completed[row] = proven[ids[index]]
    return first, completed


def _patients(rules: Schedule, people: Sequence[int], *, but: str = "") -> tuple[list[int], Patients, list[int]]:
    known = Person.objects.filter(id__in=list(people), merged_into=None)
    persons = list(known.order_by("id").values_list("id", "birth_date", "sex"))
    columns = ("id", "person_id", "given_on", "vaccine__code", "supply_ended")
    ids = [person for person, _, _ in persons]
    standing = Dose.objects.filter(person_id__in=ids, is_struck=False).exclude(evidence=but)
    doses = list(standing.order_by("person_id", "given_on", "id").values_list(*columns))
    return _arrays(rules, persons, doses)


def _arrays(
    rules: Schedule, persons: Sequence[tuple[int, date | None, str]], doses: Sequence[tuple[int, int, date, str, bool]]
) -> tuple[list[int], Patients, list[int]]:
    """People (id, birth date, sex) by id and their doses (id, person, day, product, supply ended) as the engine reads
    them, with the dose ids in its order.
    """
    ids = [person for person, _, _ in persons]
    index = {person: place for place, person in enumerate(ids)}
    codes = sorted({code for _, _, _, code, _ in doses})
    meaning = dict(zip(codes, match_products(rules, codes).tolist(), strict=True))
    patients, order = patients_of(
        birth=as_days([birth for _, birth, _ in persons]),
        sex=np.array([SEXES[sex] for _, _, sex in persons], np.int8),
        person=np.array([index[person] for _, person, _, _, _ in doses], np.int64),
        given_on=as_days([given for _, _, given, _, _ in doses]),
        vaccine=np.array([meaning[code] for _, _, _, code, _ in doses], np.int16),
        supply_ended=np.array([ended for *_, ended in doses], np.bool_),
    )
    return ids, patients, [doses[row][0] for row in order.tolist()]
