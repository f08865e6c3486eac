"""The reasons behind one person's answer, as codes with values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar

from linli.domain.calendar import Period, add, as_days, date_of
from linli.domain.eligibility.assess import Assessment
from linli.domain.eligibility.dated import Dated
from linli.domain.eligibility.histories import DoseStatus
from linli.domain.eligibility.patients import Patients
from linli.domain.eligibility.products import OTHER_VACCINE
from linli.domain.eligibility.reasons import Code, Reason, Value
from linli.domain.eligibility.rows import in_force
from linli.domain.eligibility.schedule import Interval, Schedule, TargetDose

_Row = TypeVar("_Row", bound=Dated)


@dataclass(frozen=True)
class Explanation:
    """Why one person stands where they stand: the status, each dose in the order of days, and each forecast date."""

    schedule: str
    version: str
    status: Reason
    doses: tuple[Reason, ...]
    dates: tuple[Reason, ...]

    def __iter__(self) -> Iterator[Reason]:
        yield from (self.status, *self.doses, *self.dates)


@dataclass
class _Story:
    """One person's doses retold in order, with what came before each."""

    schedule: Schedule
    birth: date | None
    first_product: int
    series: int
    others: list[date]
    previous: date | None = None
    satisfied: dict[int, date] = field(default_factory=dict)
    last: date | None = None

    def reference(self, row: Interval) -> date | None:
        return self.previous if row.from_target is None else self.satisfied.get(row.from_target)

    def target(self, number: int) -> TargetDose:
        return self.schedule.series[max(self.series, 0)].doses[number - 1]


def explain(schedule: Schedule, patients: Patients, assessment: Assessment, *, person: int) -> Explanation:
    """Why the person at an index of the batch has this status, each dose this judgement and each date this value."""
    on = date_of(assessment.on[person]) or date.min
    places = in_order(patients, person)
    story = _Story(
        schedule=schedule,
        birth=date_of(patients.birth[person]),
        first_product=int(assessment.first_product[person]),
        series=int(assessment.series[person]),
        others=[
            day
            for place in places
            if patients.vaccine[place] == OTHER_VACCINE
            and (day := date_of(patients.given_on[place])) is not None
            and day <= on
        ],
    )
    doses = tuple(_dose(story, patients, assessment, place) for place in places)
    return Explanation(
        schedule=schedule.code,
        version=schedule.version,
        status=_status(story, assessment, person, on),
        doses=doses,
        dates=tuple(_dates(story, assessment, person, on)),
    )


def in_order(patients: Patients, person: int) -> list[int]:
    """Places of a person's doses in the order in which they are told."""
    places = range(int(patients.offsets[person]), int(patients.offsets[person + 1]))
    return sorted(places, key=lambda k: (patients.given_on[k], patients.vaccine[k], patients.supply_ended[k]))


def _dose(story: _Story, patients: Patients, assessment: Assessment, place: int) -> Reason:
    """How one dose was judged; then it becomes part of the story."""
    code, status = Code(int(assessment.dose_reason[place])), int(assessment.dose_status[place])
    given, number = date_of(patients.given_on[place]), int(assessment.dose_number[place])
    vaccine = int(patients.vaccine[place])
    params: dict[str, Value] = {"given_on": given, "product": _product(story.schedule, vaccine)}
    if status == DoseStatus.VALID:
        params["number"] = number
    if given is not None:
        params |= _values(story, code, given, number or len(story.satisfied) + 1, vaccine)
    if given is not None and status <= DoseStatus.EXTRANEOUS:
        story.last = given
    if status <= DoseStatus.NOT_VALID and code != Code.BEFORE_BIRTH:
        story.previous = given
    if status == DoseStatus.VALID and given is not None:
        story.satisfied[number] = given
    return Reason(code, params)


def _values(story: _Story, code: Code, given: date, number: int, vaccine: int) -> dict[str, Value]:
    """The values that belong to a dose's code; see REASONS."""
    first = _product(story.schedule, story.first_product)
    if code in (Code.OTHER_MAKER, Code.SUPPLY_ENDED, Code.OTHER_PLATFORM):
        return {"first_product": first}
    if code == Code.BEFORE_BIRTH:
        return {"birth_on": story.birth}
    if code == Code.NEAR_OTHER_VACCINE:
        nearest = min(story.others, key=lambda day: abs((given - day).days))
        return {"other_on": nearest, "days": abs((given - nearest).days)}
    if code == Code.TOO_YOUNG:
        platform = story.schedule.vaccines[vaccine].platform
        series = story.series if story.satisfied else story.schedule.series_of_platform[platform]
        for row in _rows(story.schedule.series[series].doses[number - 1].ages, given):
            if row.absolute_minimum is not None:
                return {"minimum_age": row.absolute_minimum, "allowed_on": _after(story.birth, row.absolute_minimum)}
    if code in (Code.TOO_CLOSE, Code.SHORT_INTERVAL, Code.LATE):
        return _interval_values(story, code, given, number)
    return {}


def _interval_values(story: _Story, code: Code, given: date, number: int) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for row in _rows(story.target(number).intervals, given):
        start = story.reference(row)
        if start is None:
            continue
        if code == Code.TOO_CLOSE and row.absolute_minimum and given < (day := _known(start, row.absolute_minimum)):
            found = {"days": (given - start).days, "absolute_minimum": row.absolute_minimum, "allowed_on": day}
        if code == Code.SHORT_INTERVAL and row.minimum and given < _known(start, row.minimum):
            found = {"days": (given - start).days, "minimum": row.minimum}
        if code == Code.LATE and row.latest_recommended:
            found = {"latest_on": _known(start, _inclusive(row.latest_recommended))}
    return found


def _status(story: _Story, assessment: Assessment, person: int, on: date) -> Reason:
    code = Code(int(assessment.reason[person]))
    params: dict[str, Value] = {}
    if code == Code.COMPLETE:
        series = story.schedule.series[story.series].code
        params = {"completed_on": date_of(assessment.completed_on[person]), "series": series}
    elif code in (Code.NEXT_DOSE, Code.REPEAT_DOSE):
        params = {"number": int(assessment.next_dose[person])}
    elif code in (Code.WAIT_AGE, Code.WAIT_INTERVAL, Code.WAIT_OTHER_VACCINE):
        params = {"earliest_on": date_of(assessment.earliest_on[person])}
    elif code == Code.PAST_LATEST:
        params = {"latest_on": date_of(assessment.latest_on[person])}
    elif code in (Code.UNDER_AGE, Code.OVER_AGE):
        under = code == Code.UNDER_AGE
        day = date_of((assessment.eligible_on if under else assessment.eligible_until)[person])
        params = {"eligible_on" if under else "eligible_until": day, "age": _gate_age(story, on, day, under=under)}
    return Reason(code, params)


def _gate_age(story: _Story, on: date, day: date | None, *, under: bool) -> Period | None:
    for series in story.schedule.series:
        for row in _rows(series.doses[0].ages, on):
            age = row.minimum if under else row.offered_below or row.maximum
            if age is not None and _after(story.birth, age) == day:
                return age
    return None


def _dates(story: _Story, assessment: Assessment, person: int, on: date) -> list[Reason]:
    """The rule that gave each forecast date."""
    number = int(assessment.next_dose[person])
    earliest = date_of(assessment.earliest_on[person])
    if not number or earliest is None:
        return []
    series = [story.schedule.series[story.series]] if story.series >= 0 else list(story.schedule.series)
    targets = [one.doses[number - 1] for one in series]
    last_dose = Reason(Code.EARLIEST_LAST_DOSE, {"date": earliest})
    reasons = [_first_match(earliest, _earliest(story, targets, on)) or last_dose]
    recommended, latest = date_of(assessment.recommended_on[person]), date_of(assessment.latest_on[person])
    if recommended is not None:
        as_soon = Reason(Code.RECOMMENDED_EARLIEST, {"date": recommended})
        named = None if recommended == earliest else _first_match(recommended, _recommended(story, targets, on))
        reasons.append(named or as_soon)
    if latest is not None:
        capped = Reason(Code.LATEST_EARLIEST, {"date": latest})
        reasons.append(_first_match(latest, _latest(story, targets, on)) or capped)
    return reasons


def _first_match(day: date, candidates: list[Reason]) -> Reason | None:
    return next((reason for reason in candidates if reason.params["date"] == day), None)


def _earliest(story: _Story, targets: list[TargetDose], on: date) -> list[Reason]:
    found = _from_intervals(story, targets, on, Code.EARLIEST_INTERVAL, "minimum")
    if story.others:
        last = max(story.others)
        for conflict in story.schedule.conflicts:
            params: dict[str, Value] = {"date": _known(last, conflict.interval), "interval": conflict.interval}
            found.append(Reason(Code.EARLIEST_OTHER_VACCINE, params | {"from_on": last}))
    return found + _from_ages(story, targets, on, Code.EARLIEST_AGE, "minimum")


def _recommended(story: _Story, targets: list[TargetDose], on: date) -> list[Reason]:
    ages = _from_ages(story, targets, on, Code.RECOMMENDED_AGE, "earliest_recommended")
    return ages + _from_intervals(story, targets, on, Code.RECOMMENDED_INTERVAL, "earliest_recommended")


def _latest(story: _Story, targets: list[TargetDose], on: date) -> list[Reason]:
    ages = _from_ages(story, targets, on, Code.LATEST_AGE, "latest_recommended", inclusive=True)
    return ages + _from_intervals(story, targets, on, Code.LATEST_INTERVAL, "latest_recommended", inclusive=True)


def _from_intervals(
    story: _Story, targets: list[TargetDose], on: date, code: Code, kind: str, *, inclusive: bool = False
) -> list[Reason]:
    found = []
    for target in targets:
        for row in _rows(target.intervals, on):
            period, start = getattr(row, kind), story.reference(row)
            if period is not None and start is not None:
                length = _inclusive(period) if inclusive else period
                found.append(Reason(code, {"date": _known(start, length), "interval": length, "from_on": start}))
    return found


def _from_ages(
    story: _Story, targets: list[TargetDose], on: date, code: Code, kind: str, *, inclusive: bool = False
) -> list[Reason]:
    found = []
    for target in targets:
        for row in _rows(target.ages, on):
            period = getattr(row, kind)
            if period is not None:
                length = _inclusive(period) if inclusive else period
                found.append(Reason(code, {"date": _after(story.birth, length), "age": length}))
    return found


def _rows(rows: Sequence[_Row], day: date) -> list[_Row]:
    return [row for row, _ in in_force(rows, as_days([day]))]


def _inclusive(period: Period) -> Period:
    """A latest period names the first day too late; people are told the last day on time."""
    return replace(period, days=period.days - 1)


def _known(start: date, period: Period) -> date:
    return date_of(add(as_days([start]), period)[0]) or date.max


def _after(start: date | None, period: Period) -> date | None:
    return None if start is None else _known(start, period)


def _product(schedule: Schedule, vaccine: int) -> str | None:
    return schedule.vaccine_codes[vaccine] if vaccine >= 0 else None
