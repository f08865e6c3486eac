"""Opening a demo: its addresses, its one-click logins, and what each may see."""

from __future__ import annotations

import click

from linli.cli.language import gettext as _
from linli.cli.serve.network import port_problem
from linli.cli.serve.plan import Plan


def port_is_free(host: str, port: int) -> None:
    """Raises ClickException that says how to take another port."""
    reason = port_problem("127.0.0.1" if host == "localhost" else host, port)
    if reason == "taken":
        raise click.ClickException(
            _(
                "Port {port} is in use, perhaps by another demo. "
                "Take another: make demo PORT={other}, or --port {other}."
            ).format(port=port, other=port + 1)
        )
    if reason:
        raise click.ClickException(_("Port {port} cannot be opened here. Take another: --port 8000.").format(port=port))


def open_doors(host: str, port: int) -> None:
    """Serve the demo until told to end."""
    from linli.cli.serve.opening import prepared
    from linli.cli.serve.running import run

    run(prepared(Plan(host=host, port=port)), announce=announce)


def announce(plan: Plan) -> None:
    """Print the addresses of a demo."""
    top = plan.url(plan.host)
    logins = {
        "office": _("everything: names, lists, journal"),
        "committee": _("names and figures of one residents' committee"),
        "leader": _("figures without names"),
        "volunteer": _("on loan for two weeks: the names of that committee, nothing to change"),
    }
    click.echo(_("linli is open, on the morning of 20 June 2021: {url}").format(url=top))
    click.echo(_("Sign in with one click:"))
    for name, sees in logins.items():
        click.echo(f"  {top}demo/{name}/".ljust(46) + sees)
    click.echo(_("Ctrl+C ends it; the next start takes seconds."))
