"""`linli programme`: schedules in force, published schedules and drives."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from linli.cli.language import gettext as _
from linli.cli.language import language
from linli.cli.programme.drives import choose, close, open_, reopen
from linli.cli.programme.importing import import_
from linli.cli.ready import django_ready, operator

if TYPE_CHECKING:
    from linli.records.programme.models import Drive
    from linli.records.programme.queries import Adoptable


@click.group(help=_("Schedules in force and the drives that use them."))
def programme() -> None:
    """Hold the commands of programmes."""


for command in (import_, open_, choose, close, reopen):
    programme.add_command(command)


@programme.command(
    "list",
    help=_("The schedules that come with linli, the imported vaccine groups, which are adopted, and the drives."),
)
def list_() -> None:
    """Show schedules and drives."""
    django_ready()
    from linli.records.programme.queries import adoptable, current_drive, drives

    for one in adoptable():
        name = one.names.zh if language() == "zh-hans" else one.names.en
        click.echo(f"{one.code}\t{name}\t{_standing(one)}")
    chosen = current_drive()
    for drive in drives():
        words = _("Drive: {name} · {code} · {area} · from {day}").format(
            name=drive.name, code=drive.programme.code, area=drive.area.name, day=drive.starts_on.isoformat()
        )
        click.echo(words + _ending(drive) + (" · " + _("worked at now") if drive == chosen else ""))


@programme.command(help=_("Work by a schedule, or by its new version: its products become known."))
@click.argument("code")
def adopt(code: str) -> None:
    """Adopt a schedule: by its code, or by the name of an imported vaccine group."""
    django_ready()
    from linli.records.doses import actions
    from linli.records.programme.queries import UnknownProgrammeError

    try:
        adopted = actions.adopt(by=operator(), code=code)
    except UnknownProgrammeError as error:
        words = _("No schedule has the code {code}. There are: {some}").format(code=code, some=", ".join(error.codes))
        more = _("Published schedules come with: linli programme import FOLDER")
        raise click.ClickException(f"{words}\n{more}") from error
    click.echo(_("Adopted {code}, version {version}.").format(code=adopted.code, version=adopted.version))


def _standing(one: Adoptable) -> str:
    if one.adopted is None:
        return _("not adopted")
    note = _("adopted, version {version}").format(version=one.adopted.version)
    if one.is_newer:
        note += " · " + _("version {version} has come; adopt it again").format(version=one.version)
    return note


def _ending(drive: Drive) -> str:
    if drive.ends_on is None:
        return ""
    return _(" · until {day} · people are to be forgotten from {forget_on} on").format(
        day=drive.ends_on, forget_on=drive.forget_on
    )
