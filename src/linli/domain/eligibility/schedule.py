"""A schedule: the dated rules of one vaccination programme in the vocabulary of CDC's CDSi logic specification.

Every row that can change during a programme carries the days it is in force (both inclusive) and where it was
read. Our own TOML files and CDC's supporting data are read into the same classes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from linli.domain.calendar import Period
from linli.domain.eligibility.antigens import Antigen, Association, LiveConflict, Observation, VaccineGroup
from linli.domain.eligibility.conditions import CompletedCondition, ConditionalSkip
from linli.domain.eligibility.dated import Dated, Names, Source
from linli.domain.eligibility.paths import ANYBODY, Indication, Kind, Pathway


@dataclass(frozen=True, slots=True, kw_only=True)
class Age(Dated):
    """Ages at which a target dose may be given.

    `maximum` is CDSi's maximum age (first age at which the dose no longer counts). `offered_below` is the first age at
    which a drive does not offer a first dose yet, and `offered` is False while it offers none at all; both limit the
    offer and never the validity of a dose that was given.
    """

    absolute_minimum: Period | None = None
    minimum: Period | None = None
    earliest_recommended: Period | None = None
    latest_recommended: Period | None = None
    maximum: Period | None = None
    offered_below: Period | None = None
    offered: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval(Dated):
    """Time since the previous dose administered, or since what a `from_` field names (CALCDTINT-1, -2, -8, -9).

    `from_target` is the number of a target dose, `from_recent` the vaccines of which the latest dose counts,
    `from_observation` the code of an observation. `priority` hurries a group of several antigens (FORECASTPRIORITY-1).
    """

    from_target: int | None = None
    from_recent: tuple[str, ...] = ()
    from_observation: str | None = None
    absolute_minimum: Period | None = None
    minimum: Period | None = None
    earliest_recommended: Period | None = None
    latest_recommended: Period | None = None
    priority: bool = False


@dataclass(frozen=True, slots=True)
class VaccineUse:
    """A vaccine that may satisfy a target dose, from an age (inclusive) to an age (exclusive).

    `maker` and `trade_name` narrow it to one product; `recommended` says that a forecast names it (FORECASTRECVAC-1).
    """

    vaccine: str
    begin_age: Period | None = None
    end_age: Period | None = None
    maker: str = ""
    trade_name: str = ""
    recommended: bool = False


@dataclass(frozen=True, slots=True)
class TargetDose:
    """One dose a series asks for."""

    number: int
    ages: tuple[Age, ...]
    intervals: tuple[Interval, ...]
    preferable: tuple[VaccineUse, ...]
    allowable: tuple[VaccineUse, ...] = ()
    skips: tuple[ConditionalSkip, ...] = ()
    allowable_intervals: tuple[Interval, ...] = ()
    inadvertent: tuple[str, ...] = ()
    recurring: bool = False
    season_start: date | None = None
    season_end: date | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """One way to be protected against an antigen: target doses in order. A programme's series are of one platform."""

    code: str
    names: Names
    platform: str
    doses: tuple[TargetDose, ...]
    antigen: str = ""
    kind: Kind = Kind.STANDARD
    genders: frozenset[str] = ANYBODY
    indications: tuple[Indication, ...] = ()
    path: Pathway = field(default_factory=Pathway)


@dataclass(frozen=True, slots=True)
class Vaccine:
    """A product: its code, its CVX codes, and the names lists write for it."""

    code: str
    names: Names
    platform: str
    maker: Names
    cvx: tuple[str, ...]
    aliases: tuple[str, ...]
    offered_from: date | None
    offered_until: date | None
    source: Source


@dataclass(frozen=True, slots=True)
class Conflict:
    """How long to wait after any other vaccine but `except_cvx`; it moves the forecast and undoes no dose given."""

    interval: Period
    except_cvx: tuple[str, ...]
    source: Source


@dataclass(frozen=True, eq=False)  # one schedule is one object: answers made ready for it are kept by it
class Schedule:
    """The rules of one programme, or of a whole country, as they stood over time.

    What stands below `platforms` is CDSi's schedule supporting data: which antigens a vaccine is against and which
    group it is forecast with, vaccines that disturb each other, and observations of a person that change the rules.
    """

    code: str
    version: str
    names: Names
    in_force_from: date
    source: Source
    vaccines: tuple[Vaccine, ...]
    series: tuple[Series, ...]
    conflicts: tuple[Conflict, ...] = ()
    platform_binds: bool = True
    """The platform of the first valid dose fixes the series; another one counts only when supply ended."""
    platforms: dict[str, Names] = field(default_factory=dict)
    antigens: tuple[Antigen, ...] = ()
    groups: tuple[VaccineGroup, ...] = ()
    associations: tuple[Association, ...] = ()
    live_conflicts: tuple[LiveConflict, ...] = ()
    observations: tuple[Observation, ...] = ()
    group: str = ""
    """The vaccine group that this is the schedule of, where it was cut out of a country's; see `groups`."""

    @cached_property
    def change_dates(self) -> tuple[date, ...]:
        """Days on which an answer can change although nothing happened to the person, in order."""
        days: set[date] = set()
        rows = [row for series in self.series for dose in series.doses for row in (*dose.ages, *dose.intervals)]
        for row in rows:
            if row.effective_on is not None:
                days.add(row.effective_on)
            if row.cessation_on is not None:
                days.add(row.cessation_on + timedelta(days=1))
        return tuple(sorted(days))

    @cached_property
    def series_of_antigen(self) -> dict[str, tuple[Series, ...]]:
        """Series of each antigen, those that ask whether another group is complete last (table 6-7)."""
        found: dict[str, list[Series]] = {}
        for series in sorted(self.series, key=_asks_for_others):
            found.setdefault(series.antigen, []).append(series)
        return {antigen: tuple(row) for antigen, row in found.items()}

    @cached_property
    def associations_of_vaccine(self) -> dict[str, tuple[Association, ...]]:
        """Antigens each vaccine is against; a vaccine that is not here is not known."""
        found: dict[str, list[Association]] = {}
        for row in self.associations:
            found.setdefault(row.vaccine, []).append(row)
        return {vaccine: tuple(rows) for vaccine, rows in found.items()}

    @cached_property
    def own_vaccines(self) -> tuple[Vaccine, ...]:
        """Vaccines against an antigen of the schedule: those of its drive, without the ones that only disturb them."""
        if not self.group:
            return self.vaccines
        against = {antigen.name for antigen in self.antigens}
        own = {row.vaccine for row in self.associations if row.antigen in against}
        return tuple(vaccine for vaccine in self.vaccines if vaccine.code in own)

    @cached_property
    def conflicts_of_vaccine(self) -> dict[str, dict[str, LiveConflict]]:
        """For each vaccine that others disturb, the rule by the vaccine given before."""
        found: dict[str, dict[str, LiveConflict]] = {}
        for row in self.live_conflicts:
            found.setdefault(row.current, {})[row.previous] = row
        return found

    @cached_property
    def antigen_of_name(self) -> dict[str, Antigen]:
        """Antigens by name."""
        return {antigen.name: antigen for antigen in self.antigens}

    @cached_property
    def observation_codes(self) -> dict[str, tuple[str, ...]]:
        """Codes of observations by what other systems call them; a code of the schedule's own is not among them."""
        own, found = {one.code for one in self.observations}, dict[str, list[str]]()
        for one in self.observations:
            for _system, code in one.coded:
                if code not in own and one.code not in found.setdefault(code, []):
                    found[code].append(one.code)
        return {code: tuple(codes) for code, codes in found.items()}

    @cached_property
    def observations_of_antigen(self) -> dict[str, frozenset[str]]:
        """Codes of the observations that the rules of each antigen speak of."""
        found: dict[str, set[str]] = {}
        for antigen in self.antigens:
            found[antigen.name] = {
                *antigen.immune_observations,
                *(row.observation for row in antigen.contraindications),
            }
            found[antigen.name].update(code for row in antigen.birth_immunities for code in row.exclusions)
        for series in self.series:
            codes = found.setdefault(series.antigen, set())
            codes.update(row.observation for row in series.indications)
            rows = [row for dose in series.doses for row in dose.intervals]
            codes.update(row.from_observation for row in rows if row.from_observation is not None)
        return {antigen: frozenset(codes) for antigen, codes in found.items()}

    @cached_property
    def vaccine_codes(self) -> tuple[str, ...]:
        """Product codes; a vaccine's index in `Patients` is its place here."""
        return tuple(vaccine.code for vaccine in self.vaccines)

    @cached_property
    def platform_of_vaccine(self) -> dict[str, str]:
        """Platform of each vaccine."""
        return {vaccine.code: vaccine.platform for vaccine in self.vaccines}

    @cached_property
    def series_of_platform(self) -> dict[str, int]:
        """Index of the series of each platform."""
        return {series.platform: index for index, series in enumerate(self.series)}


def _asks_for_others(series: Series) -> bool:
    skips = [skip for dose in series.doses for skip in dose.skips]
    return any(isinstance(row, CompletedCondition) for skip in skips for one in skip.sets for row in one.conditions)
