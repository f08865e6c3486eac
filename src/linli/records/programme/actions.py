"""Adopting schedules and opening drives."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date, datetime

from linli import reference
from linli.records.journal.actions import Who, action, write
from linli.records.places.models import Area
from linli.records.programme.models import Drive, Programme, Vaccine
from linli.records.programme.queries import schedule


class DriveEndsBeforeStartError(ValueError):
    """A drive cannot end before the day on which it started."""


@action
def adopt(*, by: Who, code: str, at: datetime | None = None) -> Programme:
    """Work by a schedule: its products become known, its version and the hash of its file are written down."""
    rules = schedule(code)
    programme, _ = Programme.objects.update_or_create(
        code=code,
        defaults={
            "name": rules.names.zh,
            "name_en": rules.names.en,
            "version": rules.version,
            "sha256": hashlib.sha256(reference.text(code)).hexdigest(),
        },
    )
    for vaccine in rules.vaccines:
        Vaccine.objects.update_or_create(
            code=vaccine.code,
            defaults={
                "cvx": next(iter(vaccine.cvx), ""),
                "name": vaccine.names.zh,
                "name_en": vaccine.names.en,
                "platform": vaccine.platform,
                "programme": programme,
            },
        )
    write(by=by, verb="programme.adopt", detail={"code": code, "version": rules.version}, at=at)
    return programme


@action
def open_drive(
    *, by: Who, name: str, programme: Programme, area: Area, starts_on: date, at: datetime | None = None
) -> Drive:
    """Open a drive of a programme in an area."""
    drive, _ = Drive.objects.get_or_create(
        programme=programme, area=area, defaults={"name": name, "starts_on": starts_on}
    )
    write(
        by=by,
        verb="programme.open_drive",
        detail={"programme": programme.code},
        subjects=[("area", area.public_id)],
        at=at,
    )
    return drive


@action
def close_drive(
    *, by: Who, drive: Drive, ends_on: date, keep_days: int | None = None, at: datetime | None = None
) -> Drive:
    """Set the last day of a drive, and for how many days after it people stay known by name.

    Raises DriveEndsBeforeStartError.
    """
    if ends_on < drive.starts_on:
        raise DriveEndsBeforeStartError(drive.name)
    drive.ends_on = ends_on
    drive.keep_days = drive.keep_days if keep_days is None else keep_days
    drive.save(update_fields=["ends_on", "keep_days"])
    detail = {"programme": drive.programme.code, "on": ends_on.isoformat(), "keep_days": drive.keep_days}
    write(by=by, verb="programme.close_drive", detail=detail, subjects=[("area", drive.area.public_id)], at=at)
    return drive


@action
def reopen_drive(*, by: Who, drive: Drive, at: datetime | None = None) -> Drive:
    """Take the last day of a drive away again: it goes on."""
    drive.ends_on = None
    drive.save(update_fields=["ends_on"])
    subjects = [("area", drive.area.public_id)]
    write(by=by, verb="programme.reopen_drive", detail={"programme": drive.programme.code}, subjects=subjects, at=at)
    return drive


@action
def publish(*, by: Who, drive: Drive, at: datetime | None = None) -> None:
    """Show the figures of a drive to everybody, small numbers hidden."""
    Drive.objects.filter(pk=drive.pk).update(is_public=True)
    write(by=by, verb="programme.publish", subjects=[("area", drive.area.public_id)], at=at)


@action
def withdraw(*, by: Who, drive: Drive, at: datetime | None = None) -> None:
    """Show the figures of a drive to nobody outside any more."""
    Drive.objects.filter(pk=drive.pk).update(is_public=False)
    write(by=by, verb="programme.withdraw", subjects=[("area", drive.area.public_id)], at=at)


@action
def know_vaccines(*, by: Who, cvx: Iterable[str], at: datetime | None = None) -> None:
    """Make other vaccines known by their CVX code alone, so that a list may name them."""
    known = {vaccine.cvx: vaccine for vaccine in reference.other_vaccines()}
    rows = [
        Vaccine(
            code=code,
            cvx=code,
            name=known[code].zh if code in known else f"CVX {code}",
            name_en=known[code].en if code in known else f"CVX {code}",
        )
        for code in cvx
    ]
    Vaccine.objects.bulk_create(rows, ignore_conflicts=True)
    write(by=by, verb="programme.know_vaccines", detail={"cvx": [row.cvx for row in rows]}, at=at)
