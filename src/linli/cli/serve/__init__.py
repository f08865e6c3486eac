"""`linli serve`: linli for real use."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from linli.cli.language import gettext as _
from linli.cli.serve.plan import WORKERS, Plan

FILE = click.Path(path_type=Path, dir_okay=False)


@click.group(
    invoke_without_command=True, help=_("Run linli: pages, background work, HTTPS. Ctrl+C or SIGTERM ends it.")
)
@click.option(
    "--host", default="127.0.0.1", show_default=True, help=_("Address to listen on; 0.0.0.0 for all networks.")
)
@click.option("--port", type=click.IntRange(1, 65535), help=_("Port; without it 8000, or 8443 with HTTPS."))
@click.option("--certificate", type=FILE, help=_("Certificate, PEM, with the certificates between it and its root."))
@click.option("--key", type=FILE, help=_("Key of the certificate, PEM, without a password."))
@click.option(
    "--local-authority",
    is_flag=True,
    help=_("HTTPS by an authority of this office's own; phones install its root by QR code."),
)
@click.option(
    "--insecure-http", is_flag=True, help=_("Allow HTTP off this computer: everybody on the network can read along.")
)
@click.option("--public-only", is_flag=True, help=_("Serve the pages without names and nothing else."))
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=WORKERS,
    show_default=True,
    help=_("Processes that answer browsers."),
)
@click.pass_context
def serve(ctx: click.Context, /, *, port: int | None, **options: Any) -> None:
    """Run linli."""
    is_https = options["local_authority"] or options["certificate"] is not None
    plan = Plan(port=port or (8443 if is_https else 8000), **options)
    if (plan.certificate is None) != (plan.key is None):
        raise click.UsageError(_("--certificate and --key belong together."))
    if plan.certificate is not None and plan.local_authority:
        raise click.UsageError(_("Take either --certificate or --local-authority."))
    ctx.obj = plan
    if ctx.invoked_subcommand is None:
        from linli.cli.serve.opening import prepared
        from linli.cli.serve.running import run

        run(prepared(plan))


@serve.command(help=_("Look at everything, upgrade the database after a backup, and end."))
@click.pass_obj
def check(plan: Plan) -> None:
    """Check without serving."""
    from linli.cli.serve.opening import prepared

    prepared(plan)
    click.echo(_("Everything is ready."))


@serve.command(help=_("Print a systemd unit for these options, so that linli starts with the computer."))
@click.option("--user", help=_("Login that runs linli; without it the one who asks."))
@click.pass_context
def unit(ctx: click.Context, user: str | None) -> None:
    """Print a systemd unit."""
    import getpass
    import sys

    from linli.cli.ready import django_ready
    from linli.cli.serve.unit import arguments, text

    django_ready(database=False)
    from django.conf import settings

    program = Path(sys.executable).parent / "linli"
    plan: Plan = ctx.obj
    click.echo(
        text(
            user=user or getpass.getuser(),
            home=settings.HOME,
            program=program,
            arguments=arguments(plan),
            port=plan.port,
        ),
        nl=False,
    )
    click.echo(
        _(
            "# To install: put this text into /etc/systemd/system/linli.service, then: "
            "sudo systemctl daemon-reload && sudo systemctl enable --now linli"
        ),
        err=True,
    )
