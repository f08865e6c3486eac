"""Making a login, and giving and taking away roles."""

from __future__ import annotations

from datetime import datetime

import click

from linli.cli.accounts.asking import (
    ROLES,
    chosen_password,
    granted,
    known,
    known_area,
    last_day,
    named,
    password_stdin,
    show,
    temporary,
    until,
)
from linli.cli.language import gettext as _
from linli.cli.ready import django_ready, operator


@click.command(help=_("Make a login with a role in an area and everything below it; asks for the password."))
@click.argument("username")
@click.option("--name", required=True, help=_("The person's name, as the journal will write it."))
@click.option("--role", required=True, type=click.Choice(ROLES), help=_("What the person does."))
@click.option("--area", "area_code", required=True, help=_("Code of the area."))
@click.option(
    "--until",
    "until",
    type=click.DateTime(formats=["%Y-%m-%d"]),
    help=_("Last day of a loan, as 2021-07-03: the login closes by itself after it."),
)
@click.option("--no-password", is_flag=True, help=_("For people on loan: print a slip for their phone afterwards."))
@temporary
@password_stdin
def add(
    username: str,
    name: str,
    role: str,
    area_code: str,
    *,
    until: datetime | None,
    no_password: bool,
    is_temporary: bool,
    from_stdin: bool,
) -> None:
    """Make a login."""
    django_ready()
    from django.core.exceptions import ValidationError
    from django.db import transaction

    from linli.records.accounts import actions

    area, until_on = known_area(area_code), last_day(until)
    if role == "volunteer" and until_on is None:
        raise click.ClickException(_("A volunteer is on loan: give the last day, as --until 2021-07-03."))
    if named(username) is not None:
        raise click.ClickException(_("Somebody signs in as {name} already.").format(name=username))
    chosen, good_until = (
        (None, None) if no_password else chosen_password(from_stdin=from_stdin, is_temporary=is_temporary)
    )
    try:
        with transaction.atomic():
            worker = actions.enrol(
                by=operator(),
                username=username,
                name=name,
                password=chosen,
                password_until=good_until,
                until_on=until_on,
            )
            actions.grant(by=operator(), worker=worker, area=area, role=role)
    except ValidationError as error:
        raise click.ClickException(" ".join(error.messages)) from error
    except actions.NameTakenError as error:
        raise click.ClickException(_("Somebody signs in as {name} already.").format(name=username)) from error
    click.echo(
        _("{name} signs in as {username}, in {area}.").format(name=name, username=worker.username, area=area.name)
    )
    if is_temporary and chosen:
        show(chosen)


@click.command(help=_("Give a role in an area and everything below it; sessions of that login end."))
@click.argument("username")
@click.option("--role", required=True, type=click.Choice(ROLES), help=_("What the person does."))
@click.option("--area", "area_code", required=True, help=_("Code of the area."))
@until
def grant(username: str, role: str, area_code: str, *, until: datetime | None) -> None:
    """Give a role."""
    django_ready()
    from linli.records.accounts import actions

    worker, area = known(username), known_area(area_code)
    actions.grant(by=operator(), worker=worker, area=area, role=role, until_on=last_day(until))
    click.echo(_("{name} has the role {role} in {area}.").format(name=worker.name, role=role, area=area.name))


@click.command(help=_("Take a role away; sessions of that login end."))
@click.argument("username")
@click.option("--role", required=True, type=click.Choice(ROLES), help=_("The role to take away."))
@click.option("--area", "area_code", required=True, help=_("Code of the area."))
def revoke(username: str, role: str, area_code: str) -> None:
    """Take a role away."""
    django_ready()
    from linli.records.accounts import actions

    worker = known(username)
    held = granted(worker, role, area_code)
    try:
        actions.revoke(by=operator(), grant=held)
    except actions.LastRoleError as error:
        raise click.ClickException(
            _("This is the only role. Close the login instead: linli accounts close {name}").format(name=username)
        ) from error
    click.echo(_("{name} no longer has the role {role} in {area}.").format(name=worker.name, role=role, area=area_code))


@click.command(help=_("Set the last day of a loan; without --until the login stays."))
@click.argument("username")
@until
def lend(username: str, *, until: datetime | None) -> None:
    """Set the last day of a loan."""
    django_ready()
    from linli.records.accounts import actions

    worker, until_on = known(username), last_day(until)
    actions.lend(by=operator(), worker=worker, until_on=until_on)
    said = _("{name} is on loan until {day}.") if until_on else _("{name} stays.")
    click.echo(said.format(name=worker.name, day=until_on))
