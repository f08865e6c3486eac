"""Files in, one answer a person out."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from time import perf_counter

import click
import numpy as np
import polars as pl
from numpy.typing import NDArray

from linli.cli.eligibility.folder import group_named, left_out, read_folder, shipped
from linli.cli.eligibility.one import SEXES
from linli.cli.eligibility.tables import FileError, check_folder, check_format, days, places, read, texts, write
from linli.cli.language import gettext as _
from linli.domain.calendar import NO_DAY, Days, date_of
from linli.domain.eligibility import (
    UNKNOWN_VACCINE,
    Code,
    Patients,
    Schedule,
    Status,
    assess,
    match_products,
    patients_of,
)
from linli.domain.eligibility.chart import Observed
from linli.domain.eligibility.patients import SEXES as NUMBERED

__all__ = ["FileError", "Summary", "assess_files", "assess_group_files"]


FEW = 2_000
"""People whom the chart judges within a second or two, so that nothing need be compiled for them."""


@dataclass(frozen=True)
class Summary:
    """What a run did, and what it had to leave out."""

    programme: str
    on: date
    people: int
    doses: int
    seconds: float
    assess_seconds: float
    statuses: dict[str, int]
    notes: list[str]

    def as_text(self) -> str:
        counts = ", ".join(f"{status} {count:,}" for status, count in self.statuses.items() if count)
        values = {
            "people": f"{self.people:,}",
            "doses": f"{self.doses:,}",
            "seconds": f"{self.seconds:.2f}",
            "rate": f"{self._rate(self.seconds):,}",
            "engine": f"{self._rate(self.assess_seconds):,}",
        }
        first = _("%(people)s people, %(doses)s doses, %(seconds)s s: %(rate)s persons/s (engine alone %(engine)s)")
        return "\n".join(filter(None, [first % values, counts]))

    def as_json(self) -> str:
        return json.dumps(
            {
                "programme": self.programme,
                "on": self.on.isoformat(),
                "people": self.people,
                "doses": self.doses,
                "seconds": round(self.seconds, 3),
                "persons_per_s": self._rate(self.seconds),
                "engine_persons_per_s": self._rate(self.assess_seconds),
                "statuses": self.statuses,
                "notes": self.notes,
            },
            ensure_ascii=False,
        )

    def _rate(self, seconds: float) -> int:
        return round(self.people / max(seconds, 1e-6))


@dataclass(frozen=True)
class Columns:
    """What is written for everybody, whichever engine gave it."""

    status: NDArray[np.int8]
    reason: NDArray[np.int16]
    next_dose: NDArray[np.int8]
    earliest_on: Days
    recommended_on: Days
    latest_on: Days
    valid_doses: NDArray[np.int8]


def assess_files(people: Path, doses: Path, *, programme: str, on: date, out: Path) -> Summary:
    """Judge the people of one file by the doses of another; on a FileError nothing is written."""
    rules = shipped(programme)

    def judge(_persons: pl.DataFrame, patients: Patients) -> Columns:
        found = assess(rules, patients, on=on)
        return Columns(**{name: getattr(found, name) for name in Columns.__dataclass_fields__})

    return _assess(rules, programme, judge, people, doses, on=on, out=out)


def assess_group_files(
    people: Path, doses: Path, observations: Path | None, *, data: Path, group: str, on: date, out: Path
) -> Summary:
    """Judge them by a vaccine group of the schedule in a folder; on a FileError nothing is written."""
    from linli.domain.eligibility.crowd import is_compiled, judge_crowd
    from linli.domain.eligibility.crowd.standing import standing

    read_data = read_folder(data)
    rules = read_data.schedule
    name = group_named(rules, group)

    told: list[str] = []

    def judge(persons: pl.DataFrame, patients: Patients) -> Columns:
        special = _observed(rules, persons, people, observations, told)
        if len(patients) > FEW and not is_compiled():
            click.echo(_("The engine for many people is compiled, once: this takes about half a minute."), err=True)
        answer = judge_crowd(rules, patients, on=on, groups=[name], observed=special, few=FEW)[name]
        status, reason = standing(answer, patients, on=on)
        reason[patients.birth == NO_DAY] = Code.BIRTH_UNKNOWN
        days = (answer.earliest, answer.recommended, answer.past_due)
        return Columns(status, reason, answer.next_dose, *days, answer.valid_doses)

    summary = _assess(rules, name, judge, people, doses, on=on, out=out)
    return replace(summary, notes=[*left_out(read_data), *summary.notes, *told])


def _assess(
    rules: Schedule,
    programme: str,
    judge: Callable[[pl.DataFrame, Patients], Columns],
    people: Path,
    doses: Path,
    *,
    on: date,
    out: Path,
) -> Summary:
    started = perf_counter()
    for path in (people, doses, out):
        check_format(path)
    check_folder(out)
    persons = read(people, required=("person_id", "birth_date"), optional=("sex",))
    given = read(doses, required=("person_id", "given_on", "product"), optional=("supply_ended",))
    notes: list[str] = []
    patients = _patients(rules, persons, given, people, doses, notes)
    judged_at = perf_counter()
    answer = judge(persons, patients)
    assess_seconds = perf_counter() - judged_at
    write(_table(persons["person_id"], answer), out)
    counts = np.bincount(answer.status, minlength=len(Status)).tolist()
    return Summary(
        programme=programme,
        on=on,
        people=len(persons),
        doses=len(given),
        seconds=perf_counter() - started,
        assess_seconds=assess_seconds,
        statuses={status.text: counts[status] for status in Status},
        notes=notes,
    )


def _observed(
    rules: Schedule, persons: pl.DataFrame, people: Path, path: Path | None, notes: list[str]
) -> dict[int, list[Observed]]:
    """Observations of a file by the row of their person; strangers' and unknown ones are left out, and told of."""
    if path is None:
        return {}
    check_format(path)
    given = read(path, required=("person_id", "code"), optional=("observed_on",))
    codes = [(text or "").strip().zfill(3) for text in texts(given["code"]).to_list()]
    on = days(given["observed_on"], path).tolist() if "observed_on" in given.columns else [NO_DAY] * len(given)
    found: dict[int, list[Observed]] = {}
    rows = _rows_of(persons["person_id"], given["person_id"], people).tolist()
    known = {one.code for one in rules.observations}
    for row, code, day in zip(rows, codes, on, strict=True):
        if row >= 0 and code in known:
            found.setdefault(row, []).append(Observed(code, date_of(day)))
    notes += _lost_observations(path, people, rows, codes, known)
    return found


def _lost_observations(path: Path, people: Path, rows: list[int], codes: list[str], known: set[str]) -> list[str]:
    """What could not be used of observations: a code the schedule does not have, a person nobody knows."""
    notes = []
    unknown = sorted({code for code in codes if code not in known})
    if unknown:
        count = sum(code not in known for code in codes)
        values = {"file": path.name, "count": f"{count:,}", "codes": ", ".join(unknown[:5])}
        notes.append(_("%(file)s: observations left out, code not known: %(count)s (%(codes)s)") % values)
    strangers = sum(row < 0 for row in rows)
    if strangers:
        values = {"file": path.name, "count": f"{strangers:,}", "people": people.name}
        notes.append(_("%(file)s: observations left out, person not in %(people)s: %(count)s") % values)
    return notes


def _sexes(persons: pl.DataFrame) -> NDArray[np.int8]:
    """Sexes by the numbers of `Patients`; what is neither is unknown."""
    if "sex" not in persons.columns:
        return np.zeros(len(persons), np.int8)
    words = {word: place for word, sex in SEXES.items() for place, known in enumerate(NUMBERED) if sex == known}
    column = texts(persons["sex"]).str.strip_chars().str.to_lowercase()
    return column.replace_strict(words, default=0, return_dtype=pl.Int8).fill_null(0).to_numpy()


def _patients(
    rules: Schedule, persons: pl.DataFrame, given: pl.DataFrame, people: Path, doses: Path, notes: list[str]
) -> Patients:
    birth = days(persons["birth_date"], people)
    given_on = days(given["given_on"], doses)
    vaccine = _vaccines(rules, given["product"], notes)
    supply = _marks(given["supply_ended"]) if "supply_ended" in given.columns else np.zeros(len(given), np.bool_)
    row = _rows_of(persons["person_id"], given["person_id"], people)
    known = row >= 0
    if not known.all():
        lost = int((~known).sum())
        first = given["person_id"].filter(pl.Series(~known))[0]
        values = {"file": doses.name, "count": f"{lost:,}", "people": people.name, "first": first}
        notes.append(_("%(file)s: doses left out, person not in %(people)s: %(count)s (first: %(first)s)") % values)
        row, given_on, vaccine, supply = row[known], given_on[known], vaccine[known], supply[known]
    if (given_on == NO_DAY).any():
        values = {"file": doses.name, "count": f"{int((given_on == NO_DAY).sum()):,}"}
        notes.append(_("%(file)s: doses left out, no date: %(count)s") % values)
    patients, _rows = patients_of(
        birth=birth, person=row, given_on=given_on, vaccine=vaccine, sex=_sexes(persons), supply_ended=supply
    )
    return patients


def _rows_of(person_ids: pl.Series, dose_ids: pl.Series, people: Path) -> NDArray[np.int64]:
    """Row of each dose's person; -1 where the list of people does not have them."""
    if person_ids.dtype != dose_ids.dtype:
        person_ids, dose_ids = texts(person_ids), texts(dose_ids)
    if person_ids.null_count():
        message = _("%(file)s: person_id is empty") % {"file": people.name}
        raise FileError(f"{message} {places(person_ids.is_null(), people)}")
    # A list in the order of its ids, as most are, needs no search for ids that stand twice.
    ascending = (person_ids.head(-1) < person_ids.tail(-1)).all()
    if not ascending and person_ids.n_unique() < len(person_ids):
        twice = person_ids.is_duplicated()
        first = person_ids.filter(twice)[0]
        message = _("%(file)s: person_id %(id)s stands more than once") % {"file": people.name, "id": first}
        raise FileError(f"{message} {places(person_ids == first, people)}")
    index = pl.DataFrame({"id": person_ids}).with_row_index("row")
    joined = pl.DataFrame({"id": dose_ids}).join(index, on="id", how="left", maintain_order="left")
    return joined["row"].cast(pl.Int64).fill_null(-1).to_numpy()


def _vaccines(rules: Schedule, products: pl.Series, notes: list[str]) -> NDArray[np.int16]:
    """Vaccine of each dose; each spelling is looked up once."""
    column = texts(products)
    spellings = column.unique().to_list()
    found = match_products(rules, spellings)
    unknown = sorted(
        text or _("(empty)") for text, index in zip(spellings, found, strict=True) if index == UNKNOWN_VACCINE
    )
    vaccine = column.replace_strict(spellings, found.tolist(), return_dtype=pl.Int16).to_numpy()
    if unknown:
        named = ", ".join(unknown[:5]) + (" ..." if len(unknown) > 5 else "")
        lost = int((vaccine == UNKNOWN_VACCINE).sum())
        values = {"count": f"{lost:,}", "products": named}
        notes.append(_("doses left out, product not known: %(count)s (%(products)s)") % values)
    return vaccine


def _marks(column: pl.Series) -> NDArray[np.bool_]:
    if column.dtype == pl.Boolean:
        return column.fill_null(value=False).to_numpy()
    yes = column.cast(pl.String).str.strip_chars().str.to_lowercase().is_in(["1", "true", "yes", "y", "是"])
    return yes.fill_null(value=False).to_numpy()


def _table(person_ids: pl.Series, answer: Columns) -> pl.DataFrame:
    statuses = pl.Series([status.text for status in Status], dtype=pl.String)
    words = {int(code): code.text for code in Code}
    codes = pl.Series([words.get(place, "") for place in range(max(words) + 1)], dtype=pl.String)
    next_dose = pl.Series(answer.next_dose)
    return pl.DataFrame(
        {
            "person_id": person_ids,
            "status": statuses.gather(answer.status),
            "reason": codes.gather(answer.reason),
            "next_dose": next_dose.set(next_dose == 0, None),
            "earliest_on": _dates(answer.earliest_on),
            "recommended_on": _dates(answer.recommended_on),
            "latest_on": _dates(answer.latest_on),
            "valid_doses": answer.valid_doses,
        }
    )


def _dates(values: Days) -> pl.Series:
    column = pl.Series(values)
    return column.set(column == NO_DAY, None).cast(pl.Date)
