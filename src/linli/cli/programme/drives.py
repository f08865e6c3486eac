"""Opening, choosing, ending drives at the command line."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from linli.cli.language import gettext as _
from linli.cli.ready import django_ready, operator

if TYPE_CHECKING:
    from linli.records.programme.models import Drive

area_option = click.option("--area", "area_code", required=True, help=_("Code of the area."))


@click.command("open", help=_("Open a drive of an adopted schedule in an area."))
@click.argument("code")
@area_option
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
    adopted = Programme.objects.filter(code__iexact=code).first()
    if adopted is None:
        raise click.ClickException(_("{code} is not adopted yet: linli programme adopt {code}").format(code=code))
    drive = actions.open_drive(by=operator(), name=name, programme=adopted, area=area, starts_on=starts_on.date())
    click.echo(
        _("Drive {name} is open in {area} from {day}.").format(
            name=drive.name, area=area.name, day=drive.starts_on.isoformat()
        )
    )


@click.command(help=_("Work at this drive from now on: boards, lists and answers are of it."))
@click.argument("code")
@area_option
def choose(code: str, area_code: str) -> None:
    """Choose the drive worked at."""
    django_ready()
    from linli.records.programme import actions

    drive = actions.choose_drive(by=operator(), drive=_drive(code, area_code))
    click.echo(_("Drive {name} is worked at now.").format(name=drive.name))


@click.command(help=_("Set the last day of a drive. So many days after it its people are to be forgotten."))
@click.argument("code")
@area_option
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


@click.command(help=_("Let a drive that was closed go on."))
@click.argument("code")
@area_option
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
    found = Drive.objects.filter(programme__code__iexact=code, area=area).select_related("programme", "area").first()
    if found is None:
        raise click.ClickException(
            _("{area} has no drive of {code}. See: linli programme list").format(area=area.name, code=code)
        )
    return found
