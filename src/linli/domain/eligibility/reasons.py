"""Reasons: codes with values. Words for them belong to the doors."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum
from typing import NamedTuple

from linli.domain.calendar import Period


class Code(IntEnum):
    """Why a person has a status, a dose counts or does not, or a date is what it is; `text` is the stable code."""

    COMPLETE = 0
    UNDER_AGE = 1
    OVER_AGE = 2
    NOT_OPEN = 3
    BIRTH_UNKNOWN = 4
    WAIT_AGE = 5
    WAIT_INTERVAL = 6
    WAIT_OTHER_VACCINE = 7
    PAST_LATEST = 8
    FIRST_DOSE = 9
    NEXT_DOSE = 10
    REPEAT_DOSE = 11
    IMMUNE = 12
    CONTRAINDICATED = 13
    NOT_RECOMMENDED = 14
    SEASON_OVER = 15
    AGED_OUT = 16
    WAIT_SEASON = 17

    VALID = 20
    SHORT_INTERVAL = 21
    LATE = 22
    OTHER_MAKER = 23
    SUPPLY_ENDED = 24
    NEAR_OTHER_VACCINE = 25
    BEFORE_PROGRAMME = 26
    GRACE_AGE = 27
    ALLOWABLE_INTERVAL = 28

    BEFORE_BIRTH = 40
    SAME_DAY = 41
    TOO_YOUNG = 42
    OTHER_PLATFORM = 43
    NOT_ALLOWED = 44
    TOO_CLOSE = 45
    INADVERTENT = 46
    LIVE_CONFLICT = 47
    SUBSTANDARD = 48

    AFTER_COMPLETE = 60
    TOO_OLD = 61

    OTHER_ANTIGEN = 70
    OTHER_ANTIGEN_EXEMPT = 71
    UNKNOWN_PRODUCT = 72
    NO_DATE = 73
    AFTER_THE_DAY = 74
    OTHER_GROUP = 75

    EARLIEST_AGE = 80
    EARLIEST_INTERVAL = 81
    EARLIEST_OTHER_VACCINE = 82
    EARLIEST_LAST_DOSE = 83
    RECOMMENDED_EARLIEST = 84
    RECOMMENDED_AGE = 85
    RECOMMENDED_INTERVAL = 86
    LATEST_AGE = 87
    LATEST_INTERVAL = 88
    LATEST_EARLIEST = 89
    EARLIEST_CONFLICT = 90
    EARLIEST_SEASON = 91

    @property
    def text(self) -> str:
        return self.name.lower()


class Meaning(NamedTuple):
    """What a code says, for the documentation: its kind, the values it carries, and one sentence."""

    kind: str
    params: tuple[str, ...]
    sentence: str


Value = date | int | str | Period | None
"""What a reason carries: days, counts, codes of products and series, and lengths of time."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One code with its values; `REASONS` names them."""

    code: Code
    params: dict[str, Value] = field(default_factory=dict)


_DOSE = ("given_on", "product")

REASONS: dict[Code, Meaning] = {
    Code.COMPLETE: Meaning("complete", ("completed_on", "series"), "The series is complete."),
    Code.UNDER_AGE: Meaning("not_eligible", ("eligible_on", "age"), "Too young for the gate in force that day."),
    Code.OVER_AGE: Meaning("not_eligible", ("eligible_until", "age"), "Too old for the gate in force that day."),
    Code.NOT_OPEN: Meaning("not_eligible", (), "No gate is in force that day."),
    Code.BIRTH_UNKNOWN: Meaning("not_eligible", (), "The birth date is not known, so no age can be judged."),
    Code.WAIT_AGE: Meaning("waiting", ("earliest_on",), "Waits for the minimum age."),
    Code.WAIT_INTERVAL: Meaning("waiting", ("earliest_on",), "Waits for the minimum interval after the dose before."),
    Code.WAIT_OTHER_VACCINE: Meaning("waiting", ("earliest_on",), "Waits after another vaccine."),
    Code.WAIT_SEASON: Meaning("waiting", ("earliest_on",), "Waits for the season to begin."),
    Code.PAST_LATEST: Meaning("overdue", ("latest_on",), "The last day on time has passed; the series goes on."),
    Code.FIRST_DOSE: Meaning("due", (), "May have the first dose."),
    Code.NEXT_DOSE: Meaning("due", ("number",), "May have the next dose."),
    Code.REPEAT_DOSE: Meaning("due", ("number",), "May have the next dose; the last one given did not count."),
    Code.IMMUNE: Meaning("immune", (), "Evidence of immunity: no dose is needed."),
    Code.CONTRAINDICATED: Meaning("contraindicated", (), "An observation forbids the vaccine."),
    Code.NOT_RECOMMENDED: Meaning("not recommended", (), "What was given protects well enough for now."),
    Code.SEASON_OVER: Meaning("not recommended", (), "The season for this vaccine is over."),
    Code.AGED_OUT: Meaning("aged out", (), "Too old to go on with the series."),
    Code.VALID: Meaning("valid", (*_DOSE, "number"), "The dose counts."),
    Code.SHORT_INTERVAL: Meaning(
        "valid",
        (*_DOSE, "number", "days", "minimum"),
        "Counts: below the minimum interval, not below the absolute one.",
    ),
    Code.LATE: Meaning("valid", (*_DOSE, "number", "latest_on"), "Counts: given after the last day on time."),
    Code.OTHER_MAKER: Meaning(
        "valid", (*_DOSE, "number", "first_product"), "Counts: another product of the same platform."
    ),
    Code.SUPPLY_ENDED: Meaning(
        "valid", (*_DOSE, "number", "first_product"), "Counts: another platform, given because supply ended."
    ),
    Code.NEAR_OTHER_VACCINE: Meaning(
        "valid", (*_DOSE, "number", "other_on", "days"), "Counts: another vaccine within the conflict interval."
    ),
    Code.BEFORE_PROGRAMME: Meaning("valid", (*_DOSE, "number"), "Counts: given before the programme offered any."),
    Code.GRACE_AGE: Meaning(
        "valid", (*_DOSE, "number", "minimum_age"), "Counts: below the minimum age, not below the absolute one."
    ),
    Code.ALLOWABLE_INTERVAL: Meaning(
        "valid", (*_DOSE, "number", "days"), "Counts: the interval is not the usual one, but an allowable one."
    ),
    Code.BEFORE_BIRTH: Meaning("not valid", (*_DOSE, "birth_on"), "Given before the person was born."),
    Code.SAME_DAY: Meaning("not valid", _DOSE, "Another dose was given on the same day."),
    Code.TOO_YOUNG: Meaning(
        "not valid", (*_DOSE, "minimum_age", "allowed_on"), "Below the minimum age in force on the day it was given."
    ),
    Code.OTHER_PLATFORM: Meaning(
        "not valid", (*_DOSE, "first_product"), "Of another platform than the first valid dose, without 'supply ended'."
    ),
    Code.NOT_ALLOWED: Meaning("not valid", _DOSE, "The product is not for this dose, or not at this age."),
    Code.TOO_CLOSE: Meaning(
        "not valid", (*_DOSE, "days", "absolute_minimum", "allowed_on"), "Below the absolute minimum interval."
    ),
    Code.INADVERTENT: Meaning("not valid", _DOSE, "The product must not be used for this dose."),
    Code.LIVE_CONFLICT: Meaning(
        "not valid", (*_DOSE, "days", "other_on", "allowed_on"), "Too soon after a vaccine that disturbs this one."
    ),
    Code.SUBSTANDARD: Meaning("substandard", _DOSE, "The dose was expired, recalled or spoilt."),
    Code.AFTER_COMPLETE: Meaning("extraneous", _DOSE, "The series was already complete."),
    Code.TOO_OLD: Meaning("extraneous", _DOSE, "Given at or above the maximum age."),
    Code.OTHER_ANTIGEN: Meaning("other antigen", _DOSE, "Another vaccine; the next dose waits after it."),
    Code.OTHER_ANTIGEN_EXEMPT: Meaning("other antigen", _DOSE, "Another vaccine after which no wait is needed."),
    Code.UNKNOWN_PRODUCT: Meaning("ignored", _DOSE, "The product is not known."),
    Code.NO_DATE: Meaning("ignored", _DOSE, "The dose has no date."),
    Code.OTHER_GROUP: Meaning("other antigen", _DOSE, "A vaccine of another vaccine group."),
    Code.AFTER_THE_DAY: Meaning("after the day", _DOSE, "Given after the day that is judged."),
    Code.EARLIEST_AGE: Meaning("earliest", ("date", "age"), "Earliest date from the minimum age."),
    Code.EARLIEST_INTERVAL: Meaning(
        "earliest", ("date", "interval", "from_on"), "Earliest date from the minimum interval."
    ),
    Code.EARLIEST_OTHER_VACCINE: Meaning(
        "earliest", ("date", "interval", "from_on"), "Earliest date from the wait after another vaccine."
    ),
    Code.EARLIEST_LAST_DOSE: Meaning("earliest", ("date",), "Earliest date is the day of the last dose given."),
    Code.RECOMMENDED_EARLIEST: Meaning("recommended", ("date",), "Recommended as early as possible."),
    Code.RECOMMENDED_AGE: Meaning("recommended", ("date", "age"), "Recommended date from the age."),
    Code.RECOMMENDED_INTERVAL: Meaning(
        "recommended", ("date", "interval", "from_on"), "Recommended date from the interval."
    ),
    Code.LATEST_AGE: Meaning("latest", ("date", "age"), "Last day on time from the latest recommended age."),
    Code.LATEST_INTERVAL: Meaning(
        "latest", ("date", "interval", "from_on"), "Last day on time from the latest interval."
    ),
    Code.LATEST_EARLIEST: Meaning("latest", ("date",), "Last day on time is the earliest date, which is later."),
    Code.EARLIEST_CONFLICT: Meaning(
        "earliest", ("date", "interval", "from_on"), "Earliest date after a vaccine that disturbs this one."
    ),
    Code.EARLIEST_SEASON: Meaning("earliest", ("date",), "Earliest date from the start of the season."),
}

TABLES: dict[Code, str] = {
    Code.COMPLETE: "7-10",
    Code.IMMUNE: "7-3",
    Code.CONTRAINDICATED: "7-7",
    Code.NOT_RECOMMENDED: "7-10",
    Code.SEASON_OVER: "7-10",
    Code.AGED_OUT: "7-10",
    Code.VALID: "6-31",
    Code.SHORT_INTERVAL: "6-18",
    Code.GRACE_AGE: "6-15",
    Code.ALLOWABLE_INTERVAL: "6-21",
    Code.TOO_YOUNG: "6-15",
    Code.TOO_OLD: "6-15",
    Code.TOO_CLOSE: "6-18",
    Code.INADVERTENT: "6-13",
    Code.LIVE_CONFLICT: "6-24",
    Code.NOT_ALLOWED: "6-29",
    Code.SUBSTANDARD: "6-3",
    Code.EARLIEST_AGE: "7-11",
    Code.EARLIEST_INTERVAL: "7-11",
    Code.EARLIEST_CONFLICT: "7-11",
    Code.EARLIEST_SEASON: "7-11",
    Code.EARLIEST_LAST_DOSE: "7-11",
    Code.RECOMMENDED_AGE: "7-13",
    Code.RECOMMENDED_INTERVAL: "7-13",
    Code.RECOMMENDED_EARLIEST: "7-13",
    Code.LATEST_AGE: "7-13",
    Code.LATEST_INTERVAL: "7-13",
    Code.LATEST_EARLIEST: "7-13",
}
"""Table of the CDSi specification each rule stands in; a programme's own gates and a list's mistakes in none."""
