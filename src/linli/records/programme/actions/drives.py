"""Opening drives, choosing the one worked at, ending them, showing their figures."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db.models import Max
from django.utils import timezone

from linli.records.journal.actions import Who, action, write
from linli.records.places.models import Area
from linli.records.programme.models import Drive, Programme


class DriveEndsBeforeStartError(ValueError):
    """A drive cannot end before the day on which it started."""


@action
def open_drive(
    *, by: Who, name: str, programme: Programme, area: Area, starts_on: date, at: datetime | None = None
) -> Drive:
    """Open a drive of a programme in an area, and work at it. One that is there already keeps its name and days."""
    drive, _ = Drive.objects.get_or_create(
        programme=programme, area=area, defaults={"name": name, "starts_on": starts_on}
    )
    _choose(drive, at)
    write(
        by=by,
        verb="programme.open_drive",
        detail={"programme": programme.code},
        subjects=[("area", area.public_id)],
        at=at,
    )
    return drive


@action
def choose_drive(*, by: Who, drive: Drive, at: datetime | None = None) -> Drive:
    """Work at this drive from now on: boards, lists and answers are of it."""
    _choose(drive, at)
    subjects = [("area", drive.area.public_id)]
    write(by=by, verb="programme.choose_drive", detail={"programme": drive.programme.code}, subjects=subjects, at=at)
    return drive


def _choose(drive: Drive, at: datetime | None) -> None:
    # Later than every other choice, whatever the clocks of the computers say. Two who choose at once and read the same
    # last choice are settled by the order of `current_drive`; the journal tells both.
    last = Drive.objects.exclude(pk=drive.pk).aggregate(last=Max("chosen_at"))["last"]
    now = at or timezone.now()
    drive.chosen_at = max(now, last + timedelta(microseconds=1)) if last else now
    drive.save(update_fields=["chosen_at"])


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
