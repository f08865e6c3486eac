"""One person's immunisation history and observations, broken into what each antigen has seen (chapters 4.1 and 4.2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from linli.domain.calendar import Period, day_of, reach
from linli.domain.eligibility.paths import UNKNOWN
from linli.domain.eligibility.products import EXEMPT_VACCINE, UNKNOWN_VACCINE, match_products
from linli.domain.eligibility.reasons import Code
from linli.domain.eligibility.schedule import Schedule


@dataclass(frozen=True, slots=True)
class Dose:
    """A dose as it was recorded; `usable` is False where the dose was bad, `expires_on` the last day of its lot.

    `supply_ended` says that it was given in the place of a vaccine of another platform that could not be had.
    """

    on: date | None
    vaccine: str
    maker: str = ""
    trade_name: str = ""
    usable: bool = True
    expires_on: date | None = None
    supply_ended: bool = False


@dataclass(frozen=True, slots=True)
class Observed:
    """A condition, event or situation of the person, by its code here or elsewhere, with its day where it has one."""

    code: str
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Whom the engine judges; `country` is where they were born, "" where nobody knows."""

    birth: date
    sex: str = UNKNOWN
    doses: tuple[Dose, ...] = ()
    observations: tuple[Observed, ...] = ()
    country: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """A dose as one antigen sees it; `place` is its index in the person's doses."""

    day: int
    vaccine: str
    maker: str
    trade_name: str
    place: int
    substandard: bool
    supply_ended: bool


class Chart:
    """A person on a day, with days as numbers and doses in order; doses that cannot be judged are in `left_out`."""

    def __init__(self, schedule: Schedule, person: Person, on: date) -> None:
        self.schedule, self.person, self.on = schedule, person, day_of(on)
        self.birth = day_of(person.birth)
        self.left_out: dict[int, Code] = {}
        self.records = tuple(sorted(self._judged(), key=lambda record: (record.day, record.place)))
        self.observed: dict[str, int | None] = {}
        for one in person.observations:
            for code in schedule.observation_codes.get(one.code, (one.code,)):
                self._observe(code, one.on)

    def _observe(self, code: str, on: date | None) -> None:
        """Keep the latest day of what was observed more than once."""
        day, known = None if on is None else day_of(on), self.observed.get(code)
        self.observed[code] = known if day is None or (known is not None and known > day) else day

    def _judged(self) -> list[Record]:
        records = []
        for place, dose in enumerate(self.person.doses):
            code = self._refusal(dose)
            if code is not None or dose.on is None:
                self.left_out[place] = code or Code.NO_DATE
                continue
            bad = not dose.usable or (dose.expires_on is not None and dose.on > dose.expires_on)
            records.append(
                Record(day_of(dose.on), dose.vaccine, dose.maker, dose.trade_name, place, bad, dose.supply_ended)
            )
        return records

    def _refusal(self, dose: Dose) -> Code | None:
        """Why a dose cannot be judged: what a list gets wrong never stops the rest."""
        if dose.on is None:
            return Code.NO_DATE
        if day_of(dose.on) < self.birth:
            return Code.BEFORE_BIRTH
        if day_of(dose.on) > self.on:
            return Code.AFTER_THE_DAY
        return None if dose.vaccine in self.schedule.associations_of_vaccine else self._stranger(dose.vaccine)

    def _stranger(self, vaccine: str) -> Code:
        """What a vaccine that no antigen of the schedule knows is to a programme that waits after other vaccines."""
        if not self.schedule.conflicts:
            return Code.UNKNOWN_PRODUCT
        which = match_products(self.schedule, [vaccine])[0]
        if which == UNKNOWN_VACCINE:
            return Code.UNKNOWN_PRODUCT
        return Code.OTHER_ANTIGEN_EXEMPT if which == EXEMPT_VACCINE else Code.OTHER_ANTIGEN

    @cached_property
    def last_other(self) -> int | None:
        """Day of the last vaccine of another programme that this one waits after."""
        doses = self.person.doses
        days = [day_of(doses[place].on) for place, code in self.left_out.items() if code is Code.OTHER_ANTIGEN]
        return max(days, default=None)

    @cached_property
    def _records_of_antigen(self) -> dict[str, tuple[Record, ...]]:
        found: dict[str, list[Record]] = {}
        for record in self.records:
            for one in self.schedule.associations_of_vaccine[record.vaccine]:
                if self.aged(record.day, one.begin_age, one.end_age):
                    found.setdefault(one.antigen, []).append(record)
        return {antigen: tuple(records) for antigen, records in found.items()}

    def records_of(self, antigen: str) -> tuple[Record, ...]:
        """Doses that hold an antigen at the age they were given, in order of days."""
        return self._records_of_antigen.get(antigen, ())

    def reaches(self, age: Period) -> int:
        """Day on which the person reaches an age."""
        return reach(self.birth, age)

    def aged(self, day: int, begin: Period | None, end: Period | None) -> bool:
        """Whether a day lies from one age (inclusive) to another (exclusive)."""
        return (begin is None or self.reaches(begin) <= day) and (end is None or day < self.reaches(end))

    def applies(self, observation: str, begin: Period | None, end: Period | None) -> bool:
        """Whether an observation was made and the person is of an age on the day of the chart."""
        return observation in self.observed and self.aged(self.on, begin, end)
