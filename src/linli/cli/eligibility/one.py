"""One person found in files of people, doses and observations."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from linli.cli.eligibility.tables import FileError, check_format, days, read, texts
from linli.cli.language import gettext as _
from linli.domain.calendar import date_of
from linli.domain.eligibility import Schedule, match_products
from linli.domain.eligibility.chart import Dose, Observed, Person
from linli.domain.eligibility.paths import FEMALE, MALE, UNKNOWN

SEXES = {"f": FEMALE, "female": FEMALE, "女": FEMALE, "m": MALE, "male": MALE, "男": MALE}


def find_person(rules: Schedule, person: str, people: Path, doses: Path, observations: Path | None) -> Person:
    """The person of an id with all their doses. Raises FileError where there is none, or no birth date."""
    found = _rows(people, person, required=("person_id", "birth_date"), optional=("sex",))
    if len(found) != 1:
        values = {"file": people.name, "id": person, "count": len(found)}
        raise FileError(_("%(file)s: %(count)s people have the id %(id)s") % values)
    birth = date_of(days(found["birth_date"], people)[0])
    if birth is None:
        raise FileError(_("%(file)s: %(id)s has no birth date") % {"file": people.name, "id": person})
    sex = (texts(found["sex"])[0] or "").strip().casefold() if "sex" in found.columns else ""
    return Person(
        birth=birth,
        sex=SEXES.get(sex, UNKNOWN),
        doses=_doses(rules, _rows(doses, person, required=("person_id", "given_on", "product"), optional=()), doses),
        observations=_observations(person, observations),
    )


def _doses(rules: Schedule, given: pl.DataFrame, path: Path) -> tuple[Dose, ...]:
    """Doses by the code of their vaccine; a product that is not known keeps what was written."""
    products = [text or "" for text in texts(given["product"]).to_list()]
    codes = [rules.vaccine_codes[place] if place >= 0 else "" for place in match_products(rules, products).tolist()]
    on = [date_of(day) for day in days(given["given_on"], path).tolist()]
    return tuple(Dose(day, code or text) for day, code, text in zip(on, codes, products, strict=True))


def _observations(person: str, path: Path | None) -> tuple[Observed, ...]:
    if path is None:
        return ()
    rows = _rows(path, person, required=("person_id", "code"), optional=("observed_on",))
    codes = [(text or "").strip().zfill(3) for text in texts(rows["code"]).to_list()]
    on = [date_of(day) for day in days(rows["observed_on"], path).tolist()] if "observed_on" in rows.columns else []
    return tuple(Observed(code, on[place] if on else None) for place, code in enumerate(codes))


def _rows(path: Path, person: str, *, required: tuple[str, ...], optional: tuple[str, ...]) -> pl.DataFrame:
    check_format(path)
    table = read(path, required=required, optional=optional)
    return table.filter((texts(table["person_id"]) == person).fill_null(value=False))
