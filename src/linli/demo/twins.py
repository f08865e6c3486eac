"""Records of one person that stand twice in the register, as they come about: another list, another way of writing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

import numpy as np

from linli.demo.families import Rng
from linli.records.doses.actions import follow
from linli.records.duplicates import actions as duplicates
from linli.records.duplicates.models import Pair
from linli.records.journal.actions import Who
from linli.records.people import actions as people
from linli.records.people.models import Person, Source, Stay
from linli.records.programme.models import Programme

SOURCE = ("health-centre-visitors", "社区卫生服务中心来访登记（虚构）", 55)
SHARE = 2.0  # of a thousand residents; three at least
LISTED_DAYS = 8  # before the morning


def plant_twins(*, by: Who, office: Who, programme: Programme, today: date, residents: int, seed: int) -> None:
    """Write a few people down a second time, find the pairs, and settle the first two of them; once."""
    code, name, rank = SOURCE
    if Source.objects.filter(code=code).exists():
        return
    rng = np.random.default_rng([seed, 3])
    on = today - timedelta(days=LISTED_DAYS)
    at = datetime.combine(on, time(8), UTC)
    source = people.open_source(by=by, code=code, name=name, rank=rank, at=at)
    told = [_again(person, rng) for person in _some(max(3, round(residents * SHARE / 1000)), rng)]
    ids = people.record(by=by, source=source, on=on, covers_doses=False, told=told, at=at)
    follow(by=by, people=ids, programme=programme, at=at)
    duplicates.find(by=by, people=ids, at=at)
    _settle(office, at + timedelta(days=1))


def _some(count: int, rng: Rng) -> list[Person]:
    """Grown-ups who live here, have a name to mistake and a phone."""
    rows = Person.objects.filter(living_door__isnull=False, birth_date__lt=date(1990, 1, 1), merged_into=None)
    known = rows.exclude(phone_hash="").order_by("id")
    ids = np.array(known.values_list("id", flat=True), np.int64)
    drawn = rng.permutation(ids)[:count].tolist()
    return list(Person.objects.filter(id__in=drawn).order_by("id"))


def _again(person: Person, rng: Rng) -> people.Told:
    """The same person as another desk writes them down: without a document, and with something else."""
    home = people.StayTold(Stay.Kind.LIVING, person.living_area_id, person.living_building_id, person.living_door_id)
    name, born, phone = CHANGES[int(rng.integers(0, len(CHANGES)))](person, rng)
    return people.Told(None, name, born, person.sex, phone=phone, stays=(home,))


Changed = tuple[str, date | None, str]


def _new_phone(person: Person, rng: Rng) -> Changed:
    """They changed their phone."""
    return person.name, person.birth_date, f"1970011{int(rng.integers(0, 10_000)):04}"


def _other_day(person: Person, _rng: Rng) -> Changed:
    """The day of birth was misread."""
    born = person.birth_date
    assert born is not None  # noqa: S101  # `_some` takes nobody without one
    return person.name, born + timedelta(days=1 if born.day < 28 else -1), person.phone


def _no_birth(person: Person, _rng: Rng) -> Changed:
    """Nobody asked for the birth date."""
    return person.name, None, person.phone


CHANGES: tuple[Callable[[Person, Rng], Changed], ...] = (_new_phone, _other_day, _no_birth)


def _settle(office: Who, at: datetime) -> None:
    """The office has looked at the best pair and at the last one; the others wait for somebody."""
    pairs = list(Pair.objects.filter(state=Pair.State.OPEN).select_related("one", "other").order_by("-score", "id"))
    if not pairs:
        return
    duplicates.join(by=office, pair=pairs[0], kept=pairs[0].one, at=at)
    still = Pair.objects.filter(state=Pair.State.OPEN).order_by("score", "-id").first()
    if still is not None and len(pairs) > 2:
        duplicates.keep_apart(by=office, pair=still, at=at)
