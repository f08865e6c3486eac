"""Products: what a list calls them, and which may be given next."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from linli.domain.calendar import Period, add, as_days, date_of
from linli.domain.eligibility.paths import Kind
from linli.domain.eligibility.rows import in_force
from linli.domain.eligibility.schedule import Age, Schedule, Series, Vaccine, VaccineUse

UNKNOWN_VACCINE = -1
"""A product nobody knows: the dose is ignored."""
OTHER_VACCINE = -2
"""A vaccine of another programme, after which this one waits."""
EXEMPT_VACCINE = -3
"""A vaccine of another programme after which nothing waits."""


class Offer(NamedTuple):
    """Product codes that may be given: the same product, and others of the same platform."""

    preferable: tuple[str, ...]
    allowable: tuple[str, ...]


def match_products(schedule: Schedule, texts: Iterable[str | None]) -> NDArray[np.int16]:
    """Index of the vaccine each text means: its code, a CVX code, or a name lists write.

    Spaces around, letter case, full-width forms and the ".0" of a number do not matter. A CVX number that is none of
    the schedule's is another vaccine (`OTHER_VACCINE`, or `EXEMPT_VACCINE` when the schedule asks for no wait after
    it); any other text is `UNKNOWN_VACCINE`.
    """
    known = _names(schedule.vaccines)
    exempt = {_cvx(code) for conflict in schedule.conflicts for code in conflict.except_cvx}
    return np.array([_match(text, known, exempt) for text in texts], np.int16)


def ambiguous_names(vaccines: tuple[Vaccine, ...]) -> list[str]:
    """Names that mean more than one vaccine."""
    counted = Counter(name for vaccine in vaccines for name in _names_of(vaccine))
    return [name for name, count in counted.items() if count > 1]


def products_for(
    schedule: Schedule, *, series: str | None, started_with: str | None, on: date, birth: date | None
) -> Offer:
    """Products that may be given to a person on a day.

    `series` and `started_with` are the codes of the series the person is in and of the product of their first valid
    dose; both None before a valid dose, when every product on offer for their age is preferable. Of a vaccine group
    those are preferable that some series for everybody names as such at their age.
    """
    if schedule.group:
        return Offer(group_products(schedule, on=on, birth=birth), ())
    if series is None:
        return Offer(tuple(vaccine.code for vaccine in schedule.vaccines if _first(schedule, vaccine, on, birth)), ())
    chosen = next(row for row in schedule.series if row.code == series)
    codes = [
        vaccine.code
        for vaccine in schedule.vaccines
        if vaccine.platform == chosen.platform and _offered(vaccine, on) and _old_enough(chosen, on, birth)
    ]
    return Offer(
        tuple(code for code in codes if code == started_with), tuple(code for code in codes if code != started_with)
    )


def group_products(schedule: Schedule, *, on: date, birth: date | None = None) -> tuple[str, ...]:
    """Codes of a vaccine group's preferable vaccines for somebody's age on a day, or for anybody's."""
    series = [one for one in schedule.series if one.kind is Kind.STANDARD]
    uses = [use for one in series for dose in one.doses for use in dose.preferable]
    fitting = {use.vaccine for use in uses if birth is None or _fits(birth, use, on)}
    return tuple(vaccine.code for vaccine in schedule.vaccines if vaccine.code in fitting)


def _fits(birth: date, use: VaccineUse, on: date) -> bool:
    begun = use.begin_age is None or _birthday(birth, use.begin_age) <= on
    return begun and (use.end_age is None or on < _birthday(birth, use.end_age))


def normal_name(text: str) -> str:
    """A product's name without what lists vary: width, letter case, spaces around."""
    return unicodedata.normalize("NFKC", text).strip().casefold()


def _cvx(text: str) -> str:
    return text.lstrip("0") or "0"


def _names_of(vaccine: Vaccine) -> set[str]:
    return {normal_name(name) for name in (vaccine.code, *vaccine.aliases)} | {_cvx(code) for code in vaccine.cvx}


def _names(vaccines: tuple[Vaccine, ...]) -> dict[str, int]:
    return {name: index for index, vaccine in enumerate(vaccines) for name in _names_of(vaccine)}


def _match(text: str | None, known: dict[str, int], exempt: set[str]) -> int:
    name = normal_name(text or "")
    if name.endswith(".0") and name[:-2].isdigit():
        name = name[:-2]
    is_number = name.isascii() and name.isdigit()
    if is_number:
        name = _cvx(name)
    if name in known:
        return known[name]
    if not is_number or len(name) > 3:
        return UNKNOWN_VACCINE
    return EXEMPT_VACCINE if name in exempt else OTHER_VACCINE


def _first(schedule: Schedule, vaccine: Vaccine, on: date, birth: date | None) -> bool:
    series = schedule.series[schedule.series_of_platform[vaccine.platform]]
    row = _row(series, on)
    if row is None or birth is None or not _offered(vaccine, on) or not _old_enough(series, on, birth):
        return False
    return row.offered_below is None or on < _birthday(birth, row.offered_below)


def _offered(vaccine: Vaccine, on: date) -> bool:
    return (vaccine.offered_from is None or vaccine.offered_from <= on) and (
        vaccine.offered_until is None or on <= vaccine.offered_until
    )


def _old_enough(series: Series, on: date, birth: date | None) -> bool:
    row = _row(series, on)
    return row is not None and (birth is None or row.minimum is None or _birthday(birth, row.minimum) <= on)


def _row(series: Series, on: date) -> Age | None:
    rows = [row for row in series.doses[0].ages if row.offered]
    return next((row for row, _ in in_force(rows, as_days([on]))), None)


def _birthday(birth: date, age: Period) -> date:
    return date_of(add(as_days([birth]), age)[0]) or date.max
