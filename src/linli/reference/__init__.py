"""The schedules that come with linli: cited, dated data."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from linli.domain.eligibility import Schedule, read_toml
from linli.domain.eligibility.dated import Names


class UnknownScheduleError(LookupError):
    """No schedule has this code."""


@cache
def codes() -> tuple[str, ...]:
    """Codes of the schedules that come with linli, in order."""
    names = (entry.name for entry in files(__name__).iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


@cache
def schedule(code: str) -> Schedule:
    """The schedule with a code. Raises UnknownScheduleError, and ScheduleError if its file is broken."""
    if code not in codes():
        raise UnknownScheduleError(f"no schedule {code!r}; there are: {', '.join(codes())}")
    return read_toml((files(__name__) / f"{code}.toml").read_bytes())


def text(code: str) -> bytes:
    """The file of a schedule, byte for byte."""
    return (files(__name__) / f"{code}.toml").read_bytes()


@dataclass(frozen=True, slots=True)
class OtherVaccine:
    """A vaccine of another programme: its CVX code and the names lists write for it."""

    cvx: str
    zh: str
    en: str
    aliases: tuple[str, ...]


@cache
def other_vaccines() -> tuple[OtherVaccine, ...]:
    """Vaccines of other programmes that lists name, by CVX code."""
    rows = tomllib.loads((files(__name__) / "vaccines/other.toml").read_text(encoding="utf-8"))["vaccine"]
    return tuple(OtherVaccine(row["cvx"], row["zh"], row["en"], tuple(row["aliases"])) for row in rows)


@cache
def group_names() -> dict[str, Names]:
    """What people call the vaccine groups of published schedules, by the name the files write."""
    rows = tomllib.loads((files(__name__) / "vaccines/groups.toml").read_text(encoding="utf-8"))["group"]
    return {row["name"]: Names(zh=row["zh"], en=row["en"]) for row in rows}


@cache
def product_names() -> dict[str, str]:
    """Chinese names of vaccines by CVX code, as published schedules write it ("08")."""
    names = tomllib.loads((files(__name__) / "vaccines/products.toml").read_text(encoding="utf-8"))["zh"]
    return {**names, **{row.cvx: row.zh for row in other_vaccines()}}


def with_chinese_names(rules: Schedule) -> Schedule:
    """A published schedule, which is in English alone, with the Chinese names of its vaccines where we know them."""
    known = product_names()
    named = (Names(zh=known.get(one.code, one.names.zh), en=one.names.en) for one in rules.vaccines)
    vaccines = tuple(replace(one, names=names) for one, names in zip(rules.vaccines, named, strict=True))
    return replace(rules, vaccines=vaccines)
