"""Reading a schedule written in TOML."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date
from typing import Any, TypeVar

from linli.domain.calendar import Period, PeriodError
from linli.domain.eligibility.products import ambiguous_names
from linli.domain.eligibility.schedule import (
    Age,
    Conflict,
    Interval,
    Names,
    Schedule,
    Series,
    Source,
    TargetDose,
    Vaccine,
    VaccineUse,
)

_T = TypeVar("_T")
MARKS = ("src", "mem", "der")
_KINDS = ("absolute_minimum", "minimum", "earliest_recommended", "latest_recommended")


class ScheduleError(ValueError):
    """A schedule file that cannot be used; the message names the key."""


def read_toml(data: bytes) -> Schedule:
    """Read a schedule from the bytes of a TOML file. Raises ScheduleError naming the key that is wrong."""
    try:
        root = _Table(tomllib.loads(data.decode("utf-8")), "")
    except UnicodeDecodeError as error:
        raise ScheduleError(f"the file is not UTF-8 text: {error}") from error
    except tomllib.TOMLDecodeError as error:
        raise ScheduleError(f"the file is not TOML: {error}") from error
    schedule = Schedule(
        code=root.take("code", str),
        version=root.take("version", str),
        names=root.names(),
        in_force_from=root.take("in_force_from", date),
        source=root.source(),
        platform_binds=root.get("platform_binds", bool, default=True),
        platforms={table.take("code", str): table.finish(table.names()) for table in root.tables("platforms")},
        vaccines=tuple(_vaccine(table) for table in root.tables("vaccines")),
        series=tuple(_series(table) for table in root.tables("series")),
        conflicts=tuple(_conflict(table) for table in root.tables("conflicts", required=False)),
    )
    root.finish(None)
    _check(schedule)
    return schedule


class _Table:
    """One table of the file: hands out its keys and refuses those nobody asked for."""

    def __init__(self, values: dict[str, Any], path: str) -> None:
        self.values, self.path, self.asked = values, path, set[str]()

    def name(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key

    def get(self, key: str, kind: type[_T], *, default: Any = None) -> Any:
        self.asked.add(key)
        value = self.values.get(key, default)
        if key in self.values and type(value) is not kind:
            raise ScheduleError(f"{self.name(key)}: expected {kind.__name__}, found {value!r}")
        return value

    def take(self, key: str, kind: type[_T]) -> _T:
        value = self.get(key, kind)
        if value is None or value == "":
            raise ScheduleError(f"{self.name(key)}: missing")
        return value  # type: ignore[no-any-return]  # get() has checked the type

    def texts(self, key: str) -> tuple[str, ...]:
        values = self.get(key, list, default=[])
        if not all(isinstance(value, str) and value.strip() for value in values):
            raise ScheduleError(f"{self.name(key)}: expected a list of texts")
        return tuple(values)

    def period(self, key: str) -> Period | None:
        text = self.get(key, str)
        if text is None:
            return None
        try:
            return Period.parse(text)
        except PeriodError as error:
            raise ScheduleError(f"{self.name(key)}: {error}") from error

    def names(self) -> Names:
        return self.named("names")

    def named(self, key: str) -> Names:
        table = _Table(self.take(key, dict), self.name(key))
        return table.finish(Names(zh=table.take("zh", str), en=table.take("en", str)))

    def source(self) -> Source:
        source = Source(text=self.take("source", str), mark=self.take("mark", str))
        if source.mark not in MARKS:
            raise ScheduleError(f"{self.name('mark')}: expected one of {', '.join(MARKS)}, found {source.mark!r}")
        return source

    def tables(self, key: str, *, required: bool = True) -> Iterator[_Table]:
        values = self.get(key, list, default=[])
        if required and not values:
            raise ScheduleError(f"{self.name(key)}: missing")
        for place, value in enumerate(values):
            if not isinstance(value, dict):
                raise ScheduleError(f"{self.name(key)}[{place}]: expected a table")
            yield _Table(value, f"{self.name(key)}[{place}]")

    def periods(self, *keys: str) -> dict[str, Any]:
        return {key: self.period(key) for key in keys}

    def dated(self) -> dict[str, Any]:
        start, end = self.get("effective_on", date), self.get("cessation_on", date)
        if start and end and end < start:
            raise ScheduleError(f"{self.name('cessation_on')}: {end} is before effective_on {start}")
        return {"effective_on": start, "cessation_on": end, "source": self.source()}

    def finish(self, value: _T) -> _T:
        unknown = sorted(set(self.values) - self.asked)
        if unknown:
            raise ScheduleError(f"{self.name(unknown[0])}: unknown key")
        return value


def _vaccine(table: _Table) -> Vaccine:
    return table.finish(
        Vaccine(
            code=table.take("code", str),
            names=table.names(),
            platform=table.take("platform", str),
            maker=table.named("maker"),
            cvx=table.texts("cvx"),
            aliases=table.texts("aliases"),
            offered_from=table.get("offered_from", date),
            offered_until=table.get("offered_until", date),
            source=table.source(),
        )
    )


def _series(table: _Table) -> Series:
    ages = tuple(_age(row) for row in table.tables("ages", required=False))
    return table.finish(
        Series(
            code=table.take("code", str),
            names=table.names(),
            platform=table.take("platform", str),
            doses=tuple(_dose(row, ages) for row in table.tables("doses")),
        )
    )


def _dose(table: _Table, ages: tuple[Age, ...]) -> TargetDose:
    own = tuple(_age(row) for row in table.tables("ages", required=False))
    return table.finish(
        TargetDose(
            number=table.take("number", int),
            ages=own or ages,
            intervals=tuple(_interval(row) for row in table.tables("intervals", required=False)),
            preferable=_uses(table, "preferable", required=True),
            allowable=_uses(table, "allowable"),
        )
    )


def _age(table: _Table) -> Age:
    periods = table.periods(*_KINDS, "maximum", "offered_below")
    return table.finish(Age(**table.dated(), **periods, offered=table.get("offered", bool, default=True)))


def _interval(table: _Table) -> Interval:
    start = table.take("from", str)
    number = start.removeprefix("target dose ")
    if start != "previous dose" and not (number != start and number.isdigit()):
        raise ScheduleError(f"{table.name('from')}: expected 'previous dose' or 'target dose N', found {start!r}")
    target = None if start == "previous dose" else int(number)
    return table.finish(Interval(from_target=target, **table.dated(), **table.periods(*_KINDS)))


def _uses(table: _Table, key: str, *, required: bool = False) -> tuple[VaccineUse, ...]:
    """Vaccines by their codes, or by tables where ages limit them."""
    values = table.get(key, list, default=[])
    if all(isinstance(value, str) for value in values) and (values or not required):
        return tuple(VaccineUse(value) for value in values)
    rows = list(table.tables(key, required=required))
    return tuple(
        row.finish(VaccineUse(row.take("vaccine", str), row.period("begin_age"), row.period("end_age"))) for row in rows
    )


def _conflict(table: _Table) -> Conflict:
    interval = table.period("interval")
    if interval is None:
        raise ScheduleError(f"{table.name('interval')}: missing")
    return table.finish(Conflict(interval=interval, except_cvx=table.texts("except_cvx"), source=table.source()))


def _check(schedule: Schedule) -> None:
    """Refuse what would be judged wrongly in silence: names without a thing, and things with the same name."""
    codes = set(schedule.vaccine_codes)
    if len(codes) < len(schedule.vaccines):
        raise ScheduleError("vaccines: two vaccines have the same code")
    names = ambiguous_names(schedule.vaccines)
    if names:
        raise ScheduleError(f"vaccines: the name {names[0]!r} belongs to more than one vaccine")
    if len(schedule.series_of_platform) < len(schedule.series):
        raise ScheduleError("series: two series have the same platform")
    for vaccine in schedule.vaccines:
        if vaccine.platform not in schedule.series_of_platform:
            raise ScheduleError(f"vaccines: {vaccine.code} is of platform {vaccine.platform!r}, which no series has")
    for place, series in enumerate(schedule.series):
        for number, dose in enumerate(series.doses, 1):
            where = f"series[{place}].doses[{number - 1}]"
            if dose.number != number:
                raise ScheduleError(f"{where}.number: expected {number}, found {dose.number}")
            for use in (*dose.preferable, *dose.allowable):
                if use.vaccine not in codes:
                    raise ScheduleError(f"{where}: no vaccine has the code {use.vaccine!r}")
            for row in dose.intervals:
                if row.from_target is not None and not 1 <= row.from_target < number:
                    raise ScheduleError(f"{where}.intervals: target dose {row.from_target} is not before this one")
