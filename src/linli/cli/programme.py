"""`linli programme`: schedules in force and drives."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from linli.cli.language import gettext as _
from linli.cli.language import language
from linli.cli.ready import django_ready, operator

if TYPE_CHECKING:
    from linli.records.programme.models import Drive


@click.group(help=_("Schedules in force and the drives that use them."))
def programme() -> None:
    """Hold the commands of programmes."""


@programme.command("list", help=_("The schedules that come with linli, which are adopted, and the drives."))
def list_() -> None:
    """Show schedules and drives."""
    django_ready()
    from linli import reference
    from linli.records.programme.models import Drive, Programme

    adopted = {row.code: row for row in Programme.objects.all()}
    for code in reference.codes():
        rules = reference.schedule(code)
        name = rules.names.zh if language() == "zh-hans" else rules.names.en
        note = (
            _("adopted, version {version}").format(version=adopted[code].version)
            if code in adopted
            else _("not adopted")
        )
        if code in adopted and adopted[code].version != rules.version:
            note += " · " + _("version {version} has come; adopt it again").format(version=rules.version)
        click.echo(f"{code}\t{name}\t{note}")
    for drive in Drive.objects.select_related("programme", "area").order_by("starts_on"):
        click.echo(
            _("Drive: {name} · {code} · {area} · from {day}").format(
                name=drive.name, code=drive.programme.code, area=drive.area.name, day=drive.starts_on.isoformat()
            )
            + _ending(drive)
        )


@programme.command(help=_("Work by a schedule: its products become known."))
@click.argument("code")
def adopt(code: str) -> None:
    """Adopt a schedule."""
    django_ready()
    from linli import reference
    from linli.records.doses import actions

    if code not in reference.codes():
        raise click.ClickException(
            _("No schedule has the code {code}. There are: {some}").format(code=code, some=", ".join(reference.codes()))
        )
    adopted = actions.adopt(by=operator(), code=code)
    click.echo(_("Adopted {code}, version {version}.").format(code=code, version=adopted.version))


@programme.command("open", help=_("Open a drive of an adopted schedule in an area."))
@click.argument("code")
@click.option("--area", "area_code", required=True, help=_("Code of the area."))
@click.option(
    "--from", "starts_on", required=True, type=click.DateTime(["%Y-%m-%d"]), help=_("First day, as 2021-03-29.")
)
@click.option("--name", required=True, help=_("What people call the drive."))
def open_(code: str, area_code: str, starts_on: datetime, name: str) -> None:
    """Open a drive."""
    django_ready()
    from linli.cli.accounts import known_area
    from linli.records.programme import actions
    from linli.records.programme.models import Programme

    area = known_area(area_code)
    adopted = Programme.objects.filter(code=code).first()
    if adopted is None:
        raise click.ClickException(_("{code} is not adopted yet: linli programme adopt {code}").format(code=code))
    drive = actions.open_drive(by=operator(), name=name, programme=adopted, area=area, starts_on=starts_on.date())
    click.echo(
        _("Drive {name} is open in {area} from {day}.").format(
            name=drive.name, area=area.name, day=drive.starts_on.isoformat()
        )
    )


@programme.command(help=_("Set the last day of a drive. So many days after it its people are to be forgotten."))
@click.argument("code")
@click.option("--area", "area_code", required=True, help=_("Code of the area."))
@click.option("--on", "ends_on", required=True, type=click.DateTime(["%Y-%m-%d"]), help=_("Last day, as 2021-12-31."))
@click.option(
    "--keep-days",
    type=click.IntRange(0, 1825),
    help=_("For how many days people stay known by name after it; without it as before, at first 90."),
)
def close(code: str, area_code: str, ends_on: datetime, keep_days: int | None) -> None:
    """Set the end of a drive."""
    django_ready()
    from linli.records.programme import actions

    drive = _drive(code, area_code)
    try:
        drive = actions.close_drive(by=operator(), drive=drive, ends_on=ends_on.date(), keep_days=keep_days)
    except actions.DriveEndsBeforeStartError as error:
        raise click.ClickException(
            _("The drive started on {day}; it cannot end before.").format(day=drive.starts_on.isoformat())
        ) from error
    click.echo(
        _("Drive {name} ends on {day}. From {forget_on} on: linli people forget").format(
            name=drive.name, day=drive.ends_on, forget_on=drive.forget_on
        )
    )


@programme.command(help=_("Let a drive that was closed go on."))
@click.argument("code")
@click.option("--area", "area_code", required=True, help=_("Code of the area."))
def reopen(code: str, area_code: str) -> None:
    """Open a drive again."""
    django_ready()
    from linli.records.programme import actions

    drive = actions.reopen_drive(by=operator(), drive=_drive(code, area_code))
    click.echo(_("Drive {name} is open again.").format(name=drive.name))


def _drive(code: str, area_code: str) -> Drive:
    from linli.cli.accounts import known_area
    from linli.records.programme.models import Drive

    area = known_area(area_code)
    found = Drive.objects.filter(programme__code=code, area=area).select_related("programme", "area").first()
    if found is None:
        raise click.ClickException(
            _("{area} has no drive of {code}. See: linli programme list").format(area=area.name, code=code)
        )
    return found


def _ending(drive: Drive) -> str:
    if drive.ends_on is None:
        return ""
    return _(" · until {day} · people are to be forgotten from {forget_on} on").format(
        day=drive.ends_on, forget_on=drive.forget_on
    )
