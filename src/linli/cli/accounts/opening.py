"""What opens a login: password, time code, a phone."""

from __future__ import annotations

import sys

import click

from linli.cli.accounts.asking import chosen_password, known, password_stdin, show, temporary
from linli.cli.language import gettext as _
from linli.cli.ready import django_ready, operator


@click.command(help=_("Set a new password; every session of that login ends."))
@click.argument("username")
@temporary
@password_stdin
def password(username: str, *, is_temporary: bool, from_stdin: bool) -> None:
    """Set a new password."""
    django_ready()
    from django.core.exceptions import ValidationError

    from linli.records.accounts import actions

    worker = known(username)
    chosen, good_until = chosen_password(from_stdin=from_stdin, is_temporary=is_temporary)
    try:
        actions.set_password(by=operator(), worker=worker, password=chosen, until=good_until)
    except ValidationError as error:
        raise click.ClickException(" ".join(error.messages)) from error
    click.echo(_("New password set for {name}.").format(name=worker.name))
    if is_temporary:
        show(chosen)


@click.command("reset-factor", help=_("Take a time code away: a new one is set up at the next sign-in."))
@click.argument("username")
def reset_factor(username: str) -> None:
    """Take a time code away."""
    django_ready()
    from linli.records.accounts import actions

    worker = known(username)
    actions.reset_code(by=operator(), worker=worker)
    click.echo(_("{name} sets up a new time code at the next sign-in.").format(name=worker.name))


@click.command(help=_("Print a slip: a QR code that enrols one phone of somebody on loan, once, within two days."))
@click.argument("username")
@click.option("--address", required=True, help=_("Where phones reach linli, as https://192.168.1.20:8443"))
def slip(username: str, *, address: str) -> None:
    """Print a slip."""
    django_ready()
    import segno

    from linli.records.accounts import actions

    if not address.startswith(("https://", "http://")):
        raise click.ClickException(_("Give the whole address, as https://192.168.1.20:8443"))
    worker = known(username)
    try:
        token = actions.print_slip(by=operator(), worker=worker)
    except actions.NotForDeviceError as error:
        raise click.ClickException(
            _(
                "A slip is for somebody on loan, without an office's rights. "
                "Set the loan: linli accounts lend {name} --until DAY"
            ).format(name=username)
        ) from error
    url = f"{address.rstrip('/')}/slip/{token}/"
    click.echo(_("For {name}, until {day}:").format(name=worker.name, day=worker.until_on))
    segno.make(url, error="m").terminal(sys.stdout, compact=True)
    click.echo(url)
    if not url.startswith("https://"):
        click.secho(_("This address is not protected: PIN and names would travel in the clear."), fg="yellow", err=True)


@click.command("sign-out", help=_("End every session of a login, on every computer and phone."))
@click.argument("username")
def sign_out(username: str) -> None:
    """End every session of a login."""
    django_ready()
    from linli.records.accounts import actions

    worker = known(username)
    actions.end_sessions(by=operator(), worker=worker)
    click.echo(_("{name} is signed out everywhere.").format(name=worker.name))
