"""Reading a schedule written in TOML."""

from __future__ import annotations

import tomllib
from datetime import date

from linli.domain.eligibility.antigens import Antigen, Association, VaccineGroup
from linli.domain.eligibility.conditions import (
    AgeCondition,
    Condition,
    ConditionalSkip,
    CountCondition,
    IntervalCondition,
    SkipSet,
)
from linli.domain.eligibility.products import ambiguous_names
from linli.domain.eligibility.schedule import (
    Age,
    Conflict,
    Interval,
    Schedule,
    Series,
    TargetDose,
    Vaccine,
    VaccineUse,
)
from linli.domain.eligibility.tables import ScheduleError, Table

__all__ = ["ScheduleError", "read_toml"]

_KINDS = ("absolute_minimum", "minimum", "earliest_recommended", "latest_recommended")


def read_toml(data: bytes) -> Schedule:
    """Read a schedule from the bytes of a TOML file. Raises ScheduleError naming the key that is wrong."""
    try:
        root = Table(tomllib.loads(data.decode("utf-8")), "")
    except UnicodeDecodeError as error:
        raise ScheduleError(f"the file is not UTF-8 text: {error}") from error
    except tomllib.TOMLDecodeError as error:
        raise ScheduleError(f"the file is not TOML: {error}") from error
    code = root.take("code", str)
    vaccines = tuple(_vaccine(table) for table in root.tables("vaccines"))
    schedule = Schedule(
        code=code,
        version=root.take("version", str),
        names=root.names(),
        in_force_from=root.take("in_force_from", date),
        source=root.source(),
        platform_binds=root.get("platform_binds", bool, default=True),
        platforms={table.take("code", str): table.finish(table.names()) for table in root.tables("platforms")},
        vaccines=vaccines,
        series=tuple(_series(table, code) for table in root.tables("series")),
        conflicts=tuple(_conflict(table) for table in root.tables("conflicts", required=False)),
        # A programme is against one disease: one antigen, which all its vaccines hold, and a group of its name.
        antigens=(Antigen(code),),
        groups=(VaccineGroup(code, (code,)),),
        associations=tuple(Association(vaccine.code, code) for vaccine in vaccines),
    )
    root.finish(None)
    _check(schedule)
    return schedule


def _vaccine(table: Table) -> Vaccine:
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


def _series(table: Table, antigen: str) -> Series:
    ages = tuple(_age(row) for row in table.tables("ages", required=False))
    return table.finish(
        Series(
            code=table.take("code", str),
            names=table.names(),
            platform=table.take("platform", str),
            doses=tuple(_dose(row, ages) for row in table.tables("doses")),
            antigen=antigen,
        )
    )


def _dose(table: Table, ages: tuple[Age, ...]) -> TargetDose:
    own = tuple(_age(row) for row in table.tables("ages", required=False))
    return table.finish(
        TargetDose(
            number=table.take("number", int),
            ages=own or ages,
            intervals=tuple(_interval(row) for row in table.tables("intervals", required=False)),
            preferable=_uses(table, "preferable", required=True),
            allowable=_uses(table, "allowable"),
            skips=tuple(_skip(row) for row in table.tables("skips", required=False)),
        )
    )


def _age(table: Table) -> Age:
    periods = table.periods(*_KINDS, "maximum", "offered_below")
    return table.finish(Age(**table.dated(), **periods, offered=table.get("offered", bool, default=True)))


def _interval(table: Table) -> Interval:
    start = table.take("from", str)
    number = start.removeprefix("target dose ")
    if start != "previous dose" and not (number != start and number.isdigit()):
        raise ScheduleError(f"{table.name('from')}: expected 'previous dose' or 'target dose N', found {start!r}")
    target = None if start == "previous dose" else int(number)
    return table.finish(Interval(from_target=target, **table.dated(), **table.periods(*_KINDS)))


def _uses(table: Table, key: str, *, required: bool = False) -> tuple[VaccineUse, ...]:
    """Vaccines by their codes, or by tables where ages limit them."""
    values = table.get(key, list, default=[])
    if all(isinstance(value, str) for value in values) and (values or not required):
        return tuple(VaccineUse(value) for value in values)
    rows = list(table.tables(key, required=required))
    return tuple(
        row.finish(VaccineUse(row.take("vaccine", str), row.period("begin_age"), row.period("end_age"))) for row in rows
    )


def _skip(table: Table) -> ConditionalSkip:
    return table.finish(
        ConditionalSkip(
            context=table.choice("context", ("evaluation", "forecast", "both")),
            every=table.choice("logic", ("and", "or"), default="or") == "and",
            sets=tuple(_set(row) for row in table.tables("sets")),
        )
    )


def _set(table: Table) -> SkipSet:
    every = table.choice("logic", ("and", "or"), default="and") == "and"
    conditions = tuple(_condition(row) for row in table.tables("conditions"))
    return table.finish(SkipSet(**table.dated(), every=every, conditions=conditions))


def _condition(table: Table) -> Condition:
    kind = table.choice("kind", ("age", "interval", "count"))
    if kind == "interval":
        return table.finish(IntervalCondition(interval=table.length("interval")))
    ages = table.periods("begin_age", "end_age")
    if kind == "age":
        return table.finish(AgeCondition(**ages))
    return table.finish(
        CountCondition(
            **ages,
            vaccines=table.texts("vaccines"),
            start_on=table.get("start_on", date),
            end_on=table.get("end_on", date),
            compare=table.choice("compare", ("greater than", "equal to", "less than")),
            count=table.take("count", int),
            valid_only=table.get("valid_only", bool, default=False),
        )
    )


def _conflict(table: Table) -> Conflict:
    interval = table.length("interval")
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
            for code in _named(dose):
                if code not in codes:
                    raise ScheduleError(f"{where}: no vaccine has the code {code!r}")
            if number == 1 and dose.skips:
                raise ScheduleError(f"{where}.skips: the first dose begins the series and cannot be skipped")
            for row in dose.intervals:
                if row.from_target is not None and not 1 <= row.from_target < number:
                    raise ScheduleError(f"{where}.intervals: target dose {row.from_target} is not before this one")


def _named(dose: TargetDose) -> list[str]:
    """Vaccines a target dose speaks of."""
    conditions = [condition for skip in dose.skips for one in skip.sets for condition in one.conditions]
    counted = [code for condition in conditions if isinstance(condition, CountCondition) for code in condition.vaccines]
    return [use.vaccine for use in (*dose.preferable, *dose.allowable)] + counted
