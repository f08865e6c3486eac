"""Periods and calendar addition, against the examples of CDC's logic specification and plain date arithmetic."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.domain.calendar import NO_DAY, Period, PeriodError, add, as_days, date_of, dates_of, day_of


def plus(start: date, period: str) -> date | None:
    return date_of(add(as_days([start]), Period.parse(period))[0])


@pytest.mark.parametrize(
    ("rule", "start", "period", "reached"),
    [
        ("CALCDT-1", date(2000, 1, 1), "3 years", date(2003, 1, 1)),
        ("CALCDT-2", date(2000, 1, 1), "6 months", date(2000, 7, 1)),
        ("CALCDT-2 over a year", date(2000, 11, 1), "6 months", date(2001, 5, 1)),
        ("CALCDT-3 days", date(2000, 1, 1), "3 days", date(2000, 1, 4)),
        ("CALCDT-3 weeks", date(2000, 1, 1), "3 weeks", date(2000, 1, 22)),
        ("CALCDT-3 leap year", date(2000, 2, 1), "5 weeks", date(2000, 3, 7)),
        ("CALCDT-3 no leap year", date(2001, 2, 1), "5 weeks", date(2001, 3, 8)),
        ("CALCDT-4", date(2000, 1, 15), "0 days - 4 days", date(2000, 1, 11)),
        ("CALCDT-5 September", date(2000, 3, 31), "6 months", date(2000, 10, 1)),
        ("CALCDT-5 February", date(2010, 8, 31), "6 months", date(2011, 3, 1)),
        ("CALCDT-5 December", date(2021, 10, 31), "2 months", date(2021, 12, 31)),
        ("CALCDT-5 29 February", date(2004, 2, 29), "18 years", date(2022, 3, 1)),
        ("CALCDT-5 29 February in a leap year", date(2004, 2, 29), "16 years", date(2020, 2, 29)),
        ("CALCDT-6", date(2000, 1, 31), "6 months - 4 days", date(2000, 7, 27)),
        ("weeks and a day", date(2021, 6, 1), "8 weeks + 1 day", date(2021, 7, 28)),
        ("before the table", date(1850, 3, 31), "6 months", date(1850, 10, 1)),
        ("past the table", date(2099, 12, 31), "18 years", date(2117, 12, 31)),
        ("past the calendar", date(9990, 1, 1), "900 years", date.max),
        ("past the calendar by far", date(2000, 1, 1), "900000 years", date.max),
        ("before the calendar", date(1900, 1, 1), "0 years - 5000 years", date.min),
        ("days past the calendar", date(2000, 1, 1), "999999 weeks + 999999 weeks", date.max),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_add(rule: str, start: date, period: str, reached: date) -> None:
    assert plus(start, period) == reached


@pytest.mark.parametrize(
    "text", ["", "years", "18", "18 yards", "18 years 6 months", "+ 4 days", "4 days -", "1.5 years"]
)
def test_a_text_that_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(PeriodError, match="not a period"):
        Period.parse(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("18 years", "18 years"),
        ("1 year", "1 year"),
        ("18 months", "18 months"),
        ("8 weeks + 1 day", "57 days"),
        ("4 months - 4 days", "4 months - 4 days"),
        ("0 days", "0 days"),
        ("12 months + 1 week", "1 year + 7 days"),
    ],
)
def test_a_period_says_what_it_is(text: str, said: str) -> None:
    assert str(Period.parse(text)) == said
    assert Period.parse(said) == Period.parse(text)


def test_no_day_stays_no_day() -> None:
    none = np.array([NO_DAY], np.int32)
    for period in ("18 years", "1 day", "0 days - 1 day", "1 month - 4 days"):
        assert add(none, Period.parse(period)).tolist() == [NO_DAY]


def test_days_come_from_dates_and_from_datetime64() -> None:
    values = np.array(["2021-06-20", "NaT", "0001-01-01"], "datetime64[D]")
    assert dates_of(as_days(values)) == [date(2021, 6, 20), None, date(1, 1, 1)]
    assert as_days([date(1970, 1, 2), None]).tolist() == [1, NO_DAY]
    assert as_days(np.array([10**12, -(10**12), 5])).tolist() == [NO_DAY, NO_DAY, 5]
    with pytest.raises(TypeError, match="days must be"):
        as_days(np.array([1.5]))


@given(
    start=st.dates(date(1, 1, 1), date(9000, 1, 1)),
    months=st.integers(0, 1300),
    days=st.integers(-40, 40),
)
def test_add_is_plain_calendar_arithmetic(start: date, months: int, days: int) -> None:
    year, month = divmod(start.month - 1 + months, 12)
    try:
        moved = start.replace(year=start.year + year, month=month + 1)
    except ValueError:
        year, month = divmod(start.month + months, 12)
        moved = date(start.year + year, month + 1, 1)
    if days < 0 and moved <= date.min + timedelta(days=40):
        return
    assert date_of(add(np.array([day_of(start)], np.int32), Period(months, days))[0]) == moved + timedelta(days=days)
