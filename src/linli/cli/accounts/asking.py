"""What the commands of logins ask for, and how they find it."""

from __future__ import annotations

import sys
from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from linli.cli.language import gettext as _

if TYPE_CHECKING:
    from linli.records.accounts.models import Grant, Worker
    from linli.records.places.models import Area

ROLES = ("office", "committee_worker", "leader", "volunteer")

password_stdin = click.option(
    "--password-stdin", "from_stdin", is_flag=True, help=_("Read the password from the first line of the input.")
)

temporary = click.option(
    "--temporary",
    "is_temporary",
    is_flag=True,
    help=_("Make up a password, print it, and let it be changed at the first sign-in, within three days."),
)
until = click.option(
    "--until",
    "until",
    type=click.DateTime(formats=["%Y-%m-%d"]),
    help=_("Last day, as 2021-07-03; without it: no end."),
)


def known_area(code: str) -> Area:
    """The area with a code. Raises ClickException that names some codes there are."""
    from linli.records.places.models import Area

    area = Area.objects.filter(code=code).first()
    if area is not None:
        return area
    some = ", ".join(f"{area.code} {area.name}" for area in Area.objects.order_by("path")[:10])
    if some:
        raise click.ClickException(_("No area has the code {code}. There are: {some}").format(code=code, some=some))
    raise click.ClickException(_("There are no areas yet. Load a list of areas first: linli lists import FILE"))


def named(username: str) -> Worker | None:
    """Who signs in with this name."""
    from linli.records.accounts.models import Worker

    found: Worker | None = Worker.objects.filter(username=username.strip().lower()).first()
    return found


def known(username: str) -> Worker:
    """Who signs in with this name. Raises ClickException."""
    worker = named(username)
    if worker is None:
        raise click.ClickException(_("Nobody signs in as {name}. See: linli accounts list").format(name=username))
    return worker


def granted(worker: Worker, role: str, area_code: str) -> Grant:
    """A role that a login has. Raises ClickException."""
    from linli.records.accounts.models import Grant

    held = Grant.objects.filter(worker=worker, role=role, area__code=area_code).select_related("worker", "area").first()
    if held is None:
        raise click.ClickException(_("No such role is held. See: linli accounts list"))
    return held


def last_day(given: datetime | None) -> date | None:
    """A last day. Raises ClickException where it is over already."""
    from linli.records.accounts.day import today

    if given is None:
        return None
    if given.date() < today():
        raise click.ClickException(_("The day {day} is over already.").format(day=given.date()))
    return given.date()


def chosen_password(*, from_stdin: bool, is_temporary: bool) -> tuple[str, datetime | None]:
    """The password, and until when it is good: asked for, read, or made up."""
    from django.utils import timezone

    from linli.records.accounts.passwords import TEMPORARY_FOR, temporary_password

    if is_temporary:
        return temporary_password(), timezone.now() + TEMPORARY_FOR
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n"), None
    # Only hidden and typed twice: a password on the command line would stay in the shell's history.
    asked: str = click.prompt(_("Password"), hide_input=True, confirmation_prompt=_("The same again"))
    return asked, None


def show(password: str) -> None:
    """Print a password that was made up."""
    click.echo(_("Temporary password, good for three days and one sign-in: {password}").format(password=password))
