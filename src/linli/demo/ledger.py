"""What the invented offices wrote down by hand in June 2021: statuses, doses told, corrections, moves, duplicates.

Everything goes through the actions that an office uses, dated on its day. How many of each is a guess.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import numpy as np
from django.db.models import Q

from linli.demo.families import Rng
from linli.records.doses import actions as doses
from linli.records.doses.models import Dose, Status
from linli.records.doses.queries import DoseError, groups, standings
from linli.records.journal.actions import Who
from linli.records.people import actions as people
from linli.records.people.models import Person, Stay
from linli.records.places.models import Door
from linli.records.programme.models import Programme, Vaccine

FIRST_DAY = 19  # days before the morning on which the first line was written
# How many of a thousand residents; two at least.
SHARES = {
    "refuse": 4.0,
    "defer": 5.0,
    "contraindicate": 2.0,
    "move_away": 2.0,
    "move": 1.5,
    "tell": 5.0,
    "correct": 2.0,
}
REASONS = {
    "refuse": ("no_reason", "wants_to_wait", "side_effects", "own_illness", "no_need"),
    "defer": ("acute_illness", "chronic_uncontrolled", "breastfeeding", "medication", "other"),
    "contraindicate": ("allergy", "neurological", "severe_illness", "severe_reaction"),
}
DEFERRED_DAYS = (14, 21, 30, 90)
HOSPITALS = ("区中心医院（虚构）", "市第九医院（虚构）", "街道社区卫生服务中心（虚构）")
CITIES = ("江苏省苏州市", "浙江省杭州市", "上海市浦东新区", "安徽省合肥市")


@dataclass(frozen=True)
class Desk:
    """Who writes, under which programme, on the morning of which day."""

    by: Sequence[Who]
    programme: Programme
    today: date
    rng: Rng

    def moment(self) -> tuple[date, datetime]:
        """A day of June and a minute of its office hours."""
        on = self.today - timedelta(days=int(self.rng.integers(1, FIRST_DAY)))
        minutes = int(self.rng.integers(0, 480))
        return on, datetime.combine(on, time(1), UTC) + timedelta(minutes=minutes)  # from nine in the morning, Shanghai

    def who(self) -> Who:
        """Somebody of the office."""
        return self.by[int(self.rng.integers(0, len(self.by)))]

    def one_of(self, choices: Sequence[str]) -> str:
        """One of a few words."""
        return choices[int(self.rng.integers(0, len(choices)))]


Writes = Callable[[Desk, Person], object]


def write_ledger(*, by: Sequence[Who], programme: Programme, today: date, residents: int, seed: int) -> None:
    """Write everything down, once: a ledger that is there already stays as it is."""
    if Status.objects.exists():
        return
    desk = Desk(by, programme, today, np.random.default_rng([seed, 2]))
    of = groups(programme=programme, on=today)
    waiting, unknown = _people(desk, of["due"] | of["overdue"]), _people(desk, of["unknown"])
    for name, write in WRITES.items():
        pool = unknown if name == "tell" else waiting
        for _ in range(max(2, round(residents * SHARES[name] / 1000))):
            for person in pool:
                try:
                    write(desk, person)
                except (DoseError, LookupError):
                    continue  # not everybody has a dose to correct, or lives where another door is
                break


def _people(desk: Desk, condition: Q) -> Iterator[Person]:
    """People who stand so on the morning and live here, each once, in a drawn order."""
    rows = standings(programme=desk.programme, on=desk.today).filter(condition, person__living_area__isnull=False)
    ids = np.array(sorted(rows.values_list("person_id", flat=True)), np.int64)
    for person in desk.rng.permutation(ids).tolist():
        yield Person.objects.get(pk=person)


def _refuse(desk: Desk, person: Person) -> None:
    on, at = desk.moment()
    reason = desk.one_of(REASONS["refuse"])
    doses.refuse(
        by=desk.who(),
        person=person,
        programme=desk.programme,
        on=on,
        today=desk.today,
        told_by="self",
        reason=reason,
        at=at,
    )


def _defer(desk: Desk, person: Person) -> None:
    on, at = desk.moment()
    doses.defer(
        by=desk.who(),
        person=person,
        programme=desk.programme,
        on=on,
        today=desk.today,
        until_on=on + timedelta(days=DEFERRED_DAYS[int(desk.rng.integers(0, len(DEFERRED_DAYS)))]),
        told_by="self",
        reason=desk.one_of(REASONS["defer"]),
        at=at,
    )


def _contraindicate(desk: Desk, person: Person) -> None:
    on, at = desk.moment()
    doses.contraindicate(
        by=desk.who(),
        person=person,
        programme=desk.programme,
        on=on,
        today=desk.today,
        paper=desk.one_of(HOSPITALS),
        paper_on=on - timedelta(days=int(desk.rng.integers(0, 30))),
        reason=desk.one_of(REASONS["contraindicate"]),
        at=at,
    )


def _move_away(desk: Desk, person: Person) -> None:
    on, at = desk.moment()
    doses.move_away(by=desk.who(), person=person, on=on, today=desk.today, to=desk.one_of(CITIES), at=at)


def _move(desk: Desk, person: Person) -> None:
    """To another door of the same committee. Raises LookupError where there is none."""
    on, at = desk.moment()
    there = Door.objects.filter(building__area=person.living_area).exclude(pk=person.living_door_id or 0).order_by("id")
    count = there.count()
    if not count:
        raise LookupError(person.public_id)
    door = there.select_related("building")[int(desk.rng.integers(0, count))]
    to = people.StayTold(Stay.Kind.LIVING, door.building.area_id, door.building_id, door.pk)
    people.move(by=desk.who(), person=person, on=on, to=to, at=at)


def _tell(desk: Desk, person: Person) -> None:
    """Somebody of whom no list tells doses says that they had one elsewhere; some show a paper."""
    _, at = desk.moment()
    vaccine = Vaccine.objects.get(code=desk.one_of(("BIBP", "CoronaVac", "WIBP")))
    evidence = Dose.Evidence.PAPER if desk.rng.random() < 0.4 else Dose.Evidence.TOLD
    doses.record_by_hand(
        by=desk.who(),
        person=person,
        vaccine=vaccine,
        given_on=desk.today - timedelta(days=int(desk.rng.integers(20, 80))),
        today=desk.today,
        evidence=evidence,
        number=1,
        place=desk.one_of(CITIES),
        at=at,
    )


def _correct(desk: Desk, person: Person) -> None:
    """A dose was mis-keyed: another day, or another product. Raises LookupError for somebody without a dose."""
    _, at = desk.moment()
    dose = (
        Dose.objects.filter(person=person, is_struck=False, vaccine__programme=desk.programme)
        .order_by("given_on")
        .first()
    )
    if dose is None:
        raise LookupError(person.public_id)
    said: dict[str, Any] = {"by": desk.who(), "dose": dose, "today": desk.today, "at": at}
    if desk.rng.random() < 0.6:
        doses.correct(**said, reason="day", given_on=dose.given_on - timedelta(days=int(desk.rng.integers(1, 8))))
    else:
        other = "CoronaVac" if dose.vaccine.code == "BIBP" else "BIBP"
        doses.correct(**said, reason="product", vaccine=Vaccine.objects.get(code=other))


WRITES: dict[str, Writes] = {
    "refuse": _refuse,
    "defer": _defer,
    "contraindicate": _contraindicate,
    "move_away": _move_away,
    "move": _move,
    "tell": _tell,
    "correct": _correct,
}
