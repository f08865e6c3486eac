"""From rows to the engine's arrays: the one place where the register meets the engine."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import numpy as np

from linli.domain.calendar import as_days
from linli.domain.eligibility import OTHER_VACCINE, UNKNOWN_VACCINE, Patients, Schedule, match_products, patients_of
from linli.records.doses.models import Dose
from linli.records.people.models import Person
from linli.records.programme.models import Vaccine

SEXES = {"": 0, "M": 1, "F": 2}


class Product(NamedTuple):
    """A product as the register knows it: its code, its CVX code or "", and whether a programme knows it."""

    code: str
    cvx: str
    is_of_programme: bool

    @classmethod
    def of(cls, vaccine: Vaccine) -> Product:
        """The product of a row."""
        return cls(vaccine.code, vaccine.cvx, vaccine.programme_id is not None)


def read_patients(rules: Schedule, people: Sequence[int], *, but: str = "") -> tuple[list[int], Patients, list[int]]:
    """Some people by id with their standing doses, those of one evidence level left out: ids, arrays, dose ids."""
    known = Person.objects.filter(id__in=list(people), merged_into=None)
    persons = list(known.order_by("id").values_list("id", "birth_date", "sex"))
    columns = ("id", "person_id", "given_on", "supply_ended", "vaccine__code", "vaccine__cvx", "vaccine__programme_id")
    ids = [person for person, _, _ in persons]
    standing = Dose.objects.filter(person_id__in=ids, is_struck=False).exclude(evidence=but)
    rows = standing.order_by("person_id", "given_on", "id").values_list(*columns)
    doses = [(*dose, Product(code, cvx, programme is not None)) for *dose, code, cvx, programme in rows]
    return as_patients(rules, persons, doses)


def as_patients(
    rules: Schedule,
    persons: Sequence[tuple[int, date | None, str]],
    doses: Sequence[tuple[int, int, date, bool, Product]],
) -> tuple[list[int], Patients, list[int]]:
    """People (id, birth date, sex) by id and their doses (id, person, day, supply ended, product) as the engine reads
    them, with the dose ids in its order.
    """
    ids = [person for person, _, _ in persons]
    index = {person: place for place, person in enumerate(ids)}
    meaning = _meanings(rules, {product for *_, product in doses})
    patients, order = patients_of(
        birth=as_days([birth for _, birth, _ in persons]),
        sex=np.array([SEXES[sex] for _, _, sex in persons], np.int8),
        person=np.array([index[person] for _, person, *_ in doses], np.int64),
        given_on=as_days([given for _, _, given, *_ in doses]),
        vaccine=np.array([meaning[product] for *_, product in doses], np.int16),
        supply_ended=np.array([ended for *_, ended, _ in doses], np.bool_),
    )
    return ids, patients, [doses[row][0] for row in order.tolist()]


def _meanings(rules: Schedule, products: set[Product]) -> dict[Product, int]:
    """What each product is to a schedule: the index of its vaccine, or what `match_products` says of others.

    One that the schedule does not know by its code counts by its CVX code; one that another programme knows is another
    vaccine, with a CVX code or without.
    """
    rows = sorted(products)
    by_code = match_products(rules, [row.code for row in rows]).tolist()
    by_cvx = match_products(rules, [row.cvx for row in rows]).tolist()
    found = {}
    for row, code, cvx in zip(rows, by_code, by_cvx, strict=True):
        found[row] = cvx if code == UNKNOWN_VACCINE and row.cvx else code
        if found[row] == UNKNOWN_VACCINE and row.is_of_programme:
            found[row] = OTHER_VACCINE
    return found


def product_ids(rules: Schedule) -> list[int | None]:
    """Id of the product of each of a schedule's vaccines, by its code or its CVX code; None where it is not known."""
    known: dict[str, int] = {}
    for pk, code, cvx in Vaccine.objects.order_by("-id").values_list("id", "code", "cvx"):
        known.setdefault(f"cvx {cvx.lstrip('0')}", pk)
        known[code] = pk
    return [
        known.get(vaccine.code)
        or next((known[key] for cvx in vaccine.cvx if (key := f"cvx {cvx.lstrip('0')}") in known), None)
        for vaccine in rules.vaccines
    ]
