"""Asking the engine about people of the register: on a day, with every reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from linli.domain.eligibility import Assessment, Explanation, Patients, Schedule, assess, explain
from linli.domain.eligibility.explain import in_order
from linli.records.doses.models import Dose
from linli.records.doses.queries.arrays import Product, as_patients, read_patients
from linli.records.people.models import Person
from linli.records.programme.models import Programme
from linli.records.programme.queries import rules as rules_of


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
    ids, patients, doses = read_patients(rules, people)
    return Judged(rules, ids, patients, doses, assess(rules, patients, on=on))


def judge_known(*, programme: Programme, person: Person, doses: Sequence[Dose], on: date) -> Judged:
    """The same of one person whose standing doses, with their vaccines, were read already: no query."""
    rules = rules_of(programme)
    rows = [(dose.pk, person.pk, dose.given_on, dose.supply_ended, Product.of(dose.vaccine)) for dose in doses]
    ids, patients, order = as_patients(rules, [(person.pk, person.birth_date, person.sex)], rows)
    return Judged(rules, ids, patients, order, assess(rules, patients, on=on))


def explained(judged: Judged, *, person: int) -> tuple[Explanation, list[int]]:
    """Why a person stands where they stand, and the dose ids in the order in which the explanation tells them."""
    index = judged.people.index(person)
    patients = judged.patients
    told = [judged.doses[place] for place in in_order(patients, index)]
    return explain(judged.schedule, patients, judged.answer, person=index), told
