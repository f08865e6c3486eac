"""What spans the series of a schedule: antigens, vaccine groups, vaccines in conflict, observations of a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from linli.domain.calendar import Period


@dataclass(frozen=True, slots=True)
class BirthImmunity:
    """Whoever was born before a day in a country counts as immune, unless an observation excludes them (table 7-3)."""

    born_before: date
    country: str = ""
    exclusions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Contraindication:
    """An observation that forbids every vaccine of an antigen, or some, at some ages (tables 7-5 and 7-6)."""

    observation: str
    title: str = ""
    text: str = ""
    guidance: str = ""
    begin_age: Period | None = None
    end_age: Period | None = None
    vaccine: str | None = None


@dataclass(frozen=True, slots=True)
class Antigen:
    """What a vaccine protects against, with who is immune to it and who must not have it."""

    name: str
    immune_observations: tuple[str, ...] = ()
    birth_immunities: tuple[BirthImmunity, ...] = ()
    contraindications: tuple[Contraindication, ...] = ()


@dataclass(frozen=True, slots=True)
class VaccineGroup:
    """Antigens that are forecast together; `full` says that all of them are given at once."""

    name: str
    antigens: tuple[str, ...]
    full: bool = False


@dataclass(frozen=True, slots=True)
class Association:
    """A vaccine is against an antigen, from an age (inclusive) to an age (exclusive)."""

    vaccine: str
    antigen: str
    begin_age: Period | None = None
    end_age: Period | None = None


@dataclass(frozen=True, slots=True)
class LiveConflict:
    """A vaccine given too soon after another one may not work (tables 6-23 and 6-24).

    From `begin` after the previous one on; until `minimum_end` if that one was valid or not judged, else until `end`.
    """

    current: str
    previous: str
    begin: Period
    minimum_end: Period | None
    end: Period


@dataclass(frozen=True, slots=True)
class Observation:
    """A condition, event or situation of a person that rules speak of, by its code.

    `coded` are what other systems call it: (code system, code).
    """

    code: str
    title: str
    group: str = ""
    coded: tuple[tuple[str, str], ...] = ()
