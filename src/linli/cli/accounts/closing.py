"""Closing logins, opening them again, and listing them."""

from __future__ import annotations

import click

from linli.cli.accounts.asking import known
from linli.cli.language import gettext as _
from linli.cli.ready import django_ready, operator


@click.command(help=_("Close a login; what it did stays in the journal."))
@click.argument("username")
def close(username: str) -> None:
    """Close a login."""
    django_ready()
    from linli.records.accounts import actions

    worker = known(username)
    actions.close(by=operator(), worker=worker)
    click.echo(_("{name} can sign in no more.").format(name=worker.name))


@click.command(help=_("Open a closed login again, with its roles and its password."))
@click.argument("username")
def reopen(username: str) -> None:
    """Open a closed login again."""
    django_ready()
    from linli.records.accounts import actions

    worker = known(username)
    actions.reopen(by=operator(), worker=worker)
    click.echo(_("{name} can sign in again.").format(name=worker.name))


@click.command("list", help=_("Every login with its roles."))
def list_() -> None:
    """Show every login."""
    django_ready()
    from linli.records.accounts.day import today
    from linli.records.accounts.models import Worker
    from linli.records.accounts.queries import logins

    found = logins(list(Worker.objects.order_by("username")), on=today())
    if not found:
        click.echo(
            _("There is no login yet. Make one: linli accounts add USERNAME --name NAME --role office --area CODE")
        )
    marks = {"open": "", "closed": "\t" + _("closed"), "over": "\t" + _("loan over")}
    for login in found:
        held = ", ".join(f"{grant.role} {grant.area.code} {grant.area.name}" for grant in login.grants)
        loan = "\t" + _("until {day}").format(day=login.worker.until_on) if login.worker.until_on else ""
        click.echo(f"{login.worker.username}\t{login.worker.name}\t{held}{loan}{marks[login.state]}")
