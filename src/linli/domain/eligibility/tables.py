"""Tables of a TOML file read with care: every key is asked for by name and type, and no key is left over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, TypeVar

from linli.domain.calendar import Period, PeriodError
from linli.domain.eligibility.dated import Names, Source

_T = TypeVar("_T")
MARKS = ("src", "mem", "der")


class ScheduleError(ValueError):
    """A schedule file that cannot be used; the message names the key."""


class Table:
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

    def choice(self, key: str, choices: tuple[str, ...], *, default: str | None = None) -> str:
        """One of a few words."""
        value = self.get(key, str, default=default) or self.take(key, str)
        if value not in choices:
            raise ScheduleError(f"{self.name(key)}: expected one of {', '.join(choices)}, found {value!r}")
        return str(value)

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
        table = Table(self.take(key, dict), self.name(key))
        return table.finish(Names(zh=table.take("zh", str), en=table.take("en", str)))

    def source(self) -> Source:
        return Source(text=self.take("source", str), mark=self.choice("mark", MARKS))

    def tables(self, key: str, *, required: bool = True) -> Iterator[Table]:
        values = self.get(key, list, default=[])
        if required and not values:
            raise ScheduleError(f"{self.name(key)}: missing")
        for place, value in enumerate(values):
            if not isinstance(value, dict):
                raise ScheduleError(f"{self.name(key)}[{place}]: expected a table")
            yield Table(value, f"{self.name(key)}[{place}]")

    def length(self, key: str) -> Period:
        """A period that must be there."""
        period = self.period(key)
        if period is None:
            raise ScheduleError(f"{self.name(key)}: missing")
        return period

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
