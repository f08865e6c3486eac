"""From a plan to open doors: settings, certificate, checks, database."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import click

from linli.cli.language import gettext as _
from linli.cli.ready import django_ready, unreachable
from linli.cli.serve import checks
from linli.cli.serve.network import lan_addresses, own_names
from linli.cli.serve.plan import LOOPBACK, Plan, is_everywhere, named_hosts


def prepared(plan: Plan) -> Plan:
    """Look at everything and make it ready; gives the plan with its certificate.

    Sets the LINLI_* variables that the server's processes read. Raises ClickException, after naming every fault, where
    the doors must stay shut.
    """
    _set_environment(plan)
    django_ready(database=False)
    from django.conf import settings

    at = datetime.now(UTC)
    _report(
        [*checks.folder(settings.HOME), *checks.clock(at=at), *checks.address(plan), *checks.certificate(plan, at=at)]
    )
    if plan.local_authority:
        plan = _with_own_certificate(plan, settings.HOME / "tls")
    if not plan.public_only:  # the pages without names ask nothing of a database
        _database_ready()
        from linli.records.accounts.day import today

        kept = [*checks.keys(Path(settings.KEYS_FILE)), *checks.retention(on=today())]
        _report([*kept, *checks.journal(at=at), *checks.begun()])
    return plan


def _set_environment(plan: Plan) -> None:
    if plan.public_only:
        os.environ["LINLI_PUBLIC_ONLY"] = "1"
    if plan.is_https:
        os.environ["LINLI_HTTPS"] = "1"
    hosts = named_hosts()
    if not hosts and plan.local_authority and not plan.is_loopback:
        # Exactly the addresses the certificate will name, so that nobody need write them down.
        hosts = [*lan_addresses(), *own_names()] if is_everywhere(plan.host) else [plan.host]
    if hosts:
        os.environ["LINLI_HOSTS"] = ",".join(dict.fromkeys([*hosts, *LOOPBACK]))


def _with_own_certificate(plan: Plan, folder: Path) -> Plan:
    from linli.cli.serve.authority import HostOutsideError, server_files

    hosts = [host.strip("[]") for host in dict.fromkeys([*named_hosts(), *LOOPBACK]) if host != "*"]
    try:
        certificate, key, is_new = server_files(folder, hosts)
    except HostOutsideError as error:
        raise click.ClickException(
            _(
                "The local authority was not made for {host}. Remove {folder} to make a new one; every phone must then "
                "install the new root."
            ).format(host=error, folder=folder)
        ) from error
    if is_new:
        click.echo(_("New certificate for {hosts}.").format(hosts=", ".join(hosts)), err=True)
    return dataclasses.replace(plan, certificate=certificate, key=key)


def _database_ready() -> None:
    from django.db.utils import Error

    from linli.cli.keys.fitting import see_that_they_fit
    from linli.cli.serve.upgrade import SEALS, pending, reach, unknown, upgrade

    try:
        reach()
        newer, waiting = unknown(), pending()
    except Error as error:
        raise click.ClickException(unreachable(error)) from error
    if newer:
        raise click.ClickException(
            _(
                "A newer linli made this database ({migrations}). Install that version, or restore an older backup."
            ).format(migrations=", ".join(newer))
        )
    if waiting:
        kept = upgrade()
        click.echo(
            _("The database is up to date.")
            if kept is None
            else _("The database was upgraded; backup before: {file}").format(file=kept),
            err=True,
        )
        if kept and SEALS in waiting:
            click.echo(
                _("Ids and phones are sealed now, but stand plain in that backup: remove it as soon as you can."),
                err=True,
            )
    see_that_they_fit()


def _report(findings: Iterable[checks.Finding]) -> None:
    """Say every finding; shut the doors if one of them asks for it."""
    found = list(findings)
    for finding in found:
        label, colour = (_("Fault"), "red") if finding.stops else (_("Note"), "yellow")
        click.echo(f"{click.style(label, fg=colour, bold=True)}: {finding.text}", err=True)
    if any(finding.stops for finding in found):
        raise click.exceptions.Exit(1)
