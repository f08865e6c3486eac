"""Making sources of facts and employers known."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from linli.records.journal.actions import Who, action, write
from linli.records.people.models import Employer, Source

BATCH = 2000
BY_HAND = ("by-hand", "手工登记", 1)  # code, name, rank: what the office itself was told is believed before any list


@action
def open_source(
    *, by: Who, code: str, name: str, rank: int = 50, covers_doses: bool = False, at: datetime | None = None
) -> Source:
    """Make a source of facts known, or change how far it is believed."""
    values = {"name": name, "rank": rank, "covers_doses": covers_doses}
    source, _ = Source.objects.update_or_create(code=code, defaults=values)
    write(by=by, verb="people.open_source", detail={"code": code, "rank": rank, "covers_doses": covers_doses}, at=at)
    return source


@action
def know_employers(*, by: Who, employers: Sequence[Employer], at: datetime | None = None) -> None:
    """Add employers, or change the building, floor and names of known ones."""
    fresh = [employer for employer in employers if employer.pk is None]
    known = [employer for employer in employers if employer.pk is not None]
    Employer.objects.bulk_create(fresh, batch_size=BATCH)
    Employer.objects.bulk_update(known, ["code", "name", "name_en", "building", "floor"], batch_size=BATCH)
    subjects = [("employer", employer.public_id) for employer in employers]
    write(
        by=by, verb="people.know_employers", detail={"new": len(fresh), "changed": len(known)}, subjects=subjects, at=at
    )


@action
def by_hand(*, by: Who, at: datetime | None = None) -> Source:
    """The source of what people here write down themselves, made known at its first use."""
    code, name, rank = BY_HAND
    return open_source(by=by, code=code, name=name, rank=rank, at=at)
