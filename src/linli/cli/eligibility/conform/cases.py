"""Published cases as CSV: a person, their doses and what is expected of the engine, in either layout by its header."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from linli.cli.eligibility.tables import FileError
from linli.cli.language import gettext as _
from linli.domain.eligibility.chart import Dose, Observed, Person
from linli.domain.eligibility.paths import FEMALE, MALE, UNKNOWN
from linli.domain.eligibility.supporting_data.xml import cvx

_NEEDED = ("cdc_test_id", "dob", "series_status", "vaccine_group", "assessment_date")
_SEXES = {"f": FEMALE, "female": FEMALE, "m": MALE, "male": MALE}
_MOST = 60
COUNTRY = "U.S."
"""Where the people of the published cases were born, who have no country of their own."""


@dataclass(frozen=True)
class Expected:
    """What a case expects of a vaccine group; a day is None where the case leaves it empty."""

    status: str
    earliest: date | None
    recommended: date | None
    past_due: date | None


@dataclass(frozen=True)
class Case:
    """One row; `doses_expected` are the evaluation statuses by place, "" where none is expected."""

    id: str
    group: str
    on: date
    person: Person
    expected: Expected
    doses_expected: tuple[str, ...]


@dataclass(frozen=True)
class BadCase:
    """A row that is no case, and why."""

    id: str
    reason: str


def read_cases(path: Path) -> list[Case | BadCase]:
    """Rows of a file of cases in order. Raises FileError where the file is none."""
    try:
        rows = csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig")), strict=True)
        header = [name.strip().casefold() for name in next(rows, [])]
        missing = [name for name in _NEEDED if name not in header]
        if missing:
            values = {"file": path.name, "missing": ", ".join(missing), "found": ", ".join(header[:8])}
            raise FileError(_("%(file)s: missing columns: %(missing)s; there are: %(found)s") % values)
        return [_case({**dict.fromkeys(header, ""), **dict(zip(header, row, strict=False))}) for row in rows if row]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise FileError(_("%(file)s: cannot be read: %(error)s") % {"file": path.name, "error": error}) from error


def fold(text: str) -> str:
    """A word as it is compared: without spaces around, letter case and punctuation between words."""
    return " ".join(re.split(r"[\s_-]+", text.strip().casefold()))


def _case(row: Mapping[str, str]) -> Case | BadCase:
    name, status = row["cdc_test_id"].strip(), fold(row["series_status"])
    try:
        if not name:
            return BadCase("", "no id")
        if not status:
            return BadCase(name, "no expected status")
        birth, on = _day(row["dob"]), _day(row["assessment_date"])
        if birth is None or on is None:
            return BadCase(name, "no birth date or no assessment date")
        doses = [place for place in range(1, _MOST) if row.get(f"date_administered_{place}", "").strip()]
        person = Person(
            birth=birth,
            sex=_SEXES.get(row.get("gender", "").strip().casefold(), UNKNOWN),
            doses=tuple(_dose(row, place) for place in doses),
            observations=_observations(row),
            country=COUNTRY,
        )
        expected = Expected(
            status, _day(row["earliest_date"]), _day(row["recommended_date"]), _day(row["past_due_date"])
        )
    except (ValueError, KeyError) as error:
        return BadCase(name, str(error))
    wanted = tuple(fold(row.get(f"evaluation_status_{place}", "")).replace("sub ", "sub") for place in doses)
    return Case(name, row["vaccine_group"].strip(), on, person, expected, wanted)


def _dose(row: Mapping[str, str], place: int) -> Dose:
    return Dose(
        on=_day(row[f"date_administered_{place}"]),
        vaccine=cvx(row.get(f"cvx_{place}", "")),
        maker=row.get(f"mvx_{place}", "").strip(),
    )


def _observations(row: Mapping[str, str]) -> tuple[Observed, ...]:
    found = []
    for place in range(1, _MOST):
        code = row.get(f"observation_code_{place}", "").strip()
        if code:
            found.append(Observed(code.zfill(3), _day(row.get(f"observation_date_{place}", ""))))
    history = row.get("med_history_code", "").strip()
    return (*found, Observed(history)) if history else tuple(found)


def _day(text: str) -> date | None:
    """A date written 2025-11-10, with or without a time, or 11/10/2025."""
    text = text.strip()
    american = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text)
    if american:
        month, day, year = map(int, american.groups())
        return date(year, month, day)
    return date.fromisoformat(text[:10]) if text else None
