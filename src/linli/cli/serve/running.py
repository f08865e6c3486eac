"""Running a prepared plan, and telling people where to go."""

from __future__ import annotations

import sys
from collections.abc import Callable

import click

from linli.cli.language import gettext as _
from linli.cli.serve.children import Child, HopelessError, say_to_systemd, watch
from linli.cli.serve.network import answers, port_held
from linli.cli.serve.plan import LOOPBACK, Plan, is_everywhere, named_hosts, open_hosts


def run(plan: Plan, *, announce: Callable[[Plan], None] | None = None) -> None:
    """Run the server's processes until told to end."""
    files = [str(plan.certificate), str(plan.key)] if plan.certificate and plan.key else []
    arguments = [plan.host, str(plan.port), str(plan.workers), *files]
    children = [Child("pages", "linli.cli.serve.web_server", arguments, grace_s=15)]
    if not plan.public_only:
        # A list of 40,000 people takes most of a minute; ended before that, it is taken up again at the next start.
        children.append(Child("background work", "linli.cli.serve.task_worker", grace_s=20))
    reach = "127.0.0.1" if is_everywhere(plan.host) else plan.host.strip("[]")
    _let_go_of_the_database()

    def opened() -> None:
        say_to_systemd("READY=1")
        (announce or announce_addresses)(plan)
        sys.stdout.flush()

    def died(child: Child) -> None:
        click.echo(_("{name} ended unexpectedly.").format(name=_name(child)), err=True)

    try:
        with port_held(plan.port) as is_ours:
            if not is_ours:
                raise click.ClickException(
                    _("Another linli on this computer is opening port {port}.").format(port=plan.port)
                )
            watch(children, is_ready=lambda: answers(reach, plan.port), on_ready=opened, died=died)
    except HopelessError as error:
        raise click.ClickException(_("linli cannot run; the messages above say why.")) from error
    click.echo(_("linli has ended."), err=True)


def announce_addresses(plan: Plan) -> None:
    """Print where browsers find linli, and for phones the code that leads to the root certificate."""
    others = [host for host in open_hosts(named_hosts()) if host != "*" and not host.startswith(".")]
    names = LOOPBACK[:1] if plan.is_loopback else others
    click.echo(_("linli is open. Browsers find it at:"))
    for name in names:
        click.echo(f"  {plan.url(name)}")
    if not plan.local_authority:
        return
    from cryptography import x509

    from linli.cli.serve.authority import fingerprint

    if plan.certificate is None:
        return
    root = x509.load_pem_x509_certificate(plan.certificate.with_name("root.crt").read_bytes())
    page = f"{plan.url(names[0])}install/"
    click.echo(_("Each phone and computer installs this office's root certificate once: {page}").format(page=page))
    click.echo(_("Its SHA-256 fingerprint: {fingerprint}").format(fingerprint=fingerprint(root)))
    if sys.stdout.isatty():
        import segno

        segno.make(page, error="m").terminal(compact=True)


def _let_go_of_the_database() -> None:
    """The watcher needs no connection; an idle one would stand in the way of an upgrade or a restore."""
    from django.db import connections

    connections.close_all()


def _name(child: Child) -> str:
    return _("The server of pages") if child.name == "pages" else _("The background worker")
