"""The Chinese guidance of 2021 read a second time: one person, plain dates, no arrays and no schedule file.

Nothing here comes from the engine; the two must agree on histories made by chance.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

GATES = [
    (date(2020, 12, 15), 18, 60),
    (date(2021, 3, 25), 18, 76),
    (date(2021, 3, 29), 18, None),
    (date(2021, 8, 12), 15, None),
    (date(2021, 9, 1), 12, None),
    (date(2021, 10, 28), 6, None),
    (date(2021, 11, 18), 3, None),
]
PLATFORM = ["inactivated"] * 4 + ["adenovirus", "subunit"]
LENGTH = {"inactivated": 2, "adenovirus": 1, "subunit": 3}
OTHER = -2


@dataclass
class Answer:
    status: str
    valid: list[date] = field(default_factory=list)
    next_dose: int = 0
    earliest: date | None = None
    latest: date | None = None


def years(birth: date, count: int) -> date:
    try:
        return birth.replace(year=birth.year + count)
    except ValueError:
        return date(birth.year + count, 3, 1)


def six_months(start: date) -> date:
    year, month = divmod(start.month - 1 + 6, 12)
    try:
        return date(start.year + year, month + 1, start.day)
    except ValueError:
        return date(start.year + year, month + 2, 1)


def minimum_age(platform: str, day: date) -> int:
    if platform != "inactivated":
        return 18
    return next((low for since, low, _ in reversed(GATES) if since <= day), 18)


def judge(birth: date | None, doses: list[tuple[date | None, int, bool]], on: date) -> Answer:
    """`doses`: day, vaccine as the engine numbers them, supply ended."""
    known = sorted((dose for dose in doses if dose[0] is not None and dose[0] <= on), key=lambda dose: dose)
    valid: list[date] = []
    platform: str | None = None
    previous: date | None = None
    last: date | None = None
    for day, vaccine, supply_ended in known:
        assert day is not None
        if vaccine < 0:
            continue
        last = day
        mine = PLATFORM[vaccine]
        if platform and len(valid) == LENGTH[platform]:
            continue
        if birth and day < birth:
            continue
        gap = {"inactivated": 14, "subunit": 28}.get(platform or "", 0)
        fails = (
            previous == day
            or (birth is not None and day < years(birth, minimum_age(platform or mine, day)))
            or (platform is not None and mine != platform and not supply_ended)
            or (bool(valid) and previous is not None and (day - previous).days < gap)
        )
        previous = day
        if fails:
            continue
        platform = platform or mine
        valid.append(day)
    others = [day for day, vaccine, _ in known if vaccine == OTHER]
    free = max(others) + timedelta(days=14) if others else date.min
    if platform and len(valid) == LENGTH[platform]:
        return Answer("complete", valid)
    if not valid:
        return first_dose(birth, on, free, last)
    assert platform is not None
    assert previous is not None
    assert last is not None
    wait = 21 if platform == "inactivated" else 28
    reached = years(birth, minimum_age(platform, on)) if birth else date.min
    earliest = max(previous + timedelta(days=wait), free, last, reached)
    third = platform == "subunit" and len(valid) == 2
    latest = max(earliest, six_months(valid[0]) if third else valid[0] + timedelta(days=56))
    status = "waiting" if earliest > on else "overdue" if latest < on else "due"
    return Answer(status, valid, len(valid) + 1, earliest, latest)


def first_dose(birth: date | None, on: date, free: date, last: date | None) -> Answer:
    gate = next(((low, high) for since, low, high in reversed(GATES) if since <= on), None)
    if gate is None or birth is None or (gate[1] and on >= years(birth, gate[1])):
        return Answer("not_eligible", [], 1)
    reached = years(birth, gate[0])
    if on < reached:
        return Answer("not_eligible", [], 1, reached)
    earliest = max(reached, free, last or date.min)
    return Answer("waiting" if earliest > on else "due", [], 1, earliest)
