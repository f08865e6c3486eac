"""`linli accounts`: logins at the command line."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from linli.cli.language import gettext as _
from linli.cli.ready import django_ready, operator

if TYPE_CHECKING:
    from linli.records.accounts.models import Worker
    from linli.records.places.models import Area

ROLES = ("office", "committee_worker", "leader")

password_stdin = click.option(
    "--password-stdin", "from_stdin", is_flag=True, help=_("Read the password from the first line of the input.")
)


@click.group(help=_("Logins: who may sign in, with which role, in which area."))
def accounts() -> None:
    """Hold the commands of logins."""


@accounts.command(help=_("Make a login with a role in an area and everything below it; asks for the password."))
@click.argument("username")
@click.option("--name", required=True, help=_("The person's name, as the journal will write it."))
@click.option("--role", required=True, type=click.Choice(ROLES), help=_("What the person does."))
@click.option("--area", "area_code", required=True, help=_("Code of the area."))
@password_stdin
def add(username: str, name: str, role: str, area_code: str, *, from_stdin: bool) -> None:
    """Make a login."""
    django_ready()
    from django.core.exceptions import ValidationError
    from django.db import transaction

    from linli.records.accounts import actions

    area = known_area(area_code)
    if _named(username) is not None:
        raise click.ClickException(_("Somebody signs in as {name} already.").format(name=username))
    password = _password(from_stdin=from_stdin)
    try:
        with transaction.atomic():
            worker = actions.enrol(by=operator(), username=username, name=name, password=password)
            actions.grant(by=operator(), worker=worker, area=area, role=role)
    except ValidationError as error:
        raise click.ClickException(" ".join(error.messages)) from error
    except actions.NameTakenError as error:
        raise click.ClickException(_("Somebody signs in as {name} already.").format(name=username)) from error
    click.echo(
        _("{name} signs in as {username}, in {area}.").format(name=name, username=worker.username, area=area.name)
    )


@accounts.command(help=_("Set a new password; every session of that login ends."))
@click.argument("username")
@password_stdin
def password(username: str, *, from_stdin: bool) -> None:
    """Set a new password."""
    django_ready()
    from django.core.exceptions import ValidationError

    from linli.records.accounts import actions

    worker = _known(username)
    try:
        actions.set_password(by=operator(), worker=worker, password=_password(from_stdin=from_stdin))
    except ValidationError as error:
        raise click.ClickException(" ".join(error.messages)) from error
    click.echo(_("New password set for {name}.").format(name=worker.name))


@accounts.command(help=_("Close a login; what it did stays in the journal."))
@click.argument("username")
def close(username: str) -> None:
    """Close a login."""
    django_ready()
    from linli.records.accounts import actions

    worker = _known(username)
    actions.close(by=operator(), worker=worker)
    click.echo(_("{name} can sign in no more.").format(name=worker.name))


@accounts.command("list", help=_("Every login with its roles."))
def list_() -> None:
    """Show every login."""
    django_ready()
    from linli.records.accounts.models import Worker
    from linli.records.accounts.queries import roles

    workers = list(Worker.objects.order_by("username"))
    if not workers:
        click.echo(
            _("There is no login yet. Make one: linli accounts add USERNAME --name NAME --role office --area CODE")
        )
    for worker in workers:
        held = ", ".join(f"{grant.role} {grant.area.code} {grant.area.name}" for grant in roles(worker))
        closed = "" if worker.is_active else "\t" + _("closed")
        click.echo(f"{worker.username}\t{worker.name}\t{held}{closed}")


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


def _named(username: str) -> Worker | None:
    from linli.records.accounts.models import Worker

    found: Worker | None = Worker.objects.filter(username=username.strip().lower()).first()
    return found


def _known(username: str) -> Worker:
    worker = _named(username)
    if worker is None:
        raise click.ClickException(_("Nobody signs in as {name}. See: linli accounts list").format(name=username))
    return worker


def _password(*, from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    # Only hidden and typed twice: a password on the command line would stay in the shell's history.
    asked: str = click.prompt(_("Password"), hide_input=True, confirmation_prompt=_("The same again"))
    return asked
